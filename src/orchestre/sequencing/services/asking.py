"""The plan in force, turned into a problem of sequencing: who, when, how far, at what price.

Weeks count from this one. A go-live moves by whole weeks, so what it asks moves exactly. What is
not said is assumed, and the result lists it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from orchestre.load.rules.dates import monday
from orchestre.portfolio.rules.dates import slack_days
from orchestre.resources.rules import Cost
from orchestre.resources.snapshot import Money
from orchestre.sequencing.queries.planning import Limits, limits
from orchestre.sequencing.rules.asked import Asked
from orchestre.sequencing.rules.edits import effective
from orchestre.sequencing.rules.measures import DAYS_PER_YEAR
from orchestre.sequencing.services import splitting
from orchestre.sequencing.services.live import Live
from orchestre.sequencing.snapshot import Planned
from orchestre_engine import load
from orchestre_engine import sequencing as engine
from orchestre_engine.periods import Horizon

AROUND = 30  # weeks of a profile read before and after the horizon
RECOVERY_WEEKS = 4
BROKEN_PRICE_EUR = 10_000.0  # a week of a dependency that does not hold today: a convention
WEEKS_PER_MONTH = 52 / 12


@dataclass(frozen=True)
class Asking:
    """A problem, and what its weeks and prices rest on.

    `derived_delay` are the initiatives whose cost of delay is their value a year ÷ 52;
    `free_delay` those whose delay costs nothing that anybody said; `broken` the dependencies that
    do not hold today, priced rather than imposed; `windowless` those whose window is the usual one;
    `waves` the waves that may move apart, by initiative, `splitting.REST` for those in none.
    """

    problem: engine.SequencingProblem
    first_monday: date
    derived_delay: tuple[str, ...]
    free_delay: tuple[str, ...]
    broken: tuple[int, ...]
    windowless: tuple[str, ...]
    waves: splitting.Waves = field(default_factory=dict)


def problem_of(there: Live, asked: Asked) -> Asking:
    """Turn the plan in force into a problem."""
    return _Asker(there, asked, limits()).asking()


class _Asker:
    def __init__(self, there: Live, asked: Asked, known: Limits) -> None:
        self.there, self.asked, self.known = there, asked, known
        self.first = monday(there.today)
        ahead = len(there.view.result.weeks) - there.this_week
        self.weeks = min(round(asked.months * WEEKS_PER_MONTH), ahead)
        self.planned = {
            code: one
            for code, one in there.rows.initiatives.items()
            if effective(one.span) is not None
        }
        self.positions = {code: at for at, code in enumerate(there.view.result.state.change_ids)}
        self.derived: list[str] = []
        self.free: list[str] = []
        self.windowless: list[str] = []

    @cached_property
    def changes(self) -> tuple[engine.Change, ...]:
        """Every initiative that has a date."""
        return tuple(self._change(one) for one in self.planned.values())

    def asking(self) -> Asking:
        """Put the problem together."""
        codes = frozenset(one.id for one in self.changes)
        links, broken = self._dependencies(codes)
        problem = engine.SequencingProblem(
            horizon=Horizon(self.first, self.weeks),
            populations=self._populations(),
            changes=self.changes,
            roles=self._roles(),
            envelopes=self._envelopes(codes),
            dependencies=links,
            freezes=self._freezes(),
            legal_steps=self._steps(codes),
            recovery=engine.Recovery(RECOVERY_WEEKS),
            movable=self._movable(codes),
            pins=self._pins(codes),
            objective=engine.Objective.of_sliders(
                self.asked.people, self.asked.dates, self.asked.benefits
            ),
        )
        return Asking(
            problem,
            self.first,
            tuple(sorted(self.derived)),
            tuple(sorted(self.free)),
            broken,
            tuple(sorted(self.windowless)),
            self.waves,
        )

    def _week(self, day: date) -> int:
        return (monday(day) - self.first).days // 7

    def _start(self, one: Planned) -> int:
        day = effective(one.span)
        if day is None:
            raise LookupError(f"{one.code} has no date to be placed by")
        return self._week(day)

    def _populations(self) -> tuple[engine.Population, ...]:
        result, first = self.there.view.result, self.there.this_week
        capacity = result.capacity_hours[:, first : first + self.weeks]
        return tuple(
            engine.Population(code, tuple(capacity[row].tolist()), result.headcounts[row])
            for row, code in enumerate(result.population_ids)
        )

    def _change(self, one: Planned) -> engine.Change:
        start, rule = self._start(one), self.known.rules.get(one.code)
        earliest, latest = self._window(one, start)
        waves = self.waves.get(one.code, ())
        started = self._started(one, start)
        starts_on, ends_on = one.span.starts_on, one.span.ends_on
        begins = min(0, self._week(starts_on) - start) if starts_on else 0
        ends = max(0, math.ceil((ends_on - self.first).days / 7) - start) if ends_on else 0
        return engine.Change(
            id=one.code,
            current_start=start,
            footprints=self._footprints(one, start),
            demands=self._demands(one, start),
            spending=self._spending(one, start),
            earliest=None if started else earliest,
            latest=None if started else latest,
            fixed=bool(rule and rule.fixed),
            started=started,
            mandatory=one.code in self.known.mandatory,
            postponed_value_eur=self._lost(one) if rule and rule.may_wait else None,
            delay_cost_eur_per_week=self._delay(one),
            start_offset=begins,
            end_offset=ends,
            waves=waves,
            max_spread_weeks=splitting.spread(waves, self.asked.spread_weeks),
            carrier=splitting.carrier(waves),
        )

    def _started(self, one: Planned, start: int) -> bool:
        """Tell whether it may not move: under way, unless some of its waves are still to come."""
        if one.code in self.waves:
            return False
        gone = splitting.has_live_wave(self.there, one.code)
        return start < 0 or one.code in self.known.started or gone

    @cached_property
    def waves(self) -> splitting.Waves:
        """Waves of the initiatives whose waves may move apart; nothing when nobody asks for it."""
        if not self.asked.split:
            return {}
        return splitting.waves_of(
            self.there, {code: self._start(one) for code, one in self.planned.items()},
            self.known.started,
        )  # fmt: skip

    def _window(self, one: Planned, start: int) -> tuple[int, int]:
        """Give the first and last week allowed: what was said, else the usual reach.

        Work that has begun does not go faster; work to come does not begin before this week. What
        the law or an owner made mandatory does not slip unless its window says so.
        """
        rule = self.known.rules.get(one.code)
        begins = self._week(one.span.starts_on) if one.span.starts_on else start
        soonest = start if begins < 0 else max(0, start - begins)
        earliest = max(soonest, start - self.asked.earlier_weeks)
        latest = start if one.code in self.known.mandatory else start + self.asked.later_weeks
        if rule and rule.latest_on:
            latest = self._week(rule.latest_on)
            earliest = min(earliest, latest)
        if rule and rule.earliest_on:
            earliest = math.ceil((rule.earliest_on - self.first).days / 7)
            latest = max(earliest, latest)
        if rule is None or not (rule.earliest_on or rule.latest_on):
            self.windowless.append(one.code)
        return earliest, latest

    def _footprints(self, one: Planned, start: int) -> tuple[engine.Footprint, ...]:
        at = self.positions.get(one.code)
        if at is None:
            return ()
        state, first = self.there.view.result.state, self.there.this_week
        lines = state.changes[at]
        rows, narrow = np.unique(lines.population, return_inverse=True)
        hours = load.accumulate(
            replace(lines, population=narrow),
            len(rows),
            self.weeks + 2 * AROUND,
            first=first - AROUND,
        )
        ids = self.there.view.result.population_ids
        starts = splitting.starts(self.waves.get(one.code, ()), start)
        return tuple(
            engine.Footprint.of(
                ids[row],
                starts(ids[row]) + AROUND,
                hours[place].tolist(),
                heavy=(one.code, ids[row]) in self.known.heavy,
            )
            for place, row in enumerate(rows.tolist())
            if hours[place].any()
        )

    def _weekly(self, starts_on: date, ends_on: date) -> list[float]:
        """Give the days of a range in each week, from long before the horizon to after it."""
        mondays = [self.first + timedelta(weeks=at) for at in range(-AROUND, self.weeks + AROUND)]
        return [
            max(0.0, float((min(ends_on, one + timedelta(weeks=1)) - max(starts_on, one)).days))
            for one in mondays
        ]

    def _demands(self, one: Planned, start: int) -> tuple[engine.Demand, ...]:
        by_role: dict[str, npt.NDArray[np.float64]] = {}
        for ask in self.there.asks.get(one.code, ()):
            days = np.array(self._weekly(ask.starts_on, ask.ends_on))
            by_role[ask.role] = by_role.get(ask.role, np.zeros(len(days))) + ask.fte * days / 7
        found = []
        for role, weekly in sorted(by_role.items()):
            used = np.flatnonzero(weekly)
            if used.size:
                fte = tuple(weekly[used[0] : used[-1] + 1].tolist())
                found.append(engine.Demand(role, int(used[0]) - AROUND - start, fte))
        return tuple(found)

    def _spending(self, one: Planned, start: int) -> tuple[engine.Spending, ...]:
        """Money not yet spent moves with the go-live; what is spent is a fact."""
        total = np.zeros(self.weeks + 2 * AROUND)
        for cost in self.there.costs.get(one.code, ()):
            if cost.state != "spent":
                days = np.array(self._weekly(cost.starts_on, cost.ends_on))
                total += cost.amount_eur * days / (cost.ends_on - cost.starts_on).days
        used = np.flatnonzero(total)
        if not used.size:
            return ()
        eur = tuple(total[used[0] : used[-1] + 1].tolist())
        return (engine.Spending(int(used[0]) - AROUND - start, eur),)

    def _delay(self, one: Planned) -> float:
        value = self.there.rows.means.values.get(one.code)
        if value and value.delay_cost_eur_per_week is not None:
            return value.delay_cost_eur_per_week
        if value and value.value_eur_per_year:
            self.derived.append(one.code)
            return value.value_eur_per_year / 52
        self.free.append(one.code)
        return 0.0

    def _lost(self, one: Planned) -> float | None:
        value = self.there.rows.means.values.get(one.code)
        if value is None or value.value_eur_per_year is None:
            return None
        left = max(0, self.weeks - max(self._start(one), 0))
        return value.value_eur_per_year * left * 7 / DAYS_PER_YEAR

    def _roles(self) -> tuple[engine.Role, ...]:
        means = self.there.rows.means
        found = []
        for role in sorted(means.roles):
            fte: list[float | None] = [None] * self.weeks
            for one in means.available:
                if one.role != role:
                    continue
                days = self._weekly(one.starts_on, one.ends_on)[AROUND : AROUND + self.weeks]
                for at, some in enumerate(days):
                    if some:
                        fte[at] = (fte[at] or 0.0) + one.fte * some / 7
            found.append(engine.Role(role, tuple(fte)))
        return tuple(found)

    def _envelopes(self, codes: frozenset[str]) -> tuple[engine.Envelope, ...]:
        found = []
        for at, one in enumerate(self.there.rows.means.envelopes):
            first, end = self._week(one.starts_on), math.ceil((one.ends_on - self.first).days / 7)
            first, end = max(first, 0), min(end, self.weeks)
            if first >= end:
                continue
            mine = None
            if one.programme is not None:
                mine = tuple(
                    code for code in sorted(codes) if self.planned[code].programme == one.programme
                )
            found.append(engine.Envelope(f"{at}:{one.name}", first, end, self._left(one), mine))
        return tuple(found)

    def _left(self, one: Money) -> float:
        """Give what an envelope still holds from this week on: what came before is a fact."""
        spent = sum(
            _fallen(cost, one, self.first)
            for costs in self.there.costs.values()
            for cost in costs
            if one.programme in {None, self._programme(cost.initiative)}
        )
        return max(one.amount_eur - spent, 0.0)

    def _programme(self, code: str) -> str:
        planned = self.there.rows.initiatives.get(code)
        return (planned.programme if planned else "") or ""

    def _dependencies(
        self, codes: frozenset[str]
    ) -> tuple[tuple[engine.Dependency, ...], tuple[int, ...]]:
        """Give the dependencies in weeks that hold exactly when they hold in days."""
        found, broken = [], []
        known = {one.id: one for one in self.changes}
        for link in self.there.rows.links:
            giver, taker = self.there.rows.codes[link.giver], self.there.rows.codes[link.taker]
            if not codes.issuperset((giver, taker)):
                continue
            spans = self.planned[giver].span, self.planned[taker].span
            slack = slack_days(link.kind, *spans, link.lag_days)
            if slack is None:
                continue
            if slack < 0:
                broken.append(link.key)
            given, taken = known[giver], known[taker]
            ends = given.end_offset if link.kind in {"FS", "FF"} else given.start_offset
            waits = taken.end_offset if link.kind in {"FF", "SF"} else taken.start_offset
            apart = taken.current_start + waits - given.current_start - ends
            found.append(
                engine.Dependency(
                    giver,
                    taker,
                    engine.Link(link.kind),
                    apart - math.floor(slack / 7),
                    BROKEN_PRICE_EUR if slack < 0 else None,
                )
            )
        return tuple(found), tuple(broken)

    def _freezes(self) -> tuple[engine.Freeze, ...]:
        result = self.there.view.result
        codes = {node.pk: code for code, node in self.there.view.snapshot.units.items()}
        found = []
        for at, (unit, frozen) in enumerate(self.there.rows.freezes):
            first = max(0, self._week(frozen.starts_on))
            end = min(self.weeks, math.ceil((frozen.ends_on - self.first).days / 7))
            if first >= end:
                continue
            people = None
            if unit is not None:
                people = tuple(result.population_ids[row] for row in result.members[codes[unit]])
            found.append(engine.Freeze(f"{at}:{frozen.name}", first, end, people))
        return tuple(found)

    def _steps(self, codes: frozenset[str]) -> tuple[engine.LegalStep, ...]:
        return tuple(
            engine.LegalStep(f"{step.pk}:{step.name}", code, self._week(step.opens_on),
                             step.delay_weeks)
            for code, steps in sorted(self.known.steps.items())
            if code in codes
            for step in steps
        )  # fmt: skip

    def _movable(self, codes: frozenset[str]) -> tuple[str, ...] | None:
        asked = codes.intersection(self.asked.only) if self.asked.only else codes
        pinned = {code for code, _weeks in self.asked.pinned}
        return tuple(sorted((asked | (pinned & codes)) - set(self.asked.hidden)))

    def _pins(self, codes: frozenset[str]) -> tuple[engine.Pin, ...]:
        return tuple(
            pin
            for code, weeks in self.asked.pinned
            if code in codes and code not in self.asked.hidden
            for pin in splitting.pins(
                code, self._start(self.planned[code]), self.waves.get(code, ()), weeks
            )
        )


def _fallen(cost: Cost, one: Money, first: date) -> float:
    """Give the part of a cost that falls in an envelope and no move can take out of it."""
    ends_on = cost.ends_on if cost.state == "spent" else min(cost.ends_on, first)
    days = (min(ends_on, one.ends_on) - max(cost.starts_on, one.starts_on)).days
    return cost.amount_eur * max(days, 0) / (cost.ends_on - cost.starts_on).days
