"""Who follows which computations."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.access.models import User
from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.kernel.decisions import Allowed, Decision, Denied
from orchestre.runs.models import Run


def visible_to(person: Person) -> QuerySet[Run]:
    """Return one's own computations; all of them for the office."""
    reach = reach_of(person)
    if reach.can(Can.READ) and reach.can(Can.READ_CONFIDENTIAL):
        return Run.objects.all()
    if isinstance(person, User) and person.is_active:
        return Run.objects.filter(requested_by=person)
    return Run.objects.none()


def may_cancel(person: Person, run: Run) -> Decision:
    """Who asked may stop, and the office."""
    asked = isinstance(person, User) and run.requested_by_id == person.pk
    if asked or reach_of(person).can(Can.EDIT_PORTFOLIO):
        return Allowed()
    return Denied(_("Only who asked for a computation, or the transformation office, stops it."))
