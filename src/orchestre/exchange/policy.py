"""Who may bring files in and take tables out."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.access.models import User
from orchestre.access.queries import Person, reach_of
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
    """Return the imports that a person may open: one's own, or all for who administers."""
    reach = reach_of(person)
    if reach.can(Can.ADMINISTER) or reach.can(Can.READ_JOURNAL):
        return ImportSession.objects.all()
    if isinstance(person, User) and may_import(person):
        return ImportSession.objects.filter(created_by=person)
    return ImportSession.objects.none()
