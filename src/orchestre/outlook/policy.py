"""Who reads and writes estimates, risks and assumptions of dates and money."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.kernel.decisions import Allowed, Decision, Denied
from orchestre.outlook.models import CostEstimate, MilestoneEstimate, RiskEvent
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative


def visible_estimates(person: Person) -> QuerySet[MilestoneEstimate]:
    """Return the estimates of visible initiatives."""
    visible = portfolio.visible_to(person).values("pk")
    return MilestoneEstimate.objects.filter(milestone__initiative__in=visible)


def visible_costs(person: Person) -> QuerySet[CostEstimate]:
    """Return the cost estimates of visible initiatives."""
    return CostEstimate.objects.filter(initiative__in=portfolio.visible_to(person).values("pk"))


def visible_risks(person: Person) -> QuerySet[RiskEvent]:
    """Return the risks of visible initiatives."""
    return RiskEvent.objects.filter(initiative__in=portfolio.visible_to(person).values("pk"))


def may_estimate(person: Person, initiative: Initiative) -> Decision:
    """Tell who says what is not sure: those who change the initiative."""
    return portfolio.may_change(person, initiative)


def reads(person: Person) -> bool:
    """Tell who reads the outlook of what they see: whoever may read something."""
    return reach_of(person).can_somewhere(Can.READ)


def may_assume(person: Person) -> Decision:
    """Tell who changes what is assumed for everybody, and imports reference classes."""
    if reach_of(person).can(Can.EDIT_RESOURCES):
        return Allowed()
    return Denied(_("Only the transformation office changes what is assumed for everybody."))
