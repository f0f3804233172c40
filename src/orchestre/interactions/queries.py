"""Reads of findings: what a person may see, sorted by what weighs most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from orchestre.access.reach import Person
from orchestre.access.rules import Can
from orchestre.interactions import policy
from orchestre.interactions.models import Finding
from orchestre.interactions.rules import ListState
from orchestre.org import policy as org
from orchestre.org.models import Population, Unit

OPEN = (Finding.State.NEW, Finding.State.CONFIRMED)


def findings(person: Person, state: ListState) -> QuerySet[Finding]:
    """Return the findings of a list, person-hours first, the heaviest first."""
    rows = _in_state(policy.visible_to(person), state.state)
    if state.kind:
        rows = rows.filter(kind=state.kind)
    touching, people = Finding.initiatives.through.objects, Finding.populations.through.objects
    if state.initiative:
        rows = _among(rows, touching.filter(initiative__code=state.initiative))
    if state.population is not None:
        rows = _among(rows, people.filter(population=state.population))
    if state.unit is not None:
        path = _path(person, state.unit)
        rows = _among(rows, people.filter(population__unit__path__startswith=path))
    return ranked(rows)


def _among(rows: QuerySet[Finding], links: QuerySet[Any]) -> QuerySet[Finding]:
    """Keep the findings of some links; a join would list them once per link."""
    return rows.filter(pk__in=links.values("finding_id"))


def _path(person: Person, unit_id: int) -> str:
    unit: Unit = get_object_or_404(org.visible_units(person), pk=unit_id)
    return unit.path


def _in_state(rows: QuerySet[Finding], state: str) -> QuerySet[Finding]:
    if state == "all":
        return rows
    if state == "gone":
        return rows.filter(present=False)
    rows = rows.filter(present=True)
    return rows.filter(state__in=OPEN) if state == "open" else rows.filter(state=state)


def ranked(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """Sort by what compares: person-hours, hours per person, then the rest."""
    return rows.annotate(
        rank=Case(
            When(score_unit="person_hours", then=Value(0)),
            When(score_unit="hours_per_person", then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
    ).order_by("rank", "-score", "pk")


def with_parts(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """Read the initiatives and populations of findings along, in two queries."""
    return rows.prefetch_related("initiatives", "populations").select_related("decided_by")


def finding(person: Person, pk: int) -> Finding:
    """Return one visible finding; not found otherwise."""
    return get_object_or_404(with_parts(policy.visible_to(person)), pk=pk)


def counts_by_kind(person: Person) -> dict[str, int]:
    """Count the open findings of each kind."""
    rows = policy.visible_to(person).filter(present=True, state__in=OPEN).order_by()
    return dict(rows.values_list("kind").annotate(n=Count("pk")))


@dataclass(frozen=True)
class Names:
    """What may be named to a person; kept for a whole page."""

    hidden: frozenset[int]
    populations: frozenset[int] | None

    def sees(self, population: int) -> bool:
        """Tell whether a population may be named."""
        return self.populations is None or population in self.populations


def names_for(person: Person) -> Names:
    """Resolve what may be named, in at most two queries."""
    hidden = frozenset(policy.hidden_from(person).values_list("pk", flat=True))
    found = org.subtree_filter(person, Can.READ)
    if found is None:
        return Names(hidden, None)
    return Names(hidden, frozenset(org.visible_populations(person).values_list("pk", flat=True)))


def population_name(person: Person, pk: int) -> str:
    """Return the name of a visible population."""
    population: Population = get_object_or_404(org.visible_populations(person), pk=pk)
    return population.name


def unit_name(person: Person, pk: int) -> str:
    """Return the name of a visible unit."""
    unit: Unit = get_object_or_404(org.visible_units(person), pk=pk)
    return unit.name
