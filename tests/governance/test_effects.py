"""A decision changes the plan as it was shown, all or nothing; its effect is read again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

import cast
import factories
from governance.conftest import Council
from orchestre.governance import queries
from orchestre.governance.models import Decision, Option
from orchestre.governance.presenters import consequences, home
from orchestre.governance.services import agenda, deciding, effects, meetings
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError, StaleVersion
from orchestre.portfolio.models import Initiative
from orchestre.sequencing.models import Plan, Scenario
from orchestre.sequencing.services import differences, drafting, overriding


@pytest.fixture
def drafted(council: Council) -> tuple[Scenario, Initiative]:
    """A scenario of Claire that moves one initiative, and the option that points to it."""
    people = factories.population("Conseillers", factories.unit("Agences"), headcount=260)
    one = factories.initiative(
        "Nouvelle caisse", code="IN-14", starts_on=date(2027, 1, 4), ends_on=date(2027, 6, 7),
        go_live_on=date(2027, 4, 5),
    )  # fmt: skip
    factories.impact(one, people, hours_per_person=20.0)
    scenario = drafting.draft(council.claire, "Décaler la caisse")
    overriding.override(council.claire, scenario, one, {"shift_days": 42})
    Option.objects.filter(item=council.item, recommended=True).update(scenario=scenario)
    return scenario, one


def chosen(council: Council, scenario: Scenario, **more: Any) -> deciding.Choice:
    option = council.item.options.get(scenario=scenario)
    given = {"chosen": option.title, "decided_by": "DG", "option": option}
    return deciding.Choice(**{"shown": differences.of(scenario).expected} | given | more)


def test_the_plan_and_the_decision_are_written_together(
    council: Council, drafted: tuple[Scenario, Initiative]
) -> None:
    scenario, one = drafted
    council.open()
    shown = consequences.change(council.claire, scenario)
    assert [line.code for line in shown.moved] == ["IN-14"]
    found = deciding.record(
        council.claire, council.item, chosen(council, scenario, measure="excess_person_hours")
    )
    one.refresh_from_db()
    assert one.go_live_on == date(2027, 5, 17)
    plan = Plan.objects.get(number=found.plan_number)
    assert plan.reference == found.code
    assert scenario.pk == found.scenario_id
    again = consequences.of_decision(council.claire, found)
    assert again is not None
    assert again.moved == shown.moved
    assert found.value_then == found.gauges["then"]["excess_person_hours"]


def test_nothing_is_written_when_the_plan_changed_meanwhile(
    council: Council, drafted: tuple[Scenario, Initiative]
) -> None:
    scenario, one = drafted
    council.open()
    choice = chosen(council, scenario)
    with act(council.claire, "portfolio.change", "Moved by somebody else") as doing:
        doing.update(one, {"go_live_on": date(2027, 4, 12)})
    before = ChangeSet.objects.count()
    with pytest.raises(DomainError, match="IN-14"):
        deciding.record(council.claire, council.item, choice)
    assert not Decision.objects.exists()
    assert ChangeSet.objects.count() == before
    assert not Plan.objects.exists()
    assert council.fresh(council.item).state == "planned"


def test_a_confidential_initiative_moved_is_counted_not_named(
    council: Council, drafted: tuple[Scenario, Initiative], secret: Initiative
) -> None:
    scenario, _one = drafted
    overriding.override(council.claire, scenario, secret, {"shift_days": 7})
    seen = consequences.change(cast.person("rosa"), scenario)
    assert [line.code for line in seen.moved] == ["IN-14"]
    assert seen.hidden


def test_carrying_a_scenario_writes_its_two_options(council: Council) -> None:
    one = factories.initiative("Badges", code="IN-20")
    scenario = drafting.draft(council.claire, "Décaler les badges")
    overriding.override(council.claire, scenario, one, {"shift_days": 14})
    item = agenda.carry(council.claire, scenario, council.body, council.meeting)
    assert item is not None
    options = list(item.options.all())
    assert [(row.scenario_id, row.does_nothing) for row in options] == [
        (scenario.pk, False), (None, True),
    ]  # fmt: skip
    assert council.fresh(scenario).state == Scenario.State.SHARED


def test_the_verdict_keeps_the_figures_and_the_reason(council: Council) -> None:
    day = timezone.localdate()
    found = deciding.record_outside(
        council.claire,
        council.body,
        "Réduire ?",
        deciding.Choice("Réduire", "DG", measure="own", value_then=7.0, value_expected=5.0,
                        review_on=day + timedelta(days=1)),
    )  # fmt: skip
    with pytest.raises(DomainError, match="Say what makes you say so"):
        effects.give_verdict(council.claire, found, "partly", "  ")
    version = found.version
    effects.give_verdict(council.claire, found, "partly", "Un site sur deux.", value=6.0)
    assert (found.verdict, found.value_now, found.verdict_on) == ("partly", 6.0, day)
    with pytest.raises(StaleVersion):
        effects.give_verdict(
            council.claire, found, "not", "Autre avis.", value=7.0, expected_version=version
        )


def test_a_decision_past_its_review_is_late_everywhere(council: Council) -> None:
    council.open()
    meetings.turn_to(council.claire, council.item)
    option = council.item.options.get(recommended=True)
    found = deciding.record(
        council.claire, council.item, deciding.Choice(option.title, "DG", option=option)
    )
    Decision.objects.update(review_on=timezone.localdate() - timedelta(days=3))
    assert list(queries.to_review(council.claire)) == [found]
    told = home.sentence(queries.last_time(council.claire), [])
    assert told.startswith("Last time, in COPIL Relation client")
    assert "1 waits for its verdict past its date" in told
    last = queries.last_time(council.claire)
    assert f"we decided: “{option.title}”." in home.decided(last)
    assert home.changed(last, []).startswith("1 waits for its verdict past its date.")
    Decision.objects.update(review_on=timezone.localdate() + timedelta(days=3))
    assert home.changed(queries.last_time(council.claire), []).startswith("Effect read again on")


def test_what_is_measured_is_what_the_gauges_say(council: Council) -> None:
    found = effects.figures()
    assert effects.read("people_over") == found["people_over"]
    assert effects.read("own") is None
    assert effects.read("open_findings") == 0.0
