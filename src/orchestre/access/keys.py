"""Keys given to programs and doors given to readers: shown once, revoked at once."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access import secrets_of
from orchestre.access.acts import act
from orchestre.access.models import ApiToken, ShareLink, User
from orchestre.access.policy import may_share
from orchestre.kernel.errors import DomainError

LONGEST_TOKEN = timedelta(days=366)
LONGEST_LINK = timedelta(days=90)


def create_token(
    user: User, name: str, *, may_write: bool, expires_on: date
) -> tuple[ApiToken, str]:
    """Draw a token; the secret is returned once and never kept."""
    _check_end(expires_on, LONGEST_TOKEN)
    secret = secrets_of.draw(secrets_of.TOKEN_PREFIX)
    label = _("Created the API token “%(name)s”") % {"name": name}
    with act(user, "access.create-token", label, undoable=False) as doing:
        token = doing.create(
            ApiToken(
                user=user,
                name=name,
                digest=secrets_of.fingerprint(secret),
                may_write=may_write,
                expires_on=expires_on,
            )
        )
    return token, secret


def revoke_token(actor: User, token: ApiToken) -> None:
    """Make a token useless."""
    label = _("Revoked the API token “%(name)s”") % {"name": token}
    with act(actor, "access.revoke-token", label, undoable=False) as doing:
        doing.update(token, {"revoked_at": token.revoked_at or timezone.now()})


def share(user: User, page: str, query: str, title: str, expires_on: date) -> tuple[ShareLink, str]:
    """Open a read-only door to one view; the secret is returned once and never kept."""
    may_share(user).require()
    _check_end(expires_on, LONGEST_LINK)
    secret = secrets_of.draw()
    label = _("Shared “%(title)s” by link") % {"title": title}
    with act(user, "access.share", label, undoable=False) as doing:
        link = doing.create(
            ShareLink(
                page=page,
                query=query,
                title=title,
                digest=secrets_of.fingerprint(secret),
                created_by=user,
                expires_on=expires_on,
            )
        )
    return link, secret


def revoke_link(actor: User, link: ShareLink) -> None:
    """Close the door of a link."""
    label = _("Closed the link “%(title)s”") % {"title": link}
    with act(actor, "access.revoke-link", label, undoable=False) as doing:
        doing.update(link, {"revoked_at": link.revoked_at or timezone.now()})


def _check_end(expires_on: date, longest: timedelta) -> None:
    today = timezone.localdate()
    if not today < expires_on <= today + longest:
        message = _("Choose an end date after today and within %(days)s days.") % {
            "days": longest.days
        }
        raise DomainError(message, fields={"expires_on": [message]})
