"""The report of made data: sentences, figures, map, object for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.utils import translation

import factories
from orchestre.load.queries import Reader
from orchestre.portfolio.models import Initiative
from orchestre.reports.presenters import alone, machine
from orchestre.reports.presenters.drawing import MOST_ROWS, drawing
from orchestre.reports.presenters.frame import Subject
from orchestre.reports.presenters.report import build
from orchestre_engine import load as engine

Make = Callable[..., Subject]
CLASSES = (0.5, 0.8, 1.0, 1.2, 1.5)


def test_the_headline_says_who_when_and_by_what(loaded: Initiative, subject: Make) -> None:
    headline = build(subject()).headline
    assert headline.startswith("Agences Ouest: up to ")
    assert "Nouvelle caisse" in headline
    assert "2026" in headline


def test_without_overload_the_headline_says_so(db: None, subject: Make) -> None:
    people = factories.population("Siège")
    factories.impact(factories.initiative("Petit"), people, hours_per_person=0.5)
    assert build(subject()).headline == (
        "No population passes what it can absorb in these 52 weeks."
    )


def test_without_anything_asked_nothing_is_claimed(db: None, subject: Make) -> None:
    factories.population("Siège")
    found = build(subject())
    assert found.headline.startswith("Nothing is asked of anybody")
    assert found.map is None
    told = machine.as_object(subject())
    assert told["assumed_ratio"] is None
    assert {figure.key: figure.value for figure in found.figures}["peak"] == "n/a"


def test_an_infinite_peak_is_null_and_said(frozen: Initiative, subject: Make) -> None:
    told = machine.as_object(subject())
    peaks = [one for one in told["overloads"] if one.get("peak_over_zero_capacity")]
    assert peaks
    assert peaks[0]["peak_ratio"] is None
    json.dumps(told, allow_nan=False)
    assert "people who can give nothing" in build(subject()).headline


def test_person_hours_are_the_headcount_times_the_hours(loaded: Initiative, subject: Make) -> None:
    made = subject()
    (one,) = made.overloads
    told = machine.as_object(made)["overloads"][0]
    assert told["excess_person_hours"] == pytest.approx(100 * one.excess_hours_per_person, abs=0.01)
    assert told["population"] == "Agences Ouest [AGO]"
    assert told["contributions"] == [{"initiative": "Nouvelle caisse [CH-014]", "share": 1.0}]
    assert 0.5 < told["probability"] <= 1
    assert date.fromisoformat(told["from"]).weekday() == 0
    assert date.fromisoformat(told["to"]).weekday() == 0


def test_what_is_hidden_is_counted_and_never_named(loaded: Initiative, subject: Make) -> None:
    reader = Reader(None, None, frozenset({"CH-014"}))
    made = subject(reader=reader)
    whole = alone.page(build(made)) + json.dumps(machine.as_object(made))
    assert "Nouvelle caisse" not in whole
    assert "CH-014" not in whole
    assert machine.as_object(made)["overloads"][0]["contributions"] == [
        {"initiative": "Confidential initiative", "share": 1.0}
    ]


def test_populations_out_of_reach_are_left_out(loaded: Initiative, subject: Make) -> None:
    made = subject(reader=Reader(frozenset(), frozenset(), frozenset()))
    assert machine.as_object(made)["overloads"] == []
    assert "Agences Ouest" not in alone.page(build(made))


def test_the_map_draws_the_heaviest_first_and_says_what_it_leaves_out(
    loaded: Initiative, subject: Make
) -> None:
    for n in range(MOST_ROWS + 3):
        factories.impact(loaded, factories.population(f"Equipe {n:02}"), hours_per_person=1.0)
    factories.population("Tranquilles")
    found = drawing(subject(), CLASSES)
    assert found is not None
    assert len(found.heat.rows) == MOST_ROWS
    assert found.heat.rows[0].label == "Agences Ouest"
    assert f"The {MOST_ROWS} most loaded of {MOST_ROWS + 4} populations are drawn." in found.note
    assert "1 population is asked nothing" in found.note


def test_few_weeks_are_drawn_one_by_one_and_many_by_month(
    loaded: Initiative, subject: Make
) -> None:
    weekly, monthly = drawing(subject(13), CLASSES), drawing(subject(52), CLASSES)
    assert weekly is not None
    assert monthly is not None
    assert len(weekly.heat.columns) == 13
    assert [column.text for column in monthly.heat.columns][:3] == ["Mar", "Apr", "May"]
    assert max(cell.text for row in weekly.heat.rows for cell in row.cells if cell.over) in {
        cell.text for row in monthly.heat.rows for cell in row.cells
    }


def test_every_figure_leads_to_its_explanation(loaded: Initiative, subject: Make) -> None:
    found = build(subject())
    assert {figure.key for figure in found.figures} == {why.key for why in found.whys}
    page = alone.page(found)
    assert all(f'href="#why-{figure.key}"' in page for figure in found.figures)


def test_what_people_wrote_is_escaped(loaded: Initiative, subject: Make) -> None:
    loaded.title = "<script>alert(1)</script>"
    loaded.save()
    assert "<script" not in alone.page(build(subject()))


def test_in_french_nothing_is_left_in_english(loaded: Initiative, subject: Make) -> None:
    with translation.override("fr"):
        page = alone.page(build(subject()))
    assert '<html lang="fr">' in page
    for english in ("Why this number", "Overloads", "What is assumed", "Key figures", "asked"):
        assert english not in page


def test_the_overloads_are_worked_out_once(
    frozen: Initiative, subject: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[int] = []
    solved = engine.LoadResult.overloads

    def overloads(result: engine.LoadResult) -> tuple[engine.Overload, ...]:
        times.append(1)
        return solved(result)

    monkeypatch.setattr(engine.LoadResult, "overloads", overloads)
    assert build(subject()).headline
    assert len(times) == 1
