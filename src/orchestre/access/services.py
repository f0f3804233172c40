"""What is done about people: first run, accounts, passphrases, rights, preferences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access import secrets_of, throttles
from orchestre.access.acts import Acting, Actor, act
from orchestre.access.models import Grant, Invitation, OpenSession, Organisation, User
from orchestre.access.queries import needs_first_run, organisation
from orchestre.access.rights import (
    grant,
    keep_one_administrator,
    one_at_a_time,
    only_administrators,
)
from orchestre.access.rules import Role
from orchestre.kernel.errors import CannotDo, DomainError

INVITATION_LASTS = timedelta(hours=72)
PREFERENCES = {"name", "language", "theme", "density", "shortcuts_on"}


def start(name: str, email: str, passphrase: str, organisation_name: str, language: str) -> User:
    """Create the organisation and its first administrator, once."""
    with transaction.atomic():
        one_at_a_time()
        if not needs_first_run():
            raise CannotDo(_("This installation already has an administrator. Sign in."))
        user = User(email=User.objects.normalize_email(email).lower(), name=name)
        user.language = language
        _set_passphrase(user, passphrase)
        with act(None, "access.start", _("Created the organisation"), undoable=False) as doing:
            _name_organisation(doing, organisation_name, language)
            doing.create(user)
            doing.create(Grant(user=user, role=Role.ADMINISTRATOR))
    return user


def _name_organisation(doing: Acting, name: str, language: str) -> None:
    about = organisation()
    if about is None:
        doing.create(Organisation(name=name, language=language))
    else:
        doing.update(about, {"name": name, "language": language})


def set_organisation(
    actor: Actor, values: dict[str, Any], *, expected_version: int | None = None
) -> Organisation:
    """Change the organisation's name, language or conventions."""
    only_administrators(actor)
    about = organisation()
    if about is None:
        raise DomainError(_("The organisation is not created yet."))
    with act(actor, "access.organisation", _("Changed the organisation's settings")) as doing:
        doing.update(about, values, expected_version=expected_version)
    return about


@dataclass(frozen=True)
class NewPerson:
    """An account to create; without a passphrase it waits for an invitation."""

    email: str
    name: str
    passphrase: str | None = None
    language: str = "fr"
    valid_until: date | None = None


@dataclass(frozen=True)
class GivenRole:
    """The first role of a new account."""

    role: str
    scope: str = Grant.Scope.ALL
    scope_code: str = ""


def create_person(actor: Actor, new: NewPerson) -> User:
    """Create an account."""
    only_administrators(actor)
    address = User.objects.normalize_email(new.email.strip()).lower()
    if User.objects.filter(email__iexact=address).exists():
        message = _("There is already an account for %(email)s.") % {"email": address}
        raise DomainError(message, fields={"email": [message]})
    user = User(email=address, name=new.name, language=new.language, valid_until=new.valid_until)
    if new.passphrase is None:
        user.set_unusable_password()
    else:
        _set_passphrase(user, new.passphrase)
    label = _("Created the account of %(name)s") % {"name": new.name}
    with act(actor, "access.create-person", label, undoable=False) as doing:
        doing.create(user)
    return user


def create_person_with_role(actor: Actor, new: NewPerson, first: GivenRole) -> tuple[User, str]:
    """Create an account with its first role; return the secret of its invitation, if any."""
    with transaction.atomic():
        user = create_person(actor, new)
        grant(
            actor,
            user,
            first.role,
            scope=first.scope,
            scope_code=first.scope_code,
            valid_until=new.valid_until,
        )
        return user, "" if new.passphrase else invite(actor, user)


def invite(actor: Actor, user: User) -> str:
    """Draw a link to choose a passphrase; older links of this person stop working."""
    only_administrators(actor)
    if not user.is_active:
        raise DomainError(_("Reopen the account before inviting this person."))
    secret = secrets_of.draw()
    author = actor if isinstance(actor, User) else None
    label = _("Invited %(name)s to choose a passphrase") % {"name": user}
    with act(actor, "access.invite", label, undoable=False) as doing:
        user.invitations.filter(used_at=None).delete()
        doing.create(
            Invitation(
                user=user,
                digest=secrets_of.fingerprint(secret),
                created_by=author,
                expires_at=timezone.now() + INVITATION_LASTS,
            )
        )
    return secret


