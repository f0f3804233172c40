"""Rules that contradict each other, found before any search.

Rules on starts are of three kinds: a wave starts from a week on, or until a week; a wave does not
start in some weeks; a wave starts at least so many weeks after another. Starts that satisfy
such rules are closed under taking the least of two: pushing every start up from the lowest, one
rule at a time, reaches the least of them or shows that there is none. The test is therefore
exact, and a deletion filter on it gives a set of rules that cannot be made smaller.

Source: deletion filter, J. W. Chinneck, E. W. Dravnieks, ORSA Journal on Computing 3, 1991.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from orchestre_engine.sequencing.asks import Change
from orchestre_engine.sequencing.evaluate import OwnRules, gap_weeks
from orchestre_engine.sequencing.problem import SequencingProblem
from orchestre_engine.sequencing.result import Conflict, Loosening, Rule, RuleKind
from orchestre_engine.sequencing.tables import (
    NEVER_TIED,
    Wave,
    inside_horizon,
    may_move,
    members_of,
    waves_of,
)

MOST_CONFLICTS = 10
MOST_WEEKS = 104
"""Weeks up to which a loosening is looked for."""

FAR = 2_000
"""A week that no start reaches."""

EASIEST_FIRST = (
    RuleKind.PINNED,
    RuleKind.WINDOW_CLOSES,
    RuleKind.WINDOW_OPENS,
    RuleKind.WAVE_SPREAD,
    RuleKind.NOT_MOVABLE,
    RuleKind.DEPENDENCY,
    RuleKind.FREEZE,
    RuleKind.FIXED,
    RuleKind.STARTED,
)
"""Which rule to loosen first; the law and the horizon are never proposed."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A rule on starts: `wave` from `low` to `high`, outside [hole, end), or after `before`."""

    rule: Rule
    wave: int
    low: int | None = None
    high: int | None = None
    hole: tuple[int, int] | None = None
    before: int | None = None
    gap: int = 0

    def is_broken(self, start: int, before: int | None) -> bool:
        """Whether a start breaks it, `before` being the start of the wave it waits for."""
        if before is not None:
            return start < before + self.gap
        if self.hole is not None:
            return self.hole[0] <= start < self.hole[1]
        early = self.low is not None and start < self.low
        return early or (self.high is not None and start > self.high)

    def loosened(self, weeks: int) -> "Limit":
        """Give the rule with so many weeks more of freedom."""
        return replace(
            self,
            low=None if self.low is None else self.low - weeks,
            high=None if self.high is None else self.high + weeks,
            gap=self.gap - weeks,
        )


def conflicts_of(problem: SequencingProblem) -> tuple[Conflict, ...]:
    """Find sets of rules that contradict each other, each one as small as can be."""
    waves = waves_of(problem)
    limits = limits_of(problem, waves)
    leaving = leaving_of(problem, waves)
    found: list[Conflict] = []
    while len(found) < MOST_CONFLICTS:
        clash = clash_in(limits, leaving)
        if clash is None:
            break
        least = minimal(clash, leaving)
        found.append(Conflict(tuple(one.rule for one in least), loosenings(least, leaving)))
        weakest = max(least, key=lambda one: -ease(one.rule.kind))
        limits = [one for one in limits if one is not weakest]
    return tuple(found)


def leaving_of(problem: SequencingProblem, waves: Sequence[Wave]) -> set[int]:
    """List the waves that may leave the horizon, unless a week is imposed on them."""
    return {
        at
        for at, wave in enumerate(waves)
        if wave.change.may_be_postponed and may_move(problem, wave.change)
    }


def ease(kind: RuleKind) -> int:
    """Rank the kinds of rules, the easiest to loosen first."""
    return EASIEST_FIRST.index(kind) if kind in EASIEST_FIRST else len(EASIEST_FIRST)


