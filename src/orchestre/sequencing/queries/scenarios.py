"""Scenarios and plans that a person reads."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from orchestre.access.reach import Person
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.sequencing import policy
from orchestre.sequencing.models import Override, Plan, Scenario
from orchestre.sequencing.rules.edits import Edit, PlannedWave

State = Scenario.State


def scenario(person: Person, pk: int) -> Scenario:
    """Return one visible scenario; what one may not see does not exist."""
    rows = policy.visible_to(person).select_related("owner", "based_on_plan", "published_as")
    found: Scenario = get_object_or_404(rows, pk=pk)
    return found


def scenarios(person: Person) -> QuerySet[Scenario]:
    """Return the visible scenarios that were not dropped, with how much each overrides."""
    rows = policy.visible_to(person).exclude(state=State.DROPPED)
    return rows.select_related("owner").annotate(touched=Count("overrides"))


def plans(person: Person) -> QuerySet[Plan]:
    """Return the plans of record, the last first, without their bytes."""
    rows = policy.visible_plans(person).defer("content", "closing")
    return rows.select_related("published_by")


def plan(person: Person, number: int) -> Plan:
    """Return one plan of record."""
    found: Plan = get_object_or_404(policy.visible_plans(person), number=number)
    return found


def plan_in_force() -> Plan | None:
    """Return the plan of record that nothing replaced; None before the first decision."""
    return Plan.objects.filter(superseded_at=None).defer("content", "closing").first()


def overrides(scenario: Scenario) -> list[Override]:
    """Return the overrides of a scenario, by code of the initiative."""
    rows = Override.objects.filter(scenario=scenario).select_related("initiative")
    return list(rows.order_by("initiative__code"))


def override_of(person: Person, scenario: Scenario, code: str) -> Override | None:
    """Return what a scenario says of one visible initiative; None when it is as in the plan."""
    seen = portfolio.visible_to(person).filter(code=code)
    if not seen.exists():
        raise Http404
    rows = Override.objects.filter(scenario=scenario, initiative__code=code)
    return rows.select_related("initiative").first()


def edits(scenario: Scenario | None) -> dict[str, Edit]:
    """Return what a scenario overrides, by code; nothing for the plan in force."""
    if scenario is None:
        return {}
    return {row.initiative.code: edit_of(row) for row in overrides(scenario)}


def waves_of(initiative: Initiative) -> tuple[PlannedWave, ...]:
    """Return the waves of an initiative as values."""
    return tuple(
        PlannedWave(
            one.pk,
            one.name,
            one.go_live_on,
            frozenset(member.population.code for member in one.members.all()),
        )
        for one in initiative.waves.prefetch_related("members__population")
    )


def edit_of(row: Override) -> Edit:
    """Return an override as a value."""
    return Edit(
        shift_days=row.shift_days,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        go_live_on=row.go_live_on,
        included=row.included,
        rank=row.rank,
        allocation_ratio=row.allocation_ratio,
        amount_ratio=row.amount_ratio,
        amount_eur=None if row.amount_eur is None else float(row.amount_eur),
        waves=tuple(sorted((int(pk), days) for pk, days in row.waves.items() if days)),
    )
