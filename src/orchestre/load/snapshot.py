"""Rows of the organisation, the portfolio and the impacts, turned into a load problem.

The number of queries does not depend on the number of rows. Confidential initiatives are in:
what is shown of them is decided later, by the reader's permissions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from orchestre.impacts import queries as impact_queries
from orchestre.impacts import rules as impact_rules
from orchestre.impacts.models import Activity, Impact
from orchestre.load.rules import dates
from orchestre.load.rules import waves as waving
from orchestre.load.rules.rows import ActivityRow, ImpactRow
from orchestre.org.models import CalendarPeriod, CapacityRule, Population, Unit
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.queries import waves as wave_queries
from orchestre.portfolio.queries.waves import WaveDay
from orchestre_engine import load as engine
from orchestre_engine.periods import Horizon

_Part = TypeVar("_Part", Impact, Activity)
_CHUNK = 2_000  # rows held at a time while they become a problem


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit as the tree of the map draws it."""

    pk: int
    code: str
    name: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """A population as the map names it."""

    pk: int
    code: str
    name: str
    unit: str | None
    headcount: int | None


@dataclass(frozen=True, slots=True)
class Asking:
    """An initiative that may ask something of people.

    `go_live` is the declared one, else the last day of the initiative, else None; `last_on` that
    of its last wave when it is later.
    """

    pk: int
    code: str
    title: str
    confidential: bool
    go_live: impact_rules.GoLive | None
    last_on: date | None
    earlier_weeks: float
    later_weeks: float


@dataclass(frozen=True, slots=True)
class Period:
    """Weeks when capacity differs, for a unit and what is below it, or for everybody."""

    unit: str | None
    kind: str
    name: str
    starts_on: date
    ends_on: date
    factor: float


