"""What to keep: the vectors of the design, and every answer against a brute force."""

import importlib
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings

from engine.selection.worlds import MONEY, ROLE, ROWS, brute, design, holds, worlds, worth
from orchestre_engine.codec import decode, encode, fingerprint
from orchestre_engine.errors import ProblemError
from orchestre_engine.selection import (
    Ask,
    Candidate,
    Cause,
    Forced,
    Kind,
    Limit,
    SelectionProblem,
    admit,
    compare,
    problem_of,
    read_problem,
    result_of,
    solve,
)
from orchestre_engine.selection.model import model_of
from orchestre_engine.selection.search import best

search = importlib.import_module("orchestre_engine.selection.search")


def kept(problem: SelectionProblem) -> set[str]:
    return {one.id for one in solve(problem, points=2).kept}


def test_the_optimum_of_the_design() -> None:
    found = solve(design(100))
    assert {one.id for one in found.kept} == {"P1", "P4", "P5", "P6"}
    assert (found.value, found.cost, found.gap) == (124, 97, 0)


@pytest.mark.parametrize(
    ("budget", "value"),
    [(20, 30), (40, 52), (60, 78), (80, 102), (100, 124), (150, 124), (999, 124)],
)
def test_the_frontier_of_the_design_then_flat(budget: float, value: float) -> None:
    assert best(model_of(design(budget, 12))).value == value


def test_the_plateau_says_that_people_not_money_are_the_limit() -> None:
    found = solve(design(100, 12))
    assert found.plateau is not None
    assert found.plateau.budget == 97
    assert found.plateau.limits == (Kind.ROLE,)
    assert found.plateau.binding[0].holders[0].holder == "builders"
    assert len(found.frontier) == 50
    assert [one.value for one in found.frontier] == sorted(one.value for one in found.frontier)
    assert {one.value for one in found.frontier if one.budget >= 97} == {124}


def test_sorting_by_value_alone_gives_value_up() -> None:
    standing = compare(design(100), ["P1", "P2"])
    assert (standing.value, standing.cost) == (110, 95)
    assert standing.best_value == 114
    assert standing.foregone == 4
    assert standing.enters == ("P4", "P5", "P6")
    assert standing.leaves == ("P1",)
    assert standing.exceeded == ()


def test_a_choice_that_breaks_limits_and_links_is_told() -> None:
    standing = compare(design(100, 12), ["P1", "P2", "P3"])
    assert ("P1", "P3") in standing.broken
    assert ("P2", "P6") in standing.broken
    assert {one.kind for one in standing.exceeded} == {Kind.MONEY, Kind.ROLE}
    with pytest.raises(ProblemError, match="not a candidate"):
        compare(design(100), ["P9"])


def test_a_refused_candidate_says_what_is_missing_and_what_its_place_costs() -> None:
    found = admit(design(100, 12), "P2")
    assert found.refused.cause is Cause.LIMITS
    assert {one.kind: one.missing for one in found.refused.missing} == {
        Kind.ROLE: 8,
        Kind.MONEY: 42,
    }
    assert found.raised_keeps
    assert found.raised_value == 174
    assert found.forced_value == 92
    assert found.leaves == ("P1", "P5")
    assert {one.kind: one.missing for one in found.smallest} == {Kind.ROLE: 4, Kind.MONEY: 14}
    assert found.smallest_enters == ("P3",)


def test_an_excluded_candidate_names_what_excludes_it() -> None:
    found = admit(design(100, 12), "P3")
    assert found.refused.cause is Cause.EXCLUDED
    assert found.refused.against == ("P1",)
    assert found.raised_value is None
    with pytest.raises(ProblemError, match="kept already"):
        admit(design(100, 12), "P1")
    with pytest.raises(ProblemError, match="not in this selection"):
        admit(design(100, 12), "P9")


def ordered(problem: SelectionProblem, **orders: tuple[Forced, str]) -> SelectionProblem:
    candidates = tuple(
        replace(one, forced=orders[one.id][0], reason=orders[one.id][1])
        if one.id in orders
        else one
        for one in problem.candidates
    )
    return replace(problem, candidates=candidates)


