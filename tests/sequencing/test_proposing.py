"""A better order: asked, verified by the gauges, worded, kept, silent on what is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

import cast
import factories
from factories import orders
from orchestre.kernel.errors import CannotDo, DomainError
from orchestre.load.services import compute
from orchestre.portfolio.models import Dependency, Initiative
from orchestre.resources.models import Role, RoleCapacity, RoleDemand, Worth
from orchestre.runs import jobs
from orchestre.runs.models import Run
from orchestre.sequencing import jobs as order_jobs
from orchestre.sequencing.models import Override, Scenario
from orchestre.sequencing.rules import proposal as kept
from orchestre.sequencing.rules.asked import Asked
from orchestre.sequencing.rules.edits import Edit
from orchestre.sequencing.services import live as plan
from orchestre.sequencing.services import planning, proposing
from orchestre.sequencing.services.asking import problem_of
from orchestre.sequencing.services.gauges import measure_edits
from orchestre_engine import sequencing as engine

pytestmark = pytest.mark.django_db
autodiscover_modules("jobs")
HIDDEN = "Opération Canari"


@pytest.fixture(autouse=True)
def forget() -> None:
    compute.forget()
    plan.forget()


@pytest.fixture
def clash() -> dict[str, Initiative]:
    """Three initiatives that ask the same people in the same weeks; one is closed."""
    cast.organisation()
    today = timezone.localdate()
    unit = factories.unit("Agences", code="AG")
    people = factories.population("Agences Ouest", at=unit, code="AGO", headcount=50)
    found = {}
    for code, title, weeks in (("IN-1", "Caisse", 16), ("IN-2", "Planning", 17)):
        day = today + timedelta(weeks=weeks)
        found[code] = factories.initiative(
            title, code=code, unit=unit, starts_on=today + timedelta(weeks=2),
            ends_on=day + timedelta(weeks=12), go_live_on=day,
        )  # fmt: skip
        factories.impact(found[code], people, hours_per_person=18.0)
    day = today + timedelta(weeks=40)
    found["IN-9"] = factories.initiative(
        HIDDEN, code="IN-9", unit=unit, confidential=True, starts_on=today,
        ends_on=day + timedelta(weeks=4), go_live_on=day,
    )  # fmt: skip
    factories.impact(found["IN-9"], people, hours_per_person=4.0)
    return found


def asked(**values: Any) -> Asked:
    return Asked(**{"seconds": 2, "months": 12, **values})


def searched(**values: Any) -> proposing.Proposed:
    return proposing.search(
        asked(**values), on_better=lambda _result: None, should_stop=lambda: False
    )


def test_the_problem_weighs_what_the_gauges_weigh(clash: dict[str, Initiative]) -> None:
    there = plan.live()
    problem = problem_of(there, asked(months=24)).problem
    figures = engine.Evaluation(problem, engine.current_plan(problem)).figures
    measured = measure_edits({}).measures
    assert measured.excess_person_hours > 0
    assert figures.excess_person_hours == pytest.approx(measured.excess_person_hours, rel=1e-6)


def test_an_order_relieves_people_and_the_gauges_agree(clash: dict[str, Initiative]) -> None:
    found = searched(months=24)
    before = measure_edits({}).measures.excess_person_hours
    best = found.proposals[0]
    assert best.moves
    assert {one.code for one in best.moves} <= {"IN-1", "IN-2", "IN-9"}
    after = measure_edits(best.edits()).measures.excess_person_hours
    assert after < before / 2
    assert best.after.excess_person_hours == pytest.approx(after, abs=0.01)


def test_what_is_closed_is_counted_and_never_moved(clash: dict[str, Initiative]) -> None:
    found = searched(hidden=("IN-9",))
    assert all(one.code != "IN-9" for told in found.proposals for one in told.moves)
    there = plan.live()
    assert "IN-9" in {one.id for one in problem_of(there, asked(hidden=("IN-9",))).problem.changes}


def test_windows_pins_and_legal_steps_are_respected(clash: dict[str, Initiative]) -> None:
    claire, day = cast.person("claire"), clash["IN-2"].go_live_on
    assert day is not None
    planning.set_rule(claire, clash["IN-1"], {"fixed": True, "reason": "Annoncée"})
    planning.add_step(
        claire, clash["IN-2"],
        {"name": "CSE", "opens_on": day - timedelta(weeks=4), "delay_weeks": 3},
    )  # fmt: skip
    plan.forget()
    found = searched(only=("IN-1", "IN-2"), pinned=(("IN-9", 0),))
    for told in found.proposals:
        weeks = {one.code: one.weeks for one in told.moves}
        assert "IN-1" not in weeks
        assert "IN-9" not in weeks
        assert (weeks.get("IN-2") or 0) >= -1


def test_a_dependency_in_days_is_kept_in_weeks(clash: dict[str, Initiative]) -> None:
    giver, taker = clash["IN-1"], clash["IN-2"]
    taker.starts_on = giver.ends_on
    taker.ends_on = giver.ends_on + timedelta(weeks=30) if giver.ends_on else None
    taker.go_live_on = giver.ends_on + timedelta(weeks=8) if giver.ends_on else None
    taker.save()
    Dependency.objects.create(predecessor=giver, successor=taker)
    plan.forget()
    compute.forget()
    for told in searched().proposals:
        assert measure_edits(told.edits()).measures.broken == 0


def test_roles_and_value_enter_the_problem(clash: dict[str, Initiative]) -> None:
    role = Role.objects.create(code="ARC", name="Architectes")
    today = timezone.localdate()
    later = today + timedelta(weeks=30)
    RoleCapacity.objects.create(role=role, starts_on=today, ends_on=later, fte=1.0)
    RoleDemand.objects.create(
        initiative=clash["IN-1"], role=role, starts_on=today, ends_on=later, fte=2.0
    )
    Worth.objects.create(initiative=clash["IN-1"], value_eur_per_year=520_000)
    plan.forget()
    asking = problem_of(plan.live(), asked())
    change = next(one for one in asking.problem.changes if one.id == "IN-1")
    assert change.demands[0].fte[1] == pytest.approx(2.0)
    assert change.delay_cost_eur_per_week == pytest.approx(10_000.0)
    assert asking.derived_delay == ("IN-1",)
    assert asking.problem.roles[0].capacity_fte[1] == pytest.approx(1.0)
    assert asking.problem.roles[0].capacity_fte[-1] is None


def test_a_search_runs_once_and_its_page_is_read_again(
    clash: dict[str, Initiative], as_person: Callable[[str], Client]
) -> None:
    client = as_person("claire")
    form = {"people": 6, "dates": 2, "benefits": 2, "months": 12, "later_weeks": 13,
            "earlier_weeks": 8, "seconds": 1}  # fmt: skip
    sent = client.post(reverse("sequencing:propose"), form)
    assert sent.status_code == 302, sent.content
    run = Run.objects.get(kind=proposing.KIND)
    assert client.get(sent.url).status_code == 200
    assert jobs.compute(run).status == Run.Status.DONE
    page = client.get(sent.url).content.decode()
    assert "person-hours beyond capacity disappear" in page
    assert client.post(reverse("sequencing:propose"), form).url == sent.url
    assert as_person("paul").get(sent.url).status_code == 404
    moves = kept.thaw(bytes(Run.objects.get(pk=run.pk).result or b"")).proposals[0].moves
    client.post(
        reverse("sequencing:keep-order", args=[run.pk]),
        {"p": "as_asked", "accept": [moves[0].code]},
    )
    made = Scenario.objects.get()
    assert made.state == Scenario.State.DRAFT
    row = Override.objects.get(scenario=made)
    assert (row.initiative.code, row.shift_days) == (moves[0].code, 7 * (moves[0].weeks or 0))


def test_stopping_is_heard_and_refused_once_over(
    clash: dict[str, Initiative], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order_jobs, "LOOK_EVERY_SECONDS", 0.0)
    run, _waits = proposing.ask(cast.person("claire"), asked(seconds=60))
    with pytest.raises(DomainError):
        proposing.stop(run)  # it has not begun
    Run.objects.filter(pk=run.pk).update(status=Run.Status.RUNNING)
    told: list[float] = []
    watch = order_jobs.Watch(run, lambda ratio, _message="": told.append(ratio), 60)
    assert not watch.over()
    proposing.stop(run)
    assert watch.over()
    assert watch.stopped
    assert all(0 <= one < 1 for one in told)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"people": 0, "dates": 0, "benefits": 0}, "people"), ({"months": 7}, "months"),
     ({"later_weeks": -1}, "later_weeks"), ({"seconds": 0}, "seconds"),
     ({"only": ("NO",)}, "only")],
)  # fmt: skip
def test_what_cannot_be_asked_is_said(wrong: dict[str, Any], field: str) -> None:
    cast.organisation()
    with pytest.raises(DomainError) as refused:
        proposing.ask(cast.person("claire"), asked(**wrong))
    assert field in refused.value.fields


def test_who_does_not_draft_does_not_ask() -> None:
    cast.organisation()
    with pytest.raises(CannotDo):
        proposing.ask(cast.person("rosa"), asked())


def test_keeping_nothing_is_refused_and_closed_codes_are_left_out(
    clash: dict[str, Initiative],
) -> None:
    claire, lina = cast.person("claire"), cast.lead_of(clash["IN-1"].pk)
    with pytest.raises(DomainError):
        proposing.keep(claire, "Order", "", {})
    edits = {"IN-1": Edit(shift_days=7), "IN-9": Edit(shift_days=7)}
    made = proposing.keep(lina, "Order", "", edits)
    assert [row.initiative.code for row in Override.objects.filter(scenario=made)] == ["IN-1"]


def test_the_page_words_every_reason(as_person: Callable[[str], Client]) -> None:
    client = as_person("claire")
    unit = factories.unit("Agences", code="AG")
    factories.population("Agences Ouest", at=unit, code="AGO")
    factories.initiative("Caisse", code="IN-1", unit=unit)
    run = orders.search(cast.person("claire"), "IN-1", "AGO")
    page = client.get(reverse("sequencing:proposal", args=[run.pk])).content.decode()
    for told in ("3 weeks later", "340 person-hours", "Why not earlier?", "CSE",
                 "cannot coexist there", "25% fewer hours", "10% more capacity", "at most 12% away",
                 "cannot all hold"):  # fmt: skip
        assert told in page, told
    calm = client.get(
        reverse("sequencing:proposal", args=[run.pk]) + "?p=least_change"
    ).content.decode()
    assert "is the best order under these rules" in calm


def test_two_people_set_limits_without_loss(clash: dict[str, Initiative]) -> None:
    claire, one = cast.person("claire"), clash["IN-1"]
    rule = planning.set_rule(claire, one, {"reason": "Comité"})
    planning.set_rule(claire, one, {"reason": "Autre"}, expected_version=rule.version)
    with pytest.raises(DomainError):
        planning.set_rule(claire, one, {"reason": "Perdu"}, expected_version=1)
    day = timezone.localdate()
    backwards = {"earliest_on": day, "latest_on": day - timedelta(days=1)}
    with pytest.raises(DomainError, match="closes before it opens"):
        planning.set_rule(claire, one, backwards)
    rosa = cast.person("rosa")
    with pytest.raises(CannotDo):
        planning.set_rule(rosa, one, {"fixed": True})
