"""What a plan costs, computed straight from the problem: the judge of every search.

It shares nothing with the search: no compiled table, no running sum. Loops are over what the
problem holds and one can check each line against the definition.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from orchestre_engine.sequencing.asks import Change
from orchestre_engine.sequencing.problem import (
    Dependency,
    Envelope,
    Freeze,
    Level,
    Link,
    SequencingProblem,
)
from orchestre_engine.sequencing.result import Assumed, Criterion, Figures, Placement, Plan

Floats = npt.NDArray[np.float64]

ROUNDING_HOURS = 1e-6
"""An excess under it is rounding, not an overload (as in the load computation)."""

WEEKS_OF_REFERENCE = 4
"""Weighted levels: what a benefit or a date is compared with, a shift of four weeks."""


@dataclass(frozen=True)
class Scales:
    """What the figures of a problem are weighed with."""

    problem: SequencingProblem

    @cached_property
    def headcounts(self) -> dict[str, float]:
        """People each population counts for; an unknown headcount takes the mean of the known."""
        taken = self.assumed.headcount_taken
        return {
            one.id: taken if one.headcount is None else float(one.headcount)
            for one in self.problem.populations
        }

    @cached_property
    def assumed(self) -> Assumed:
        """What is taken for granted."""
        known = [one.headcount for one in self.problem.populations if one.headcount is not None]
        silent = tuple(one.id for one in self.problem.populations if one.headcount is None)
        unlimited = tuple(one.id for one in self.problem.roles if None in one.capacity_fte)
        mean = float(np.mean(known)) if known and sum(known) else 1.0
        return Assumed(silent, mean, unlimited)

    def people_of(self, change: Change) -> dict[str, float]:
        """Give the people whose dates move with each wave of a change."""
        if not change.waves:
            populations = {one.population for one in change.footprints}
            known = sum(self.headcounts[one] for one in sorted(populations))
            return {"": known if change.people is None else change.people}
        counted = {
            wave.id: sum(self.headcounts[one] for one in wave.populations) for wave in change.waves
        }
        if change.people is None:
            return counted
        total = sum(counted.values())
        return {
            one: change.people * (people / total if total else 1 / len(counted))
            for one, people in counted.items()
        }

    def parts_of(self, change: Change) -> dict[str, float]:
        """Give the part of each wave in what a delay costs and in the benefits, by its people."""
        people = self.people_of(change)
        total = sum(people.values())
        return {one: count / total if total else 1 / len(people) for one, count in people.items()}


def current_plan(problem: SequencingProblem) -> Plan:
    """Give the plan as it stands: every change where it is today."""
    scales = Scales(problem)
    return Plan(
        tuple(
            Placement(change.id, wave, start, start, scales.people_of(change)[wave])
            for change in problem.changes
            for wave, start in starts_of(change)
        )
    )


def starts_of(change: Change) -> tuple[tuple[str, int], ...]:
    """Give the waves of a change, sorted, and where they stand; one nameless wave when none."""
    if not change.waves:
        return (("", change.current_start),)
    return tuple((wave.id, wave.current_start) for wave in change.waves)


def plan_of(problem: SequencingProblem, starts: tuple[int | None, ...]) -> Plan:
    """Give the plan with these starts, in the order of the placements."""
    pairs = zip(current_plan(problem).placements, starts, strict=True)
    return Plan(
        tuple(
            Placement(one.change, one.wave, one.current_start, start, one.people)
            for one, start in pairs
        )
    )


@dataclass(frozen=True)
class Evaluation:
    """A plan seen through the definitions, with the grids explanations read.

    Parameters
    ----------
    problem, plan
        What is evaluated.
    """

    problem: SequencingProblem
    plan: Plan

    @cached_property
    def scales(self) -> Scales:
        """Weights of the figures."""
        return Scales(self.problem)

    @cached_property
    def starts(self) -> dict[tuple[str, str], int | None]:
        """Start of each change and wave."""
        return {(one.change, one.wave): one.start for one in self.plan.placements}

    def placed(self, change: Change) -> Iterator[tuple[str, int]]:
        """Give the waves of a change that are in the horizon, and their starts."""
        for wave, _ in starts_of(change):
            start = self.starts[change.id, wave]
            if start is not None:
                yield wave, start

    def carried(self, change: Change) -> Iterator[int]:
        """Give the week that roles and euros hang on, nothing when their wave is postponed."""
        for wave, start in self.placed(change):
            apart = change.carried(wave)
            if apart is not None:
                yield start + apart

    @cached_property
    def load_hours(self) -> dict[str, Floats]:
        """Hours per person asked of each population, by week."""
        weeks = self.problem.horizon.weeks
        found = {one.id: np.zeros(weeks) for one in self.problem.populations}
        for change in self.problem.changes:
            home = wave_of(change)
            starts = dict(self.placed(change))
            for one in change.footprints:
                start = starts.get(home[one.population])
                if start is not None:
                    add(found[one.population], start + one.first_offset, one.hours)
        return found

    @cached_property
    def excess(self) -> dict[str, Floats]:
        """Hours per person beyond capacity, by population and week."""
        return {
            one.id: beyond(self.load_hours[one.id], np.array(one.capacity_hours))
            for one in self.problem.populations
        }

    @cached_property
    def role_use(self) -> dict[str, Floats]:
        """Full-time equivalents asked of each role, by week."""
        found = {one.id: np.zeros(self.problem.horizon.weeks) for one in self.problem.roles}
        for change in self.problem.changes:
            for start in self.carried(change):
                for one in change.demands:
                    add(found[one.role], start + one.first_offset, one.fte)
        return found

    @cached_property
    def role_excess(self) -> dict[str, Floats]:
        """Full-time equivalents beyond what is available, by role and week."""
        limits = {
            one.id: np.array([np.inf if fte is None else fte for fte in one.capacity_fte])
            for one in self.problem.roles
        }
        return {role: np.maximum(0.0, use - limits[role]) for role, use in self.role_use.items()}

    @cached_property
    def spent_eur(self) -> dict[str, float]:
        """Euros spent in each envelope."""
        found = {one.id: 0.0 for one in self.problem.envelopes}
        for change in self.problem.changes if found else ():
            for envelope in self.problem.envelopes:
                if envelope.changes is None or change.id in envelope.changes:
                    found[envelope.id] += sum(
                        spent_in(change, start, envelope) for start in self.carried(change)
                    )
        return found

    @cached_property
    def figures(self) -> Figures:
        """The figures of the plan."""
        return figures_of(self)


def spent_in(change: Change, start: int, envelope: Envelope) -> float:
    """Give the euros a change spends in the weeks of an envelope when it starts in a week."""
    total = 0.0
    for flow in change.spending:
        first = start + flow.first_offset
        low, high = max(envelope.first_week - first, 0), max(envelope.end_week - first, 0)
        total += sum(flow.eur[low:high])
    return total


def add(row: Floats, first: int, values: tuple[float, ...] | list[float]) -> None:
    """Add figures to a row from week `first` on; what falls outside the row is left out."""
    low, high = max(first, 0), min(first + len(values), len(row))
    if low < high:
        row[low:high] += values[low - first : high - first]


def beyond(load: Floats, capacity: Floats) -> Floats:
    """Give what goes beyond a capacity, 0 within a rounding."""
    over = load - capacity
    return np.where(over > ROUNDING_HOURS, over, 0.0)


def wave_of(change: Change) -> dict[str, str]:
    """Give the wave of each population of a change, the nameless one when it has none."""
    if not change.waves:
        return {one.population: "" for one in change.footprints}
    return {one: wave.id for wave in change.waves for one in wave.populations}


def figures_of(seen: Evaluation) -> Figures:
    """Work out the figures of a plan from the definitions."""
    problem, scales = seen.problem, seen.scales
    excess = sum(
        scales.headcounts[one.id] * float(seen.excess[one.id].sum()) for one in problem.populations
    )
    missing = recovery_missing(seen)
    recovery = sum(weeks * people for _, _, weeks, people in missing)
    price = problem.recovery.hours_per_missing_week
    roles = sum(float(one.sum()) for one in seen.role_excess.values())
    budget = sum(max(0.0, seen.spent_eur[one.id] - one.amount_eur) for one in problem.envelopes)
    hard, soft = links_broken(seen)
    delay, lost, moved, changes = _times(seen)
    broken = hard + starts_broken(seen) + spread_broken(seen)
    if price is None:
        broken += sum(weeks for _, _, weeks, _ in missing)
    return Figures(
        broken_weeks=broken,
        excess_person_hours=excess,
        recovery_person_weeks=recovery,
        role_excess_fte_weeks=roles,
        budget_excess_eur=budget,
        delay_cost_eur=delay + soft,
        value_lost_eur=lost,
        moved_person_weeks=moved,
        moved_changes=changes,
        people=excess + recovery * (price or 0.0),
        means=roles * problem.objective.fte_week_eur + budget,
        benefits=delay + soft + lost,
        dates=moved,
    )


def _times(seen: Evaluation) -> tuple[float, float, float, int]:
    """Give cost of delay, value lost, person-weeks moved, and the number of changes moved."""
    delay = lost = moved = 0.0
    changes = {one.change for one in seen.plan.moved}
    weeks = seen.problem.horizon.weeks
    for change in seen.problem.changes:
        people, parts = seen.scales.people_of(change), seen.scales.parts_of(change)
        for wave, current in starts_of(change):
            start = seen.starts[change.id, wave]
            if start is None:
                lost += parts[wave] * (change.postponed_value_eur or 0.0)
                moved += people[wave] * max(weeks - current, 0)
            else:
                delay += parts[wave] * change.delay_cost_eur_per_week * (start - current)
                moved += people[wave] * abs(start - current)
    return delay, lost, moved, len(changes)


def gap_weeks(
    link: Dependency, before: Change, after: Change, first_wave: str = "", last_wave: str = ""
) -> int:
    """Give the weeks that must lie between the go-lives of two changes tied by a dependency.

    Between two of their waves, each counts as far from its change as it may be.
    """
    first = before.end_offset if link.kind in (Link.FINISH_START, Link.FINISH_FINISH) else None
    last = after.end_offset if link.kind in (Link.FINISH_FINISH, Link.START_FINISH) else None
    ends = before.start_offset if first is None else first
    begins = after.start_offset if last is None else last
    apart = after.apart(last_wave) - before.gives(first_wave)
    return link.lag_weeks + ends - begins + apart


def weeks_missing(gap: int, before: int | None, after: int | None, horizon: int) -> float:
    """Give the weeks by which a successor comes too early.

    A successor cannot be kept when its predecessor is postponed beyond the horizon: it then
    counts for as many weeks as the horizon holds.
    """
    if after is None:
        return 0.0
    return float(horizon if before is None else max(0, before + gap - after))


def links_broken(seen: Evaluation) -> tuple[float, float]:
    """Give the weeks missing in dependencies that may not be broken, and the price of others."""
    changes = {one.id: one for one in seen.problem.changes}
    hard = soft = 0.0
    for link in seen.problem.dependencies:
        before, after = changes[link.predecessor], changes[link.successor]
        for first, _ in starts_of(before):
            for last, _ in starts_of(after):
                weeks = weeks_missing(
                    gap_weeks(link, before, after, first, last),
                    seen.starts[before.id, first],
                    seen.starts[after.id, last],
                    seen.problem.horizon.weeks,
                )
                if link.price_eur_per_week is None:
                    hard += weeks
                else:
                    soft += weeks * link.price_eur_per_week
    return hard, soft


def spread_broken(seen: Evaluation) -> float:
    """Give the weeks by which waves of one change are too far apart, over all their pairs."""
    weeks = 0.0
    for change in seen.problem.changes:
        starts = [seen.starts[change.id, wave] for wave, _ in starts_of(change)]
        kept = [one for one in starts if one is not None]
        weeks += seen.problem.horizon.weeks * len(kept) * (len(starts) - len(kept))
        if change.max_spread_weeks is not None:
            weeks += sum(
                max(0, abs(one - other) - change.max_spread_weeks)
                for at, one in enumerate(kept)
                for other in kept[:at]
            )
    return weeks


def starts_broken(seen: Evaluation) -> float:
    """Give the weeks by which starts leave their windows, pins, legal steps; 1 per freeze met."""
    rules = OwnRules(seen.problem)
    return sum(
        float(rules.broken(change, wave, np.array(float(start))))
        for change in seen.problem.changes
        for wave, start in seen.placed(change)
    )


@dataclass(frozen=True)
class OwnRules:
    """Rules that a start breaks alone: window, legal steps, pin, freezes."""

    problem: SequencingProblem

    @cached_property
    def lawful_from(self) -> dict[str, tuple[int, ...]]:
        """First lawful week of each legal step, by change."""
        found: dict[str, tuple[int, ...]] = {}
        for step in self.problem.legal_steps:
            found[step.change] = (*found.get(step.change, ()), step.allows_from)
        return found

    @cached_property
    def pinned(self) -> dict[tuple[str, str], int]:
        """Week imposed on a change and wave."""
        return {(pin.change, pin.wave): pin.start for pin in self.problem.pins}

    def freezes_of(self, change: Change, wave: str) -> tuple[Freeze, ...]:
        """Give the freezes that meet the populations of a wave."""
        touched = {one for one, told in wave_of(change).items() if told == wave}
        return tuple(
            freeze
            for freeze in self.problem.freezes
            if freeze.populations is None or touched.intersection(freeze.populations)
        )

    def broken(self, change: Change, wave: str, starts: Floats) -> Floats:
        """Give the weeks by which each start breaks them; 1 for a freeze, any shape."""
        weeks, apart = np.zeros(np.shape(starts)), change.apart(wave)
        if change.earliest is not None:
            weeks += np.maximum(0, change.earliest + apart - starts)
        if change.latest is not None:
            weeks += np.maximum(0, starts - change.latest - apart)
        for allowed in self.lawful_from.get(change.id, ()):
            weeks += np.maximum(0, allowed - starts)
        if (change.id, wave) in self.pinned:
            weeks += np.abs(self.pinned[change.id, wave] - starts)
        for freeze in self.freezes_of(change, wave):
            weeks += (starts >= freeze.first_week) & (starts < freeze.end_week)
        return weeks


def recovery_missing(seen: Evaluation) -> list[tuple[tuple[str, str], tuple[str, str], int, float]]:
    """Give pairs of heavy go-lives too close for the same people: who, weeks missing, people."""
    weeks = seen.problem.recovery.weeks
    heavy: dict[str, list[tuple[str, str]]] = {}
    for change in seen.problem.changes:
        home = wave_of(change)
        for population in sorted({one.population for one in change.footprints if one.heavy}):
            heavy.setdefault(population, []).append((change.id, home[population]))
    found = []
    for population, met in sorted(heavy.items()):
        for at, one in enumerate(met):
            for other in met[:at]:
                first, last = seen.starts[other], seen.starts[one]
                if first is not None and last is not None and abs(first - last) < weeks:
                    missing = weeks - abs(first - last)
                    found.append((other, one, missing, seen.scales.headcounts[population]))
    return found


def criteria_of(problem: SequencingProblem) -> tuple[Criterion, ...]:
    """Give what plans are compared on, in rank order, with the coefficients that are printed."""
    objective = problem.objective
    levels = list(Level)
    plain = {level: [float(level is other) for other in levels] for level in levels}
    plain[Level.PEOPLE][3] = objective.stability_hours
    rows = [plain[level] for level in objective.order]
    if objective.weights is not None:
        units = units_of(problem)
        pairs = zip(objective.weights, units, strict=True)
        rows.insert(0, [weight / unit for weight, unit in pairs])
    return tuple(Criterion(rank, (row[0], row[1], row[2], row[3])) for rank, row in enumerate(rows))


def units_of(problem: SequencingProblem) -> tuple[float, float, float, float]:
    """Give what each level is divided by before weights apply.

    People and means: their figure in the current plan. Benefits and dates: what moving every
    change by four weeks would cost. 1 where that is nothing.
    """
    now = Evaluation(problem, current_plan(problem)).figures
    weeks = WEEKS_OF_REFERENCE
    delay = weeks * sum(one.delay_cost_eur_per_week for one in problem.changes)
    scales = Scales(problem)
    people = weeks * sum(sum(scales.people_of(one).values()) for one in problem.changes)
    found = (now.people, now.means, delay, people)
    return (found[0] or 1.0, found[1] or 1.0, found[2] or 1.0, found[3] or 1.0)