def test_orders_are_followed_with_all_that_they_bring() -> None:
    problem = ordered(design(100, 12), P2=(Forced.IN, "the law"), P5=(Forced.OUT, "stopped"))
    found = solve(problem, points=2)
    names = {one.id for one in found.kept}
    assert {"P2", "P6"} <= names
    assert "P5" not in names
    assert {one.id: one.cause for one in found.refused}["P5"] is Cause.ORDER
    assert admit(problem, "P5").forced_value is None


def test_what_is_compulsory_passes_even_beyond_the_limits_and_that_is_told() -> None:
    problem = ordered(design(30), P1=(Forced.IN, "the law"))
    found = solve(problem, points=3)
    assert [one.id for one in found.kept] == ["P1"]
    assert [one.lifted for one in found.uses if one.period == ""] == [True]


def test_orders_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ProblemError, match="needed by one"):
        ordered(design(100, 12), P2=(Forced.IN, "a"), P6=(Forced.OUT, "b"))
    with pytest.raises(ProblemError, match="exclude each other"):
        ordered(design(100, 12), P1=(Forced.IN, "a"), P3=(Forced.IN, "b"))
    with pytest.raises(ProblemError, match="without a reason"):
        Candidate("a", 1, Forced.IN)


def test_what_needs_something_ordered_out_is_refused_for_that() -> None:
    problem = ordered(design(1000, 100), P6=(Forced.OUT, "stopped"))
    refused = {one.id: one for one in solve(problem, points=2).refused}
    assert refused["P2"].cause is Cause.NEEDS
    assert refused["P2"].against == ("P6",)


def test_what_is_worth_nothing_is_not_kept() -> None:
    problem = problem_of(
        [Candidate("a", 0), Candidate("b", 1)], [Limit(*MONEY, 5)], [Ask("a", MONEY, 1)]
    )
    found = solve(problem, points=2)
    assert [one.id for one in found.kept] == ["b"]
    assert found.refused[0].cause is Cause.WORTHLESS


def test_both_or_none() -> None:
    problem = problem_of(
        [Candidate("a", 5), Candidate("b", 1), Candidate("c", 4)],
        [Limit(*MONEY, 6)],
        [Ask("a", MONEY, 4), Ask("b", MONEY, 3), Ask("c", MONEY, 4)],
        together=[("b", "a")],
    )
    assert kept(problem) == {"c"}
    refused = {one.id: one for one in solve(problem, points=2).refused}
    assert refused["a"].needs == ("b",)


def test_a_later_start_is_used_where_it_lets_two_pass() -> None:
    now, later = (Kind.ROLE, "r", "1"), (Kind.ROLE, "r", "2")
    problem = problem_of(
        [Candidate("a", 3), Candidate("b", 2)],
        [Limit(*now, 1), Limit(*later, 1)],
        [Ask("a", now, 1), Ask("b", now, 1), Ask("a", later, 1, 1), Ask("b", later, 1, 1)],
        shift_values=(1.0, 0.5),
    )
    found = solve(problem, points=2)
    assert {(one.id, one.shift) for one in found.kept} == {("a", 0), ("b", 1)}
    assert found.value == 4
    chained = replace(problem, prerequisites=(("a", "b"),))
    assert {(one.id, one.shift) for one in solve(chained, points=2).kept} == {("a", 1), ("b", 0)}


def test_the_order_of_the_parts_changes_neither_answer_nor_fingerprint() -> None:
    first = design(100, 12)
    second = problem_of(
        reversed(first.candidates),
        reversed(first.limits),
        [Ask(n, ROLE, f) for n, _v, _c, f in ROWS[::-1]]
        + [Ask(n, MONEY, c) for n, _v, c, _f in ROWS],
        budget=100,
        prerequisites=[("P2", "P6")],
        exclusions=[("P3", "P1")],
    )
    assert fingerprint(first) == fingerprint(second)


