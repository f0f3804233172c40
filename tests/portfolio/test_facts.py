"""What is missing, what is old, which titles say the same."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from orchestre.portfolio.rules.facts import (
    Known,
    days_without_news,
    is_stale,
    missing_facts,
    near_titles,
)

ALL = Known(
    lead=True,
    sponsor=True,
    why=True,
    unit=True,
    family=True,
    starts=True,
    ends=True,
    go_live=True,
    impacts=True,
    objective=True,
    healths=3,
    under_way=True,
    mandatory_unexplained=False,
    micro=False,
)


def test_nothing_is_missing_when_all_is_known() -> None:
    assert missing_facts(ALL) == ()


@pytest.mark.parametrize(
    ("fact", "value", "missing"),
    [
        ("lead", False, "lead"),
        ("sponsor", False, "sponsor"),
        ("why", False, "why"),
        ("unit", False, "unit"),
        ("family", False, "family"),
        ("starts", False, "dates"),
        ("ends", False, "dates"),
        ("go_live", False, "go_live"),
        ("impacts", False, "impacts"),
        ("objective", False, "objective"),
        ("healths", 2, "healths"),
        ("mandatory_unexplained", True, "mandatory_reason"),
    ],
)
def test_each_fact_is_asked_for_alone(fact: str, value: object, missing: str) -> None:
    assert missing_facts(replace(ALL, **{fact: value})) == (missing,)


def test_a_draft_misses_everything_and_the_load_comes_first() -> None:
    draft = Known(**{field.name: False for field in fields(Known)})
    assert missing_facts(replace(draft, healths=0))[:3] == ("dates", "impacts", "lead")


def test_a_micro_change_needs_three_facts() -> None:
    draft = Known(**{field.name: False for field in fields(Known)})
    assert missing_facts(replace(draft, micro=True)) == ("dates", "impacts", "lead")


def test_health_is_asked_only_of_what_is_under_way() -> None:
    assert missing_facts(replace(ALL, healths=0, under_way=False)) == ()


def test_news_are_old_after_thirty_days() -> None:
    today = date(2026, 11, 22)
    assert not is_stale(date(2026, 10, 23), today, stage="deploy", archived=False)
    assert is_stale(date(2026, 10, 22), today, stage="deploy", archived=False)


@pytest.mark.parametrize("stage", ["idea", "value", "stopped"])
def test_what_is_not_under_way_is_never_stale(stage: str) -> None:
    assert not is_stale(date(2020, 1, 1), date(2026, 11, 22), stage=stage, archived=False)


def test_an_archived_initiative_is_never_stale() -> None:
    assert not is_stale(date(2020, 1, 1), date(2026, 11, 22), stage="deploy", archived=True)


def test_news_from_the_future_are_fresh() -> None:
    assert days_without_news(date(2026, 12, 1), date(2026, 11, 22)) == 0


def test_near_titles_forget_case_accents_and_order() -> None:
    others = [(1, "Refonte du SIRH"), (2, "Nouvelle caisse"), (3, "SIRH : la refonte")]
    assert [near.key for near in near_titles("refonte du sirh", others)] == [1, 3]
    assert near_titles("Réorganisation des achats", others) == ()


def test_an_empty_title_is_near_nothing() -> None:
    assert near_titles(" … ", [(1, "")]) == ()
