"""What must hold for every portfolio."""

import random
from collections import defaultdict
from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.interactions.portfolios import change, portfolios
from orchestre_engine.interactions.problem import InteractionProblem
from orchestre_engine.interactions.result import Finding, InteractionResult
from orchestre_engine.interactions.solve import solve
from orchestre_engine.periods import week_label

some = settings(max_examples=120, deadline=None)


@given(portfolios(), st.randoms(use_true_random=False))
@some
def test_permuting_the_inputs_changes_nothing(
    asked: InteractionProblem, chance: random.Random
) -> None:
    mixed: dict[str, Any] = {}
    for field in fields(asked):
        values = getattr(asked, field.name)
        if isinstance(values, tuple):
            mixed[field.name] = tuple(chance.sample(values, len(values)))
    assert solve(replace(asked, **mixed)) == solve(asked)


@given(portfolios())
@some
def test_a_change_that_shares_nothing_adds_nothing(asked: InteractionProblem) -> None:
    stranger = change("A-stranger", systems="nobody-has-it", populations="nobody-is-there")
    wider = replace(asked, changes=(*asked.changes, stranger))
    assert solve(wider) == solve(asked)


def _shifted(value: Any, days: int) -> Any:
    """Give the same input, every date and every week so many days later."""
    if isinstance(value, date):
        return value + timedelta(days=days)
    if isinstance(value, tuple):
        return tuple(_shifted(one, days) for one in value)
    if not hasattr(value, "__dataclass_fields__"):
        return value
    moved = {one.name: _shifted(getattr(value, one.name), days) for one in fields(value)}
    if "monday" in moved:
        moved["week"] = week_label(moved["monday"])
    return type(value)(**moved)


def _dateless(finding: Finding) -> Finding:
    dated = {"worst_week", "needed_on", "ready_on"}
    facts = tuple(one for one in finding.facts if one[0] not in dated)
    return replace(finding, starts_on=None, ends_on=None, facts=facts)


@given(portfolios(), st.integers(-60, 60))
@some
def test_shifting_every_date_shifts_the_findings(asked: InteractionProblem, count: int) -> None:
    days = 7 * count
    here, there = solve(asked), solve(_shifted(asked, days))
    assert [_dateless(one) for one in there.findings] == [_dateless(one) for one in here.findings]
    assert [one.key for one in there.findings] == [one.key for one in here.findings]
    for moved, still in zip(there.findings, here.findings, strict=True):
        for name in ("starts_on", "ends_on"):
            was = getattr(still, name)
            assert getattr(moved, name) == (was and was + timedelta(days=days))
    assert there.critical_chain == here.critical_chain
    assert there.not_judged == here.not_judged


@given(portfolios())
@some
def test_findings_are_named_once_in_order_with_real_scores(asked: InteractionProblem) -> None:
    result: InteractionResult = solve(asked)
    keys = [one.key for one in result.findings]
    assert len(keys) == len(set(keys))
    order: dict[tuple[str, str], list[float]] = defaultdict(list)
    for finding in result.findings:
        assert len(set(finding.changes)) > 1
        assert finding.score is not None
        assert finding.score >= 0
        order[finding.kind, finding.score_unit].append(finding.score)
        if finding.starts_on and finding.ends_on:
            assert finding.starts_on < finding.ends_on
    assert all(scores == sorted(scores, reverse=True) for scores in order.values())


@given(portfolios())
@some
def test_the_excess_of_people_is_shared_without_loss(asked: InteractionProblem) -> None:
    """Pairs and crowds add up to the excess of the cells that more than one change feeds."""
    asked = replace(asked, minimum_person_hours=0.0, minimum_excess_hours=0.0)
    expected = 0.0
    for one in asked.overloads:
        parts = [part for _, part in one.shares]
        feeders = [part for part in parts if part >= asked.minimum_share_ratio]
        if len(feeders) > 1 or (len(parts) > 1 and max(parts) < 0.5):
            expected += one.excess_person_hours or 0.0
    told = sum(
        one.score or 0.0
        for one in solve(asked).findings
        if one.rule.endswith("-people") and one.score_unit == "person_hours"
    )
    assert told == pytest.approx(expected)


def _naive_people(asked: InteractionProblem) -> dict[tuple[str, str], float]:
    """All pairs, all cells: person-hours by the formula of the docs."""
    told: dict[tuple[str, str], float] = defaultdict(float)
    for one in asked.overloads:
        parts = {who: part for who, part in one.shares if part >= asked.minimum_share_ratio}
        whole = sum(parts[i] * parts[j] for i, j in combinations(sorted(parts), 2))
        for i, j in combinations(sorted(parts), 2):
            told[i, j] += (one.excess_person_hours or 0.0) * parts[i] * parts[j] / whole
    return {pair: hours for pair, hours in told.items() if hours >= asked.minimum_person_hours}


def _naive_window(one: Any, asked: InteractionProblem) -> tuple[date, date] | None:
    if one.go_live_on:
        before = timedelta(weeks=asked.unsettled_weeks_before)
        return one.go_live_on - before, one.go_live_on + timedelta(
            weeks=asked.unsettled_weeks_after
        )
    if one.starts_on and one.ends_on:
        return one.starts_on, max(one.ends_on, one.starts_on + timedelta(days=1))
    return None


def _naive_systems(asked: InteractionProblem) -> set[tuple[str, str]]:
    told = set()
    for one, other in combinations(asked.changes, 2):
        here, there = _naive_window(one, asked), _naive_window(other, asked)
        together = here and there and here[0] < there[1] and there[0] < here[1]
        if one.systems & other.systems and together:
            told.add((one.id, other.id))
    return told


def _naive_messages(asked: InteractionProblem) -> set[tuple[str, str]]:
    told = set()
    for one, other in combinations(asked.sessions, 2):
        last = max(one.ends_on - timedelta(days=1), one.starts_on)
        close = (other.starts_on - last).days <= asked.messages_within_days
        messages = one.kind == other.kind == "message"
        if messages and close and one.population == other.population and one.change != other.change:
            told.add((min(one.change, other.change), max(one.change, other.change)))
    return told


@given(portfolios())
@some
def test_pairs_agree_with_a_naive_double_loop(asked: InteractionProblem) -> None:
    asked = replace(asked, crowd_changes=100)
    told: dict[str, dict[tuple[str, ...], Finding]] = defaultdict(dict)
    for finding in solve(asked).findings:
        told[finding.rule][finding.changes] = finding
    hours = {
        pair: one.score
        for pair, one in told["same-people"].items()
        if one.score_unit == "person_hours"
    }
    naive = _naive_people(asked)
    assert {pair: hours[pair] for pair in naive} == pytest.approx(naive)
    assert set(told["same-system"]) == _naive_systems(asked)
    assert set(told["messages-close"]) == _naive_messages(asked)
