"""Tables of the settings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access import scopes
from orchestre.access.models import ApiToken, Grant, ShareLink, User
from orchestre.ui import formats
from orchestre.ui.component import Content
from orchestre.ui.components import Badge, Button, EmptyState
from orchestre.ui.tables import Column, DataTable, Row


def people(users: Iterable[User]) -> DataTable:
    """Draw the accounts."""
    return DataTable(
        caption=_("Accounts"),
        caption_hidden=True,
        columns=(
            Column(_("Name"), wide=True),
            Column(_("Email")),
            Column(_("Roles")),
            Column(_("Last sign-in")),
            Column(_("State")),
        ),
        rows=tuple(_person(user) for user in users),
    )


def _person(user: User) -> Row:
    roles = sorted({str(grant.get_role_display()) for grant in user.grants.all()})
    entered = formats.instant(user.last_login) if user.last_login else _("never")
    return Row(
        (user.name, user.email, ", ".join(roles) or _("no role"), entered, _state(user)),
        key=str(user.pk),
        name=user.name,
        url=reverse("access:person", args=[user.pk]),
        tone="" if user.is_active else "muted",
    )


def _state(user: User) -> Content:
    if not user.is_active:
        return Badge(_("closed"), "neutral")
    if user.valid_until and user.valid_until < timezone.localdate():
        return Badge(_("ended"), "warn")
    if user.valid_until:
        return _("until %(day)s") % {"day": formats.day(user.valid_until)}
    return Badge(_("open"), "success")


def grants(user: User) -> DataTable:
    """Draw the roles of one person."""
    return DataTable(
        caption=_("Roles of %(name)s") % {"name": user},
        caption_hidden=True,
        columns=(
            Column(_("Role"), wide=True),
            Column(_("Applies to")),
            Column(_("Until")),
            Column(_("Action"), label_hidden=True),
        ),
        rows=tuple(_grant(grant) for grant in user.grants.all()),
        empty=EmptyState("new", _("No role: this person sees nothing yet.")),
    )


def _grant(grant: Grant) -> Row:
    role = str(grant.get_role_display())
    take_back = Button(
        _("Take back"),
        reverse("access:grant-revoke", args=[grant.pk]),
        "quiet",
        method="post",
        described=role,
        small=True,
    )
    return Row((role, scopes.label(grant), _end(grant.valid_until), take_back), name=role)


def _end(day: date | None) -> Content:
    if day is None:
        return _("no end date")
    if day < timezone.localdate():
        return Badge(_("ended on %(day)s") % {"day": formats.day(day)}, "warn")
    return formats.day(day)


def tokens(found: Iterable[ApiToken]) -> DataTable:
    """Draw the API tokens."""
    return DataTable(
        caption=_("API tokens"),
        caption_hidden=True,
        columns=(
            Column(_("Name"), wide=True),
            Column(_("Of")),
            Column(_("Rights")),
            Column(_("Expires on")),
            Column(_("Last used")),
            Column(_("Action"), label_hidden=True),
        ),
        rows=tuple(_token(token) for token in found),
        empty=EmptyState("new", _("No token yet."), _("Create one for each program.")),
    )


def _token(token: ApiToken) -> Row:
    used = formats.instant(token.last_used_at) if token.last_used_at else _("never")
    rights = _("read and write") if token.may_write else _("read")
    address = reverse("access:token-revoke", args=[token.pk])
    cells = (token.name, str(token.user), rights, _end(token.expires_on), used)
    return _closable(cells, token.name, "" if token.revoked_at else address, _("Revoke"))


def links(found: Iterable[ShareLink]) -> DataTable:
    """Draw the share links."""
    return DataTable(
        caption=_("Share links"),
        caption_hidden=True,
        columns=(
            Column(_("View"), wide=True),
            Column(_("Opened by")),
            Column(_("Since")),
            Column(_("Expires on")),
            Column(_("Action"), label_hidden=True),
        ),
        rows=tuple(_link(link) for link in found),
        empty=EmptyState("new", _("No link is open."), _("Share a view from its page.")),
    )


def _link(link: ShareLink) -> Row:
    cells = (
        link.title,
        str(link.created_by),
        formats.instant(link.created_at),
        _end(link.expires_on),
    )
    address = reverse("access:link-revoke", args=[link.pk])
    return _closable(cells, link.title, "" if link.revoked_at else address, _("Close"))


def _closable(cells: tuple[Content, ...], name: str, address: str, verb: str) -> Row:
    """End a row with its act, or say that it is closed when there is no address."""
    act: Content = Badge(_("closed"), "neutral")
    if address:
        act = Button(verb, address, "quiet", method="post", described=name, small=True)
    return Row((*cells, act), name=name, tone="" if address else "muted")
