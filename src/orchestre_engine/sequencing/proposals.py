"""Up to three really different proposals, and the plan that changes least.

People first, then dates first (few moves that reach most of the improvement), then benefits
first. One that repeats another, or improves nothing, is not given.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from orchestre_engine.sequencing.evaluate import Evaluation, criteria_of, current_plan, plan_of
from orchestre_engine.sequencing.kernels import State, state_at, step_to, total
from orchestre_engine.sequencing.problem import Level, Objective, SequencingProblem
from orchestre_engine.sequencing.result import Criterion, Figures, Plan, SequencingResult
from orchestre_engine.sequencing.solve import OnBetter, compare, solve
from orchestre_engine.sequencing.tables import POSTPONED, Floats, Ints, Tables, tables_of

SHARE = 0.8
"""Part of the improvement that the least change keeps."""

MOST_ALIKE = 0.8
"""Two proposals that agree on more than this part of their moves are one."""

BATCH = 50
"""Of the moves left, one in so many is made at a time."""

RULES_FIRST = 1e9
"""Price of a week of broken rule while moves are made one by one."""

BENEFITS_FIRST = (Level.BENEFITS, Level.PEOPLE, Level.MEANS, Level.DATES)


class Stance(StrEnum):
    """What a proposal protects first; `AS_ASKED` follows the objective of the problem."""

    AS_ASKED = "as_asked"
    LEAST_CHANGE = "least_change"
    BENEFITS_FIRST = "benefits_first"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way out, with its figures, judged as every plan is.

    `result` holds bound, status and trace of the search; None for the least change, which is cut
    from another proposal.
    """

    stance: Stance
    plan: Plan
    before: Figures
    after: Figures
    result: SequencingResult | None


