"""Waves and benefits in the workbook: out, back in, refused with a sentence, undone as a whole."""

from __future__ import annotations

import string
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cast
import factories as make
from orchestre.benefits.models import Benefit
from orchestre.benefits.services import add_benefit
from orchestre.exchange.exporting import every_row, rows_for, write_to
from orchestre.exchange.planning import plan
from orchestre.exchange.plans import ImportPlan
from orchestre.exchange.services import apply_dataset, dataset_of
from orchestre.journal.services import undo
from orchestre.kernel.errors import DomainError
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Milestone, Wave, WavePopulation

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2026, 5, 4), date(2026, 6, 1)
Rows = dict[str, Any]
TAKEN = (
    "“{}” already goes live with the wave “{}”: a population is in one wave at most."
    " Take it out of that wave first."
)


@pytest.fixture
def till() -> SimpleNamespace:
    """Two waves of a new till, one population in each, a third in none."""
    cast.organisation()
    unit = make.unit("Réseau", code="NET")
    west, east, north = (
        make.population(f"Agences {one}", unit, code=one) for one in ("WEST", "EAST", "NORTH")
    )
    one = make.initiative("Caisse", code="IN-700", unit=unit)
    claire = cast.person("claire")
    waves = [
        portfolio.add_wave(claire, one, name=name, go_live_on=day, populations=[people])
        for name, day, people in (("Pilote", MAY, west), ("Agences", JUNE, east))
    ]
    return SimpleNamespace(
        claire=claire, unit=unit, west=west, east=east, north=north, initiative=one, waves=waves
    )


def planned(rows: Rows, who: object = None, form: str = "xlsx") -> ImportPlan:
    return plan(dataset_of(write_to(rows, form, "en"), f"whole.{form}"), who)  # type: ignore[arg-type]  # a person or nobody


def applied(rows: Rows) -> tuple[ImportPlan, Any]:
    return apply_dataset(None, dataset_of(write_to(rows, "xlsx", "en"), "whole.xlsx"), "Import")


def members() -> dict[str, list[str]]:
    return {
        wave.name: sorted(wave.members.values_list("population__code", flat=True))
        for wave in Wave.objects.order_by("pk")
    }


def told(found: ImportPlan) -> list[tuple[str, int, str, str]]:
    return [(one.sheet, one.row, one.column, one.reason) for one in found.refused]


def row_of(rows: Rows, name: str) -> dict[str, Any]:
    return next(one for one in rows["waves"] if one["name"] == name)  # type: ignore[no-any-return]  # rows of a sheet


def test_a_population_changes_wave_in_one_file_whatever_the_order(till: SimpleNamespace) -> None:
    rows = every_row()
    row_of(rows, "Pilote")["populations"] = ["NORTH", "EAST"]
    row_of(rows, "Agences")["populations"] = ["WEST"]
    row_of(rows, "Agences")["go_live_on"] = date(2026, 6, 8)
    dry = planned(rows)
    assert dry.refused == []
    assert dry.counts()["created"] == {"wavepopulation": 1}
    assert dry.counts()["changed"] == {"wavepopulation": 2, "wave": 1}
    assert members() == {"Pilote": ["WEST"], "Agences": ["EAST"]}
    _done, act = applied(rows)
    assert members() == {"Pilote": ["EAST", "NORTH"], "Agences": ["WEST"]}
    assert Wave.objects.get(name="Agences").go_live_on == date(2026, 6, 8)
    assert not planned(every_row()).writes()
    undo(till.claire, act)
    assert members() == {"Pilote": ["WEST"], "Agences": ["EAST"]}
    assert Wave.objects.get(name="Agences").go_live_on == JUNE


def test_who_opened_a_wave_before_the_import_is_told_that_it_changed(till: SimpleNamespace) -> None:
    pilot = till.waves[0]
    rows = every_row()
    row_of(rows, "Pilote")["populations"] = ["WEST", "NORTH"]
    applied(rows)
    with pytest.raises(DomainError, match="changed by somebody else"):
        portfolio.change_wave(
            till.claire, pilot, {"populations": [till.west]}, expected_version=pilot.version
        )


