"""What waits for a blind answer leaves in no file, and no file erases it when it comes back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from openpyxl import load_workbook

import cast
import factories
from orchestre.access.models import User
from orchestre.exchange.exporting import rows_for
from orchestre.exchange.models import ImportSession
from orchestre.impacts.models import Impact, Rating
from orchestre.impacts.rules import Answer
from orchestre.impacts.services import rate

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
Send = Callable[..., ImportSession]
MARKS = ("417.25", "417,25", "3.77", "3,77")
FIGURES = {"hours_per_person": 417.25, "intensity": 3.77, "aspects": {"process": 4}}


@pytest.fixture
def blind() -> Impact:
    unit = factories.unit("Agences")
    people = factories.population("Guichets", at=unit)
    impact = Impact.objects.create(
        initiative=factories.initiative("Nouvelle caisse", code="NC-1"),
        population=people,
        **FIGURES,
    )
    cast.manager_of(unit.pk)
    return impact


def text_of(content: bytes, form: str) -> str:
    """Return everything that a file says."""
    if form == "xlsx":
        book = load_workbook(io.BytesIO(content))
        return "\n".join(str(c.value) for page in book for row in page for c in row if c.value)
    if form == "zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8-sig") for name in archive.namelist())
    return content.decode("utf-8-sig")


FILES = ("portfolio.xlsx", "portfolio.zip", "portfolio.json", "impacts.csv")


@pytest.mark.parametrize("name", FILES)
def test_a_manager_takes_no_blind_figure_out(as_person: SignIn, blind: Impact, name: str) -> None:
    form = name.rpartition(".")[2]
    office = as_person("claire").get(f"/export/{name}?language=en").content
    assert any(mark in text_of(office, form) for mark in MARKS)
    answer = as_person("marc").get(f"/export/{name}?language=en")
    told = text_of(answer.content, form)
    assert answer.status_code == 200
    assert "NC-1" in told
    assert not any(mark in told for mark in MARKS)
    assert '"figures_hidden": true' in told if form == "json" else "hidden until you answer" in told


def test_the_file_says_it_in_its_own_language(as_person: SignIn, blind: Impact) -> None:
    content = as_person("marc").get("/export/portfolio.xlsx?language=fr").content
    assert "masqué jusqu’à votre réponse" in text_of(content, "xlsx")


def test_once_answered_the_figures_leave(as_person: SignIn, blind: Impact) -> None:
    marc = User.objects.get(email="marc@example.org")
    assert rows_for(marc)["impacts"][0]["hours_per_person"] is None
    rate(marc, blind, Answer({}, None, 12.0))
    assert rows_for(marc)["impacts"][0]["hours_per_person"] == 417.25


@pytest.mark.parametrize("form", ["xlsx", "zip"])
def test_a_masked_file_that_comes_back_erases_nothing(
    as_person: SignIn, send: Send, blind: Impact, form: str
) -> None:
    file = as_person("marc").get(f"/export/portfolio.{form}?language=en").content
    client = as_person("claire")
    session = send(client, file, f"portfolio.{form}")
    client.post(f"/import/{session.pk}/apply/")
    stored = Impact.objects.get(pk=blind.pk)
    assert {name: getattr(stored, name) for name in FIGURES} == FIGURES
    assert not Rating.objects.exists()