def propose(
    problem: SequencingProblem,
    *,
    seconds: float = 30.0,
    seed: int = 0,
    rounds: int | None = None,
    on_better: OnBetter | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[Proposal, ...]:
    """Give up to three proposals, that of the objective asked first.

    Seven tenths of the time go to it; `on_better` and `should_stop` are those of `solve`.
    """
    asked = solve(
        problem,
        seconds=0.7 * seconds,
        seed=seed,
        rounds=rounds,
        on_better=on_better,
        should_stop=should_stop,
    )
    found = [Proposal(Stance.AS_ASKED, asked.plan, asked.before, asked.after, asked)]
    least = least_change(problem, asked.plan)
    after = Evaluation(problem, least).figures
    found.append(Proposal(Stance.LEAST_CHANGE, least, asked.before, after, None))
    if any(one.delay_cost_eur_per_week for one in problem.changes) and not asked.stopped:
        other = replace(
            problem,
            objective=Objective(
                order=BENEFITS_FIRST,
                weights=_benefits_weights(problem.objective),
                fte_week_eur=problem.objective.fte_week_eur,
            ),
        )
        result = solve(
            other, seconds=0.25 * seconds, seed=seed, rounds=rounds, should_stop=should_stop
        )
        found.append(
            Proposal(Stance.BENEFITS_FIRST, result.plan, result.before, result.after, result)
        )
    return different(found)


def _benefits_weights(asked: Objective) -> tuple[float, float, float, float]:
    """Six tenths of the weight to benefits; the others share the rest as they were asked."""
    people, means, _, dates = asked.weights or (5.0, 2.0, 0.0, 1.0)
    rest = 0.4 / (people + means + dates or 1.0)
    return (rest * people, rest * means, 0.6, rest * dates)


def different(proposals: list[Proposal]) -> tuple[Proposal, ...]:
    """Keep the proposals that move something and do not repeat one before them."""
    kept: list[Proposal] = []
    for one in proposals:
        if one.plan.moved and all(alike(one.plan, other.plan) <= MOST_ALIKE for other in kept):
            kept.append(one)
    return tuple(kept)


def alike(one: Plan, other: Plan) -> float:
    """Give the part of the moves of two plans that both make; 1 when neither moves anything."""
    first = {(it.change, it.wave, it.start) for it in one.moved}
    last = {(it.change, it.wave, it.start) for it in other.moved}
    union = first | last
    return len(first & last) / len(union) if union else 1.0


def least_change(problem: SequencingProblem, plan: Plan, *, share: float = SHARE) -> Plan:
    """Keep few moves of a plan, enough to reach a share of its improvement.

    Moves are made from the current plan, the most useful first, until the share is reached on
    the first figure that tells the two plans apart; then those that are no longer needed are
    taken back, the longest for the most people first. Every move left is needed; that no other
    set is smaller is not proved.

    Parameters
    ----------
    problem, plan
        The plan to cut down.
    share : float
        Part of the improvement to keep, 0 to 1.
    """
    now = current_plan(problem)
    criterion = _judge(problem, now, plan)
    before, after = (Evaluation(problem, it).figures for it in (now, plan))
    if criterion is None:
        return plan if after.broken_weeks < before.broken_weeks else now
    goal = criterion.of(before) - share * (criterion.of(before) - criterion.of(after))
    cutter = _Cutter.of(problem, plan, criterion, goal + RULES_FIRST * after.broken_weeks)
    starts = cutter.cut()
    found = plan_of(problem, tuple(None if it == POSTPONED else it for it in starts))
    figures = Evaluation(problem, found).figures
    reached = criterion.of(figures) <= goal + 1e-6 * max(1.0, abs(goal))
    lawful = figures.broken_weeks <= after.broken_weeks + 1e-9
    return found if reached and lawful else plan


def _judge(problem: SequencingProblem, now: Plan, plan: Plan) -> Criterion | None:
    """Give the first criterion that tells a plan from the current one, if it is better."""
    before, after = (
        replace(Evaluation(problem, it).figures, broken_weeks=0.0) for it in (now, plan)
    )
    for criterion in criteria_of(problem):
        order = compare((criterion,), after, before)
        if order:
            return criterion if order < 0 else None
    return None


@dataclass
class _Cutter:
    """A plan being rebuilt move by move.

    Parameters
    ----------
    tables, state
        The problem as columns, and where every wave stands.
    goals : ints, shape (W,)
        Candidate of each wave in the plan to cut down.
    weights : floats, shape (5,)
        What is compared, as weights of a cost; a broken rule weighs more than anything.
    value, goal : float
        The criterion now, and what it must come down to.
    """

    tables: Tables
    state: State
    goals: Ints
    weights: Floats
    value: float
    goal: float

    @classmethod
    def of(
        cls, problem: SequencingProblem, plan: Plan, criterion: Criterion, goal: float
    ) -> "_Cutter":
        """Start from the current plan."""
        tables = tables_of(problem)
        state = state_at(tables, tables.home)
        goals = tables.home.copy()
        for wave, start in enumerate(plan.starts):
            for one in range(int(tables.cand_ptr[wave]), int(tables.cand_ptr[wave + 1])):
                if tables.cand_start[one] == (POSTPONED if start is None else start):
                    goals[wave] = one
        weights = np.array([RULES_FIRST, *criterion.coefficients])
        value = float(weights @ total(tables, state))
        return cls(tables, state, goals, weights, value, goal)

    def cut(self) -> list[int]:
        """Make the useful moves, take back those not needed; give the starts."""
        left = np.flatnonzero(self.goals != self.tables.home).astype(np.int64)
        cost = np.empty(5)
        while len(left) and self.value > self.goal + 1e-7 * max(1.0, abs(self.goal)):
            gains = np.array([self._tried(int(one)) for one in left])
            order = np.argsort(gains, kind="stable")
            for one in left[order[: max(1, len(left) // BATCH)]].tolist():
                goal = int(self.goals[one])
                self.value += step_to(self.tables, self.state, one, goal, self.weights, cost)
            left = left[np.sort(order[max(1, len(left) // BATCH) :])]
        made = np.flatnonzero(self.state.at != self.tables.home)
        dates = self.tables.cand_dates[self.state.at[made]]
        for one in made[np.argsort(-dates, kind="stable")].tolist():
            home, there = int(self.tables.home[one]), int(self.state.at[one])
            more = step_to(self.tables, self.state, one, home, self.weights, cost)
            if self.value + more > self.goal + 1e-7 * max(1.0, abs(self.goal)):
                step_to(self.tables, self.state, one, there, self.weights, cost)
            else:
                self.value += more
        return [int(one) for one in self.state.starts]

    def _tried(self, wave: int) -> float:
        """Give what moving one wave to its goal would change."""
        cost = np.empty(5)
        before, goal = int(self.state.at[wave]), int(self.goals[wave])
        gain = step_to(self.tables, self.state, wave, goal, self.weights, cost)
        step_to(self.tables, self.state, wave, before, self.weights, cost)
        return gain
