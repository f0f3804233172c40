"""Overloads that a plan leaves: what cannot coexist, and the least that would remove each."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from ortools.sat.python import cp_model

from orchestre_engine.sequencing.conflicts import Limit, ease
from orchestre_engine.sequencing.evaluate import Evaluation, Floats, OwnRules, add, wave_of
from orchestre_engine.sequencing.explain import EQUAL, first_worse, worst_cells
from orchestre_engine.sequencing.problem import SequencingProblem
from orchestre_engine.sequencing.reasons import (
    Contributor,
    Elsewhere,
    OverloadLeft,
    Relaxation,
    RelaxationKind,
)
from orchestre_engine.sequencing.result import Plan, RuleKind
from orchestre_engine.sequencing.tables import POSTPONED, Wave, candidates_of, waves_of
from orchestre_engine.sequencing.variants import Around, Key, Variant

WEEKS_TRIED = 26
"""Weeks on either side within which one exception is looked for."""

LARGEST_FILTER = 40
"""Waves on one population up to which the minimal set is looked for."""

EFFORT = 0.5
GRAINS = 1 << 14
NEVER_LOOSENED = (
    RuleKind.HORIZON_OPENS,
    RuleKind.HORIZON_CLOSES,
    RuleKind.LEGAL_STEP,
    RuleKind.STARTED,
)


def overloads_left(
    problem: SequencingProblem, plan: Plan, *, most: int | None = 20
) -> tuple[OverloadLeft, ...]:
    """Explain the overloads that a plan leaves, the most person-hours first.

    Parameters
    ----------
    problem, plan
        Any plan of the problem.
    most : int or None
        Most overloads explained; None: all.
    """
    around = Around(Evaluation(problem, plan))
    heads = around.seen.scales.headcounts
    runs = [
        (heads[one] * float(row[first:end].sum()), one, first, end)
        for one, row in around.seen.excess.items()
        for first, end in _runs(row)
    ]
    runs.sort(key=lambda run: (-run[0], run[1], run[2]))
    return tuple(Leftover(around, who, first, end).told for _, who, first, end in runs[:most])


def _runs(row: Floats) -> list[tuple[int, int]]:
    over = np.concatenate([[False], row > 0, [False]]).astype(np.int8)
    edges = np.flatnonzero(np.diff(over))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


@dataclass(frozen=True)
class Leftover:
    """One run of weeks [first, end) of one population above its capacity."""

    around: Around
    population: str
    first: int
    end: int

    @property
    def told(self) -> OverloadLeft:
        """All that is said of it."""
        seen, who = self.around.seen, self.population
        excess = seen.excess[who][self.first : self.end]
        peak = self.first + int(excess.argmax())
        people = seen.scales.headcounts[who]
        return OverloadLeft(
            population=who,
            first_week=self.first,
            end_week=self.end,
            peak_week=peak,
            peak_load_hours=float(seen.load_hours[who][peak]),
            peak_capacity_hours=float(self.around.capacity[who][peak]),
            excess_hours=float(excess.sum()),
            excess_person_hours=people * float(excess.sum()),
            people=people,
            contributors=self.contributors,
            cannot_coexist=self.cannot_coexist,
            elsewhere=self.elsewhere,
            relaxations=self.relaxations,
        )

    @cached_property
    def asked(self) -> dict[Key, Floats]:
        """Hours per person asked of these people by each wave, over the run, where it is."""
        found: dict[Key, Floats] = {}
        for change in self.around.seen.problem.changes:
            start = dict(self.around.seen.placed(change)).get(
                wave_of(change).get(self.population, "?")
            )
            if start is None:
                continue
            row = np.zeros(self.around.seen.problem.horizon.weeks)
            for one in change.footprints:
                if one.population == self.population:
                    add(row, start + one.first_offset, one.hours)
            if row[self.first : self.end].any():
                key = (change.id, wave_of(change)[self.population])
                found[key] = row[self.first : self.end]
        return found

    @property
    def contributors(self) -> tuple[Contributor, ...]:
        """Who asks what during the run, the greatest first."""
        total = sum(float(row.sum()) for row in self.asked.values())
        found = [
            Contributor(key[0], key[1], float(row.sum()), float(row.sum()) / total)
            for key, row in self.asked.items()
        ]
        return tuple(sorted(found, key=lambda one: (-one.hours, one.change)))

    def removes(self, variant: Variant) -> bool:
        """Whether the run has no excess left in a variant."""
        row = variant.load_hours.get(self.population)
        if row is None:
            return False
        over = row - self.around.capacity[self.population]
        return bool((over[self.first : self.end] <= EQUAL).all())

    @cached_property
    def tries(self) -> list[tuple[Variant, tuple[int, str]]]:
        """Variants that remove the overload by moving one contributor, the nearest first."""
        found = []
        for key in self.asked:
            now = self.around.seen.starts[key]
            if now is None:
                continue
            for weeks in range(1, WEEKS_TRIED + 1):
                for start in (now + weeks, now - weeks):
                    variant = Variant(self.around, key, start)
                    if self.removes(variant):
                        found.append((variant, (weeks, key[0])))
        return sorted(found, key=lambda one: one[1])

    @cached_property
    def elsewhere(self) -> Elsewhere | None:
        """The allowed move of one contributor that removes it, and costs least elsewhere."""
        best: tuple[tuple[float, ...], Variant] | None = None
        for variant, _ in self.tries:
            start = variant.start
            if start is None or self.around.rules_against(variant.key, start):
                continue
            rank = tuple(
                sum(a * b for a, b in zip(one.coefficients, variant.levels, strict=True))
                for one in self.around.criteria
            )
            if best is None or rank < best[0]:
                best = (rank, variant)
        if best is None or best[1].start is None:
            return None
        level = first_worse(self.around, best[1])
        if level is None:
            return None
        key = best[1].key
        cells = worst_cells(self.around, best[1])
        return Elsewhere(key[0], key[1], best[1].start, level, best[1].levels, cells)

    @property
    def relaxations(self) -> tuple[Relaxation, ...]:
        """The least exception, added capacity and lightening that remove it."""
        found = [self._exception(), self._capacity(), self._lighter()]
        return tuple(one for one in found if one is not None)

    def _exception(self) -> Relaxation | None:
        """Find the nearest start of one contributor that breaks one rule only, and helps."""
        least = self.around.seen.scales.headcounts[self.population] * float(
            self.around.seen.excess[self.population][self.first : self.end].sum()
        )
        best: tuple[tuple[int, int], Relaxation] | None = None
        for variant, (weeks, _) in self.tries:
            if variant.start is None or (best is not None and weeks > best[0][0]):
                continue
            rules = self.around.rules_against(variant.key, variant.start)
            if len(rules) != 1 or rules[0].kind in NEVER_LOOSENED:
                continue
            if variant.levels[0] > -least + EQUAL * max(1.0, least):
                continue
            rank = (weeks, ease(rules[0].kind))
            if best is None or rank < best[0]:
                told = Relaxation(
                    RelaxationKind.RULE,
                    removed_person_hours=-variant.levels[0],
                    change=variant.key[0],
                    wave=variant.key[1],
                    rule=rules[0],
                    start=variant.start,
                    weeks=weeks,
                )
                best = (rank, told)
        return None if best is None else best[1]

    def _capacity(self) -> Relaxation | None:
        """Find the least share of capacity to add in these weeks; None when it is 0."""
        load = self.around.seen.load_hours[self.population][self.first : self.end]
        capacity = self.around.capacity[self.population][self.first : self.end]
        if (capacity <= 0).any():
            return None
        ratio = float((load / capacity).max()) - 1.0
        if (load - capacity * (1 + ratio) > EQUAL).any():
            return None
        people = self.around.seen.scales.headcounts[self.population]
        removed = people * float(
            self.around.seen.excess[self.population][self.first : self.end].sum()
        )
        return Relaxation(RelaxationKind.CAPACITY, removed, ratio=ratio)

    def _lighter(self) -> Relaxation | None:
        """Find the change that removes it with the least share of its hours taken off."""
        load = self.around.seen.load_hours[self.population][self.first : self.end]
        over = load - self.around.capacity[self.population][self.first : self.end]
        best: tuple[float, Key] | None = None
        for key, row in sorted(self.asked.items()):
            if (row[over > 0] <= 0).any():
                continue
            ratio = float((over[over > 0] / row[over > 0]).max())
            light = load - row * ratio
            fits = (light - self.around.capacity[self.population][self.first : self.end]).max()
            if ratio <= 1 and fits <= EQUAL and (best is None or ratio < best[0]):
                best = (ratio, key)
        if best is None:
            return None
        people = self.around.seen.scales.headcounts[self.population]
        removed = people * float(
            self.around.seen.excess[self.population][self.first : self.end].sum()
        )
        return Relaxation(
            RelaxationKind.LIGHTER, removed, change=best[1][0], wave=best[1][1], ratio=best[0]
        )

    @cached_property
    def cannot_coexist(self) -> tuple[str, ...]:
        """Changes that cannot all pass on these people; deletion filter on an exact test."""
        rules = OwnRules(self.around.seen.problem)
        met = [
            wave
            for wave in waves_of(self.around.seen.problem)
            if wave_of(wave.change).get(self.population) == wave.wave
        ]
        now = [wave for wave in met if (wave.change.id, wave.wave) in self.asked]
        test = Passing(self.around, self.population, rules)
        for group in (now, met):
            if len(group) <= LARGEST_FILTER and test.passes(group) is False:
                return self._filtered(test, group)
        return ()

    def _filtered(self, test: "Passing", group: list[Wave]) -> tuple[str, ...]:
        kept = list(group)
        order = sorted(
            group,
            key=lambda one: float(self.asked.get((one.change.id, one.wave), np.zeros(1)).sum()),
        )
        for wave in order:
            without = [one for one in kept if one is not wave]
            passes = test.passes(without)
            if passes is None:
                return ()
            if not passes:
                kept = without
        return tuple(sorted({one.change.id for one in kept}))


@dataclass(frozen=True)
class Passing:
    """Whether waves can all pass on one population without overload, other people aside."""

    around: Around
    population: str
    rules: OwnRules

    def passes(self, group: list[Wave]) -> bool | None:
        """Look for starts that keep their rules and the capacity; None when not settled.

        Starts in question are those of the search; among rules between changes, those that tie
        two of the group count.
        """
        cp = cp_model.CpModel()
        weeks = self.around.seen.problem.horizon.weeks
        cells: list[list[tuple[object, int]]] = [[] for _ in range(weeks)]
        chosen: dict[int, dict[int, cp_model.IntVar]] = {}
        for wave in group:
            place = self.around.places[wave.change.id, wave.wave]
            literals = {
                start: cp.new_bool_var("")
                for start in candidates_of(self.around.seen.problem, wave, self.rules)
            }
            chosen[place] = literals
            cp.add_exactly_one(literals.values())
            for start, literal in literals.items():
                for week, hours in self._hours(wave, start):
                    cells[week].append((literal, round(hours * GRAINS)))
        capacity = self.around.capacity[self.population]
        for week, parts in enumerate(cells):
            if parts:
                cp.add(
                    cp_model.LinearExpr.weighted_sum(
                        [literal for literal, _ in parts], [hours for _, hours in parts]
                    )
                    <= round(float(capacity[week]) * GRAINS) + len(group)
                )
        for place in chosen:
            for limit in self.around.limits.get(place, ()):
                if limit.before in chosen and limit.wave == place:
                    _tie(cp, limit, chosen)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = EFFORT
        status = solver.solve(cp)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE):
            return None
        return status != cp_model.INFEASIBLE

    def _hours(self, wave: Wave, start: int) -> list[tuple[int, float]]:
        if start == POSTPONED:
            return []
        row = np.zeros(self.around.seen.problem.horizon.weeks)
        for one in wave.change.footprints:
            if one.population == self.population:
                add(row, start + one.first_offset, one.hours)
        return [(week, float(row[week])) for week in np.flatnonzero(row).tolist()]


def _tie(cp: cp_model.CpModel, limit: Limit, chosen: dict[int, dict[int, cp_model.IntVar]]) -> None:
    """Forbid the pairs of starts that break a rule between two waves."""
    first, last = chosen[limit.before or 0], chosen[limit.wave]
    for start, literal in last.items():
        if start != POSTPONED:
            allowed = [it for week, it in first.items() if week + limit.gap <= start]
            cp.add(sum(allowed) >= literal)