@dataclass(frozen=True)
class Snapshot:
    """The problem, and the words that people know its parts by.

    `undated` are the codes of the initiatives that have no date to count them by; `unmapped` of
    those of which nobody knows whom they touch; `guesses` what is assumed for the (initiative,
    population) pairs that nobody entered; `waves` the wave of the pairs that have one.
    """

    problem: engine.LoadProblem
    units: dict[str, UnitNode]
    groups: dict[str, Group]
    askings: dict[str, Asking]
    periods: tuple[Period, ...]
    undated: tuple[str, ...]
    unmapped: tuple[str, ...]
    guesses: dict[tuple[str, str], impact_rules.AssumedImpact]
    values: impact_rules.AssumptionValues
    waves: dict[tuple[str, str], WaveDay]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Impacts as the engine takes them, and what was guessed or left out on the way."""

    impacts: tuple[engine.Impact, ...]
    guesses: dict[tuple[str, str], impact_rules.AssumedImpact]
    undated: frozenset[str]
    unmapped: frozenset[str]


def take(first_day: date, weeks: int, *, today: date, confirmed_only: bool = False) -> Snapshot:
    """Read everything the load rests on, for `weeks` weeks from the week of `first_day`.

    `confirmed_only` leaves out what is assumed: guessed impacts and those marked so. A go-live
    before the week of `today` is a fact: its date is no longer in doubt.
    """
    values = impact_queries.assumption_values()
    units = _units()
    unit_codes = {node.pk: node.code for node in units.values()}
    people = list(Population.objects.select_related("unit").order_by("name", "pk"))
    initiatives = _initiatives()
    waves = wave_queries.days_by_pair()
    last = waving.last_days(waves)
    askings = {row.pk: _asking(row, values, last.get(row.pk)) for row in initiatives}
    asked = _impacts(initiatives, askings, people, values, waves)
    impacts, activities = asked.impacts, _activities(askings, people)
    if confirmed_only:
        impacts = tuple(one for one in impacts if _said(one))
        activities = tuple(one for one in activities if _said(one))
    periods = _periods(unit_codes)
    moving = {one.change for one in impacts} | {one.change for one in activities}
    doubtful = [one for one in askings.values() if one.code in moving]
    problem = engine.LoadProblem(
        horizon=Horizon(dates.monday(first_day), weeks),
        units=tuple(engine.Unit(node.code, node.parent) for node in units.values()),
        populations=tuple(_population(row, unit_codes) for row in people),
        impacts=impacts,
        activities=activities,
        absorption=_absorption(unit_codes, values),
        factors=tuple(_factor(one) for one in periods),
        hours_by_intensity=tuple(float(one) for one in values.hours_by_intensity),
        uncertainty=_uncertainty(doubtful, dates.monday(today), values),
    )
    return Snapshot(
        problem=problem,
        units=units,
        groups={row.code: _group(row, unit_codes) for row in people},
        askings={one.code: one for one in askings.values()},
        periods=periods,
        undated=tuple(sorted(asked.undated)),
        unmapped=tuple(sorted(asked.unmapped)),
        guesses=asked.guesses,
        values=values,
        waves=waving.by_code(
            waves,
            {pk: one.code for pk, one in askings.items()},
            {row.pk: row.code for row in people},
        ),
    )


def _said(one: engine.Impact | engine.Activity) -> bool:
    return one.provenance is not engine.Provenance.ASSUMED


def _units() -> dict[str, UnitNode]:
    rows = list(Unit.objects.order_by("name", "pk").values_list("pk", "code", "name", "parent_id"))
    codes = {pk: code for pk, code, _name, _parent in rows}
    return {
        code: UnitNode(pk, code, name, None if parent is None else codes[parent])
        for pk, code, name, parent in rows
    }


def _code(unit_codes: dict[int, str], unit_id: int | None) -> str | None:
    return None if unit_id is None else unit_codes[unit_id]


def _population(row: Population, unit_codes: dict[int, str]) -> engine.Population:
    unit = _code(unit_codes, row.unit_id)
    return engine.Population(row.code, unit, row.headcount, row.weekly_hours)


def _group(row: Population, unit_codes: dict[int, str]) -> Group:
    return Group(row.pk, row.code, row.name, _code(unit_codes, row.unit_id), row.headcount)


def _initiatives() -> list[Initiative]:
    """Read what is under way or to come: neither archived nor stopped."""
    rows = Initiative.objects.filter(archived_at=None).exclude(stage=Initiative.Stage.STOPPED)
    return list(
        rows.select_related("unit").only(
            "code", "title", "confidential", "go_live_on", "ends_on", "go_live_earlier_weeks",
            "go_live_later_weeks", "family", "cost_eur", "unit__path",
        )
    )  # fmt: skip


def _asking(
    row: Initiative, values: impact_rules.AssumptionValues, last_wave_on: date | None
) -> Asking:
    go_live = _go_live(None, row.go_live_on, row.ends_on, values)
    days = [day for day in (go_live and go_live.on, last_wave_on) if day]
    return Asking(
        pk=row.pk,
        code=row.code,
        title=row.title,
        confidential=row.confidential,
        go_live=go_live,
        last_on=max(days, default=None),
        earlier_weeks=row.go_live_earlier_weeks,
        later_weeks=row.go_live_later_weeks,
    )


def _go_live(
    own: date | None,
    of_initiative: date | None,
    ends_on: date | None,
    values: impact_rules.AssumptionValues,
) -> impact_rules.GoLive | None:
    return impact_rules.go_live_of(own, of_initiative, ends_on if values.in_force else None)


def _impacts(
    initiatives: list[Initiative],
    askings: dict[int, Asking],
    people: list[Population],
    values: impact_rules.AssumptionValues,
    waves: waving.Waves,
) -> _Asked:
    codes = {row.pk: row.code for row in people}
    known = {row.pk: row for row in initiatives}
    found, undated, described = [], set(), set()
    impacts = _of_live_initiatives(Impact).values_list(*ImpactRow._fields)
    for row in map(ImpactRow._make, impacts.iterator(_CHUNK)):
        described.add(row.initiative_id)
        asking = askings[row.initiative_id]
        go_live = waving.laid(row, asking.go_live, waves)
        one = _impact(row, known[row.initiative_id], codes, go_live, values)
        if go_live is None:
            undated.add(asking.code)
        elif one is not None:
            found.append(one)
    silent = [_facts(row) for row in initiatives if row.pk not in described]
    below = _by_unit_path(people)
    guesses = {}
    for guess in impact_rules.assumed_impacts(silent, below, values):
        pair = askings[guess.initiative_id].code, codes[guess.population_id]
        wave = waves.get((guess.initiative_id, guess.population_id))
        if wave is not None:
            guess = replace(guess, go_live_on=wave.go_live_on)  # noqa: PLW2901 - the same guess, dated
        if guess.go_live_on is None:
            undated.add(pair[0])
            continue
        guesses[pair] = guess
        found.append(_guessed(guess, pair))
    nobody = {askings[pk].code for pk in impact_rules.touching_nobody(silent, below)}
    return _Asked(tuple(found), guesses, frozenset(undated), frozenset(nobody))


def _of_live_initiatives(model: type[_Part]) -> QuerySet[_Part]:
    rows = model._default_manager.filter(initiative__archived_at=None)  # noqa: SLF001 - Django's documented API
    return rows.exclude(initiative__stage=Initiative.Stage.STOPPED)


def _facts(row: Initiative) -> impact_rules.InitiativeFacts:
    path = row.unit.path if row.unit else ""
    return impact_rules.InitiativeFacts(
        row.pk, path, row.cost_eur, row.family, row.go_live_on, row.ends_on
    )


def _by_unit_path(people: list[Population]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for row in people:
        if row.unit is not None:
            found[row.unit.path].append(row.pk)
    return dict(found)


def _impact(
    row: ImpactRow,
    initiative: Initiative,
    codes: dict[int, str],
    go_live: impact_rules.GoLive | None,
    values: impact_rules.AssumptionValues,
) -> engine.Impact | None:
    """Give an entered impact; one without any figure takes the assumed one of its initiative."""
    intensity = impact_rules.intensity_of(row.aspects, row.intensity)
    silent = row.hours_per_person is None and intensity is None
    if go_live is None or (silent and not values.in_force):
        return None
    if silent:
        intensity, _why = impact_rules.assumed_intensity(
            initiative.cost_eur, initiative.family, values
        )
    return engine.Impact(
        change=initiative.code,
        population=codes[row.population_id],
        go_live_on=go_live.on,
        hours=row.hours_per_person,
        intensity=intensity,
        reach_ratio=row.reach_ratio,
        provenance=engine.Provenance.ASSUMED if silent else engine.Provenance(row.provenance),
    )


def _guessed(guess: impact_rules.AssumedImpact, pair: tuple[str, str]) -> engine.Impact:
    if guess.go_live_on is None:
        raise LookupError("a guess without a date cannot be placed")
    return engine.Impact(
        change=pair[0],
        population=pair[1],
        go_live_on=guess.go_live_on,
        intensity=guess.intensity,
        reach_ratio=guess.reach_ratio,
        provenance=engine.Provenance.ASSUMED,
    )


def _activities(
    askings: dict[int, Asking], people: list[Population]
) -> tuple[engine.Activity, ...]:
    codes = {row.pk: row.code for row in people}
    rows = _of_live_initiatives(Activity).values_list(*ActivityRow._fields)
    return tuple(
        engine.Activity(
            change=askings[row.initiative_id].code,
            population=codes[row.population_id],
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            hours_per_person=row.hours_per_person,
            reach_ratio=row.reach_ratio,
            kind=row.kind,
            provenance=engine.Provenance(row.provenance),
        )
        for row in map(ActivityRow._make, rows.iterator(_CHUNK))
    )


def _periods(unit_codes: dict[int, str]) -> tuple[Period, ...]:
    return tuple(
        Period(
            _code(unit_codes, row.unit_id),
            row.kind,
            row.name,
            row.starts_on,
            row.ends_on,
            row.factor,
        )
        for row in CalendarPeriod.objects.all()
    )


def _factor(one: Period) -> engine.CapacityFactor:
    return engine.CapacityFactor(one.starts_on, one.ends_on, one.factor, one.name, one.unit)


def _absorption(
    unit_codes: dict[int, str], values: impact_rules.AssumptionValues
) -> tuple[engine.AbsorptionRule, ...]:
    """Read what people said of capacity; the assumption speaks where nobody did."""
    said = [
        engine.AbsorptionRule(
            _code(unit_codes, row.unit_id), row.absorption_ratio, engine.Provenance(row.provenance)
        )
        for row in CapacityRule.objects.order_by("pk")
    ]
    if not any(rule.unit is None for rule in said):
        said.append(engine.AbsorptionRule(None, values.absorption_ratio))
    return tuple(said)


def _uncertainty(
    askings: Iterable[Asking], this_week: date, values: impact_rules.AssumptionValues
) -> engine.Uncertainty:
    """Take the doubt on dates that people declared, else that of the assumptions."""
    found = []
    for one in askings:
        if one.last_on is None or one.last_on < this_week:
            continue
        earlier, later = one.earlier_weeks, one.later_weeks
        if not earlier and not later and values.in_force:
            earlier, later = values.go_live_earlier_weeks, values.go_live_later_weeks
        found.append(engine.ChangeUncertainty(one.code, earlier, later))
    if not values.in_force:
        return engine.Uncertainty(tuple(found))
    return engine.Uncertainty(tuple(found), values.hours_margin_ratio, values.capacity_margin_ratio)


def live_initiatives() -> int:
    """Count the initiatives under way or to come."""
    rows = Initiative.objects.filter(archived_at=None).exclude(stage=Initiative.Stage.STOPPED)
    return rows.count()
