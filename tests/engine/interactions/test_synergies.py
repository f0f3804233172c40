"""Events to share, deliverables and suppliers in common, duplicates."""

import pytest

from engine.interactions.portfolios import change, found, problem, session, weeks
from orchestre_engine.interactions.solve import solve

A, B, C = change("A"), change("B"), change("C")


@pytest.mark.parametrize(("week", "meets"), [(0, True), (8, True), (9, False)])
def test_two_trainings_of_the_same_aspect_could_be_one(week: int, meets: bool) -> None:
    """A quarter of the shorter training is saved: 0.25 × 2 h × 120 people."""
    sessions = (session("S1", "A", 0, 6.0), session("S2", "B", week, 2.0))
    asked = problem(A, B, sessions=sessions, headcounts=(("tellers", 120),))
    findings = found(asked, "shared-event")
    assert [(one.changes, one.score) for one in findings] == ([(("A", "B"), 60.0)] if meets else [])
    for finding in findings:
        assert finding.score_unit == "person_hours"
        assert finding.fact("saved_hours_per_person") == 0.5
        assert finding.all_facts("session") == ("S1", "S2")


def test_without_headcount_the_saving_is_per_person() -> None:
    sessions = (session("S1", "A", 0), session("S2", "B", 1))
    [finding] = found(problem(A, B, sessions=sessions), "shared-event")
    assert (finding.score, finding.score_unit) == (1.0, "hours_per_person")


@pytest.mark.parametrize(
    "other",
    [
        session("S2", "B", 1, aspect="role"),
        session("S2", "B", 1, kind="meeting"),
        session("S2", "B", 1, population="stock"),
        session("S2", "A", 1),
    ],
)
def test_another_aspect_kind_or_people_is_no_synergy(other: object) -> None:
    asked = problem(A, B, sessions=(session("S1", "A", 0), other))
    assert found(asked, "shared-event") == []


def test_sessions_about_nothing_in_particular_are_not_matched() -> None:
    nothing = {"aspect": None}
    sessions = (session("S1", "A", 0, **nothing), session("S2", "B", 0, **nothing))
    assert found(problem(A, B, sessions=sessions), "shared-event") == []


def test_each_session_is_shared_once_the_closest_first() -> None:
    """A has one training for two of B: only the one a week away is shared."""
    sessions = (session("S1", "A", 4, 8.0), session("S2", "B", 0, 8.0), session("S3", "B", 5, 4.0))
    [finding] = found(problem(A, B, sessions=sessions), "shared-event")
    assert finding.score == 1.0
    assert finding.all_facts("session") == ("S1", "S3")


def test_a_saving_too_small_is_held_back() -> None:
    sessions = (session("S1", "A", 0, 0.1), session("S2", "B", 0, 8.0))
    result = solve(problem(A, B, sessions=sessions))
    assert result.findings == ()
    assert [(one.rule, one.count) for one in result.not_judged] == [("shared-event", 1)]


def test_many_trainings_make_one_event_where_all_but_the_longest_save() -> None:
    """Nine trainings of 4 h and one of 6 h of the same change: 0.25 × 8 × 4 h = 8 h a person."""
    many = [change(f"M{at}") for at in range(9)]
    sessions = (
        *(session(f"S{at}", f"M{at}", at / 7) for at in range(9)),
        session("S9", "M0", 0, 6.0),
        *(session(f"T{at}", f"M{at}", at / 7, population="stock") for at in range(9)),
    )
    people = (("tellers", 10), ("stock", 1))
    [finding] = found(problem(*many, sessions=sessions, headcounts=people), "shared-event")
    assert finding.populations == ("stock", "tellers")
    assert (finding.score, finding.score_unit) == (88.0, "person_hours")


def test_the_same_deliverable_needs_shared_people() -> None:
    first = change("A", deliverables="guide kit", populations="till stock")
    second = change("B", deliverables="guide kit", populations="till")
    third = change("C", deliverables="guide", populations="office")
    [finding] = found(problem(first, second, third), "same-deliverable")
    assert (finding.changes, finding.populations) == (("A", "B"), ("till",))
    assert finding.all_facts("deliverable") == ("guide", "kit")
    assert (finding.score, finding.score_unit) == (1.0, "populations")


def test_the_same_supplier_needs_shared_people_and_close_dates() -> None:
    dates = {"starts_on": weeks(0), "ends_on": weeks(4)}
    later = {"starts_on": weeks(10), "ends_on": weeks(14)}
    changes = (
        change("A", suppliers="Acme", populations="till", **dates),
        change("B", suppliers="Acme", populations="till", **later),
        change("C", suppliers="Acme", populations="stock", **dates),
        change("D", suppliers="Acme", populations="till", starts_on=weeks(13), ends_on=weeks(15)),
        change("E", suppliers="Acme", populations="till"),
    )
    result = solve(problem(*changes))
    assert {one.changes for one in result.findings} == {("A", "B"), ("B", "D")}
    assert {one.rule for one in result.findings} == {"same-supplier"}
    told = {(one.rule, one.reason): one.count for one in result.not_judged}
    assert told == {
        ("same-supplier", "no-date"): 1,
        ("same-supplier", "no-shared-population"): 2,
    }


@pytest.mark.parametrize("field", ["deliverables", "suppliers"])
def test_what_everybody_shares_is_told_once_and_only_for_shared_people(field: str) -> None:
    dates = {"starts_on": weeks(0), "ends_on": weeks(4)}
    together = [change(f"M{at}", populations="till", **{field: "x"}, **dates) for at in range(9)]
    alone = change("Z", populations="office", **{field: "x"}, **dates)
    [finding] = solve(problem(*together, alone)).findings
    assert finding.changes == tuple(one.id for one in together)
    assert (finding.populations, finding.score_unit) == (("till",), "changes")
    apart = [change(f"M{at}", populations=f"p{at}", **{field: "x"}, **dates) for at in range(9)]
    assert solve(problem(*apart)).findings == ()


def test_close_texts_are_duplicates_only_with_something_in_common() -> None:
    first = change("A", populations="till", objectives="paperless")
    second = change("B", objectives="paperless", systems="SAP")
    pairs = (("B", "A", 0.83, ("facture", "formation = training")), ("A", "C", 0.99, ("facture",)))
    result = solve(problem(first, second, C, similar_pairs=pairs))
    [finding] = result.findings
    assert (finding.rule, finding.changes, finding.score) == ("similar-text", ("A", "B"), 0.83)
    assert finding.all_facts("shared_term") == ("facture", "formation = training")
    assert finding.fact("shared_objective") == "paperless"
    assert [(one.reason, one.count) for one in result.not_judged] == [("nothing-shared", 1)]