def accept_invitation(invitation: Invitation, passphrase: str) -> User:
    """Set the passphrase that the invited person chose; the link is spent."""
    user = invitation.user
    _set_passphrase(user, passphrase)
    label = _("%(name)s chose a passphrase") % {"name": user}
    with act(user, "access.accept-invitation", label, undoable=False) as doing:
        spent = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(
            used_at=timezone.now()
        )
        if not spent:
            raise DomainError(_("This link was already used. Ask for a new one."))
        doing.note(user=user.pk)
        user.save(update_fields=["password"])
    return user


def change_passphrase(user: User, current: str, new: str) -> None:
    """Change one's own passphrase; every other session of the person ends."""
    if not user.check_password(current):
        message = _("This is not your present passphrase.")
        raise DomainError(message, fields={"current": [message]})
    set_passphrase(user, user, new)


def set_passphrase(actor: Actor, user: User, new: str) -> None:
    """Set a passphrase: one's own, or by an administrator at the command line."""
    if not isinstance(actor, User) or actor.pk != user.pk:
        only_administrators(actor)
    _set_passphrase(user, new)
    label = _("Changed the passphrase of %(name)s") % {"name": user}
    with act(actor, "access.passphrase", label, undoable=False) as doing:
        doing.note(user=user.pk)
        user.save(update_fields=["password"])


def set_preferences(user: User, values: dict[str, Any]) -> bool:
    """Change one's own name, language or display."""
    kept = {name: value for name, value in values.items() if name in PREFERENCES}
    with act(user, "access.preferences", _("Changed one's preferences")) as doing:
        return doing.update(user, kept)


def change_person(actor: Actor, user: User, values: dict[str, Any]) -> bool:
    """Change somebody's name, language or end date."""
    only_administrators(actor)
    kept = {k: v for k, v in values.items() if k in {"name", "language", "valid_until"}}
    label = _("Changed the account of %(name)s") % {"name": user}
    with act(actor, "access.change-person", label) as doing:
        if kept.get("valid_until") not in {None, user.valid_until}:
            one_at_a_time()
            keep_one_administrator(user)
        return doing.update(user, kept)


def deactivate(actor: Actor, user: User) -> None:
    """Close an account: its sessions, tokens, links and invitations are dead at once."""
    only_administrators(actor)
    label = _("Closed the account of %(name)s") % {"name": user}
    with act(actor, "access.deactivate", label, undoable=False) as doing:
        one_at_a_time()
        keep_one_administrator(user)
        now = timezone.now()
        doing.note(tokens=user.tokens.filter(revoked_at=None).update(revoked_at=now))
        user.share_links.filter(revoked_at=None).update(revoked_at=now)
        user.invitations.filter(used_at=None).delete()
        doing.update(user, {"is_active": False})
        end_sessions(user)


def reactivate(actor: Actor, user: User) -> None:
    """Open a closed account again; its keys stay revoked."""
    only_administrators(actor)
    label = _("Reopened the account of %(name)s") % {"name": user}
    with act(actor, "access.reactivate", label, undoable=False) as doing:
        doing.update(user, {"is_active": True})


def end_sessions(user: User, but: str = "") -> int:
    """End the sessions of a person, all or all but one."""
    opened = OpenSession.objects.filter(user=user).exclude(session_key=but)
    keys = list(opened.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    opened.delete()
    return len(keys)


def follow_session(before: str, now: str) -> None:
    """Keep the name of a session whose key was just changed."""
    OpenSession.objects.filter(session_key=before).update(session_key=now)


def sweep() -> int:
    """Delete what nobody can use any more: ended sessions, spent links, old counts."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    alive = Session.objects.values("session_key")
    ended = OpenSession.objects.exclude(session_key__in=alive).delete()[0]
    spent = Invitation.objects.filter(expires_at__lt=timezone.now() - INVITATION_LASTS).delete()[0]
    return int(ended) + int(spent) + throttles.sweep()


def _set_passphrase(user: User, passphrase: str) -> None:
    try:
        validate_password(passphrase, user)
    except ValidationError as refused:
        raise DomainError(
            " ".join(refused.messages),
            code="weak-passphrase",
            fields={"passphrase": list(refused.messages)},
        ) from refused
    user.set_password(passphrase)
