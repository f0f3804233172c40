"""The wizard through the browser's requests: file, columns, control, done, undo."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

import cast
from exchange.tables import forty, workbook
from orchestre.exchange.models import ColumnMapping, ImportSession
from orchestre.org.models import Unit
from orchestre.portfolio.models import Initiative

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
Send = Callable[..., ImportSession]


def columns_of(client: Client, session: ImportSession) -> dict[str, str]:
    """Return the form of columns as the page proposes it."""
    page = client.get(f"/import/{session.pk}/columns/").content.decode()
    found = {"used-0": "yes", "kind-0": "initiatives"}
    for name, options in re.findall(
        r'<select name="(col-[\d-]+)".*?>(.*?)</select>', page, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        assert chosen is not None
        found[name] = chosen[1]
    return found


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_forty_projects_from_the_file_to_the_undo(as_person: SignIn, send: Send) -> None:
    client = as_person("claire")
    session = send(client, workbook(Feuil1=forty()))
    assert client.get(f"/import/{session.pk}/").url.endswith("/columns/")
    form = columns_of(client, session)
    assert [form[f"col-0-{n}"] for n in range(9)] == [
        "code", "title", "unit", "lead", "starts_on", "ends_on", "cost_eur", "stage", "custom",
    ]  # fmt: skip
    answer = client.post(f"/import/{session.pk}/columns/", form)
    assert answer.url.endswith("/check/")
    page = text(client, answer.url)
    assert "48 to create" in page
    assert "Import 40 initiatives" in page
    assert Initiative.objects.count() == 0, "nothing is written before the button"
    done = client.post(f"/import/{session.pk}/apply/")
    assert done.url.endswith("/done/")
    assert "40 initiatives" in text(client, done.url)
    first = Initiative.objects.get(code="P01")
    assert (first.title, first.lead_name, first.cost_eur) == ("Projet 1", "Responsable 0", 50_000)
    assert first.unit is not None
    assert first.unit.name == "Direction commerciale"
    assert first.custom == {"Commentaire COPIL": "Note 0"}
    undone = client.post(f"/import/{session.pk}/undo/")
    assert undone.status_code == 302
    assert not Initiative.objects.exists()
    assert not Unit.objects.exists()
    assert "was undone" in text(client, f"/import/{session.pk}/done/")


def test_a_second_click_and_a_second_tab_apply_once(as_person: SignIn, send: Send) -> None:
    client = as_person("claire")
    session = send(client, workbook(Feuil1=forty()))
    for _click in range(3):
        assert client.post(f"/import/{session.pk}/apply/").status_code == 302
    assert Initiative.objects.count() == 40


def test_columns_are_remembered_for_the_next_file(as_person: SignIn, send: Send) -> None:
    client = as_person("claire")
    session = send(client, workbook(Feuil1=forty()))
    form = columns_of(client, session) | {"col-0-8": "why"}
    client.post(f"/import/{session.pk}/columns/", form)
    assert ColumnMapping.objects.count() == 1
    again = send(client, workbook(Autre=forty()))
    assert columns_of(client, again)["col-0-8"] == "why"


def test_two_columns_on_one_field_are_refused_with_a_sentence(
    as_person: SignIn, send: Send
) -> None:
    client = as_person("claire")
    session = send(client, workbook(Feuil1=forty()))
    form = columns_of(client, session) | {"col-0-8": "title"}
    page = client.post(f"/import/{session.pk}/columns/", form).content.decode()
    assert "several columns go to “Title”" in page


def test_another_header_row_is_read_again(as_person: SignIn, send: Send) -> None:
    client = as_person("claire")
    rows = [["Portefeuille 2026"], [], *forty()]
    session = send(client, workbook(Feuil1=rows))
    assert 'name="header-0" min="1" value="3"' in text(client, f"/import/{session.pk}/columns/")
    form = columns_of(client, session) | {"header-0": "4", "again": "0"}
    client.post(f"/import/{session.pk}/columns/", form)
    assert 'name="header-0" min="1" value="4"' in text(client, f"/import/{session.pk}/columns/")


def test_refused_cells_are_corrected_in_place(as_person: SignIn, send: Send) -> None:
    client = as_person("claire")
    faults = {
        (5, "Fin"): "31/02/2027", (7, "Statut"): "Bizarre", (9, "Statut"): "Bizarre",
        (12, "Direction"): "Dir. Com.",
    }  # fmt: skip
    session = send(client, workbook(Feuil1=forty(faults)))
    page = text(client, f"/import/{session.pk}/check/")
    assert "4 to correct" in page
    assert "Did you mean “Direction commerciale”?" in page
    whole = re.search(r'name="(all-\w+)"[^>]*>\s*<option value="">', page)
    assert whole is not None
    client.post(f"/import/{session.pk}/correct/", {whole[1]: "Launch"})
    assert "2 to correct" in text(client, f"/import/{session.pk}/check/")
    near = re.search(r'name="(all-\w+)" value="Direction commerciale"', page)
    assert near is not None
    client.post(f"/import/{session.pk}/correct/", {near[1]: "Direction commerciale"})
    day = re.search(r'name="(all-\w+)" value=""', text(client, f"/import/{session.pk}/check/"))
    assert day is not None
    client.post(f"/import/{session.pk}/correct/", {day[1]: "28/02/2027"})
    assert "to correct" not in text(client, f"/import/{session.pk}/check/?tab=created")
    client.post(f"/import/{session.pk}/apply/", {"only_if_clean": "yes"})
    assert str(Initiative.objects.get(code="P04").ends_on) == "2027-03-01"
    assert Initiative.objects.filter(code__in=("P06", "P08"), stage="launch").count() == 2
    assert Initiative.objects.get(code="P11").unit.name == "Direction commerciale"  # type: ignore[union-attr]


def test_only_when_clean_writes_nothing(as_person: SignIn, send: Send) -> None:
    client = as_person("claire")
    session = send(client, workbook(Feuil1=forty({(5, "Fin"): "31/02/2027"})))
    client.post(f"/import/{session.pk}/apply/", {"only_if_clean": "yes"})
    assert not Initiative.objects.exists()
    assert "Correct them first" in text(client, f"/import/{session.pk}/check/")
    client.post(f"/import/{session.pk}/apply/")
    refused = Initiative.objects.get(code="P04")
    assert refused.ends_on is None
    assert refused.custom["Fin"] == "31/02/2027", "what is refused is kept as text"


def test_the_refused_cells_are_a_file_that_no_spreadsheet_runs(
    as_person: SignIn, send: Send
) -> None:
    client = as_person("claire")
    session = send(client, workbook(Feuil1=forty({(5, "Statut"): "@SOMME(1)"})))
    answer = client.get(f"/import/{session.pk}/refused.csv")
    assert answer["Content-Disposition"].startswith("attachment")
    told = answer.content.decode("utf-8-sig")
    assert '"5","Statut"' in told
    assert '"=' not in told


def test_dates_are_stated_and_switched(as_person: SignIn, send: Send) -> None:
    client = as_person("claire")
    rows = [["Title", "Start"], ["One", "03/04/2026"], ["Two", "05/06/2026"]]
    session = send(client, workbook(Feuil1=rows))
    page = text(client, f"/import/{session.pk}/check/")
    assert "03/04/2026 is read as 3 April 2026." in page
    client.post(f"/import/{session.pk}/dates/", {"dayfirst": "no"})
    client.post(f"/import/{session.pk}/apply/")
    assert str(Initiative.objects.get(title="One").starts_on) == "2026-03-04"


def test_what_was_changed_since_stands_in_the_way_of_undoing(as_person: SignIn, send: Send) -> None:
    client = as_person("claire")
    session = send(client, workbook(Feuil1=forty()))
    client.post(f"/import/{session.pk}/apply/")
    Initiative.objects.filter(code="P07").update(title="Renamed since")
    answer = client.post(f"/import/{session.pk}/undo/")
    assert answer.status_code == 409
    assert "P07 Projet 7" in answer.content.decode()
    assert Initiative.objects.count() == 40


def test_pasted_cells_are_read(as_person: SignIn) -> None:
    client = as_person("claire")
    pasted = "Projet\tDébut\nCaisse\t01/02/2026\nPaie\t15/03/2026"
    answer = client.post("/import/", {"pasted": pasted})
    session = ImportSession.objects.latest("pk")
    assert answer.url == f"/import/{session.pk}/"
    client.post(f"/import/{session.pk}/apply/")
    assert set(Initiative.objects.values_list("title", flat=True)) == {"Caisse", "Paie"}


def test_an_import_is_left_and_taken_up_or_abandoned(as_person: SignIn, send: Send) -> None:
    client = as_person("claire")
    session = send(client, workbook(Feuil1=forty()))
    assert "to finish" in text(client, "/import/")
    client.post(f"/import/{session.pk}/abandon/")
    session.refresh_from_db()
    assert bytes(session.content) == b""
    assert client.get(f"/import/{session.pk}/check/").status_code == 302
    assert client.post(f"/import/{session.pk}/apply/").status_code == 302
    assert not Initiative.objects.exists()


def test_pages_are_french_for_who_reads_french(as_person: SignIn, send: Send) -> None:
    client = as_person("claire")
    person = cast.person("claire")
    person.language = "fr"
    person.save()
    session = send(client, workbook(Feuil1=forty({(5, "Fin"): "31/02/2027"})))
    assert "Quel fichier lire" in text(client, "/import/")
    assert "Où va chaque colonne" in text(client, f"/import/{session.pk}/columns/")
    page = text(client, f"/import/{session.pk}/check/")
    assert "48 à créer · 1 à corriger" in page
    assert "Importer 40 initiatives" in page
    client.post(f"/import/{session.pk}/apply/")
    assert "Annuler l’import (jusqu’au " in text(client, f"/import/{session.pk}/done/")
    assert "Que voulez-vous emporter" in text(client, "/export/")
