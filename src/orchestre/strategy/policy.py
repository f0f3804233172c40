"""Who sees and changes the strategy: it is the organisation's, not one unit's."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.kernel.decisions import Allowed, Decision, Denied
from orchestre.strategy.models import Indicator, Objective


def visible_to(person: Person) -> QuerySet[Objective]:
    """Return every objective to whoever may read something, none to others."""
    if reach_of(person).can_somewhere(Can.READ):
        return Objective.objects.all()
    return Objective.objects.none()


def visible_indicators(person: Person) -> QuerySet[Indicator]:
    """Return every indicator to whoever may read something, none to others."""
    if reach_of(person).can_somewhere(Can.READ):
        return Indicator.objects.all()
    return Indicator.objects.none()


def may_edit(person: Person) -> Decision:
    """Tell who changes objectives and indicators: the office and its analysts."""
    if reach_of(person).can(Can.EDIT_PORTFOLIO):
        return Allowed()
    return Denied(_("Only the transformation office changes objectives and indicators."))
