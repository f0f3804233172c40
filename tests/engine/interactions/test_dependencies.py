"""Broken promises, cycles told as loops, and the critical chain."""

from itertools import pairwise, permutations, product

import pytest
from hypothesis import given, settings

from engine.interactions.portfolios import change, found, portfolios, problem, weeks
from orchestre_engine.interactions.problem import InteractionProblem, Link
from orchestre_engine.interactions.result import FindingKind
from orchestre_engine.interactions.solve import solve

GIVES = change("A", starts_on=weeks(0), ends_on=weeks(10))
NEEDS = change("B", starts_on=weeks(6), ends_on=weeks(8), populations="till")


@pytest.mark.parametrize(
    ("kind", "lag_days", "late_days"),
    [
        ("FS", 0, 28),
        ("FS", -28, None),
        ("FS", 3, 31),
        ("SS", 0, None),
        ("SS", 43, 1),
        ("FF", 0, 14),
        ("SF", 0, None),
        ("SF", 60, 4),
    ],
)
def test_a_promise_is_broken_by_kind_and_lag(
    kind: str, lag_days: int, late_days: int | None
) -> None:
    link = Link("A", "B", kind, lag_days, agreed=False, what="référentiel")
    findings = found(problem(GIVES, NEEDS, links=(link,)), "predecessor-late")
    assert [one.score for one in findings] == ([] if late_days is None else [late_days])
    for finding in findings:
        assert finding.kind is FindingKind.BROKEN_DEPENDENCY
        assert (finding.changes, finding.populations) == (("A", "B"), ("till",))
        assert (finding.fact("what"), finding.fact("agreed")) == ("référentiel", "no")


def test_the_go_live_stands_for_an_unknown_end_and_no_date_is_said() -> None:
    gives = change("A", go_live_on=weeks(7))
    undated = change("C")
    links = (Link("A", "B"), Link("C", "B"))
    result = solve(problem(gives, NEEDS, undated, links=links))
    assert [one.score for one in result.findings] == [7.0]
    assert ("predecessor-late", "no-date", 1) in {
        (one.rule, one.reason, one.count) for one in result.not_judged
    }


def test_the_same_promise_told_twice_keeps_the_worst() -> None:
    links = (Link("A", "B", lag_days=0), Link("A", "B", lag_days=7), Link("A", "B", lag_days=1))
    [finding] = found(problem(GIVES, NEEDS, links=links), "predecessor-late")
    assert finding.score == 35.0


def _cycles(*links: Link) -> list[tuple[str, ...]]:
    codes = sorted({code for link in links for code in (link.predecessor, link.successor)})
    asked = problem(*(change(code) for code in codes), links=links)
    return sorted(one.changes for one in found(asked, "cycle"))


def test_a_cycle_is_told_as_an_ordered_loop_from_its_smallest_code() -> None:
    links = (
        Link("C", "A", what="data"),
        Link("A", "B"),
        Link("B", "C"),
        Link("C", "D"),
        Link("X", "Y"),
        Link("Y", "X"),
    )
    assert _cycles(*links) == [("A", "B", "C"), ("X", "Y")]
    asked = problem(*(change(code) for code in "ABCDXY"), links=links)
    loop = next(one for one in found(asked, "cycle") if len(one.changes) == 3)
    assert loop.all_facts("step") == ("A → B", "B → C", "C → A")
    assert loop.all_facts("what") == ("", "", "data")
    assert loop.score == 3.0


def test_a_ladder_is_not_a_cycle_but_crossed_starts_are() -> None:
    assert _cycles(Link("A", "B", "SS"), Link("B", "A", "FF")) == []
    assert _cycles(Link("A", "B", "SS"), Link("B", "A", "SS")) == [("A", "B")]
    assert _cycles(Link("A", "B", "FF"), Link("B", "A", "SF")) == []
    assert _cycles(Link("A", "B", "FS"), Link("B", "A", "SF")) == [("A", "B")]


