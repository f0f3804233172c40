"""The fourteen checks, each failing and passing, and the reference class."""

from dataclasses import replace
from datetime import date

import pytest

from orchestre_engine.errors import ProblemError
from orchestre_engine.outlook import (
    CHECKS,
    Activity,
    Kind,
    Link,
    Quality,
    assess,
    bei,
    cpli,
    reference_class,
)  # fmt: skip

TODAY = date(2026, 6, 1)
GOOD = [
    Activity(
        f"t{at:02}", 10, starts_after=True, leads_on=True, total_float=3, is_assigned=True,
        expected_on=date(2026, 9, 1),
    )
    for at in range(20)
]  # fmt: skip
LINKS = [Link(f"t{at:02}", f"t{at + 1:02}") for at in range(19)]


def look(
    activities: list[Activity] = GOOD,
    links: list[Link] = LINKS,
    *,
    path: tuple[float, float] = (80, 0),
    responds: bool | None = True,
) -> Quality:
    return assess(
        activities, links, today=TODAY, path_days=path[0], path_float=path[1], responds=responds
    )


def with_first(**values: object) -> list[Activity]:
    return [replace(one, **values) for one in GOOD[:2]] + GOOD[2:]  # type: ignore[arg-type]  # fields of the record


def test_a_good_plan_passes_and_what_cannot_be_said_is_neither() -> None:
    found = look()
    assert tuple(one.name for one in found.checks) == CHECKS
    assert len(CHECKS) == 14
    assert [one.name for one in found.checks if one.passed is False] == []
    assert [one.name for one in found.checks if one.passed is None] == ["missed", "bei"]
    assert found.blocking == ()
    assert found.links_per_task == 19 / 20


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("logic", {"starts_after": False}),
        ("constraints", {"is_constrained": True}),
        ("high_float", {"total_float": 60}),
        ("negative_float", {"total_float": -1}),
        ("high_duration", {"days": 60}),
        ("invalid_dates", {"expected_on": date(2026, 5, 1)}),
        ("invalid_dates", {"done_on": date(2026, 7, 1)}),
        ("resources", {"is_assigned": False}),
        ("missed", {"planned_on": date(2026, 5, 1)}),
    ],
)
def test_each_check_of_tasks_fails_on_two_out_of_twenty(
    name: str, values: dict[str, object]
) -> None:
    check = look(with_first(**values)).of(name)
    assert check.passed is False
    assert check.at_fault == ("t00", "t01")


def test_links_are_checked_for_leads_lags_and_kinds() -> None:
    leads = look(links=[replace(LINKS[0], lag=-1), *LINKS[1:]])
    assert leads.of("leads").passed is False
    lags = look(links=[replace(one, lag=5) for one in LINKS[:2]] + LINKS[2:])
    assert lags.of("lags").passed is False
    assert lags.of("lags").at_fault == ("t00 → t01", "t01 → t02")
    kinds = look(links=[replace(one, kind=Kind.SS) for one in LINKS[:3]] + LINKS[3:])
    assert kinds.of("relations").passed is False
    assert kinds.of("relations").at_fault == ("t00 → t01", "t01 → t02", "t02 → t03")


def test_cpli_and_bei() -> None:
    assert cpli(80, -6) == pytest.approx(0.925)
    assert look(path=(80, -6)).of("cpli").passed is False
    assert bei(45, 50) == pytest.approx(0.90)
    assert (cpli(0, 1), bei(0, 0)) == (None, None)


def test_bei_counts_what_is_done_of_what_is_due() -> None:
    done = {"planned_on": date(2026, 5, 1), "done_on": date(2026, 5, 1)}
    assert look(with_first(**done)).of("bei").value == 1
    assert look(with_first(planned_on=date(2026, 5, 1))).of("bei").passed is False


def test_only_what_makes_draws_meaningless_blocks_them() -> None:
    assert [one.name for one in look(with_first(starts_after=False)).blocking] == ["logic"]
    assert look(with_first(total_float=-1)).blocking == ()
    assert [one.name for one in look(responds=False).blocking] == ["critical_path"]


def test_a_class_is_read_at_its_own_ranks() -> None:
    found = reference_class([(100, 100 + 10 * at) for at in range(10)])
    assert found.n == 10
    assert found.uplift(50) == pytest.approx(1.4)
    assert found.uplift(80) == pytest.approx(1.7)
    assert found.uplift(100) == pytest.approx(1.9)
    assert found.applied(200, 80) == pytest.approx(340)
    assert found.share_within(1.0) == pytest.approx(0.1)


def test_too_few_cases_are_refused_with_how_many_are_needed() -> None:
    with pytest.raises(ProblemError, match="9 cases; at least 10"):
        reference_class([(1, 1)] * 9)


def test_a_case_without_a_plan_is_refused() -> None:
    with pytest.raises(ProblemError, match="above 0"):
        reference_class([(0, 1)] * 20)