def limits_of(problem: SequencingProblem, waves: Sequence[Wave]) -> list[Limit]:
    """Write the rules of a problem that may not be broken."""
    rules = OwnRules(problem)
    found: list[Limit] = []
    for at, wave in enumerate(waves):
        found += _own_limits(problem, rules, at, wave)
    members = members_of(tuple(waves))
    changes = {one.id: one for one in problem.changes}
    for link in problem.dependencies:
        if link.price_eur_per_week is not None:
            continue
        both = changes[link.predecessor], changes[link.successor]
        found += [
            Limit(
                Rule(
                    RuleKind.DEPENDENCY,
                    link.successor,
                    waves[last].wave,
                    other=link.predecessor,
                    other_wave=waves[first].wave,
                    kind_of_link=link.kind.value,
                    lag_weeks=link.lag_weeks,
                ),
                last,
                before=first,
                gap=gap_weeks(link, *both, waves[first].wave, waves[last].wave),
            )
            for first in members[link.predecessor]
            for last in members[link.successor]
        ]
    for change in problem.changes:
        found += _spread_limits(change, members[change.id], waves)
    return found


def _spread_limits(change: Change, mine: list[int], waves: Sequence[Wave]) -> list[Limit]:
    """Tie the waves of a change: no further apart than its spread, and all leave or none does."""
    spread = change.max_spread_weeks
    return [
        Limit(
            Rule(
                RuleKind.WAVE_SPREAD,
                change.id,
                waves[last].wave,
                other=change.id,
                other_wave=waves[first].wave,
                lag_weeks=spread,
            ),
            last,
            before=first,
            gap=NEVER_TIED if spread is None else -spread,
        )
        for first in mine
        for last in mine
        if first != last
    ]


def _own_limits(problem: SequencingProblem, rules: OwnRules, at: int, wave: Wave) -> list[Limit]:
    """Write the rules of one wave alone."""
    change = wave.change
    found = [_place(problem, rules, at, wave)]
    apart = change.apart(wave.wave)
    opens = None if change.earliest is None else change.earliest + apart
    closes = None if change.latest is None else change.latest + apart
    if opens is not None:
        rule = Rule(RuleKind.WINDOW_OPENS, change.id, wave.wave, week=opens)
        found.append(Limit(rule, at, low=opens))
    if closes is not None:
        rule = Rule(RuleKind.WINDOW_CLOSES, change.id, wave.wave, week=closes)
        found.append(Limit(rule, at, high=closes))
    for step in problem.legal_steps:
        if step.change == change.id:
            rule = Rule(
                RuleKind.LEGAL_STEP,
                change.id,
                wave.wave,
                week=step.allows_from,
                name=step.id,
                lag_weeks=step.delay_weeks,
            )
            found.append(Limit(rule, at, low=step.allows_from))
    for freeze in rules.freezes_of(change, wave.wave):
        rule = Rule(
            RuleKind.FREEZE,
            change.id,
            wave.wave,
            week=freeze.first_week,
            end_week=freeze.end_week,
            name=freeze.id,
        )
        found.append(Limit(rule, at, hole=(freeze.first_week, freeze.end_week)))
    return found


def _place(problem: SequencingProblem, rules: OwnRules, at: int, wave: Wave) -> Limit:
    """Write where a wave may be at all: imposed, immovable, or inside the horizon."""
    change = wave.change
    pinned = rules.pinned.get((change.id, wave.wave))
    if pinned is not None:
        rule = Rule(RuleKind.PINNED, change.id, wave.wave, week=pinned)
        return Limit(rule, at, low=pinned, high=pinned)
    low, high = inside_horizon(problem, wave)
    if may_move(problem, change) and not change.is_fixed(wave.wave):
        rule = Rule(RuleKind.HORIZON_CLOSES, change.id, wave.wave, week=low, end_week=high)
        return Limit(rule, at, low=low, high=high)
    kind = RuleKind.FIXED if change.fixed else RuleKind.STARTED
    kind = kind if change.is_fixed(wave.wave) else RuleKind.NOT_MOVABLE
    rule = Rule(kind, change.id, wave.wave, week=wave.current)
    return Limit(rule, at, low=wave.current, high=wave.current)