def test_a_loop_that_passes_twice_by_a_change_is_told_by_its_inner_part() -> None:
    """A's start leads to B's finish, B starts C late enough: only B and C wait for each other."""
    links = (
        Link("A", "B", "SF"),
        Link("B", "C", "FS"),
        Link("C", "B", "FS"),
        Link("B", "A", "SS"),
    )
    assert _cycles(*links) == [("B", "C")]


def _brute_tangled(asked: InteractionProblem) -> set[frozenset[str]]:
    """Transitive closure of the events, by Warshall: the sets of changes that wait in a loop."""
    events = [(one.id, end) for one in asked.changes for end in "SF"]
    reach = {((one.id, "S"), (one.id, "F")) for one in asked.changes}
    reach |= {((k.predecessor, k.kind[0]), (k.successor, k.kind[1])) for k in asked.links}
    for via, source, target in product(events, repeat=3):
        if (source, via) in reach and (via, target) in reach:
            reach.add((source, target))
    knots = {
        frozenset(
            other[0] for other in events if (event, other) in reach and (other, event) in reach
        )
        for event in events
    }
    return {knot for knot in knots if len(knot) > 1}


@given(portfolios())
@settings(max_examples=150, deadline=None)
def test_cycles_agree_with_brute_force(asked: InteractionProblem) -> None:
    knots = _brute_tangled(asked)
    told = [one for one in solve(asked).findings if one.kind is FindingKind.CYCLE]
    links = {(link.predecessor, link.successor) for link in asked.links}
    assert len(told) >= len(knots)
    for loop in told:
        assert any(set(loop.changes) <= knot for knot in knots)
        assert loop.changes[0] == min(loop.changes)
        assert len(set(loop.changes)) == len(loop.changes)
        closed = zip(loop.changes, (*loop.changes[1:], loop.changes[0]), strict=True)
        assert set(closed) <= links
    for knot in knots:
        assert any(set(loop.changes) <= knot for loop in told)


def _chain(*links: Link, **lasting: int) -> tuple[tuple[str, ...], int | None]:
    changes = [
        change(code, starts_on=weeks(0), ends_on=weeks(days / 7)) for code, days in lasting.items()
    ]
    result = solve(problem(*changes, links=links))
    return result.critical_chain, result.critical_chain_days


def test_the_critical_chain_adds_durations_and_lags() -> None:
    links = (Link("A", "C"), Link("B", "C", lag_days=5), Link("C", "D", "SS", 2))
    assert _chain(*links, A=10, B=6, C=4, D=9) == (("B", "C", "D"), 22)


def test_a_long_change_without_a_link_is_no_chain() -> None:
    assert _chain(A=400) == ((), None)
    assert _chain(Link("B", "C"), A=400, B=5, C=6) == (("B", "C"), 11)


def test_loops_and_undated_changes_have_no_length_and_say_so() -> None:
    dated = [change(code, starts_on=weeks(0), ends_on=weeks(1)) for code in "ABCD"]
    links = (Link("A", "B"), Link("B", "A"), Link("B", "C"), Link("C", "D"), Link("D", "E"))
    result = solve(problem(*dated, change("E"), links=links))
    assert (result.critical_chain, result.critical_chain_days) == (("B", "C", "D"), 21)
    told = {(one.rule, one.reason): one.count for one in result.not_judged}
    assert told["critical-chain", "in-a-cycle"] == 2
    assert told["critical-chain", "no-date"] == 1


def test_the_critical_chain_is_the_longest_of_all_orders() -> None:
    lasting = {"A": 3, "B": 8, "C": 5, "D": 7}
    arrows = {("A", "B"): 1, ("A", "C"): 9, ("B", "D"): 0, ("C", "D"): 0}
    links = tuple(Link(s, t, lag_days=lag) for (s, t), lag in arrows.items())
    longest = max(
        sum(lasting[one] for one in path) + sum(arrows[hop] for hop in hops)
        for size in (2, 3, 4)
        for path in permutations(lasting, size)
        for hops in [tuple(pairwise(path))]
        if all(hop in arrows for hop in hops)
    )
    assert _chain(*links, **lasting) == (("A", "C", "D"), longest)