def test_a_population_taken_elsewhere_is_refused_with_the_wave_it_is_in(
    till: SimpleNamespace,
) -> None:
    rows = every_row()
    row_of(rows, "Pilote")["populations"] = ["WEST", "EAST"]
    found = planned(rows)
    assert told(found) == [
        (
            "Waves", 2, "Populations", TAKEN.format("Agences EAST", "Agences"),
        )
    ]  # fmt: skip
    assert not found.writes()
    rows["waves"] = rows["waves"][:1]  # the other wave is not in the file: it keeps its people
    assert len(planned(rows).refused) == 1


def test_a_new_wave_is_made_from_a_file_without_identifiers(till: SimpleNamespace) -> None:
    rows = {
        "initiatives": [{"title": "Caisse", "code": "IN-700"}],
        "waves": [
            {"initiative": "IN-700", "name": "Nord", "go_live_on": JUNE, "populations": ["NORTH"]},
            {"initiative": "IN-700", "name": "PILOTE", "go_live_on": JUNE, "populations": ["WEST"]},
        ],
    }
    _found, act = applied(rows)
    assert members() == {"PILOTE": ["WEST"], "Agences": ["EAST"], "Nord": ["NORTH"]}
    assert Wave.objects.get(pk=till.waves[0].pk).go_live_on == JUNE
    applied(rows)
    assert Wave.objects.count() == 3
    undo(till.claire, act)
    assert members() == {"Pilote": ["WEST"], "Agences": ["EAST"]}


@pytest.mark.parametrize(
    ("said", "column", "reason"),
    [
        ({"populations": []}, "populations", "Choose at least one population"),
        ({"populations": ["NOWHERE"]}, "Populations", "“NOWHERE” does not exist"),
        ({"populations": ["EAST"]}, "Populations", "already goes live with the wave “Agences”"),
        ({"go_live_on": None}, "Go-live", "required"),
        ({"go_live_on": date(1901, 1, 1)}, "Go-live", "outside the calendar"),
        ({"name": None}, "Wave", "required"),
        ({"name": "N" * 121}, "Wave", "at most 120 characters"),
        ({"initiative": "IN-999"}, "Initiative", "“IN-999” does not exist"),
    ],
)
def test_a_wave_that_cannot_be_is_refused_on_its_cell_and_nothing_else(
    till: SimpleNamespace, said: dict[str, object], column: str, reason: str
) -> None:
    line = {"initiative": "IN-700", "name": "Nord", "go_live_on": JUNE, "populations": ["NORTH"]}
    rows = every_row()
    rows["waves"] = [*rows["waves"], line | said]
    found = planned(rows)
    one = found.refused[0]
    assert (one.sheet, one.row) == ("Waves", 4)
    assert one.column.casefold() == column.casefold()
    assert reason in one.reason
    assert not found.writes()


def test_a_correction_replaces_the_cell_so_it_is_shown_whole(till: SimpleNamespace) -> None:
    make.population("Siège social", till.unit, code="HEAD")
    rows = every_row()
    row_of(rows, "Pilote")["populations"] = ["WEST", "Siege socal"]
    found = planned(rows)
    (one,) = found.refused
    assert one.value == "WEST; Siege socal"
    assert "Did you mean “Siège social”?" in one.reason
    assert found.near == {("Waves", 2, "populations"): "WEST; Siège social"}
    assert not found.writes()  # nobody leaves a wave whose cell is in doubt


def test_a_wave_stays_with_its_initiative_and_has_at_most_thirty_sisters(
    till: SimpleNamespace,
) -> None:
    make.initiative("Autre", code="IN-701")
    rows = every_row()
    row_of(rows, "Pilote")["initiative"] = "IN-701"
    (one,) = planned(rows).refused
    assert "“Pilote” stays with its initiative" in one.reason
    people = [make.population(f"Groupe {at}", till.unit, code=f"G{at}") for at in range(30)]
    rows = every_row()
    rows["waves"] += [
        {"initiative": "IN-700", "name": one.name, "go_live_on": MAY, "populations": [one.code]}
        for one in people
    ]
    found = planned(rows)
    assert len(found.refused) == 2
    assert all("at most 30 waves" in one.reason for one in found.refused)
    assert found.counts()["created"] == {"wave": 28, "wavepopulation": 28}