def clash_in(limits: Iterable[Limit], leaving: set[int]) -> list[Limit] | None:
    """Push every start up from the lowest; give rules that clash, or None when all agree.

    `leaving` are the waves that may leave the horizon instead, unless a week is imposed on them.
    """
    by_wave: dict[int, list[Limit]] = {}
    after: dict[int, list[Limit]] = {}
    for one in limits:
        if one.before is None:
            by_wave.setdefault(one.wave, []).append(one)
        else:
            after.setdefault(one.before, []).append(one)
            by_wave.setdefault(one.wave, [])
            by_wave.setdefault(one.before, [])
    starts = dict.fromkeys(by_wave, -FAR)
    causes: dict[int, Limit] = {}
    waiting = deque(sorted(by_wave))
    while waiting:
        wave = waiting.popleft()
        start, cause = _lowest(by_wave[wave], starts[wave])
        if cause is not None:
            causes[wave] = cause
        ends = [one for one in by_wave[wave] if one.high is not None and one.high < start]
        imposed = any(one.rule.kind is RuleKind.PINNED for one in by_wave[wave])
        if (ends or start >= FAR) and wave in leaving and not imposed:
            start, ends = FAR, []
        elif ends or start >= FAR:
            return _told(wave, ends, by_wave, causes)
        starts[wave] = start
        for one in after.get(wave, ()):
            need = FAR if start >= FAR else start + one.gap
            if need > starts[one.wave]:
                starts[one.wave] = need
                causes[one.wave] = one
                waiting.append(one.wave)
    return None


def _lowest(mine: list[Limit], start: int) -> tuple[int, Limit | None]:
    """Give the first start from a week on that the rules of a wave alone allow."""
    cause = None
    for one in mine:
        if one.low is not None and one.low > start:
            start, cause = one.low, one
    moved = True
    while moved and start < FAR:
        moved = False
        for one in mine:
            if one.hole is not None and one.hole[0] <= start < one.hole[1]:
                start, moved = one.hole[1], True
    return start, cause


def _told(
    wave: int, ends: list[Limit], by_wave: dict[int, list[Limit]], causes: dict[int, Limit]
) -> list[Limit]:
    """List the rules that led to a clash, from effect to cause."""
    found = [min(ends, key=lambda one: one.high or 0)] if ends else []
    seen: set[int] = set()
    at: int | None = wave
    while at is not None and at not in seen:
        seen.add(at)
        found += [one for one in by_wave[at] if one.hole is not None]
        cause = causes.get(at)
        found += [cause] if cause is not None else []
        # a dependency may have been raised again since, or its wave may have been pushed out of
        # the horizon: its wave's own rules also count
        found += [one for one in by_wave[at] if one not in found]
        at = None if cause is None else cause.before
    return list(dict.fromkeys(found))


def minimal(clash: list[Limit], leaving: set[int]) -> list[Limit]:
    """Leave out, one by one, the rules without which the others still clash."""
    kept = list(clash)
    for one in sorted(clash, key=lambda it: -ease(it.rule.kind)):
        without = [it for it in kept if it is not one]
        if clash_in(without, leaving) is not None:
            kept = without
    return kept


def loosenings(clash: list[Limit], leaving: set[int]) -> tuple[Loosening, ...]:
    """Give, easiest first, how far each rule alone must give for the others to agree."""
    found = []
    for one in sorted(clash, key=lambda it: (ease(it.rule.kind), it.rule.change)):
        if one.rule.kind not in EASIEST_FIRST:
            continue
        others = [it for it in clash if it is not one]
        if one.hole is not None:
            found.append(Loosening(one.rule, None))
            continue
        weeks = next(
            (
                weeks
                for weeks in range(1, MOST_WEEKS + 1)
                if clash_in([*others, one.loosened(weeks)], leaving) is None
            ),
            None,
        )
        found.append(Loosening(one.rule, weeks))
    return tuple(found)
