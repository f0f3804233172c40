"""Reads that start from what a person may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.http import Http404
from django.utils import timezone

from orchestre.access.reach import Person
from orchestre.journal.models import Change
from orchestre.outlook import policy
from orchestre.outlook.models import MilestoneEstimate, RiskEvent
from orchestre.outlook.rules import SlipPoint, Step, slips
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative, Milestone


def visible_codes(person: Person) -> set[str]:
    """Return the codes that a person may read."""
    return set(portfolio.visible_to(person).values_list("code", flat=True))


def titles(codes: Iterable[str]) -> dict[str, str]:
    """Return the titles of initiatives."""
    found = Initiative.objects.filter(code__in=list(codes))
    return dict(found.values_list("code", "title"))


def milestone(person: Person, code: str, pk: int) -> Milestone:
    """Return a visible milestone of an initiative."""
    rows = portfolio.visible_milestones(person).filter(initiative__code=code)
    found = rows.select_related("initiative").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def estimate_of(milestone: Milestone) -> MilestoneEstimate | None:
    """Return the estimate of a milestone."""
    return MilestoneEstimate.objects.filter(milestone=milestone).first()


def risks_of(person: Person, initiative: Initiative) -> list[RiskEvent]:
    """Return the risks of an initiative, those still possible first."""
    rows = policy.visible_risks(person).filter(initiative=initiative)
    return list(rows.select_related("milestone", "initiative").order_by("closed", "pk"))


def forecasts(steps: Iterable[Step]) -> dict[int, tuple[SlipPoint, ...]]:
    """Return the successive forecasts of milestones, from the journal."""
    ids = [one.pk for one in steps if one.pk]
    rows = (
        Change.objects.filter(model="portfolio.milestone", object_id__in=ids)
        .order_by("pk")
        .values_list("object_id", "change_set__created_at", "after")
    )
    found: dict[int, list[tuple[date, dict[str, object]]]] = defaultdict(list)
    for pk, at, after in rows:
        found[pk].append((timezone.localdate(at), after))
    return {pk: slips(changes) for pk, changes in found.items()}
