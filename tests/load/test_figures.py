"""Figures of a small organisation, worked out by hand, as people read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import translation

import factories as make
from orchestre.load.presenters.effects import sentences
from orchestre.load.services import compute, whatif
from orchestre.runs.models import Run

As = Callable[[str], Client]


def test_two_initiatives_of_eight_hours_overload_the_go_live_weeks(small: SimpleNamespace) -> None:
    view = compute.compute(date(2026, 3, 2), 13)
    west = view.result.population_row("WEST")
    # learning: 2 × 8 h × 45 % / 6 weeks; go-live: 2 × 8 h × 30 % / 2 weeks; recover: 20 % / 6
    expected = [1.2] * 5 + [2.4] * 2 + [0.533333] * 6
    assert view.result.load_hours[west].tolist() == pytest.approx(expected, abs=1e-5)
    assert view.result.capacity_hours[west].tolist() == pytest.approx([1.75] * 13)
    overloads = view.overloads
    assert [(one.population, one.first, one.last) for one in overloads] == [("WEST", 5, 7)]
    # (2.40 − 1.75) × 2 weeks × 100 people
    assert overloads[0].excess_person_hours == pytest.approx(130.0)
    assert [one.excess_share for one in overloads[0].contributions] == pytest.approx([0.5, 0.5])


def test_the_same_inputs_find_the_known_run(small: SimpleNamespace) -> None:
    first = compute.compute(date(2026, 3, 2), 13)
    compute.forget()
    again = compute.compute(date(2026, 3, 2), 13)
    assert again.run_id == first.run_id
    assert Run.objects.filter(kind="load").count() == 1
    assert again.uncertainty is not None
    assert first.uncertainty is not None
    assert (again.uncertainty.probability_over == first.uncertainty.probability_over).all()


def test_moving_one_initiative_away_clears_the_overload(small: SimpleNamespace) -> None:
    view = compute.compute(date(2026, 3, 2), 26)
    effect = whatif.shift(view, "IN-B", 7 * 4)
    assert effect.before_person_hours == pytest.approx(130.0)
    # weeks 5, 6: 1.20 + 0.60; the go-live of the other meets 0.27 of recovery: 1.47
    assert effect.after_person_hours == pytest.approx((1.8 - 1.75) * 2 * 100)
    told = sentences(view, effect)
    assert told[0] == "120 person-hours of overload disappear."


def test_an_unknown_headcount_is_not_zero(small: SimpleNamespace) -> None:
    small.people.headcount = None
    small.people.save()
    view = compute.compute(date(2026, 3, 2), 13)
    assert view.overloads[0].excess_person_hours is None


def test_the_panel_says_it_in_french(as_person: As, small: SimpleNamespace) -> None:
    client = as_person("claire")
    client.get("/load/")
    user = client.get("/load/").context["request"].user
    user.language = "fr"
    user.save()
    with translation.override("fr"):
        page = client.get(f"/load/p{small.people.pk}/2026-W15/").content.decode()
    flat = page.replace("\u202f", " ").replace("\xa0", " ")
    assert "137 %" in flat
    assert "2,40 h demandées par personne pour 1,75 h possibles" in flat
    assert "semaine 15 (6–10 avril 2026)" in flat
    assert "8 h par personne touchée (saisi en heures) × 100 % des personnes" in flat


def test_every_figure_is_three_clicks_from_its_author(
    as_person: As, small: SimpleNamespace
) -> None:
    client = as_person("claire")
    shown = client.get("/load/?from=2026-W10").content.decode()
    cell = f"/load/p{small.people.pk}/2026-W15/"
    assert f'href="{cell}"' in shown
    panel = client.get(cell).content.decode()
    why = f"/load/why/p{small.people.pk}/2026-W15/"
    assert f'href="{why}"' in panel
    assert "entered" in panel
    told = client.get(why).content.decode()
    assert "load/1" in told
    assert str(compute.SEED) in told


def test_a_population_nobody_spoke_of_is_a_question_mark(
    as_person: As, small: SimpleNamespace
) -> None:
    page = as_person("claire").get("/load/?from=2026-W10")
    rows = {row.label: row for row in page.context["page"].heat_map.rows}
    assert all(cell.missing and cell.text == "?" for cell in rows["Agences Est"].cells)
    # the unit is the mean of who is known, never diluted by who is not
    assert rows["Réseau"].cells[5].text == rows["Agences Ouest"].cells[5].text == "137"


def test_a_unit_keeps_its_worst_population_in_sight(as_person: As, small: SimpleNamespace) -> None:
    third = make.initiative("Calme", code="IN-C", go_live_on=date(2026, 4, 6))
    make.impact(third, small.others, hours_per_person=0.4)
    page = as_person("claire").get("/load/?from=2026-W10")
    unit = next(row for row in page.context["page"].heat_map.rows if row.label == "Réseau")
    # (100 × 2.40 + 300 × 0.06) / 400 = 0.645 h of 1.75
    assert (unit.cells[5].text, unit.cells[5].worst_child) == ("37", "137")
    assert "worst 137" in unit.cells[5].label


def test_months_sum_their_weeks_and_keep_the_worst(as_person: As, small: SimpleNamespace) -> None:
    page = as_person("claire").get("/load/?from=2026-W15&zoom=month&weeks=2")
    row = next(r for r in page.context["page"].heat_map.rows if r.label == "Agences Ouest")
    # April holds the weeks of 30 March to 27 April: 1.2, 2.4, 2.4, 0.533, 0.533 of 5 × 1.75
    assert row.cells[0].text == "81"
    assert row.cells[0].worst_child == "137"
