"""Roles, demands, costs, envelopes and worth in the workbook: out, edited, back, undone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import openpyxl
import pytest
import time_machine

import cast
from orchestre.demo.means import SHORT_ROLE, SILENT_ROLE
from orchestre.demo.services import load, wipe
from orchestre.exchange.exporting import every_row, rows_for, write_to
from orchestre.exchange.planning import plan
from orchestre.exchange.services import apply_dataset, dataset_of
from orchestre.journal.services import undo
from orchestre.portfolio.models import Initiative
from orchestre.resources import queries, rules
from orchestre.resources.models import CostLine, Envelope, Role, RoleCapacity, RoleDemand, Worth
from orchestre.sheets.writing import worked_example
from resources.conftest import YEAR, Small

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> Iterator[None]:
    with time_machine.travel("2026-11-23T09:00:00+01:00", tick=True):
        yield


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


FRENCH = {
    "Initiatives": [
        ["Code", "Intitulé", "Valeur par an (€)", "Coût d’une semaine de retard (€)"],
        ["IN-1", "Nouvelle caisse", "1,2 M€", "40 k€"],
    ],
    "Rôles": [
        ["Rôle", "Capacité (ETP)", "Début", "Fin"],
        ["Architectes", 2, "01/01/2027", "30/06/2027"],
        ["Architectes", 3, "01/07/2027", "31/12/2027"],
        ["Juristes", None, None, None],
    ],
    "Besoins": [
        ["Initiative", "Rôle", "ETP demandés", "Début", "Fin"],
        ["IN-1", "Architectes", "0,5", "mars 2027", "avril 2027"],
        ["IN-1", "Juriste", 1, "mars 2027", "avril 2027"],
    ],
    "Coûts": [
        ["Initiative", "Montant (€)", "Mois", "État"],
        ["IN-1", 1000, "mars 2027", "Engagé"],
    ],
    "Enveloppes": [
        ["Enveloppe", "Programme", "Montant (€)", "Début", "Fin"],
        ["Transformation 2027", None, "2,5 M€", "01/01/2027", "31/12/2027"],
    ],
}


def test_a_french_workbook_gives_roles_money_and_worth() -> None:
    planned, act = apply_dataset(None, dataset_of(workbook(FRENCH), "moyens.xlsx"), "in")
    assert list(RoleCapacity.objects.values_list("role__name", "fte", "starts_on", "ends_on")) == [
        ("Architectes", 2.0, date(2027, 1, 1), date(2027, 7, 1)),
        ("Architectes", 3.0, date(2027, 7, 1), date(2028, 1, 1)),
    ]
    assert set(Role.objects.values_list("name", flat=True)) == {"Architectes", "Juristes"}
    demand = RoleDemand.objects.get()
    assert (demand.fte, demand.starts_on, demand.ends_on) == (
        0.5,
        date(2027, 3, 1),
        date(2027, 5, 1),
    )
    assert [(one.value, "Juristes" in one.reason) for one in planned.refused] == [("Juriste", True)]
    cost = CostLine.objects.get()
    assert (cost.starts_on, cost.ends_on, cost.state) == (
        date(2027, 3, 1),
        date(2027, 4, 1),
        "committed",
    )
    assert Envelope.objects.get().amount_eur == 2_500_000
    worth = Worth.objects.get()
    assert (worth.value_eur_per_year, worth.delay_cost_eur_per_week) == (1_200_000, 40_000)
    assert act is not None
    undo(None, act)
    assert not Role.objects.exists()
    assert not Worth.objects.exists()


def test_the_same_file_again_is_an_update() -> None:
    apply_dataset(None, dataset_of(workbook(FRENCH), "moyens.xlsx"), "in")
    sheets = FRENCH | {
        "Initiatives": [FRENCH["Initiatives"][0], ["IN-1", "Nouvelle caisse", "1,3 M€", "40 k€"]],
        "Rôles": [FRENCH["Rôles"][0], ["Architectes", 4, "01/01/2027", "30/06/2027"]],
    }
    planned, _act = apply_dataset(None, dataset_of(workbook(sheets), "moyens.xlsx"), "in")
    assert planned.counts()["created"] == {}
    assert planned.counts()["changed"] == {"rolecapacity": 1, "worth": 1}
    assert RoleCapacity.objects.get(starts_on=date(2027, 1, 1)).fte == 4.0
    assert Worth.objects.get().value_eur_per_year == 1_300_000


def test_our_own_workbook_may_be_edited_and_emptied(small: Small) -> None:
    Worth.objects.create(initiative=small.open, value_eur_per_year=5000, ramp_weeks=4)
    CostLine.objects.create(initiative=small.open, amount_eur=100, **YEAR)
    content = write_to(every_row(), "xlsx", "en")
    assert not plan(dataset_of(content, "whole.xlsx")).writes()
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book["Initiatives"]
    headers = [cell.value for cell in page[1]]
    page.cell(2, headers.index("Value a year (€)") + 1).value = None
    page = book["Costs"]
    headers = [cell.value for cell in page[1]]
    page.cell(2, headers.index("State") + 1).value = "Spent"
    stream = io.BytesIO()
    book.save(stream)
    apply_dataset(None, dataset_of(stream.getvalue(), "edited.xlsx"), "edited")
    worth = Worth.objects.get()
    assert (worth.value_eur_per_year, worth.ramp_weeks) == (None, 4)
    assert CostLine.objects.get().state == "spent"


def test_a_person_exports_what_they_see(small: Small) -> None:
    rows = rows_for(cast.person("aude"))
    assert {row["initiative"] for row in rows["demands"]} == {"IN-1"}
    assert len(rows_for(cast.person("claire"))["demands"]) == 3
    assert [row["role"] for row in rows["roles"]] == ["Architects", "Trainers"]
    assert rows["roles"][1]["fte"] is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_worked_example_holds_means(language: str) -> None:
    planned, _act = apply_dataset(
        None, dataset_of(worked_example(language), "example.xlsx"), "example"
    )
    assert {one.sheet for one in planned.refused} <= {"Capacités", "Capacities"}
    assert Role.objects.count() == 4
    assert RoleDemand.objects.count() == 8
    assert CostLine.objects.count() == 4
    assert Envelope.objects.count() == 1
    assert Worth.objects.count() == 5


def test_the_demo_shows_one_shortage_and_one_silence(today: None) -> None:
    load(None, "fr", date(2026, 8, 31))
    board = queries.whole_board(date(2026, 11, 1), 18)
    found = rules.shortages(board.asked, board.available, board.codes, board.months)
    assert [(one.role, one.month) for one in found] == [(SHORT_ROLE, date(2027, 5, 1))]
    assert 1.4 <= found[0].missing_fte <= 1.6
    assert 8 <= Role.objects.count() <= 10
    assert not RoleCapacity.objects.filter(role__code=SILENT_ROLE).exists()
    assert RoleDemand.objects.filter(role__code=SILENT_ROLE).exists()
    asking = RoleDemand.objects.values("initiative").distinct().count()
    assert 0.8 <= asking / Initiative.objects.count() < 1
    assert 0.7 <= Worth.objects.count() / Initiative.objects.count() < 1
    wipe(None)
    assert not Role.objects.exists()
    assert not Envelope.objects.exists()


def test_an_envelope_of_the_demo_belongs_to_a_programme_that_exists(today: None) -> None:
    load(None, "en", date(2026, 8, 31))
    one = Envelope.objects.get(name="Customer 360 2027")
    assert one.programme is not None
    assert one.programme.name == "Customer 360"
    assert one.programme.initiatives.exists()
