"""Pages of the results: the answer first, four eyes, the ledger, evidence, and the command."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import cast
import factories
from api.world import caller
from orchestre.benefits.cli import benefits
from orchestre.benefits.models import Benefit, Evidence, ValueLine
from orchestre.portfolio.models import Initiative
from support import results

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
DOCS = Path(__file__).parents[2] / "docs"
HOSTILE = '<script>alert("x")</script>'


def text(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


@pytest.fixture
def one() -> Initiative:
    cast.organisation()
    made = factories.initiative("New till", code="IN-1")
    cast.lead_of(made.pk)
    benefit = results.benefit(made, title=HOSTILE)
    lina, aude = cast.person("lina"), cast.person("aude")
    ValueLine.objects.create(
        benefit=benefit, month_on=date(2026, 1, 1), planned=400_000, declared=310_000,
        declared_by=lina, validated=250_000, validated_by=aude,
    )  # fmt: skip
    ValueLine.objects.create(
        benefit=benefit, month_on=date(2026, 2, 1), declared=0, declared_by=lina
    )
    return made


def test_the_first_sentence_says_planned_declared_validated_by_whom_and_auditable(
    one: Initiative, as_person: SignIn
) -> None:
    page = text(as_person("rosa"), "/results/")
    assert "Planned to date: €400k; declared: €310k (77.5%)." in page
    assert "Validated: €250k (62.5%) by Aude Auditor." in page
    assert "0% of what is declared could be audited." in page
    assert "<script>alert" not in page
    assert page.count("<h1>") == 1


def test_an_empty_page_says_where_to_begin(as_person: SignIn) -> None:
    assert "No benefit yet." in text(as_person("claire"), "/results/")


def test_the_ledger_offers_to_validate_only_to_whom_it_may(
    one: Initiative, as_person: SignIn
) -> None:
    url = reverse("benefits:one", args=["B-01"])
    line = ValueLine.objects.get(month_on=date(2026, 2, 1))
    validate = reverse("benefits:validate", args=[line.pk])
    assert validate in text(as_person("aude"), url)
    assert validate not in text(as_person("lina"), url)
    assert "It lacks:" in text(as_person("rosa"), url)


def test_declaring_then_validating(one: Initiative, as_person: SignIn) -> None:
    declare = reverse("benefits:declare", args=["B-01"])
    sent = {"month_on": "mars 2026", "amount": "12 k€", "note": ""}
    assert as_person("lina").post(declare, sent).status_code == 302
    line = ValueLine.objects.get(month_on=date(2026, 3, 1))
    assert line.declared == 12_000
    validate = reverse("benefits:validate", args=[line.pk])
    client = as_person("claire")
    assert "Declared by Lina Lead for March 2026: €12k." in text(client, validate)
    assert client.post(validate, {"amount": "13000"}).status_code == 422
    assert client.post(validate, {"amount": "12000"}).status_code == 302
    line.refresh_from_db()
    assert line.validated == 12_000


def test_a_file_leaves_its_fingerprint_only(one: Initiative, as_person: SignIn) -> None:
    url = reverse("benefits:prove", args=["B-01"])
    file = SimpleUploadedFile("invoices.pdf", b"abc")
    assert as_person("lina").post(url, {"note": "Invoices", "file": file}).status_code == 302
    proof = Evidence.objects.get()
    assert (proof.file_name, proof.file_bytes) == ("invoices.pdf", 3)
    assert proof.file_sha256.startswith("ba7816bf8f01")
    review = reverse("benefits:review", args=[proof.pk])
    assert as_person("lina").post(review, {"grade": "strong"}).status_code == 403
    assert as_person("aude").post(review, {"grade": "strong"}).status_code == 302


def test_the_tab_of_an_initiative_adds_and_plans(one: Initiative, as_person: SignIn) -> None:
    client = as_person("lina")
    assert reverse("benefits:add", args=["IN-1"]) in text(
        client, reverse("benefits:of", args=["IN-1"])
    )
    sent = {
        "title": "Shorter calls", "kind": "quality", "measure": "minutes", "anchor": "go_live",
        "ramp_months": "0", "lag_weeks": "0", "attribution_ratio": "50 %",
        "confidence_ratio": "100 %", "target_per_year": "1200",
    }  # fmt: skip
    assert client.post(reverse("benefits:add", args=["IN-1"]), sent).status_code == 302
    made = Benefit.objects.get(title="Shorter calls")
    assert made.code == "B-02"
    assert client.post(reverse("benefits:plan", args=[made.code])).status_code == 302
    assert made.lines.count() == 36


def test_the_command_gives_the_same(one: Initiative) -> None:
    told = json.loads(CliRunner().invoke(benefits, ["--json"]).output)
    assert (told["planned_eur"], told["declared_ratio"]) == (400_000, 0.775)
    assert told["ladder_eur"]["identified"] == 400_000
    assert "Validated: €250,000" in CliRunner().invoke(benefits).output


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_worked_example_of_the_method_holds(language: str) -> None:
    page = DOCS / language / "methods" / "benefits.md"
    blocks = re.findall(
        r"^```python\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    assert sum(block.count("assert ") for block in blocks) >= 6
    for block in blocks:
        exec(compile(block, str(page), "exec"), {})


def test_benefits_come_by_pages_and_the_figures_count_them_all(
    one: Initiative, as_person: SignIn
) -> None:
    for number in range(51 - Benefit.objects.count()):
        made = results.benefit(one, code=f"B-{number:03}")
        ValueLine.objects.create(benefit=made, month_on=date(2026, 1, 1), planned=100)
    client = as_person("claire")
    first, last = text(client, "/results/"), text(client, "/results/?page=2")
    assert "1 to 50 of 51" in first
    assert "51 to 51 of 51" in last
    lead = re.compile(r"<span data-answer>.*?</span>", re.DOTALL)
    answers = [lead.findall(page) for page in (first, last)]
    assert answers[0]
    assert answers[0] == answers[1]


def test_results_come_by_pages_and_totals_count_them_all() -> None:
    one = factories.initiative("Tournées", code="IN-7")
    for n in range(3):
        made = results.benefit(one, code=f"B-1{n}")
        ValueLine.objects.create(benefit=made, month_on=results.MONTH, planned=100, declared=80)
    claire = caller("claire")
    first = claire.get("/results?limit=2").json()
    assert (first["total"], len(first["benefits"]), first["declared_eur"]) == (3, 2, 240.0)
    last = claire.get(first["next"]).json()
    assert [row["code"] for row in first["benefits"] + last["benefits"]] == ["B-10", "B-11", "B-12"]
    assert (last["next"], last["declared_eur"]) == (None, 240.0)