def test_what_the_reader_may_not_name_is_counted_and_never_lost(till: SimpleNamespace) -> None:
    far = make.population("Comptables", make.unit("Siège", code="HQ"), code="ACC")
    make.impact(till.initiative, till.west)
    portfolio.change_wave(till.claire, till.waves[0], {"populations": [till.west, far]})
    manager = cast.manager_of(till.unit.pk)
    rows = rows_for(manager)
    pilot = row_of(rows, "Pilote")
    assert (pilot["populations"], pilot["closed"]) == (["WEST"], 1)
    row_of(rows, "Pilote")["populations"] = ["NORTH"]
    found, _act = applied(rows)
    assert not [one for one in found.refused if one.sheet == "Waves"]
    assert members()["Pilote"] == ["ACC", "NORTH", "WEST"]


@pytest.fixture
def gain(till: SimpleNamespace) -> Benefit:
    return add_benefit(
        till.claire, till.initiative,
        {
            "title": "Moins d’attente", "unit_id": till.unit.pk, "target_per_year": Decimal(620000),
            "attribution_ratio": 0.6, "baseline_on": MAY, "baseline_value": Decimal("1450000.50"),
        },
    )  # fmt: skip


def changed(rows: Rows, **values: object) -> ImportPlan:
    rows["benefits"][0].update(values)
    return applied(rows)[0]


def test_one_edited_cell_of_a_benefit_is_one_difference_and_is_undone(
    till: SimpleNamespace, gain: Benefit
) -> None:
    rows = every_row()
    rows["benefits"][0]["target_per_year"] = Decimal("700000.25")
    found, act = applied(rows)
    (row,) = [one for one in found.rows["benefits"] if one.action == "changed"]
    assert [(d.attname, d.before, d.after) for d in row.diffs] == [
        ("target_per_year", Decimal("620000.00"), Decimal("700000.25"))
    ]
    gain.refresh_from_db()
    assert (gain.target_per_year, gain.version) == (Decimal("700000.25"), 2)
    assert not planned(every_row()).writes()
    undo(till.claire, act)
    gain.refresh_from_db()
    assert gain.target_per_year == Decimal(620000)


def test_a_benefit_counts_from_a_milestone_of_its_own_initiative(
    till: SimpleNamespace, gain: Benefit
) -> None:
    other = make.initiative("Autre", code="IN-701")
    Milestone.objects.create(initiative=other, name="Ouverture", forecast_on=MAY)
    (one,) = changed(every_row(), anchor="milestone", milestone="Ouverture").refused[:1]
    assert one.column == "Milestone"
    assert "No milestone of this initiative is called “Ouverture”" in one.reason
    gain.refresh_from_db()
    assert (gain.anchor, gain.milestone) == ("go_live", None)
    mine = Milestone.objects.create(initiative=till.initiative, name="Ouverture", forecast_on=JUNE)
    assert changed(every_row(), anchor="milestone", milestone="Ouverture").refused == []
    gain.refresh_from_db()
    assert (gain.anchor, gain.milestone) == ("milestone", mine)
    (again,) = changed(every_row(), milestone=None).refused
    assert again.reason == "Choose the milestone from which it counts."
    assert changed(every_row(), anchor="end", milestone=None).refused == []
    gain.refresh_from_db()
    assert (gain.anchor, gain.milestone) == ("end", None)


