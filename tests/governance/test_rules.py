"""Quorum, velocity, debt, seals and roles, on plain values."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from orchestre.governance.rules import codes, effects, meeting, raci, seals

MARCH = date(2026, 3, 16)


def test_quorum_counts_voting_members_present_or_represented() -> None:
    said = [(True, "present"), (True, "represented"), (True, "excused"), (False, "present")]
    found = meeting.quorum(said, 2)
    assert (found.present, found.voting, found.is_met) == (2, 3, True)
    assert meeting.quorum(said, 3).is_met is False
    assert meeting.quorum(said, None).is_met is None


def test_each_item_begins_when_the_one_before_ends() -> None:
    nine = datetime(2026, 3, 16, 9, 0)  # noqa: DTZ001 - arithmetic only
    assert [one.strftime("%H:%M") for one in meeting.clock(nine, [10, 25, 5])] == [
        "09:00", "09:10", "09:35",
    ]  # fmt: skip


@pytest.mark.parametrize("key", [1, 2, 3, 4])
def test_moving_an_item_loses_none_and_comes_back(key: int) -> None:
    order = [3, 1, 4, 2]
    down = meeting.moved(order, key, 1)
    assert sorted(down) == sorted(order)
    assert meeting.moved(down, key, -1) == (order if order[-1] != key else [3, 1, 2, 4])
    assert meeting.moved(order, 9, 1) == order


def test_velocity_is_a_median_and_debt_what_is_past_its_date() -> None:
    asked = [
        effects.Asked(1, date(2026, 2, 2), None, date(2026, 2, 12)),
        effects.Asked(2, date(2026, 2, 2), None, date(2026, 2, 22)),
        effects.Asked(3, date(2026, 1, 5), date(2026, 3, 1), None),
        effects.Asked(4, date(2026, 1, 5), date(2026, 2, 1), None),
        effects.Asked(5, date(2026, 1, 5), MARCH, None),
    ]
    found = effects.flow(asked, MARCH)
    assert (found.velocity_days, found.decided, found.waiting) == (15.0, 2, 3)
    assert found.debt == (4, 3)  # the oldest first; what is due today is not late
    assert effects.flow([], MARCH).velocity_days is None


@pytest.mark.parametrize(
    ("then", "now", "wanted", "ratio", "verdict"),
    [
        (4200.0, 900.0, 1000.0, 1.03125, "achieved"),
        (4200.0, 2600.0, 1000.0, 0.5, "partly"),
        (4200.0, 4300.0, 1000.0, -0.03125, "not"),
        (None, 900.0, 1000.0, None, "unknown"),
        (5.0, 5.0, 5.0, None, "unknown"),
    ],
)
def test_the_share_of_the_effect_suggests_a_verdict(
    then: float | None, now: float, wanted: float, ratio: float | None, verdict: str
) -> None:
    found = effects.effect_ratio(then, now, wanted)
    assert found == (pytest.approx(ratio) if ratio is not None else None)
    assert effects.suggested_verdict(found) == verdict


def test_a_seal_holds_the_author_the_question_and_every_word() -> None:
    salt = seals.draw()
    mine = seals.seal(salt, 7, "Rosa", "for", "Oui, avec un renfort")
    assert mine == seals.seal(salt, 7, "Rosa", "for", "Oui, avec un renfort")
    others = [
        seals.seal(salt, 8, "Rosa", "for", "Oui, avec un renfort"),
        seals.seal(salt, 7, "Marc", "for", "Oui, avec un renfort"),
        seals.seal(salt, 7, "Rosa", "against", "Oui, avec un renfort"),
        seals.seal(salt, 7, "Rosa", "for", "Oui, sans renfort"),
        seals.seal(seals.draw(), 7, "Rosa", "for", "Oui, avec un renfort"),
    ]
    assert mine not in others


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("", ("nobody",)),
        ("RA", ()),
        ("RRACI", ()),
        ("A", ("no_responsible",)),
        ("R", ("no_accountable",)),
        ("AAR", ("several_accountable",)),
        ("CI", ("no_accountable", "no_responsible")),
    ],
)
def test_exactly_one_answers_and_at_least_one_does(letters: str, found: tuple[str, ...]) -> None:
    assert raci.gaps(letters) == found


def test_numbers_follow_the_highest_of_their_year() -> None:
    known = ["D-2026-009", "D-2026-002", "D-2025-040", "D-2026-x"]
    assert codes.next_code("D", 2026, known) == "D-2026-010"
    assert codes.next_code("D", 2027, known) == "D-2027-001"
