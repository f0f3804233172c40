"""The critical path: links of four kinds, lags, calendars, floats, loops, slips."""

from datetime import date

import pytest

from orchestre_engine.errors import ProblemError
from orchestre_engine.outlook import (
    Calendar,
    Kind,
    LagIn,
    Link,
    Task,
    ancestors,
    day_of,
    fixed,
    loops,
    schedule,
    slip,
)  # fmt: skip

from .plans import MONDAY, diamond, linked, plan, sure


@pytest.mark.parametrize(
    ("kind", "lag", "starts"),
    [
        (Kind.FS, 0, 10), (Kind.FS, 3, 13), (Kind.FS, -2, 8),
        (Kind.SS, 0, 0), (Kind.SS, 3, 3),
        (Kind.FF, 0, 6), (Kind.FF, 2, 8),
        (Kind.SF, 0, 0), (Kind.SF, 9, 5),
    ],
)  # fmt: skip
def test_each_kind_of_link_with_its_lag(kind: Kind, lag: float, starts: float) -> None:
    found = schedule(linked(kind, lag)).of("b")
    assert found.early_start == starts
    assert found.early_finish == starts + 4


def test_the_diamond_has_its_deterministic_length_and_floats() -> None:
    found = schedule(diamond())
    assert found.finish == 35
    floats = {one.id: (one.total_float, one.free_float) for one in found.tasks}
    assert floats == {"A": (0, 0), "B": (0, 0), "C": (1, 1), "D": (0, None)}
    c = found.of("C")
    assert (c.early_start, c.early_finish, c.late_start, c.late_finish) == (10, 29, 11, 30)
    assert [one.id for one in found.tasks if one.is_critical] == ["A", "B", "D"]


def test_total_float_is_shared_along_a_path_and_free_float_is_not() -> None:
    problem = plan(
        (sure("a", 2), sure("b", 3), sure("long", 10), sure("end", 1)),
        Link("a", "b"), Link("b", "end"), Link("long", "end"),
    )  # fmt: skip
    found = schedule(problem)
    assert (found.of("a").total_float, found.of("a").free_float) == (5, 0)
    assert (found.of("b").total_float, found.of("b").free_float) == (5, 5)


def test_start_to_start_floats_pass_to_the_predecessor() -> None:
    problem = plan((sure("a", 3), sure("b", 4), sure("long", 10)), Link("a", "b", Kind.SS, 2))
    found = schedule(problem)
    assert found.finish == 10
    assert found.of("b").total_float == 4
    assert found.of("a").total_float == 4


def test_what_the_target_does_not_wait_for_has_no_float() -> None:
    problem = plan((sure("a", 2), sure("b", 9)), target="a")
    found = schedule(problem)
    assert found.finish == 2
    assert found.of("b").total_float is None
    assert found.of("b").late_start is None


def test_weekends_are_not_worked() -> None:
    problem = plan(
        (sure("a", 5, "week"), sure("b", 1, "week"), sure("c", 3, "week")),
        Link("a", "b"), Link("b", "c"), calendars=(Calendar("week"),),
    )  # fmt: skip
    found = schedule(problem)
    assert day_of(MONDAY, found.of("a").early_finish) == date(2026, 1, 9)
    assert day_of(MONDAY, found.of("b").early_start, ends=False) == date(2026, 1, 12)
    assert day_of(MONDAY, found.of("c").early_finish) == date(2026, 1, 15)
    assert all(one.total_float == 0 for one in found.tasks)


def test_a_stop_pushes_what_it_meets() -> None:
    closing = Calendar("week", stops=((date(2026, 1, 7), date(2026, 1, 10)),))
    problem = plan((sure("a", 3, "week"),), calendars=(closing,))
    assert day_of(MONDAY, schedule(problem).finish) == date(2026, 1, 12)


def test_a_milestone_in_a_freeze_waits_for_its_end() -> None:
    freeze = Calendar("go-live", days_off=(), stops=((date(2026, 1, 10), date(2026, 1, 20)),))
    problem = plan(
        (sure("work", 7), sure("go-live", 0, "go-live")), Link("work", "go-live"),
        calendars=(freeze,),
    )  # fmt: skip
    assert schedule(problem).of("go-live").early_finish == 15
    assert schedule(problem).of("work").total_float == 8


