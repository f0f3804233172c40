"""Cost estimates over the API and on their page: first said, changed, deleted, undone, closed."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

import cast
import factories
from api.world import caller
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import undo
from orchestre.outlook.models import CostEstimate, OutlookAssumptions

ONE = "/cost-estimates/A"
SignIn = Callable[[str], Client]


@pytest.mark.usefixtures("trio")
def test_a_share_that_is_left_out_the_first_time_is_the_one_assumed() -> None:
    OutlookAssumptions.objects.create(cost_high_ratio=1.7)
    claire = caller("claire")
    unsaid = claire.get(ONE).json()
    assert (unsaid["version"], unsaid["low_ratio"], unsaid["high_ratio"]) == (0, None, None)
    said = claire.patch(ONE, {"low_ratio": 0.8}, 0)
    assert said.status_code == 200, said.content
    assert (said.json()["low_ratio"], said.json()["high_ratio"]) == (0.8, 1.7)
    assert claire.get("/cost-estimates").json()["items"] == [said.json()]


@pytest.mark.usefixtures("trio")
def test_two_programs_lose_nothing_of_an_estimate() -> None:
    claire, paul = caller("claire"), caller("paul")
    assert claire.patch(ONE, {"high_ratio": 1.5}, 0).json()["version"] == 1
    assert paul.patch(ONE, {"basis": "Devis"}, 1).json()["high_ratio"] == 1.5
    clash = paul.patch(ONE, {"high_ratio": 1.4}, 0)
    assert (clash.status_code, clash.json()["clashes"][0]["theirs"]) == (412, 1.5)
    assert claire.delete(ONE, 1).status_code == 412
    assert claire.delete(ONE, 2).status_code == 204
    late = paul.patch(ONE, {"basis": "Perdu"}, 2)
    assert late.status_code == 412
    assert "supprimé entre-temps" in late.json()["title"]
    assert claire.get(ONE).json()["version"] == 0
    undo(cast.person("claire"), ChangeSet.objects.get(verb="outlook.forget-cost"))
    assert claire.get(ONE).json()["basis"] == "Devis"


@pytest.mark.usefixtures("trio")
@pytest.mark.parametrize(
    ("wrong", "field"), [({"low_ratio": 1.1}, "low_ratio"), ({"high_ratio": 0.9}, "high_ratio")]
)
def test_shares_that_leave_the_plan_out_are_refused(wrong: dict[str, float], field: str) -> None:
    refused = caller("claire").patch(ONE, wrong, 0)
    assert refused.status_code == 422
    assert list(refused.json()["fields"]) == [field]
    assert not CostEstimate.objects.exists()


def test_the_cost_of_what_is_closed_does_not_exist(trio: SimpleNamespace) -> None:
    hidden = factories.initiative("Canari", code="Z", unit=trio.unit, confidential=True)
    CostEstimate.objects.create(initiative=hidden, basis="Canari")
    assert caller("claire").get("/cost-estimates/Z").json()["basis"] == "Canari"
    rosa = caller("rosa")
    assert rosa.get("/cost-estimates").json()["total"] == 0
    assert rosa.get("/cost-estimates/Z").status_code == 404
    assert rosa.patch("/cost-estimates/Z", {"basis": "x"}, 1).status_code == 404
    assert rosa.delete("/cost-estimates/Z", 1).status_code == 404
    assert rosa.patch(ONE, {"high_ratio": 1.5}, 0).status_code == 403


def test_the_page_deletes_an_estimate_that_is_there(
    trio: SimpleNamespace, as_person: SignIn
) -> None:
    page, button = "/outlook/A/cost/", 'action="/outlook/A/cost/delete/"'
    office = as_person("claire")
    assert button not in office.get(page).content.decode()
    assert office.post(f"{page}delete/").status_code == 404
    CostEstimate.objects.create(initiative=trio.a, high_ratio=1.6)
    assert button in office.get(page).content.decode()
    assert as_person("rosa").post(f"{page}delete/").status_code == 403
    told = office.post(f"{page}delete/", follow=True)
    assert told.redirect_chain == [("/outlook/A/", 302)]
    assert "Estimate deleted." in told.content.decode()
    assert not CostEstimate.objects.exists()
    assert office.get("/outlook/Z/cost/delete/").status_code == 405
