"""Who may bring files in and take tables out."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.access.models import User
from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.exchange.models import ImportSession
from orchestre.kernel.decisions import Allowed, Decision, Denied


def may_import(person: Person) -> Decision:
    """Tell who imports: an import writes everywhere, so the right must be on everything."""
    if reach_of(person).can(Can.IMPORT):
        return Allowed()
    return Denied(_("Only the transformation office and its analysts import files."))


def may_export(person: Person) -> Decision:
    """Tell who exports what he or she sees."""
    if reach_of(person).can_somewhere(Can.EXPORT):
        return Allowed()
    return Denied(_("Your role reads on the page only."))


def visible_sessions(person: Person) -> QuerySet[ImportSession]:
    """Return the imports that a person may open: one's own; all for who may read whatever is in."""
    if not isinstance(person, User) or not may_import(person):
        return ImportSession.objects.none()
    if reach_of(person).can(Can.READ_CONFIDENTIAL):
        return ImportSession.objects.all()
    return ImportSession.objects.filter(created_by=person)
