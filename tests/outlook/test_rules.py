"""Weights of milestones, successive forecasts, levels of a promise."""

from datetime import date

import pytest

from orchestre.outlook.rules import Step, in_order, level_of, progress_of, slips

START = date(2026, 1, 5)


def step(pk: int, baseline: date | None, actual: date | None = None) -> Step:
    return Step(pk, f"J{pk}", "other", baseline, baseline, actual)


STEPS = [
    step(1, date(2026, 2, 2), date(2026, 2, 9)),
    step(2, date(2026, 3, 2)),
    step(3, date(2026, 5, 4)),
]


def test_milestones_weigh_their_planned_length() -> None:
    found = progress_of(STEPS, START, date(2026, 3, 9))
    assert found is not None
    assert found.planned_ratio == pytest.approx(56 / 119)
    assert found.earned_ratio == pytest.approx(28 / 119)
    assert (found.reached, found.due, found.total) == (1, 2, 3)
    assert (found.elapsed_weeks, found.planned_weeks) == (9, 17)
    assert len(found.planned_by_week) == 17
    assert found.planned_by_week[-1] == 1


def test_a_plan_of_one_date_has_no_pace() -> None:
    assert progress_of(STEPS[:1], START, date(2026, 3, 9)) is None
    assert progress_of([step(1, None), step(2, START)], START, date(2026, 3, 9)) is None


def test_undated_steps_have_no_order() -> None:
    assert [one.pk for one in in_order([STEPS[2], step(9, None), STEPS[0]])] == [1, 3]


def test_the_last_forecast_of_a_day_counts() -> None:
    found = slips(
        [
            (date(2026, 1, 5), {"forecast_on": "2026-05-04"}),
            (date(2026, 2, 2), {"forecast_on": "2026-05-11", "name": "x"}),
            (date(2026, 2, 2), {"forecast_on": "2026-05-18"}),
            (date(2026, 3, 2), {"name": "y"}),
            (date(2026, 3, 9), {"forecast_on": None}),
        ]
    )
    assert [(one.reported_on.month, one.expected_on.day) for one in found] == [(1, 4), (2, 18)]


def test_past_reports_written_later_take_their_place() -> None:
    found = slips(
        [
            (date(2026, 6, 1), {"forecast_on": "2026-09-07"}),
            (date(2026, 1, 5), {"forecast_on": "2026-08-03"}),
            (date(2026, 2, 2), {"forecast_on": "2026-09-07"}),
        ]
    )
    assert [one.reported_on.month for one in found] == [1, 2]


@pytest.mark.parametrize(
    ("chance", "level"), [(None, "unknown"), (0.04, "off"), (0.3, "watch"), (0.5, "ok")]
)
def test_levels_of_a_promise(chance: float | None, level: str) -> None:
    assert level_of(chance) == level