def test_a_new_benefit_takes_the_next_code_and_comes_back_as_itself(gain: Benefit) -> None:
    line = {"initiative": "IN-700", "title": "Moins d’erreurs", "kind": "quality"}
    rows = {"initiatives": [{"title": "Caisse", "code": "IN-700"}], "benefits": [line]}
    applied(rows)
    made = Benefit.objects.get(title="Moins d’erreurs")
    assert (made.code, made.kind, made.measure, made.attribution_ratio) == (
        "B-02", "quality", "€", 1.0
    )  # fmt: skip
    assert not applied(rows)[0].writes()
    assert Benefit.objects.count() == 2


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"ramp_months": 121}, "not between 0 and 120"),
        ({"target_per_year": -1}, "below 0"),
        ({"lag_weeks": 521}, "not between -520 and 520"),
        ({"initiative": "IN-702"}, "stays with its initiative"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(
    gain: Benefit, values: dict[str, object], reason: str
) -> None:
    make.initiative("Ailleurs", code="IN-702")
    found = changed(every_row(), **values)
    (one,) = found.refused
    assert (one.sheet, one.row) == ("Benefits", 2)
    assert reason in one.reason
    gain.refresh_from_db()
    assert (gain.ramp_months, gain.target_per_year, gain.lag_weeks) == (0, Decimal(620000), 0)
    assert gain.initiative.code == "IN-700"


def test_a_benefit_of_a_confidential_initiative_is_neither_read_nor_written(
    till: SimpleNamespace, gain: Benefit
) -> None:
    rows = every_row()
    till.initiative.confidential = True
    till.initiative.save()
    paul = cast.person("paul")
    assert rows_for(paul)["benefits"] == []
    assert rows_for(paul)["waves"] == []
    make.initiative("Visible", code="IN-702")
    rows["benefits"] = [
        {"initiative": "IN-702", "code": gain.code, "title": "Pris", "id": str(gain.pk)}
    ]
    found = planned(rows, paul)
    assert any("B-01" in one.reason and "taken" in one.reason for one in found.refused)
    assert found.rows["benefits"] == []


def test_the_pages_give_one_list_of_each(
    as_person: Callable[[str], Client], till: SimpleNamespace, gain: Benefit
) -> None:
    client = as_person("claire")
    waves = client.get("/export/waves.csv?language=fr").content.decode("utf-8-sig")
    head, first, *_rest = waves.splitlines()
    assert '"Vague";"Mise en service";"Populations"' in head
    assert '"IN-700";"Pilote";"04/05/2026";"WEST"' in first
    gains = client.get("/export/benefits.csv?language=en").content.decode("utf-8-sig")
    assert '"B-01","IN-700","Moins d’attente"' in gains


TEXTS = st.text(
    alphabet=string.ascii_letters + string.digits + "éàœ ,;|\\'\"=+-@()&<>%«»漢\n", max_size=25
).map(str.strip)
NAMES = TEXTS.filter(bool).map(lambda text: " ".join(text.split()))
AMOUNTS = st.none() | st.decimals(0, 10**9, places=2)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    name=NAMES, title=NAMES, text=TEXTS, amounts=st.tuples(AMOUNTS, AMOUNTS, AMOUNTS),
    lag=st.integers(-520, 520), share=st.integers(0, 100),
    day=st.dates(date(2001, 1, 1), date(2090, 1, 1)),
    codes=st.lists(NAMES, max_size=3, unique=True),
    language=st.sampled_from(["fr", "en"]), form=st.sampled_from(["xlsx", "zip"]),
)  # fmt: skip
def test_any_wave_and_any_benefit_come_back(**said: Any) -> None:
    for model in (WavePopulation, Wave, Benefit):
        model.objects.all().delete()
    one = make.initiative("Caisse")
    unit = make.unit("Réseau")
    wave = Wave.objects.create(initiative=one, name=said["name"][:120], go_live_on=said["day"])
    for at, code in enumerate([*said["codes"], "sure"]):
        people = make.population(f"Groupe {at}", unit, code=f"{code[:20]}-{one.pk}-{at}")
        WavePopulation.objects.create(wave=wave, initiative=one, population=people)
    target, baseline, cost = said["amounts"]
    Benefit.objects.create(
        code=f"B-{one.pk}", initiative=one, title=said["title"], unit=unit, owner_name=said["text"],
        assumptions=said["text"], target_per_year=target, baseline_value=baseline,
        cost_to_achieve_eur=cost, lag_weeks=said["lag"], attribution_ratio=said["share"] / 100,
        baseline_on=said["day"], hard=bool(said["share"] % 2), recurrence="yearly",
    )  # fmt: skip
    content = write_to(every_row(), said["form"], said["language"])
    found = plan(dataset_of(content, f"whole.{said['form']}"))
    assert found.refused == []
    assert not found.writes()
