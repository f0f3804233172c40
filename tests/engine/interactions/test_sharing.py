"""The same system, process or expert in the same weeks; messages too close."""

from datetime import timedelta

import pytest

from engine.interactions.portfolios import change, found, problem, session, weeks
from orchestre_engine.interactions.solve import solve


def test_two_go_lives_close_on_the_same_system_interfere() -> None:
    """Unsettled weeks −6…+8 around 20 and around 26: weeks 20 to 28 are shared."""
    first = change("A", go_live_on=weeks(20), systems="SAP CRM", populations="till stock")
    second = change("B", go_live_on=weeks(26), systems="SAP CRM", populations="stock")
    [finding] = found(problem(first, second), "same-system")
    assert finding.changes == ("A", "B")
    assert (finding.starts_on, finding.ends_on) == (weeks(20), weeks(28))
    assert (finding.score, finding.score_unit) == (56.0, "days")
    assert finding.all_facts("system") == ("CRM", "SAP")
    assert finding.populations == ("stock",)


@pytest.mark.parametrize(("apart", "meets"), [(13, True), (14, False), (40, False)])
def test_the_same_system_far_apart_does_not_interfere(apart: int, meets: bool) -> None:
    first = change("A", go_live_on=weeks(0), systems="SAP")
    second = change("B", go_live_on=weeks(apart), systems="SAP")
    assert bool(found(problem(first, second), "same-system")) is meets


def test_without_a_go_live_the_whole_life_counts_and_without_dates_nothing() -> None:
    lasting = change("A", starts_on=weeks(0), ends_on=weeks(30), processes="P2P")
    other = change("B", go_live_on=weeks(35), processes="P2P")
    undated = change("C", processes="P2P")
    result = solve(problem(lasting, other, undated))
    [finding] = result.findings
    assert finding.rule == "same-process"
    assert (finding.starts_on, finding.ends_on) == (weeks(29), weeks(30))
    assert [(one.rule, one.reason, one.count) for one in result.not_judged] == [
        ("same-process", "no-date", 1)
    ]


def test_an_expert_is_drawn_upon_from_start_to_end() -> None:
    first = change("A", starts_on=weeks(0), ends_on=weeks(10), experts="data-architects")
    second = change("B", starts_on=weeks(8), go_live_on=weeks(20), experts="data-architects")
    third = change("C", starts_on=weeks(20), ends_on=weeks(20), experts="data-architects")
    [finding] = found(problem(first, second, third), "scarce-expert")
    assert (finding.changes, finding.score) == (("A", "B"), 14.0)


def test_a_thing_everybody_touches_at_once_is_told_once() -> None:
    many = [
        change(f"M{at}", go_live_on=weeks(at), systems="SAP", populations="till") for at in range(9)
    ]
    [finding] = solve(problem(*many)).findings
    assert finding.changes == tuple(one.id for one in many)
    assert (finding.score, finding.score_unit) == (9.0, "changes")
    assert (finding.starts_on, finding.ends_on) == (weeks(2), weeks(8))
    fewer = solve(problem(*many[:8])).findings
    assert len(fewer) == 28
    assert len({one.key for one in fewer}) == 28


def test_the_key_of_a_crowd_does_not_change_with_its_members() -> None:
    many = [change(f"M{at}", go_live_on=weeks(0), systems="SAP") for at in range(10)]
    [one], [other] = (solve(problem(*some)).findings for some in (many, many[1:]))
    assert one.key == other.key


@pytest.mark.parametrize(("gap_days", "meets"), [(0, True), (14, True), (15, False)])
def test_messages_within_fourteen_days(gap_days: int, meets: bool) -> None:
    """The first message lasts one day: the gap is counted from that day."""
    first = session("S1", "A", 0, kind="message")
    later = session("S2", "B", gap_days / 7, kind="message")
    close = found(problem(change("A"), change("B"), sessions=(first, later)), "messages-close")
    assert bool(close) is meets
    for finding in close:
        assert finding.fact("closest_gap_days") == gap_days


def test_many_close_messages_make_one_finding_per_pair_of_changes() -> None:
    sent = tuple(
        session(f"{owner}{at}", owner, 3 * at + shift, kind="message", population=people)
        for at in range(4)
        for owner, shift in (("A", 0), ("B", 1))
        for people in [("till", "stock")[at % 2]]
    )
    [finding] = found(problem(change("A"), change("B"), sessions=sent), "messages-close")
    assert (finding.score, finding.score_unit) == (4.0, "messages")
    assert finding.populations == ("stock", "till")
    assert finding.starts_on == weeks(0)
    assert finding.ends_on == weeks(10) + timedelta(days=1)
    assert finding.fact("closest_first_session") == "A0"


def test_one_change_may_write_twice_and_other_people_do_not_count() -> None:
    sent = (
        session("S1", "A", 0, kind="message"),
        session("S2", "A", 1, kind="message"),
        session("S3", "B", 0, kind="message", population="stock"),
        session("S4", "B", 0, kind="training"),
    )
    assert found(problem(change("A"), change("B"), sessions=sent), "messages-close") == []


def test_a_population_flooded_with_messages_is_told_once() -> None:
    many = [change(f"M{at}") for at in range(9)]
    sent = tuple(session(f"S{at}", f"M{at}", at / 7, kind="message") for at in range(9))
    [finding] = found(problem(*many, sessions=sent), "messages-close")
    assert (finding.populations, finding.score) == (("tellers",), 9.0)
    assert (finding.starts_on, finding.ends_on) == (weeks(0), weeks(9 / 7))
