"""Reads of the organisation: a whole tree, what people can absorb, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.kernel.text import fold
from orchestre.org import rules
from orchestre.org.models import CalendarPeriod, CapacityRule, Population, Unit
from orchestre.org.policy import (
    editable_units,
    may_edit_capacity,
    visible_populations,
    visible_units,
)

_assumed: list[Callable[[], float | None]] = []


def assume_absorption_from(provider: Callable[[], float | None]) -> None:
    """Let a feature further up say which share is assumed where no rule exists."""
    _assumed[:] = [provider]


def assumed_absorption_ratio() -> float | None:
    """Return the share assumed where no rule exists, None when nothing is assumed."""
    return _assumed[0]() if _assumed else None


@dataclass(frozen=True)
class RuleFacts:
    """One share that somebody set."""

    ratio: float
    unit_id: int | None
    unit_name: str


@dataclass(frozen=True)
class Shares:
    """Every share that somebody set, and the assumed one: enough to answer for any unit."""

    said: dict[int | None, RuleFacts]
    assumed_ratio: float | None

    def at(self, path: str) -> rules.Absorption:
        """Return the share in force at a path; the empty path is the whole organisation."""
        ratios = {unit_id: rule.ratio for unit_id, rule in self.said.items()}
        return rules.inherited_absorption(path, ratios, self.assumed_ratio)

    def name_of(self, absorption: rules.Absorption) -> str:
        """Return the name of the unit whose rule applies, empty for the whole organisation."""
        rule = self.said.get(absorption.unit_id)
        return rule.unit_name if rule else ""


def shares() -> Shares:
    """Read every share in one query."""
    found = CapacityRule.objects.values_list("absorption_ratio", "unit_id", "unit__name")
    return Shares(
        {
            unit_id: RuleFacts(ratio, unit_id, name or "")
            for ratio, unit_id, name in found.order_by("pk")
        },
        assumed_absorption_ratio(),
    )


@dataclass(frozen=True)
class UnitNode:
    """A unit in tree order, with its people."""

    unit: Unit
    level: int
    heads: rules.Heads
    populations: tuple[Population, ...]


@dataclass(frozen=True)
class Tree:
    """What a person sees of the organisation; `outside` are populations without a unit."""

    nodes: tuple[UnitNode, ...]
    outside: tuple[Population, ...]
    matched: int | None = None


def unit_tree(person: Person, words: str = "") -> Tree:
    """Return the units a person sees, parents first, and their populations.

    With `words`, keep what matches and the units above it.
    """
    units = {unit.pk: unit for unit in visible_units(person)}
    people = list(
        visible_populations(person).annotate(
            impact_count=Count("impacts", distinct=True),
        )
    )
    heads = rules.heads_by_unit(
        {pk: unit.path for pk, unit in units.items()},
        [(p.unit_id, p.headcount) for p in people if p.unit_id is not None],
    )
    matched = None
    if words:
        found_units, found_people = _matching(words, units.values(), people)
        matched = len(found_units) + len(found_people)
        people = [p for p in people if p in found_people or p.unit_id in found_units]
        kept = found_units | {p.unit_id for p in found_people}
        units = _with_ancestors(units, kept)
    by_unit: defaultdict[int | None, list[Population]] = defaultdict(list)
    for population in sorted(people, key=lambda p: fold(p.name)):
        by_unit[population.unit_id].append(population)
    nodes = tuple(
        UnitNode(unit, level, heads[unit.pk], tuple(by_unit[unit.pk]))
        for unit, level in _in_tree_order(units)
    )
    return Tree(nodes, tuple(by_unit[None]), matched)


def _matching(
    words: str, units: Iterable[Unit], people: Iterable[Population]
) -> tuple[set[int | None], set[Population]]:
    wanted = fold(words).split()

    def matches(*texts: str) -> bool:
        text = fold(" ".join(texts))
        return all(word in text for word in wanted)

    return (
        {u.pk for u in units if matches(u.name, u.code, u.manager_name)},
        {p for p in people if matches(p.name, p.code, p.role, p.site, p.shift)},
    )


def _with_ancestors(units: dict[int, Unit], kept: Iterable[int | None]) -> dict[int, Unit]:
    ids = {
        above
        for pk in kept
        if pk is not None and pk in units
        for above in rules.path_ids(units[pk].path)
    }
    return {pk: unit for pk, unit in units.items() if pk in ids}


def _in_tree_order(units: dict[int, Unit]) -> list[tuple[Unit, int]]:
    below: defaultdict[int | None, list[Unit]] = defaultdict(list)
    for unit in sorted(units.values(), key=lambda u: (fold(u.name), u.pk)):
        below[unit.parent_id if unit.parent_id in units else None].append(unit)
    found: list[tuple[Unit, int]] = []
    waiting = [(unit, 0) for unit in reversed(below[None])]
    while waiting:
        unit, level = waiting.pop()
        found.append((unit, level))
        waiting.extend((child, level + 1) for child in reversed(below[unit.pk]))
    return found


def units_in_order(units: QuerySet[Unit]) -> list[tuple[Unit, int]]:
    """Return units with their level, parents first: what a list of choices shows."""
    return _in_tree_order({unit.pk: unit for unit in units})


def sees_whole_organisation(person: Person) -> bool:
    """Tell whether what concerns everybody is open to this person."""
    return reach_of(person).can(Can.READ)


def sees_nothing(person: Person) -> bool:
    """Tell whether no unit at all is open to this person."""
    return not sees_whole_organisation(person) and not visible_units(person).exists()


def top_unit(person: Person) -> Unit | None:
    """Return the unit a page opens on for who does not see the whole organisation."""
    if sees_whole_organisation(person):
        return None
    return visible_units(person).order_by("path").first()


def capacity_rule(unit: Unit | None) -> CapacityRule | None:
    """Return the share set on a unit itself, or on the whole organisation."""
    return CapacityRule.objects.filter(unit=unit).select_related("unit").first()


def periods_of(unit: Unit | None) -> QuerySet[CalendarPeriod]:
    """Return the periods of a unit, of the units above it and of the whole organisation."""
    found = CalendarPeriod.objects.select_related("unit").order_by("starts_on", "pk")
    if unit is None:
        return found.filter(unit=None)
    return found.filter(Q(unit=None) | Q(unit_id__in=rules.path_ids(unit.path)))


def editable_period_ids(person: Person, periods: Iterable[CalendarPeriod]) -> set[int]:
    """Return those of some periods that a person may change."""
    units = set(editable_units(person).values_list("pk", flat=True))
    everywhere = bool(may_edit_capacity(person, None))
    return {
        period.pk
        for period in periods
        if (everywhere if period.unit_id is None else period.unit_id in units)
    }


def weekly_hours_below(unit: Unit | None) -> list[float]:
    """Return the different weekly hours of the people of a unit and below."""
    found = Population.objects.order_by("weekly_hours")
    if unit is not None:
        found = found.filter(unit__path__startswith=unit.path)
    return list(found.values_list("weekly_hours", flat=True).distinct())
