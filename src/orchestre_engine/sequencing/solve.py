"""Sequencing under absorption capacity (`sequencing/2`): a better order, at any time.

`solve` answers at once with a plan never worse than the current one, and improves it until told
to stop. What is returned is judged by `evaluate`, which shares nothing with the search.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from orchestre_engine.sequencing import greedy, kernels
from orchestre_engine.sequencing.clock import Clock
from orchestre_engine.sequencing.conflicts import conflicts_of
from orchestre_engine.sequencing.evaluate import (
    Evaluation,
    Scales,
    criteria_of,
    current_plan,
    plan_of,
)
from orchestre_engine.sequencing.kernels import State
from orchestre_engine.sequencing.problem import SequencingProblem
from orchestre_engine.sequencing.proof import Prover
from orchestre_engine.sequencing.result import (
    Bound,
    Conflict,
    Criterion,
    Figures,
    Improvement,
    Plan,
    SequencingResult,
    Status,
)
from orchestre_engine.sequencing.search import Search
from orchestre_engine.sequencing.tables import POSTPONED, Tables, tables_of

EQUAL = 1e-6
"""Two figures closer than this part of them are the same."""

REPORT_EVERY_SECONDS = 0.3
FIRST_ANSWER_SECONDS = 0.5

OnBetter = Callable[[SequencingResult], None]


def solve(
    problem: SequencingProblem,
    *,
    seconds: float | None = 30.0,
    seed: int = 0,
    rounds: int | None = None,
    on_better: OnBetter | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> SequencingResult:
    """Look for a better order of changes.

    Parameters
    ----------
    problem : SequencingProblem
        What is asked and what is allowed.
    seconds : float or None
        Time given; None: as many rounds as asked.
    seed : int
        Same problem, seed and rounds: same plan.
    rounds : int or None
        Most rounds; None: until time is over.
    on_better : callable or None
        Called with each better answer on the way, starting with the first.
    should_stop : callable or None
        Asked between rounds; the best plan so far is then given.

    Returns
    -------
    SequencingResult
        Never worse than the current plan.
    """
    if seconds is None and rounds is None:
        seconds = 30.0
    run = _Run(problem, Clock(seconds, should_stop), seed, rounds, on_better)
    run.first_answer()
    run.improve()
    return run.answer()


@dataclass
class _Run:
    """One call of `solve`."""

    problem: SequencingProblem
    clock: Clock
    seed: int
    most: int | None
    on_better: OnBetter | None
    tables: Tables = field(init=False)
    search: Search = field(init=False)
    before: Figures = field(init=False)
    criteria: tuple[Criterion, ...] = field(init=False)
    plan: Plan = field(init=False)
    after: Figures = field(init=False)
    trace: list[Improvement] = field(init=False, default_factory=list)
    prover: Prover = field(init=False)
    conflicts: tuple[Conflict, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.tables = tables_of(self.problem)
        self.search = Search(self.tables, self.seed)
        self.plan = current_plan(self.problem)
        self.before = self.after = Evaluation(self.problem, self.plan).figures
        self.criteria = criteria_of(self.problem)
        self.prover = Prover(self.search, self.clock)
        self.conflicts = conflicts_of(self.problem)

    def first_answer(self) -> None:
        """Repair the current plan once, before any code is compiled.

        The search starts from the current plan all the same: what it finds does not depend on
        how far this went.
        """
        if kernels.descend.signatures:  # type: ignore[attr-defined]  # of the compiled function
            return
        state = self.search.best.copy()
        limit = self.clock.spent + FIRST_ANSWER_SECONDS
        greedy.repair(
            self.tables, state, until=lambda: self.clock.is_stopped() or self.clock.spent > limit
        )
        self.report(state)

    def improve(self) -> None:
        """Improve until time, rounds or the caller say stop."""
        if not self.search.may_move or self.clock.was_stopped or self.most == 0:
            return
        # one descent is always made: a large problem with no time left still gets a plan
        self.search.start()
        self.prover.begin()
        last = self.clock.spent
        self.report()
        fresh = False
        while not self._enough():
            fresh = self.search.round() or fresh
            fresh = self.prover.work() or fresh
            if fresh and self.clock.spent - last >= REPORT_EVERY_SECONDS:
                self.report()
                fresh, last = False, self.clock.spent
        self.report()

    def _enough(self) -> bool:
        return (
            self.prover.is_done
            or self.clock.over()
            or (self.most is not None and self.search.rounds >= self.most)
        )

    def report(self, state: State | None = None) -> None:
        """Judge a plan (the best of the search); keep it and tell it when it is better."""
        starts = (state or self.search.best).starts.tolist()
        plan = plan_of(self.problem, tuple(None if one == POSTPONED else one for one in starts))
        figures = Evaluation(self.problem, plan).figures
        if compare(self.criteria, figures, self.after) >= 0:
            return
        self.plan, self.after = plan, figures
        self.trace.append(Improvement(self.clock.spent, self.search.rounds, figures))
        if self.on_better is not None:
            self.on_better(self.answer())

    def answer(self) -> SequencingResult:
        """Give the answer as it stands."""
        return SequencingResult(
            plan=self.plan,
            before=self.before,
            after=self.after,
            criteria=self.criteria,
            bounds=tuple(self._bound(one) for one in self.criteria),
            status=self._status(),
            conflicts=self.conflicts,
            trace=tuple(self.trace),
            seconds=self.clock.spent,
            rounds=self.search.rounds,
            seed=self.seed,
            replayable=not self.prover.was_cut,
            stopped=self.clock.was_stopped,
            assumed=Scales(self.problem).assumed,
        )

    def _bound(self, criterion: Criterion) -> Bound:
        found = criterion.of(self.after)
        value, proved = self.prover.bound_of(criterion.rank)
        if value is None or not self.search.may_move:
            value, proved = (found, True) if not self.search.may_move else (None, False)
        if value is None:
            return Bound(criterion.rank, found, None, None)
        near = found if proved else min(value, found)
        size = max(abs(found), abs(near))
        gap = 0.0 if near == found else (found - near) / size
        return Bound(criterion.rank, found, near, gap, proved)

    def _status(self) -> Status:
        if self.conflicts or self.after.broken_weeks > EQUAL:
            return Status.INFEASIBLE_AS_ASKED
        if self.prover.is_done or not self.search.may_move:
            return Status.OPTIMAL
        improved = compare(self.criteria, self.after, self.before) < 0
        return Status.FEASIBLE if improved else Status.NO_IMPROVEMENT


def compare(criteria: tuple[Criterion, ...], one: Figures, other: Figures) -> int:
    """Compare two plans: broken rules, then rank by rank; −1 when the first is better."""
    pairs = [(one.broken_weeks, other.broken_weeks)]
    pairs += [(criterion.of(one), criterion.of(other)) for criterion in criteria]
    for left, right in pairs:
        if abs(left - right) > EQUAL * max(1.0, abs(left), abs(right)):
            return -1 if left < right else 1
    return 0
