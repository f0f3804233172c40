"""How far initiatives may move and their legal steps over the API: no loss, no leak, undone."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

import cast
import factories
from api.world import caller
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import undo
from orchestre.portfolio.models import Initiative
from orchestre.sequencing.models import LegalStep, PlanningRule

RULE = "/planning-rules/IN-A"
STEP = {"initiative": "IN-A", "name": "Avis du CSE", "opens_on": "2026-03-09", "delay_weeks": 8}


@pytest.fixture
def closed(plan: SimpleNamespace) -> Initiative:
    """Return a confidential initiative with a rule and a legal step."""
    one = factories.initiative("Projet Canari", code="IN-Z", unit=plan.unit, confidential=True)
    PlanningRule.objects.create(initiative=one, reason="Canari")
    LegalStep.objects.create(
        initiative=one, name="Canari", opens_on=date(2026, 3, 9), delay_weeks=4
    )
    return one


@pytest.mark.usefixtures("plan")
def test_a_rule_is_said_changed_and_taken_back() -> None:
    claire = caller("claire")
    unsaid = claire.get(RULE)
    assert (unsaid.json()["version"], unsaid.json()["fixed"]) == (0, False)
    said = claire.patch(RULE, {"earliest_on": "2026-04-06", "reason": "Comité"}, 0)
    assert said.status_code == 200, said.content
    assert (said.json()["version"], said.headers["ETag"]) == (1, '"1"')
    changed = claire.patch(RULE, {"latest_on": "2026-06-01"}, 1).json()
    assert (changed["earliest_on"], changed["latest_on"]) == ("2026-04-06", "2026-06-01")
    assert claire.get("/planning-rules").json()["items"] == [changed]
    assert claire.delete(RULE, 1).status_code == 412
    assert claire.delete(RULE, 2).status_code == 204
    assert claire.get(RULE).json()["version"] == 0
    undo(cast.person("claire"), ChangeSet.objects.get(verb="scenarios.clear-rule"))
    assert claire.get(RULE).json()["latest_on"] == "2026-06-01"


@pytest.mark.usefixtures("plan")
def test_two_programs_lose_nothing_of_a_rule() -> None:
    claire, paul = caller("claire"), caller("paul")
    assert claire.patch(RULE, {"reason": "Comité"}, 0).status_code == 200
    first_too = paul.patch(RULE, {"reason": "Autre"}, 0)
    assert first_too.status_code == 412
    assert first_too.json()["clashes"] == [{"field": "reason", "mine": "Autre", "theirs": "Comité"}]
    assert paul.patch(RULE, {"fixed": True}, 0).status_code == 412
    assert paul.patch(RULE, {"fixed": True}, 1).json()["reason"] == "Comité"
    assert claire.delete(RULE, 2).status_code == 204
    late = paul.patch(RULE, {"may_wait": True}, 2)
    assert (late.status_code, late.json()["code"]) == (412, "stale-version")
    assert "supprimé entre-temps" in late.json()["title"]
    assert not PlanningRule.objects.exists()


@pytest.mark.usefixtures("plan")
def test_a_window_that_closes_before_it_opens_is_refused_on_its_field() -> None:
    claire = caller("claire")
    claire.patch(RULE, {"earliest_on": "2026-04-06"}, 0)
    refused = claire.patch(RULE, {"latest_on": "2026-04-05"}, 1)
    assert refused.status_code == 422
    assert "ferme avant d’ouvrir" in refused.json()["fields"]["latest_on"][0]
    assert claire.patch(RULE, {"fixed": None}, 1).status_code == 422
    assert PlanningRule.objects.get().version == 1


@pytest.mark.usefixtures("plan")
def test_a_legal_step_is_added_once_completed_and_removed() -> None:
    claire = caller("claire")
    made = claire.post("/legal-steps", STEP, Idempotency_Key="step").json()
    assert claire.post("/legal-steps", STEP, Idempotency_Key="step").json() == made
    path = f"/legal-steps/{made['id']}"
    done = claire.patch(path, {"done_on": "2026-05-04"}, 1).json()
    assert (done["version"], done["done_on"], done["delay_weeks"]) == (2, "2026-05-04", 8)
    late = claire.patch(path, {"done_on": "2026-05-11"}, 1)
    assert late.json()["clashes"][0]["theirs"] == "2026-05-04"
    assert claire.get("/legal-steps?open=1").json()["total"] == 0
    assert claire.get("/legal-steps?initiative=IN-A").json()["items"] == [done]
    assert claire.get("/legal-steps?initiative=IN-B").json()["items"] == []
    assert claire.delete(path, 2).status_code == 204
    undo(cast.person("claire"), ChangeSet.objects.get(verb="scenarios.remove-step"))
    assert claire.get(path).json()["name"] == "Avis du CSE"


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"delay_weeks": 105}, "delay_weeks"),
        ({"delay_weeks": -1}, "delay_weeks"),
        ({"opens_on": "09/03/2026"}, "opens_on"),
        ({"initiative": "IN-0"}, "initiative"),
    ],
)
def test_a_step_that_cannot_be_is_refused_on_its_field(wrong: dict[str, str], field: str) -> None:
    refused = caller("claire").post("/legal-steps", STEP | wrong)
    assert refused.status_code == 422
    assert list(refused.json()["fields"]) == [field]
    assert not LegalStep.objects.exists()


def test_limits_of_what_is_closed_do_not_exist(closed: Initiative) -> None:
    step = closed.legal_steps.get()
    claire, rosa = caller("claire"), caller("rosa")
    assert [one["initiative"] for one in claire.get("/planning-rules").json()["items"]] == ["IN-Z"]
    assert claire.get(f"/legal-steps/{step.pk}").status_code == 200
    for path in ("/planning-rules", "/legal-steps", "/legal-steps?initiative=IN-Z"):
        assert rosa.get(path).json()["total"] == 0
    for path in ("/planning-rules/IN-Z", f"/legal-steps/{step.pk}"):
        assert rosa.get(path).status_code == 404
        assert rosa.patch(path, {}, 1).status_code == 404
        assert rosa.delete(path, 1).status_code == 404
    refused, unknown = (
        caller("paul").post("/legal-steps", STEP | {"initiative": code})
        for code in ("IN-Z", "IN-0")
    )
    assert refused.status_code == unknown.status_code == 422
    assert refused.content.decode().replace("IN-Z", "IN-0") == unknown.content.decode()
    assert "Canari" not in refused.content.decode()
    assert LegalStep.objects.filter(initiative=closed).count() == 1


@pytest.mark.usefixtures("plan")
def test_a_reader_limits_nothing() -> None:
    rosa, claire = caller("rosa"), caller("claire")
    step = claire.post("/legal-steps", STEP).json()["id"]
    claire.patch(RULE, {"fixed": True}, 0)
    acts = ChangeSet.objects.count()
    assert rosa.get(RULE).json()["fixed"]
    assert rosa.patch(RULE, {"fixed": False}, 1).status_code == 403
    assert rosa.delete(RULE, 1).status_code == 403
    assert rosa.post("/legal-steps", STEP).status_code == 403
    assert rosa.patch(f"/legal-steps/{step}", {"delay_weeks": 0}, 1).status_code == 403
    assert rosa.delete(f"/legal-steps/{step}", 1).status_code == 403
    assert ChangeSet.objects.count() == acts
