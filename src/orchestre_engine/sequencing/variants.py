"""What would differ if one wave stood elsewhere, the rest of the plan staying.

Worked out from the definitions on what that wave touches only, and equal to the difference of
two full evaluations: this is what explanations are checked with.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from orchestre_engine.sequencing.asks import Change, Footprint
from orchestre_engine.sequencing.conflicts import Limit, limits_of
from orchestre_engine.sequencing.evaluate import (
    Evaluation,
    Floats,
    OwnRules,
    add,
    beyond,
    criteria_of,
    gap_weeks,
    spent_in,
    starts_of,
    wave_of,
    weeks_missing,
)
from orchestre_engine.sequencing.problem import Dependency, Envelope, Population
from orchestre_engine.sequencing.result import Criterion, Rule, RuleKind
from orchestre_engine.sequencing.tables import waves_of

Key = tuple[str, str]
"""A change and a wave."""


@dataclass(frozen=True)
class Around:
    """A plan, indexed by what each change touches.

    Parameters
    ----------
    seen : Evaluation
        The plan.
    """

    seen: Evaluation

    @cached_property
    def changes(self) -> dict[str, Change]:
        """Changes by identifier."""
        return {one.id: one for one in self.seen.problem.changes}

    @cached_property
    def populations(self) -> dict[str, Population]:
        """Populations by identifier."""
        return {one.id: one for one in self.seen.problem.populations}

    @cached_property
    def capacity(self) -> dict[str, Floats]:
        """Capacity of each population, by week."""
        return {one.id: np.array(one.capacity_hours) for one in self.seen.problem.populations}

    @cached_property
    def fte(self) -> dict[str, Floats]:
        """Equivalents available of each role, by week; infinite where nobody spoke."""
        return {
            one.id: np.array([np.inf if fte is None else fte for fte in one.capacity_fte])
            for one in self.seen.problem.roles
        }

    @cached_property
    def links(self) -> dict[str, list[Dependency]]:
        """Dependencies of each change, both ways."""
        found: dict[str, list[Dependency]] = {}
        for link in self.seen.problem.dependencies:
            found.setdefault(link.predecessor, []).append(link)
            found.setdefault(link.successor, []).append(link)
        return found

    @cached_property
    def heavy(self) -> dict[str, list[Key]]:
        """Heavy go-lives of each population."""
        found: dict[str, list[Key]] = {}
        for change in self.seen.problem.changes:
            home = wave_of(change)
            for population in {one.population for one in change.footprints if one.heavy}:
                found.setdefault(population, []).append((change.id, home[population]))
        return found

    @cached_property
    def asking(self) -> dict[str, list[tuple[Key, Footprint]]]:
        """Footprints on each population, and the waves they belong to."""
        found: dict[str, list[tuple[Key, Footprint]]] = {}
        for change in self.seen.problem.changes:
            home = wave_of(change)
            for one in change.footprints:
                found.setdefault(one.population, []).append(
                    ((change.id, home[one.population]), one)
                )
        return found

    def asked_in(self, population: str, week: int) -> dict[Key, float]:
        """Give the hours per person that each wave asks of a population in a week."""
        found: dict[Key, float] = {}
        for key, one in self.asking.get(population, ()):
            start = self.seen.starts[key]
            at = -1 if start is None else week - start - one.first_offset
            if 0 <= at < len(one.hours) and one.hours[at] > 0:
                found[key] = found.get(key, 0.0) + one.hours[at]
        return found

    @cached_property
    def rules(self) -> OwnRules:
        """Rules that a start breaks alone."""
        return OwnRules(self.seen.problem)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """What plans are compared on."""
        return criteria_of(self.seen.problem)

    @cached_property
    def places(self) -> dict[Key, int]:
        """Place of each wave in the list of waves."""
        return {(one.change.id, one.wave): at for at, one in enumerate(waves_of(self.seen.problem))}

    @cached_property
    def limits(self) -> dict[int, list[Limit]]:
        """Rules that may not be broken, by the waves they speak of."""
        found: dict[int, list[Limit]] = {}
        for one in limits_of(self.seen.problem, waves_of(self.seen.problem)):
            found.setdefault(one.wave, []).append(one)
            if one.before is not None:
                found.setdefault(one.before, []).append(one)
        return found

    def rules_against(self, key: Key, start: int) -> tuple[Rule, ...]:
        """List the rules that a wave would break at a start, the others staying."""
        mine = self.places[key]
        starts = self.seen.plan.starts
        found = []
        for one in self.limits.get(mine, ()):
            at = start if one.wave == mine else starts[one.wave]
            before = None
            if one.before is not None:
                before = start if one.before == mine else starts[one.before]
            # what it waits for has left the horizon: it cannot stay
            gone = one.before is not None and before is None
            if at is not None and (gone or one.is_broken(at, before)):
                found.append(one.rule)
        return (*found, *self._recoveries_against(key, start))

    def _recoveries_against(self, key: Key, start: int) -> Iterator[Rule]:
        recovery = self.seen.problem.recovery
        if recovery.hours_per_missing_week is not None:
            return
        for _, other, _ in self.close_to(key, start):
            yield Rule(
                RuleKind.RECOVERY,
                key[0],
                key[1],
                other=other[0],
                other_wave=other[1],
                lag_weeks=recovery.weeks,
            )

    def close_to(self, key: Key, start: int) -> Iterator[tuple[str, Key, int]]:
        """List heavy go-lives too close to one for the same people: who, which, weeks missing."""
        weeks = self.seen.problem.recovery.weeks
        change = self.changes[key[0]]
        home = wave_of(change)
        for population in sorted({one.population for one in change.footprints if one.heavy}):
            if home[population] != key[1]:
                continue
            for other in self.heavy[population]:
                there = self.seen.starts[other]
                if other != key and there is not None and abs(there - start) < weeks:
                    yield population, other, weeks - abs(there - start)


@dataclass(frozen=True)
class Variant:
    """The plan with one wave elsewhere.

    Parameters
    ----------
    around : Around
        The plan.
    key : (str, str)
        The wave.
    start : int or None
        Where it would stand; None: beyond the horizon.
    """

    around: Around
    key: Key
    start: int | None

    @property
    def change(self) -> Change:
        """The change that moves."""
        return self.around.changes[self.key[0]]

    @property
    def _now(self) -> int | None:
        return self.around.seen.starts[self.key]

    @cached_property
    def load_hours(self) -> dict[str, Floats]:
        """Hours per person of the populations it touches, by week."""
        home = wave_of(self.change)
        found: dict[str, Floats] = {}
        for one in self.change.footprints:
            if home[one.population] != self.key[1]:
                continue
            row = found.setdefault(
                one.population, self.around.seen.load_hours[one.population].copy()
            )
            if self._now is not None:
                add(row, self._now + one.first_offset, [-hours for hours in one.hours])
            if self.start is not None:
                add(row, self.start + one.first_offset, one.hours)
        return found

    @cached_property
    def more_hours(self) -> dict[str, Floats]:
        """Hours per person of excess it adds (takes away when negative), by week."""
        seen = self.around.seen
        return {
            one: beyond(load, self.around.capacity[one]) - seen.excess[one]
            for one, load in self.load_hours.items()
        }

    @cached_property
    def more_fte(self) -> dict[str, Floats]:
        """Equivalents of excess it adds, by role and week."""
        seen = self.around.seen
        apart = self.change.carried(self.key[1])
        use: dict[str, Floats] = {}
        for one in self.change.demands if apart is not None else ():
            row = use.setdefault(one.role, seen.role_use[one.role].copy())
            first = one.first_offset + (apart or 0)
            if self._now is not None:
                add(row, self._now + first, [-fte for fte in one.fte])
            if self.start is not None:
                add(row, self.start + first, one.fte)
        return {
            role: np.maximum(0.0, row - self.around.fte[role]) - seen.role_excess[role]
            for role, row in use.items()
        }

    @cached_property
    def more_eur(self) -> dict[str, float]:
        """Euros beyond each envelope it adds."""
        seen = self.around.seen
        apart = self.change.carried(self.key[1])

        def spent(envelope: Envelope, start: int | None) -> float:
            hangs_on = None if start is None or apart is None else start + apart
            return 0.0 if hangs_on is None else spent_in(self.change, hangs_on, envelope)

        found = {}
        for one in seen.problem.envelopes if apart is not None else ():
            if self.change.spending and (one.changes is None or self.change.id in one.changes):
                was = seen.spent_eur[one.id]
                becomes = was - spent(one, self._now) + spent(one, self.start)
                found[one.id] = max(0.0, becomes - one.amount_eur) - max(0.0, was - one.amount_eur)
        return found

    @cached_property
    def levels(self) -> tuple[float, float, float, float]:
        """What it adds to people, means, benefits and dates."""
        seen = self.around.seen
        heads = seen.scales.headcounts
        people = sum(heads[one] * float(more.sum()) for one, more in self.more_hours.items())
        fte = sum(float(more.sum()) for more in self.more_fte.values())
        means = fte * seen.problem.objective.fte_week_eur + sum(self.more_eur.values())
        after, before = self._own(self.start), self._own(self._now)
        price = seen.problem.recovery.hours_per_missing_week or 0.0
        return (
            people + price * (after[1] - before[1]),
            means,
            after[2] - before[2],
            after[3] - before[3],
        )

    @cached_property
    def broken_weeks(self) -> float:
        """Weeks of rules it breaks more (fewer when negative)."""
        return self._own(self.start)[0] - self._own(self._now)[0]

    def _own(self, start: int | None) -> tuple[float, float, float, float]:
        """Give rules broken, recovery person-weeks, euros and person-weeks of the wave alone."""
        around, seen = self.around, self.around.seen
        problem, change = seen.problem, self.change
        hard, soft = self._ties(start)
        wave, weeks = self.key[1], problem.horizon.weeks
        current = dict(starts_of(change))[wave]
        people, part = seen.scales.people_of(change)[wave], seen.scales.parts_of(change)[wave]
        if start is None:
            lost = part * (change.postponed_value_eur or 0.0)
            return hard, 0.0, soft + lost, people * max(weeks - current, 0)
        hard += float(around.rules.broken(change, wave, np.array(float(start))))
        close = list(around.close_to(self.key, start))
        missing = sum(seen.scales.headcounts[one] * weeks for one, _, weeks in close)
        if problem.recovery.hours_per_missing_week is None:
            hard += sum(weeks for _, _, weeks in close)
        delay = part * change.delay_cost_eur_per_week * (start - current)
        return hard, missing, soft + delay, people * abs(start - current)

    def _ties(self, start: int | None) -> tuple[float, float]:
        """Give the weeks of ties broken, and the price of those that may be."""
        around, seen, change = self.around, self.around.seen, self.change
        horizon = seen.problem.horizon.weeks
        hard = soft = 0.0
        for link in around.links.get(change.id, ()):
            first = link.predecessor == change.id
            other = around.changes[link.successor if first else link.predecessor]
            for wave, _ in starts_of(other):
                mine = self.key[1]
                gap = (
                    gap_weeks(link, change, other, mine, wave)
                    if first
                    else gap_weeks(link, other, change, wave, mine)
                )
                there = seen.starts[other.id, wave]
                ends = (start, there) if first else (there, start)
                weeks = weeks_missing(gap, *ends, horizon)
                if link.price_eur_per_week is None:
                    hard += weeks
                else:
                    soft += weeks * link.price_eur_per_week
        return hard + self._spread(start), soft

    def _spread(self, start: int | None) -> float:
        weeks, spread = 0.0, self.change.max_spread_weeks
        for wave, _ in starts_of(self.change):
            there = self.around.seen.starts[self.change.id, wave]
            if wave == self.key[1]:
                continue
            if (there is None) != (start is None):
                weeks += self.around.seen.problem.horizon.weeks
            elif there is not None and start is not None and spread is not None:
                weeks += max(0, abs(there - start) - spread)
        return weeks
