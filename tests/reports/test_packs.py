"""Packs: frozen, compared, silent on what may not be named, safe when a worker dies."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

import cast
import factories
from factories.packs import pack, publication
from orchestre.kernel.errors import CannotDo, DomainError
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.reports.models import Publication, SlideTemplate
from orchestre.reports.presenters.files import pdf, slides, workbook
from orchestre.reports.presenters.pack.parts import KEYS
from orchestre.reports.rules.asked import PackAsked
from orchestre.reports.rules.comparing import differences
from orchestre.reports.rules.document import Section, Table, fingerprint, freeze, plain, thaw
from orchestre.reports.services import publishing, templates
from orchestre.runs import jobs
from orchestre.runs.models import Run

pytestmark = pytest.mark.django_db
autodiscover_modules("jobs")
CANARY = "Opération Canari"


def asked(**values: object) -> PackAsked:
    known: dict[str, object] = {"title": "COMEX de mars", "audience": "COMEX", "language": "en"}
    return PackAsked(**{"parts": KEYS, **known, **values})  # type: ignore[arg-type]  # names are those of the class


def published(name: str = "claire", **values: object) -> Publication:
    run, _waits = publishing.ask(cast.person(name), asked(**values), KEYS)
    done = jobs.compute(run)
    assert done.status == Run.Status.DONE, done.message
    return Publication.objects.get(pk=done.summary["publication"])


@pytest.fixture
def portfolio_of_two() -> tuple[Initiative, Initiative]:
    cast.organisation()
    today = timezone.localdate()
    unit = factories.unit("Agences", code="AG")
    people = factories.population("Agences Ouest", at=unit, code="AGO")
    dates = {"starts_on": today - timedelta(days=30), "ends_on": today + timedelta(days=150),
             "go_live_on": today + timedelta(days=60)}  # fmt: skip
    own = factories.initiative("Nouvelle caisse", code="IN-1", unit=unit, cost_eur=90000, **dates)
    secret = factories.initiative(CANARY, code="IN-9", unit=unit, confidential=True, **dates)
    for one in (own, secret):
        factories.impact(one, people, hours_per_person=80.0)
        Milestone.objects.create(
            initiative=one, name=f"Go {one.title}", baseline_on=today + timedelta(days=30),
            forecast_on=today + timedelta(days=60),
        )  # fmt: skip
    return own, secret


def sections(row: Publication) -> dict[str, Section]:
    return {one.key: one for one in thaw(bytes(row.content)).sections}


def test_a_frozen_pack_reads_back_as_it_was() -> None:
    content = freeze(pack())
    assert thaw(content) == pack()
    assert fingerprint(content) == fingerprint(freeze(pack()))
    assert fingerprint(content) != fingerprint(freeze(pack(people=4)))
    with pytest.raises(zlib.error):
        thaw(content[:-4])


def test_a_pack_says_the_same_next_year(portfolio_of_two: tuple[Initiative, Initiative]) -> None:
    own, _secret = portfolio_of_two
    first = published()
    before = (plain(bytes(first.content)), pdf.pack_pdf(thaw(bytes(first.content)), "0" * 64))
    portfolio.move(cast.person("claire"), own, 21)
    again = Publication.objects.get(pk=first.pk)
    assert plain(bytes(again.content)) == before[0]
    assert len(pdf.pack_pdf(thaw(bytes(again.content)), "0" * 64)) == len(before[1])


def test_the_same_request_on_the_same_data_is_the_same_pack(
    portfolio_of_two: tuple[Initiative, Initiative],
) -> None:
    first = published()
    # publishing is itself an act: what it wrote makes the next request a new one
    run, waits = publishing.ask(cast.person("claire"), asked(), KEYS)
    assert waits
    same, waits_again = publishing.ask(cast.person("claire"), asked(), KEYS)
    assert (same.pk, waits_again) == (run.pk, False)
    assert Publication.objects.count() == 1
    assert first.run_id != run.pk


def test_the_next_pack_says_what_moved(portfolio_of_two: tuple[Initiative, Initiative]) -> None:
    own, _secret = portfolio_of_two
    first = published()
    portfolio.move(cast.person("claire"), own, 21)
    second = published(previous=first.pk)
    blocks = {one.key: one for one in sections(second)["changes"].blocks}
    moved = blocks["moved"]
    assert isinstance(moved, Table)
    gaps = {line.cells[1].text: line.cells[-1].number for line in moved.rows}
    assert gaps["go-live"] == 21
    assert gaps["Go Nouvelle caisse"] == 21
    shifts = differences(thaw(bytes(first.content)), thaw(bytes(second.content)))
    assert any(one.what == "changed" and "Nouvelle caisse" in one.after for one in shifts)
    assert second.previous_id == first.pk


def test_a_confidential_initiative_is_counted_and_never_named(
    portfolio_of_two: tuple[Initiative, Initiative],
) -> None:
    row = published()
    told = plain(bytes(row.content)).decode()
    assert CANARY not in told
    assert "IN-9" not in told
    assert "1 confidential initiative is counted" in told
    whole = thaw(bytes(row.content))
    files = (slides.pack_slides(whole, ""), workbook.pack_workbook(whole, ""))
    assert all(CANARY.encode() not in one for one in files)
    assert CANARY in plain(bytes(published(confidential=True).content)).decode()


def test_who_may_not_read_the_confidential_does_not_open_their_pack(
    portfolio_of_two: tuple[Initiative, Initiative], as_person: Callable[[str], Client]
) -> None:
    secret, plain_one = published(confidential=True), published()
    reader = as_person("rosa")
    assert reader.get(reverse("reports:pack", args=[plain_one.pk])).status_code == 200
    for name, args in (
        ("reports:pack", [secret.pk]), ("reports:pack-file", [secret.pk, "pdf"]),
        ("reports:pack-part", [secret.pk, "summary"]),
    ):  # fmt: skip
        assert reader.get(reverse(name, args=args)).status_code in {403, 404}
    page = reader.get(reverse("reports:packs")).content.decode()
    assert page.count(f"/packs/{secret.pk}/") == 0
    with pytest.raises(CannotDo):
        publishing.ask(cast.person("paul"), asked(confidential=True), KEYS)
    with pytest.raises(CannotDo):
        publishing.ask(cast.person("rosa"), asked(), KEYS)


def test_a_worker_that_died_after_freezing_does_not_publish_twice(
    portfolio_of_two: tuple[Initiative, Initiative],
) -> None:
    run, _waits = publishing.ask(cast.person("claire"), asked(), KEYS)
    made = publishing.store(run, asked(), pack())  # then the process is killed before the end
    done = jobs.compute(run)
    assert done.status == Run.Status.DONE
    assert done.summary["publication"] == made.pk
    assert Publication.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"title": " "}, "title"), ({"parts": ("none",)}, "parts"), ({"parts": ()}, "parts"),
     ({"months_ahead": 5}, "months_ahead"), ({"language": "de"}, "language"),
     ({"previous": 999}, "previous")],
)  # fmt: skip
def test_what_cannot_be_published_is_said(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        publishing.ask(cast.person("claire"), asked(**wrong), KEYS)
    assert field in refused.value.fields


def test_an_empty_portfolio_gives_a_pack_that_says_so() -> None:
    cast.organisation()
    row = published(language="fr")
    found = sections(row)
    assert "initiative" in found["summary"].lead
    assert pdf.pack_pdf(thaw(bytes(row.content)), row.fingerprint).startswith(b"%PDF-")


def test_pages_of_a_pack(as_person: Callable[[str], Client]) -> None:
    client = as_person("claire")
    row = publication(cast.person("claire"))
    following = publication(cast.person("claire"), previous=row)
    page = client.get(reverse("reports:pack", args=[row.pk])).content.decode()
    assert "140 %" in page
    assert "Money rises" in page
    for form in ("pdf", "pptx", "xlsx"):
        answer = client.get(reverse("reports:pack-file", args=[row.pk, form]))
        assert answer.status_code == 200
        assert f".{form}" in answer["Content-Disposition"]
    assert client.get(reverse("reports:pack-file", args=[row.pk, "exe"])).status_code == 404
    differs = client.get(reverse("reports:pack-changes", args=[following.pk])).content.decode()
    assert "Nothing differs" in differs
    assert client.get(reverse("reports:pack-changes", args=[row.pk])).status_code == 404
    sent = client.post(reverse("reports:new-pack"), {"title": ""})
    assert sent.status_code == 422


def test_the_page_of_one_initiative_is_printed_as_it_stands(
    portfolio_of_two: tuple[Initiative, Initiative], as_person: Callable[[str], Client]
) -> None:
    office, reader = as_person("claire"), as_person("aude")
    assert office.get("/packs/initiatives/IN-9.pdf?paper=a3").content.startswith(b"%PDF-")
    assert reader.get("/packs/initiatives/IN-9.pdf").status_code == 404
    assert reader.get("/packs/initiatives/IN-1.pdf").content.startswith(b"%PDF-")


def test_only_presentations_are_kept_as_templates() -> None:
    claire = cast.person("claire")
    with pytest.raises(DomainError, match=r"\.pptx"):
        templates.bring(claire, "Charte", "charte.pptx", b"not a deck")
    made = io.BytesIO()
    from pptx import Presentation  # noqa: PLC0415 - one test needs it

    Presentation().save(made)
    kept = templates.bring(claire, "Charte", "charte.pptx", made.getvalue())
    again = templates.bring(claire, "Charte", "charte-2.pptx", made.getvalue())
    assert (kept.pk, again.file_name) == (again.pk, "charte-2.pptx")
    with pytest.raises(CannotDo):
        templates.remove(cast.person("rosa"), kept)
    templates.remove(claire, kept)
    assert not SlideTemplate.objects.exists()


def test_a_pack_is_json_that_programs_read() -> None:
    told = json.loads(plain(freeze(pack())))
    assert told["sections"][0]["blocks"][0]["figures"][0]["number"] == 3
