"""Who reaches which page, and what hostile files get."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from exchange.tables import forty, workbook
from orchestre.exchange.models import ImportSession
from orchestre.portfolio.models import Initiative

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
Send = Callable[..., ImportSession]
STEPS = ("", "columns/", "check/", "refused.csv", "done/")
ACTS = ("columns/", "dates/", "correct/", "apply/", "abandon/", "undo/")


@pytest.mark.parametrize("who", ["rosa", "aude", "noam"])
def test_who_may_not_import_reaches_nothing(as_person: SignIn, send: Send, who: str) -> None:
    session = send(as_person("claire"), workbook(Feuil1=forty()))
    client = as_person(who)
    urls = ["/import/", *(f"/import/{session.pk}/{step}" for step in STEPS)]
    assert {client.get(url).status_code for url in urls} <= {403, 404}
    posts = ["/import/", *(f"/import/{session.pk}/{act}" for act in ACTS)]
    assert {client.post(url).status_code for url in posts} <= {403, 404}
    assert not Initiative.objects.exists()
    session.refresh_from_db()
    assert session.state == "uploaded"


def test_a_reader_does_not_export_and_an_auditor_does(as_person: SignIn) -> None:
    assert as_person("rosa").get("/export/portfolio.xlsx").status_code == 403
    assert as_person("aude").get("/export/portfolio.xlsx").status_code == 200


def test_an_analyst_does_not_open_the_file_of_the_office(as_person: SignIn, send: Send) -> None:
    session = send(as_person("claire"), workbook(Feuil1=forty()))
    assert as_person("paul").get(f"/import/{session.pk}/check/").status_code == 404


def test_a_hidden_initiative_is_neither_shown_nor_changed(as_person: SignIn, send: Send) -> None:
    Initiative.objects.create(code="P05", title="Fusion secrète", confidential=True)
    client = as_person("paul")
    session = send(client, workbook(Feuil1=forty()))
    page = client.get(f"/import/{session.pk}/check/").content.decode()
    assert "Fusion" not in page
    assert "“P05” is already taken" in page
    client.post(f"/import/{session.pk}/apply/")
    assert Initiative.objects.get(code="P05").title == "Fusion secrète"
    assert Initiative.objects.count() == 40


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (80 << 20))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"PK\x03\x04 cut", "damaged"),
        ("a.xlsx", b"<html><table></table></html>", "web page"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), ".xlsx"),
        ("a.pdf", b"%PDF-1.7", "PDF"),
        ("a.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "entities"),
        ("a.xlsx", bomb(), "unpack"),
        ("a.csv", b"a;b\n1;\x00\n", "null"),
        ("a.csv", b"   ", "empty"),
    ],
)
def test_hostile_files_get_a_sentence_on_the_page(
    as_person: SignIn, name: str, content: bytes, words: str
) -> None:
    client = as_person("claire")
    answer = client.post("/import/", {"file": SimpleUploadedFile(name, content)})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert "error-summary" in page
    assert "Traceback" not in page
    assert not ImportSession.objects.exists()


def test_nothing_sent_is_asked_for(as_person: SignIn) -> None:
    assert "Choose a file" in as_person("claire").post("/import/").content.decode()


def test_names_of_sheets_and_cells_are_shown_as_text(as_person: SignIn, send: Send) -> None:
    client = as_person("claire")
    rows = [["Title", "Start"], ["<script>alert(1)</script>", "<b>soon</b>"]]
    session = send(client, workbook(Feuil1=rows), "<i>.xlsx")
    for step in ("columns/", "check/", "check/?tab=created"):
        page = client.get(f"/import/{session.pk}/{step}").content.decode()
        assert "<script>alert" not in page
        assert "<b>soon" not in page
