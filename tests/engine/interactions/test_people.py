"""Who feeds the overloads, and for how many person-hours."""

import pytest

from engine.interactions.portfolios import cell, change, found, problem, weeks
from orchestre_engine.interactions.result import FindingKind
from orchestre_engine.interactions.solve import solve

A, B, C = change("A"), change("B"), change("C")


def test_two_feeders_carry_the_whole_excess() -> None:
    [finding] = found(
        problem(A, B, overloads=(cell("till", 0, 182.0, {"A": 0.6, "B": 0.4}),)), "same-people"
    )
    assert finding.kind is FindingKind.INTERFERENCE
    assert (finding.changes, finding.populations) == (("A", "B"), ("till",))
    assert (finding.score, finding.score_unit) == (182.0, "person_hours")
    assert (finding.starts_on, finding.ends_on) == (weeks(0), weeks(1))
    assert finding.fact("worst_week") == "2026-W10"
    assert finding.fact("worst_share_first") == 0.6


def test_three_feeders_share_by_the_product_of_their_parts() -> None:
    """0.5·0.3 = 0.15, 0.5·0.2 = 0.10, 0.3·0.2 = 0.06: out of 0.31."""
    parts = {"A": 0.5, "B": 0.3, "C": 0.2}
    findings = found(problem(A, B, C, overloads=(cell("till", 0, 310.0, parts),)), "same-people")
    assert [(one.changes, one.score) for one in findings] == [
        (("A", "B"), pytest.approx(150.0)),
        (("A", "C"), pytest.approx(100.0)),
        (("B", "C"), pytest.approx(60.0)),
    ]


def test_weeks_and_populations_add_up_in_one_finding_that_names_the_worst() -> None:
    cells = (
        cell("till", 0, 100.0, {"A": 0.5, "B": 0.5}),
        cell("till", 3, 300.0, {"A": 0.5, "B": 0.5}),
        cell("stock", 3, 50.0, {"A": 0.9, "B": 0.1}),
    )
    [finding] = found(problem(A, B, overloads=cells), "same-people")
    assert finding.score == pytest.approx(450.0)
    assert finding.populations == ("stock", "till")
    assert (finding.starts_on, finding.ends_on) == (weeks(0), weeks(4))
    assert finding.fact("worst_population") == "till"
    assert finding.fact("worst_week") == "2026-W13"
    assert finding.fact("weeks") == 2


def test_an_unknown_headcount_is_told_in_hours_per_person_never_mixed() -> None:
    only_unknown = problem(A, B, overloads=(cell("till", 0, None, {"A": 0.5, "B": 0.5}),))
    [finding] = found(only_unknown, "same-people")
    assert (finding.score, finding.score_unit) == (0.5, "hours_per_person")
    assert finding.fact("hours_per_person_of_unknown_headcount") is None
    both = problem(
        A,
        B,
        overloads=(
            cell("till", 0, None, {"A": 0.5, "B": 0.5}),
            cell("stock", 0, 80.0, {"A": 0.5, "B": 0.5}),
        ),
    )
    [finding] = found(both, "same-people")
    assert (finding.score, finding.score_unit) == (80.0, "person_hours")
    assert finding.fact("hours_per_person_of_unknown_headcount") == 0.5
    assert finding.fact("worst_population") == "stock"


def test_an_overload_of_one_change_alone_is_no_interference_and_says_so() -> None:
    result = solve(
        problem(
            A,
            B,
            overloads=(
                cell("till", 0, 90.0, {"A": 0.97, "B": 0.03}),
                cell("till", 1, 90.0, {"A": 1.0}),
            ),
        )
    )
    assert result.findings == ()
    assert [(one.reason, one.count) for one in result.not_judged] == [("one-change", 2)]


def test_noise_is_held_back_and_counted() -> None:
    result = solve(problem(A, B, overloads=(cell("till", 0, 0.9, {"A": 0.5, "B": 0.5}),)))
    assert result.findings == ()
    assert [(one.rule, one.reason, one.count) for one in result.not_judged] == [
        ("same-people", "under-threshold", 1)
    ]


def test_many_small_changes_are_told_as_a_crowd() -> None:
    many = [change(f"M{number:02}") for number in range(25)]
    parts = {one.id: 0.04 for one in many}
    cells = (cell("till", 0, 60.0, parts), cell("till", 1, 40.0, parts))
    [finding] = solve(problem(*many, overloads=cells)).findings
    assert finding.rule == "crowded-people"
    assert finding.changes == tuple(one.id for one in many)
    assert (finding.score, finding.score_unit) == (100.0, "person_hours")
    assert finding.fact("worst_week") == "2026-W10"
    unknown = problem(*many, overloads=(cell("till", 0, None, parts),))
    [finding] = solve(unknown).findings
    assert (finding.score, finding.score_unit) == (0.5, "hours_per_person")


def test_a_huge_shared_population_alone_is_no_interference() -> None:
    both = (change("A", populations="all"), change("B", populations="all"))
    assert solve(problem(*both)).findings == ()