@pytest.mark.parametrize(
    ("lag_in", "starts"), [(LagIn.ELAPSED, 7), (LagIn.SUCCESSOR, 7), (LagIn.PREDECESSOR, 7)]
)
def test_the_calendar_of_a_lag_counts(lag_in: LagIn, starts: float) -> None:
    problem = plan(
        (sure("a", 4, "week"), sure("b", 1, "week")), Link("a", "b", Kind.FS, 1, lag_in),
        calendars=(Calendar("week"),),
    )  # fmt: skip
    assert schedule(problem).of("b").early_start == starts
    longer = plan(
        (sure("a", 4, "week"), sure("b", 1, "week")), Link("a", "b", Kind.FS, 3, lag_in),
        calendars=(Calendar("week"),),
    )  # fmt: skip
    assert schedule(longer).of("b").early_start == (7 if lag_in is LagIn.ELAPSED else 9)


def test_a_negative_lag_in_working_days_goes_back_over_the_weekend() -> None:
    problem = plan(
        (sure("a", 6, "week"), sure("b", 2, "week")), Link("a", "b", Kind.FS, -2, LagIn.SUCCESSOR),
        calendars=(Calendar("week"),),
    )  # fmt: skip
    assert schedule(problem).of("b").early_start == 4


def test_finish_to_finish_in_working_days() -> None:
    problem = plan(
        (sure("a", 6, "week"), sure("b", 3, "week")), Link("a", "b", Kind.FF),
        calendars=(Calendar("week"),),
    )  # fmt: skip
    found = schedule(problem)
    assert found.of("b").early_finish == found.of("a").early_finish == 8
    assert found.of("b").early_start == 3


def test_moments_outside_the_calendar_laid_out_count_every_day() -> None:
    far = Task("a", fixed(2), not_before=-3000, calendar="week")
    problem = plan((far, sure("b", 1)), calendars=(Calendar("week"),))
    assert schedule(problem).of("a").early_finish == pytest.approx(-2998, abs=2)


def test_what_is_not_done_is_not_done_before_today() -> None:
    problem = plan((Task("a", fixed(2), not_done_before=9), sure("b", 1)), Link("a", "b"))
    assert schedule(problem).of("b").early_start == 9


def test_a_loop_is_told_in_the_order_one_follows_it() -> None:
    with pytest.raises(ProblemError, match="a → b → c → a"):
        plan(
            (sure("a", 1), sure("b", 1), sure("c", 1), sure("d", 1)),
            Link("a", "b"), Link("b", "c"), Link("c", "a"), Link("c", "d"),
        )  # fmt: skip


def test_loops_of_a_graph() -> None:
    assert loops(3, [(0, 1), (1, 2)]) == ()
    assert loops(2, [(0, 0)]) == ((0,),)
    assert set(loops(5, [(0, 1), (1, 0), (2, 3), (3, 4), (4, 2)])) == {(0, 1), (2, 3, 4)}


def test_a_deep_chain_is_walked_without_recursion() -> None:
    count = 5000
    assert loops(count, [(at, at + 1) for at in range(count - 1)]) == ()
    assert len(loops(count, [(at, (at + 1) % count) for at in range(count)])[0]) == count


def test_a_slip_moves_what_waits_less_the_float() -> None:
    moved = slip(diamond(), "C", 4)
    assert [(one.id, one.days) for one in moved] == [("C", 4), ("D", 3)]


def test_a_slip_inside_the_float_moves_nothing_else() -> None:
    assert [one.id for one in slip(diamond(), "C", 1)] == ["C"]


def test_a_slip_of_nobody_is_refused() -> None:
    with pytest.raises(ProblemError, match="choose one of the plan"):
        slip(diamond(), "Z", 1)


def test_an_empty_plan_is_refused() -> None:
    with pytest.raises(ProblemError, match="give one at least"):
        schedule(plan(()))


def test_what_comes_before_a_task() -> None:
    assert ancestors(3, [(0, 1), (1, 3), (2, 3), (3, 4), (0, 3)]) == {0, 1, 2, 3}
    assert ancestors(0, [(0, 1)]) == {0}


def test_the_last_to_end_is_critical_even_when_something_started_with_it() -> None:
    problem = plan((sure("long", 9), sure("short", 1)), Link("long", "short", Kind.SS))
    found = schedule(problem)
    assert found.finish == 9
    assert (found.of("long").total_float, found.of("short").total_float) == (0, 8)


def test_floats_to_the_end_of_all_count_working_days() -> None:
    problem = plan(
        (sure("long", 10, "week"), sure("short", 3, "week")), calendars=(Calendar("week"),)
    )
    assert schedule(problem).of("short").total_float == 7
