"""Three gauges of the plan or of a scenario: euros, roles, people; and the figures compared.

Only what a scenario overrides is worked out again; the rest is the plan in force, kept in
memory. The load is updated by the engine, bit for bit what a full computation gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from orchestre.portfolio.rules.dates import Span, slack_days
from orchestre.resources.rules import Ask, Cost, cost_by_month, fte_by_month
from orchestre.resources.snapshot import Money
from orchestre.sequencing.models import Scenario
from orchestre.sequencing.queries.scenarios import edits as edits_of
from orchestre.sequencing.rules.edits import (
    Edit,
    asks_of,
    costs_of,
    days_moved,
    effective,
    new_span,
    wave_days,
)
from orchestre.sequencing.rules.measures import Floats, Measures, beyond
from orchestre.sequencing.services.live import Live, live
from orchestre.sequencing.services.moved_load import forget, load_of
from orchestre.sequencing.services.people import People, mean_days, people_touched
from orchestre.sequencing.services.standing import base_of, cost_in, in_freeze, value_of

__all__ = [
    "Broken",
    "EnvelopeUse",
    "Gauges",
    "forget",
    "measure",
    "measure_edits",
    "of_plan",
    "without_money",
]
Edits = Mapping[str, Edit]


@dataclass(frozen=True, slots=True)
class EnvelopeUse:
    """An envelope and what is asked of it over its own dates."""

    name: str
    programme: str | None
    amount_eur: float
    cost_eur: float

    @property
    def excess_eur(self) -> float:
        """Money beyond it."""
        return max(0.0, self.cost_eur - self.amount_eur)


@dataclass(frozen=True, slots=True)
class Broken:
    """Dependencies that do not hold, by number, and those whose giver is no longer there."""

    links: frozenset[int]
    orphaned: frozenset[int]


@dataclass(frozen=True)
class Gauges:
    """The three gauges over the months of the period, and the figures.

    Attributes
    ----------
    cost_eur, envelope_eur : euros by month; nan where no envelope speaks
    asked_fte, available_fte : full-time equivalents, roles × months; nan where unsaid
    worst_ratio, excess_hours : populations × months; person-hours count known headcounts only
    worst : the population and the week (its Monday) of the heaviest load
    uncounted : initiatives that only the scenario dates, whose load cannot be placed yet
    unknown_headcounts : populations beyond capacity that the people and hours leave out
    unvalued : initiatives whose value nobody gave
    """

    months: tuple[date, ...]
    cost_eur: Floats
    envelope_eur: Floats
    envelopes: tuple[EnvelopeUse, ...]
    roles: tuple[str, ...]
    asked_fte: Floats
    available_fte: Floats
    populations: tuple[str, ...]
    worst_ratio: Floats
    excess_hours: Floats
    over: tuple[bool, ...]
    worst: tuple[str, date] | None
    broken: Broken
    moved: tuple[str, ...]
    excluded: tuple[str, ...]
    uncounted: tuple[str, ...]
    unknown_headcounts: int
    unvalued: int
    measures: Measures
    money_open: bool = True


def measure(scenario: Scenario | None = None) -> Gauges:
    """Measure the plan in force (None) or a scenario; nothing is written."""
    return measure_edits(edits_of(scenario))


def of_plan(there: Live) -> Gauges:
    """Measure the plan in force, once for as long as it stands."""
    known: Gauges | None = there.__dict__.get("_gauges")
    if known is None:
        known = there.__dict__["_gauges"] = _Measuring(there, {}).gauges()
    return known


def without_money(found: Gauges) -> Gauges:
    """Return the gauges without the money of the portfolio, for who may not read it."""
    nothing = np.zeros(len(found.months))
    return replace(
        found,
        cost_eur=nothing,
        envelope_eur=np.full(len(found.months), np.nan),
        envelopes=(),
        measures=found.measures.without_money(),
        money_open=False,
    )


def measure_edits(edits: Edits, *, on: Live | None = None) -> Gauges:
    """Measure the plan in force with some overrides."""
    there = on or live()
    told = {
        code: edit
        for code, edit in edits.items()
        if not edit.says_nothing and there.planned(code) is not None
    }
    return _Measuring(there, told).gauges() if told else of_plan(there)


class _Measuring:
    """One measure: each part is worked out once."""

    def __init__(self, there: Live, edits: Edits) -> None:
        self.there, self.edits = there, edits
        self.rows, self.months = there.rows, there.months

    def gauges(self) -> Gauges:
        """Put the three gauges and the figures together."""
        base = base_of(self.there)
        cost = base.cost_eur + self._swap_costs()
        asked = base.asked_fte + self._swap_fte(base.roles)
        uses = tuple(self._use(one) for one in self.rows.means.envelopes)
        load = load_of(self.there, self.edits)
        people = People(self.there, load)
        broken = self._broken()
        moved = tuple(code for code in self.edits if self._moves(code))
        return Gauges(
            months=self.months,
            cost_eur=cost,
            envelope_eur=base.envelope_eur,
            envelopes=uses,
            roles=base.roles,
            asked_fte=asked,
            available_fte=base.available_fte,
            populations=load.population_ids,
            worst_ratio=people.worst_by_month,
            excess_hours=people.hours_by_month,
            over=tuple(people.over.astype(bool).tolist()),
            worst=people.worst,
            broken=broken,
            moved=moved,
            excluded=tuple(code for code, edit in self.edits.items() if not edit.included),
            uncounted=tuple(code for code in moved if code in self._undated),
            unknown_headcounts=people.unknown,
            unvalued=base.unvalued,
            measures=Measures(
                value_eur=self._value(base.value_eur),
                delay_cost_eur=self._delay(),
                cost_eur=float(cost.sum()) if self.rows.means.costs else None,
                excess_person_hours=people.hours,
                people_over=people.people_over,
                worst_ratio=people.worst_ratio,
                fte_excess=(
                    beyond(asked, base.available_fte)
                    if np.isfinite(base.available_fte).any()
                    else None
                ),
                budget_excess_eur=sum(one.excess_eur for one in uses) if uses else None,
                initiatives_moved=len(moved),
                people_moved=people_touched(self.there, moved, self._waved(moved)),
                broken=len(broken.links),
                freezes=self._freezes(),
            ),
        )

    def _waved(self, codes: tuple[str, ...]) -> dict[str, Edit] | None:
        """Return the overrides, when waves of what moves may stay behind."""
        return dict(self.edits) if any(code in self.rows.waves for code in codes) else None

    @cached_property
    def _undated(self) -> frozenset[str]:
        return frozenset(self.there.view.snapshot.undated)

    def span(self, code: str) -> Span:
        """Return the dates of an initiative in the scenario."""
        planned = self.rows.initiatives[code]
        edit = self.edits.get(code)
        return planned.span if edit is None else new_span(edit, planned.span)

    def _moves(self, code: str) -> bool:
        edit, span = self.edits[code], self.rows.initiatives[code].span
        return edit.included and (new_span(edit, span) != span or self._waves_move(code))

    def _waves_move(self, code: str) -> bool:
        span, waves = self.rows.initiatives[code].span, self.rows.waves.get(code, ())
        return any(wave_days(self.edits[code], span, waves, self.there.today).values())

    def people_span(self, code: str) -> Span:
        """Return the dates of an initiative as its people live them: its waves weigh on average."""
        edit, planned = self.edits.get(code), self.rows.initiatives[code]
        if edit is None or code not in self.rows.waves:
            return self.span(code)
        return planned.span.shifted(round(mean_days(self.there, code, edit)))

    def costs(self, code: str) -> tuple[Cost, ...]:
        """Return the costs of an overridden initiative in the scenario."""
        costs = self.there.costs.get(code, ())
        planned = self.rows.initiatives[code]
        assumed = len(costs) == 1 and costs[0].provenance == "assumed"
        return costs_of(self.edits[code], costs, planned.span, assumed=assumed)

    def _swap_costs(self) -> Floats:
        found = np.zeros(len(self.months))
        for code in self.edits:
            found += cost_by_month(self.costs(code), self.months)
            found -= cost_by_month(self.there.costs.get(code, ()), self.months)
        return found

    def _swap_fte(self, roles: tuple[str, ...]) -> Floats:
        after: list[Ask] = []
        before: list[Ask] = []
        for code, edit in self.edits.items():
            asks = self.there.asks.get(code, ())
            days = days_moved(edit, self.rows.initiatives[code].span)
            before += asks
            after += asks_of(edit, asks, days, self.there.today)
        return fte_by_month(after, roles, self.months) - fte_by_month(before, roles, self.months)

    def _use(self, one: Money) -> EnvelopeUse:
        cost = base_of(self.there).envelope_cost[one]
        for code in self.edits:
            if one.programme in {None, self.rows.initiatives[code].programme}:
                cost += cost_in(self.costs(code), one)
                cost -= cost_in(self.there.costs.get(code, ()), one)
        return EnvelopeUse(one.name, one.programme, one.amount_eur, cost)

    def _value(self, base: float | None) -> float | None:
        if base is None:
            return None
        for code, edit in self.edits.items():
            base -= value_of(self.there, code, self.rows.initiatives[code].span)
            base += value_of(self.there, code, self.people_span(code)) if edit.included else 0.0
        return base

    def _delay(self) -> float | None:
        told = [one for one in self.rows.means.values.values() if one.delay_cost_eur_per_week]
        if not told:
            return None
        total = 0.0
        for one in told:
            edit = self.edits.get(one.initiative)
            planned = self.rows.initiatives.get(one.initiative)
            if edit is None or planned is None or not edit.included:
                continue
            before, after = effective(planned.span), effective(self.span(one.initiative))
            if before and after:
                weeks = (after - before).days / 7.0
                if one.initiative in self.rows.waves:
                    weeks = mean_days(self.there, one.initiative, edit) / 7.0
                total += weeks * (one.delay_cost_eur_per_week or 0.0)
        return total

    def _broken(self) -> Broken:
        broken, orphaned = set(), set()
        out = {code for code, edit in self.edits.items() if not edit.included}
        touched = {self.rows.initiatives[code].pk for code in self.edits}
        known = base_of(self.there).broken
        for link in self.rows.links:
            if link.giver not in touched and link.taker not in touched:
                if link.key in known:
                    broken.add(link.key)
                continue
            giver, taker = self.rows.codes[link.giver], self.rows.codes[link.taker]
            if taker in out:
                continue
            if giver in out:
                orphaned.add(link.key)
                continue
            slack = slack_days(link.kind, self.span(giver), self.span(taker), link.lag_days)
            if slack is not None and slack < 0:
                broken.add(link.key)
        return Broken(frozenset(broken | orphaned), frozenset(orphaned))

    def _freezes(self) -> int:
        count = base_of(self.there).freezes
        for code, edit in self.edits.items():
            planned = self.rows.initiatives[code]
            frozen = self.rows.freezes_at(planned.unit_path)
            count -= in_freeze(self.there, planned.span, frozen)
            if edit.included:
                count += in_freeze(self.there, self.span(code), frozen)
        return count
