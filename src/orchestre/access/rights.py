"""Roles given and taken back; there is always one administrator left."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from orchestre.access import scopes
from orchestre.access.acts import Actor, act
from orchestre.access.models import Grant, User
from orchestre.access.policy import may_administer
from orchestre.access.rules import Role
from orchestre.kernel.errors import DomainError


def grant(
    actor: Actor,
    user: User,
    role: str,
    *,
    scope: str = Grant.Scope.ALL,
    scope_code: str = "",
    valid_until: date | None = None,
) -> Grant:
    """Give a role on a scope; the one already given changes its end date."""
    only_administrators(actor)
    if role == Role.CONSULTANT and valid_until is None:
        message = _("An external consultant needs an end date.")
        raise DomainError(message, fields={"valid_until": [message]})
    scope_id = scopes.find(scope, scope_code)
    label = _("Gave the role “%(role)s” to %(name)s") % {"role": Role(role).label, "name": user}
    with act(actor, "access.grant", label) as doing:
        held = Grant.objects.filter(user=user, role=role, scope=scope, scope_id=scope_id).first()
        if held is None:
            held = Grant(user=user, role=role, scope=scope, scope_id=scope_id)
            held.valid_until = valid_until
            return doing.create(held)
        one_at_a_time()
        if valid_until is not None and role == Role.ADMINISTRATOR:
            keep_one_administrator(user)
        doing.update(held, {"valid_until": valid_until})
    return held


def revoke_grant(actor: Actor, held: Grant) -> None:
    """Take a role back."""
    only_administrators(actor)
    label = _("Took the role “%(role)s” back from %(name)s") % {
        "role": held.get_role_display(),
        "name": held.user,
    }
    with act(actor, "access.revoke", label) as doing:
        one_at_a_time()
        if held.role == Role.ADMINISTRATOR:
            keep_one_administrator(held.user)
        doing.delete(held)


_WHOLE = Grant.objects.filter(role=Role.ADMINISTRATOR, scope=Grant.Scope.ALL)


def standing_administrators() -> QuerySet[Grant]:
    """Return the grants that keep the product administered: on everything, without an end."""
    return _WHOLE.filter(user__is_active=True, user__valid_until=None, valid_until=None)


def keep_one_administrator(leaving: User) -> None:
    mine = _WHOLE.filter(user=leaving)
    if mine.exists() and not standing_administrators().exclude(user=leaving).exists():
        raise DomainError(
            _("%(name)s is the last administrator. Name another one first.") % {"name": leaving},
            code="last-administrator",
        )


def one_at_a_time() -> None:
    """SQLite writes one at a time already; PostgreSQL must be asked to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE access_organisation, access_grant IN EXCLUSIVE MODE")


def only_administrators(actor: Actor) -> None:
    """The command line acts without an account: who holds the server holds the product."""
    if actor is not None:
        may_administer(actor).require()
