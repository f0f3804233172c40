"""Two people each open the same empty form: the second reads the first, and chooses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

import factories
from orchestre.benefits.models import ValueLine
from orchestre.org.models import CapacityRule
from orchestre.outlook.models import CostEstimate, MilestoneEstimate, OutlookAssumptions
from orchestre.portfolio.models import Milestone
from orchestre.resources.models import Worth
from orchestre.sequencing.models import PlanningRule
from support import results

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]

# page, table, field of the form, its column, what each of the two writes, what is then kept
FORMS: dict[str, tuple[str, type[Any], str, str, str, str]] = {
    "estimate": (
        "outlook:estimate", MilestoneEstimate, "basis", "basis", "Avis du DSI",
        "Devis",
    ),
    "cost": ("outlook:cost", CostEstimate, "basis", "basis", "Avis du DSI", "Devis"),
    "assumed": (
        "outlook:assumptions", OutlookAssumptions, "unit_correlation", "unit_correlation", "0.2",
        "0.4",
    ),
    "worth": (
        "resources:worth", Worth, "value_eur_per_year", "value_eur_per_year",
        "100000", "250000",
    ),
    "share": ("org:capacity", CapacityRule, "reason", "reason", "Accord", "Mesure"),
    "rule": ("sequencing:rule", PlanningRule, "reason", "reason", "Comité", "Contrat"),
    "declared": ("benefits:declare", ValueLine, "amount", "declared", "80", "120"),
}  # fmt: skip
MORE = {"declared": {"month_on": "2026-01-01"}}


@pytest.fixture
def addresses(db: None) -> dict[str, str]:
    """Return the address of each form, on rows of which nobody has said anything."""
    one = factories.initiative("Caisse", code="IN-1")
    until = Milestone.objects.create(initiative=one, name="Bascule", forecast_on=date(2030, 3, 4))
    claimed = results.benefit(one)
    about: dict[str, list[Any]] = {
        "estimate": [one.code, until.pk], "assumed": [], "share": [], "declared": [claimed.code],
    }  # fmt: skip
    return {
        name: reverse(form[0], args=about.get(name, [one.code])) for name, form in FORMS.items()
    }


def shown(client: Client, address: str, field: str) -> dict[str, str]:
    """Return what a browser would post of the form that holds a field."""
    page = lxml.html.fromstring(client.get(address).content)
    form = next(one for one in page.forms if field in one.fields)
    return {name: value or "" for name, value in form.form_values()}


@pytest.mark.parametrize("name", FORMS)
def test_the_second_of_two_reads_the_first_and_chooses(
    name: str, addresses: dict[str, str], as_person: SignIn
) -> None:
    _pattern, table, field, column, first, second = FORMS[name]
    address, more = addresses[name], MORE.get(name, {})
    claire, ada = as_person("claire"), as_person("ada")
    mine, theirs = shown(claire, address, field), shown(ada, address, field)
    assert claire.post(address, {**mine, **more, field: first}).status_code == 302
    before = getattr(table.objects.get(), column)
    sent = {**theirs, **more, field: second}
    refused = ada.post(address, sent)
    assert refused.status_code == 412
    assert getattr(table.objects.get(), column) == before
    panel = refused.context["conflict"]
    row = next(one for one in panel.rows if one.field == field)
    assert row.mine != row.theirs
    hidden = dict(panel.hidden)
    kept = ada.post(address, {**hidden, f"keep-{field}": "theirs"})
    assert kept.status_code == 302
    assert getattr(table.objects.get(), column) == before
    again = {**hidden, "version": str(table.objects.get().version), f"keep-{field}": "mine"}
    assert ada.post(address, again).status_code == 302
    assert getattr(table.objects.get(), column) != before
