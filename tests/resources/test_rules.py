"""Months, full-time equivalents and money: pure values."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from orchestre.kernel.text import next_code
from orchestre.resources import rules
from orchestre.resources.rules import Ask, Cost

MAY, JUNE = date(2027, 5, 1), date(2027, 6, 1)


def ask(fte: float, first: date, last: date, role: str = "A") -> Ask:
    return Ask("IN-1", role, first, last, fte, "declared")


def cost(amount: float, first: date, last: date, state: str = "planned") -> Cost:
    return Cost("IN-1", first, last, amount, "opex", state, "declared")


def test_a_part_of_a_month_counts_for_its_days() -> None:
    found = rules.fte_by_month([ask(2.0, date(2027, 5, 17), JUNE)], ["A"], [MAY, JUNE])
    assert found[0, 0] == pytest.approx(2.0 * 15 / 31)
    assert found[0, 1] == 0


def test_money_is_spread_over_its_days_and_none_is_lost() -> None:
    months = rules.months_from(date(2027, 1, 1), 12)
    found = rules.cost_by_month([cost(365.0, date(2027, 1, 1), date(2028, 1, 1))], months)
    assert found.sum() == pytest.approx(365.0)
    assert found[1] == pytest.approx(28.0)


def test_what_is_spent_does_not_move() -> None:
    spent = cost(10.0, MAY, JUNE, "spent")
    assert spent.shifted(30) == spent
    assert cost(10.0, MAY, JUNE).shifted(31).starts_on == JUNE


@pytest.mark.parametrize(
    ("asked", "available", "level"),
    [
        (0, 0, 0),
        (0.5, 0, 6),
        (1, 2, 1),
        (1.6, 2, 2),
        (2, 2, 3),
        (2.1, 2, 4),
        (2.5, 2, 5),
        (4, 2, 6),
    ],
)
def test_the_classes_of_the_map(asked: float, available: float, level: int) -> None:
    assert rules.level_of(asked, available) == level
    assert rules.is_short(asked, available) == (level > 3)


def test_a_hair_too_much_is_a_rounding() -> None:
    assert rules.level_of(2.004, 2.0) == 3
    assert not rules.is_short(2.004, 2.0)


def test_shortages_are_the_worst_first_and_never_where_nobody_said() -> None:
    asked = np.array([[3.0, 5.0], [9.0, 9.0]])
    available = np.array([[2.0, 2.0], [np.nan, np.nan]])
    found = rules.shortages(asked, available, ["A", "B"], [MAY, JUNE])
    assert [(one.role, one.month, one.missing_fte) for one in found] == [
        ("A", JUNE, 3.0),
        ("A", MAY, 1.0),
    ]


def test_months_go_both_ways() -> None:
    assert rules.months_later(MAY, -6) == date(2026, 11, 1)
    assert rules.months_later(MAY, 8) == date(2028, 1, 1)


@pytest.mark.parametrize(
    ("text", "month"),
    [("2027-05", MAY), ("2027-13", None), ("1800-01", None), ("mai", None), ("2027-5", None)],
)
def test_reading_a_month(text: str, month: date | None) -> None:
    assert rules.parse_month(text) == month


def test_codes_follow_each_other() -> None:
    assert next_code("RO", [], 2) == "RO-01"
    assert next_code("RO", ["RO-07", "ARCHI", "ro-09"], 2) == "RO-10"


def test_the_part_of_a_cost_within_an_envelope() -> None:
    half = cost(100.0, date(2026, 12, 1), date(2027, 2, 1))
    within = rules.cost_within(half, date(2027, 1, 1), date(2028, 1, 1))
    assert within == pytest.approx(100 * 31 / 62)
    assert rules.cost_within(half, date(2028, 1, 1), date(2029, 1, 1)) == 0


def test_many_ranges_are_counted_as_one_by_one() -> None:
    months = rules.months_from(date(2027, 1, 1), 14)
    asks = [
        ask(0.5 + at, date(2026, 11, 3 + at), date(2027, 2 + at, 11), role="AB"[at % 2])
        for at in range(9)
    ]
    costs = [cost(1000.0 * (1 + at), one.starts_on, one.ends_on) for at, one in enumerate(asks)]
    for row, role in enumerate("AB"):
        lengths = [(rules.next_month(one) - one).days for one in months]
        alone = sum(
            one.fte * rules.days_in_months(one.starts_on, one.ends_on, months) / lengths
            for one in asks
            if one.role == role
        )
        assert rules.fte_by_month(asks, ["A", "B"], months)[row] == pytest.approx(alone)
    alone = sum(
        one.amount_eur
        * rules.days_in_months(one.starts_on, one.ends_on, months)
        / (one.ends_on - one.starts_on).days
        for one in costs
    )
    assert rules.cost_by_month(costs, months) == pytest.approx(alone)
    assert rules.cost_by_month([], months).tolist() == [0.0] * 14