def test_a_result_comes_back_from_its_bytes() -> None:
    found = solve(design(100, 12), points=5)
    assert result_of(decode(encode(found))) == found
    assert found.value_ratio == pytest.approx(124 / 222)
    again = read_problem(decode(encode(design(100, 12))))
    assert fingerprint(again) == fingerprint(design(100, 12))
    assert solve(again, points=5) == found
    empty = solve(problem_of([], [], []))
    assert result_of(decode(encode(empty))) == empty
    assert empty.value_ratio is None
    assert empty.gap == 0


def test_progress_is_told() -> None:
    told: list[float] = []
    solve(design(100), points=5, progress=told.append)
    assert told == sorted(told)
    assert len(told) == 5 or told[-1] < 1


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_it_is_the_best_there_is(problem: SelectionProblem) -> None:
    found = solve(problem, points=3)
    names = {one.id for one in found.kept}
    assert holds(problem, names)
    assert found.value == pytest.approx(brute(problem), abs=1e-6)
    for one in found.refused:
        if one.cause is not Cause.LIMITS:
            continue
        more = {(m.kind, m.holder, m.period): m.missing for m in one.missing}
        limits = tuple(
            replace(
                limit, amount=limit.amount + more.get((limit.kind, limit.holder, limit.period), 0)
            )
            for limit in problem.limits
        )
        budget = (
            None if problem.budget is None else problem.budget + more.get((Kind.MONEY, "", ""), 0)
        )
        raised = replace(problem, limits=limits, budget=budget)
        assert holds(raised, names | {one.id, *one.needs})
        assert not holds(problem, names | {one.id, *one.needs})


@settings(max_examples=25, deadline=None)
@given(worlds())
def test_more_money_never_lowers_the_value(problem: SelectionProblem) -> None:
    values = [best(model_of(replace(problem, budget=budget))).value for budget in (0, 10, 40, None)]
    assert values == sorted(values)


@settings(max_examples=25, deadline=None)
@given(worlds())
def test_beyond_exact_search_a_plan_still_holds_and_its_bound_is_one(
    problem: SelectionProblem,
) -> None:
    model = model_of(problem)
    plan = search._relaxed_plan(model)
    assert plan is not None
    names = {problem.ids[row] for row in model.candidate[plan.chosen]}
    assert holds(problem, names)
    assert plan.value == pytest.approx(worth(problem, names))
    assert plan.value <= brute(problem) + 1e-6 <= plan.bound + 2e-6


def test_large_selections_take_the_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "DIRECT_UP_TO", 2)
    monkeypatch.setattr(search, "QUICK_UP_TO", 1)
    found = solve(design(100, 12), points=8)
    assert found.value <= 124 <= found.bound + 1e-6
    assert found.frontier[-1].value <= 124


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Limit(Kind.MONEY, "", "t", -1), "0 or more"),
        (lambda: Candidate(" ", 1), "empty"),
        (lambda: Candidate("a", -1), "0 or more"),
        (lambda: problem_of([Candidate("a", 1)] * 2, [], []), "given 2 times"),
        (lambda: problem_of([], [Limit(*MONEY, 1)] * 2, []), "given 2 times"),
        (lambda: problem_of([], [], [Ask("a", MONEY, 1)]), "not given"),
        (
            lambda: problem_of([Candidate("a", 1)], [Limit(*MONEY, 1)], [Ask("a", MONEY, -1)]),
            "0 or more",
        ),
        (lambda: problem_of([Candidate("a", 1)], [], [], budget=-1), "0 or more"),
        (lambda: problem_of([Candidate("a", 1)], [], [], exclusions=[("a", "b")]), "two different"),
        (lambda: problem_of([], [], [], shift_values=(0.5,)), "1 first"),
        (lambda: problem_of([Candidate("a", math.nan)], [], []), "0 or more"),
    ],
)
def test_what_cannot_be_computed_with_is_refused(make: object, said: str) -> None:
    with pytest.raises(ProblemError, match=said):
        make()  # type: ignore[operator]
