"""Headlines, hours, differences, assumptions: pure facts."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestre.impacts import rules
from orchestre_engine.load import problem as engine

LEVELS = st.dictionaries(st.sampled_from(rules.ASPECTS), st.integers(0, 5))


def test_the_headline_shows_the_strongest_and_the_mean_of_what_is_touched() -> None:
    found = rules.headline({"process": 5, "tools": 2, "pay": 0})
    assert found == rules.Headline(strongest=5, mean=3.5, touched=2)
    assert rules.headline({"pay": 0}) == rules.Headline(strongest=0, mean=None, touched=0)
    assert rules.headline({}) is None


def test_intensity_is_the_one_given_else_the_strongest_aspect() -> None:
    assert rules.intensity_of({"process": 4}, 2.5) == 2.5
    assert rules.intensity_of({"process": 4, "pay": 1}, None) == 4.0
    assert rules.intensity_of({}, None) is None


def test_effort_is_unknown_when_nobody_counted_the_people() -> None:
    assert rules.effort(8, 0.5, 120) == rules.Effort(8, 4, 480)
    assert rules.effort(8, 0.5, None).person_hours is None


def test_differences_come_in_order_and_flag_two_levels() -> None:
    project = rules.Answer({"process": 4, "tools": 2, "pay": 1}, None, 8)
    unit = rules.Answer({"process": 2, "tools": 1, "role": 3}, 3.0, 8)
    found = rules.differences(project, unit)
    assert [(d.name, d.gap, d.flagged) for d in found] == [
        ("process", 2, True),
        ("tools", 1, False),
        ("role", None, False),
        ("pay", None, False),
        ("intensity", None, False),
    ]
    hours = rules.differences(rules.Answer(hours_per_person=2), rules.Answer(hours_per_person=20))
    assert [(d.name, d.flagged) for d in hours] == [("hours_per_person", False)]


@given(LEVELS, LEVELS)
def test_differences_do_not_depend_on_who_is_named_first(
    ours: dict[str, int], theirs: dict[str, int]
) -> None:
    one = rules.differences(rules.Answer(ours), rules.Answer(theirs))
    other = rules.differences(rules.Answer(theirs), rules.Answer(ours))
    assert [d.name for d in one] == [d.name for d in other]
    assert [d.gap for d in one] == [d.gap for d in other]
    assert not rules.differences(rules.Answer(ours), rules.Answer(ours))


@pytest.mark.parametrize("side", ["project", "unit", None])
def test_sight_is_blind_until_both_have_answered(side: str | None) -> None:
    both = rules.sight(side, project_answered=True, unit_answered=True)
    assert (both.project, both.unit) == (True, True)
    for ours, theirs in [(True, False), (False, True), (False, False)]:
        seen = rules.sight(side, project_answered=ours, unit_answered=theirs)
        assert not (seen.project and seen.unit)
        assert seen.unit == (side == "unit")
        assert seen.project == (side != "unit")


def test_halfway() -> None:
    assert rules.halfway(2, 5, whole=True) == 4
    assert rules.halfway(2, 5, whole=False) == 3.5


@given(st.floats(0, 5))
def test_hours_are_read_as_the_engine_reads_them(intensity: float) -> None:
    table = rules.DEFAULTS.hours_by_intensity
    assert rules.hours_for(intensity, table) == pytest.approx(
        engine.hours_for_intensity(intensity, table)
    )


@pytest.mark.parametrize(
    ("cost", "family", "intensity", "code"),
    [
        (Decimal(1000000), "digital", 1.0, "cost-up-to"),
        (Decimal("1000000.01"), "digital", 2.0, "cost-up-to"),
        (5_000_000, "culture", 2.5, "cost-up-to"),
        (20_000_000, "", 3.0, "cost-up-to"),
        (20_000_001, "management", 4.5, "cost-above"),
        (None, "organisation", 2.5, "cost-unknown"),
        (None, "unheard-of", 2.0, "cost-unknown"),
    ],
)
def test_assumed_intensity(
    cost: float | Decimal | None, family: str, intensity: float, code: str
) -> None:
    found, why = rules.assumed_intensity(cost, family, rules.DEFAULTS)
    assert (found, why.code) == (intensity, code)
    assert why.fact("cost_eur") == (None if cost is None else float(cost))
    assert why.fact("nothing") is None


def test_intensity_is_capped_and_a_last_limit_holds_above() -> None:
    values = rules.AssumptionValues(
        intensity_by_cost=((1e6, 4.9),), intensity_by_family=(("culture", 0.5),)
    )
    assert rules.assumed_intensity(9e9, "culture", values)[0] == 5.0
    assert rules.assumed_intensity(9e9, "", values)[1].code == "cost-above"


def test_go_live() -> None:
    own, theirs, end = date(2026, 3, 1), date(2026, 4, 1), date(2026, 7, 1)
    assert rules.go_live_of(own, theirs, end) == rules.GoLive(own, assumed=False)
    assert rules.go_live_of(None, theirs, end) == rules.GoLive(theirs, assumed=False)
    assert rules.go_live_of(None, None, end) == rules.GoLive(date(2026, 6, 30), assumed=True)
    assert rules.go_live_of(None, None, None) is None


def facts(pk: int, path: str = "/1/", **values: object) -> rules.InitiativeFacts:
    return rules.InitiativeFacts(id=pk, unit_path=path, **values)  # type: ignore[arg-type]  # facts of the test


def test_assumed_impacts_touch_the_subtree_of_the_owning_unit() -> None:
    people = {"/1/": [10], "/1/2/": [20, 21], "/11/": [30]}
    found = rules.assumed_impacts(
        [
            facts(1, ends_on=date(2026, 7, 1)),
            facts(2, "/1/2/", go_live_on=date(2026, 3, 1)),
            facts(3, ""),
            facts(4, "/9/"),
        ],
        people,
    )
    assert [(one.initiative_id, one.population_id) for one in found] == [
        (1, 10),
        (1, 20),
        (1, 21),
        (2, 20),
        (2, 21),
    ]
    assert found[0].go_live_on == date(2026, 6, 30)
    assert found[3].go_live_on == date(2026, 3, 1)
    assert rules.touching_nobody([facts(1), facts(3, ""), facts(4, "/9/")], people) == [3, 4]
    assert rules.without_dates([facts(1), facts(2, go_live_on=date(2026, 3, 1))]) == [1]


def test_without_dates_the_load_is_not_placed() -> None:
    (one,) = rules.assumed_impacts([facts(1)], {"/1/": [10]})
    assert one.go_live_on is None


def test_nothing_is_assumed_when_not_in_force() -> None:
    off = rules.AssumptionValues(in_force=False)
    assert rules.assumed_impacts([facts(1)], {"/1/": [10]}, off) == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "/1/", "/1/2/", "/3/"]),
            st.one_of(st.none(), st.integers(0, 50_000_000)),
            st.sampled_from(["", "digital", "culture"]),
        ),
        max_size=8,
    ),
    st.integers(0, 2**16),
)
def test_assumed_impacts_do_not_depend_on_the_order(
    drawn: list[tuple[str, int | None, str]], seed: int
) -> None:
    given_facts = [
        facts(pk, path, cost_eur=cost, family=family)
        for pk, (path, cost, family) in enumerate(drawn)
    ]
    people = {"/1/": [10, 11], "/1/2/": [20], "/3/": [30]}
    shuffled, turned = list(given_facts), list(people.items())
    random.Random(seed).shuffle(shuffled)
    random.Random(seed).shuffle(turned)
    found = rules.assumed_impacts(given_facts, people)
    assert found == rules.assumed_impacts(shuffled, dict(turned))
    assert all(0 <= one.intensity <= 5 for one in found)
    touched = {one.initiative_id for one in found}
    assert touched.isdisjoint(rules.touching_nobody(given_facts, people))
    assert len(touched) + len(rules.touching_nobody(given_facts, people)) == len(given_facts)


def test_the_three_data_worth_most_come_first() -> None:
    gaps = [
        rules.Gap("headcount", 7, 10),
        rules.Gap("impact", 3, 40),
        rules.Gap("go_live", 4, 40),
        rules.Gap("impact", 2, 40),
        rules.Gap("impact", 9, 0),
        rules.Gap("headcount", 8, 200),
    ]
    found = rules.most_valuable_next(rules.CollectFacts(100, gaps))
    assert found == [
        rules.NextDatum("headcount", 8, 1.0),
        rules.NextDatum("impact", 2, 0.4),
        rules.NextDatum("impact", 3, 0.4),
    ]
    assert rules.most_valuable_next(rules.CollectFacts(0, gaps)) == []
