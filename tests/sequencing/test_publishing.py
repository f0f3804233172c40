"""A decision makes a scenario the plan: exactly what was shown, in one act, or nothing."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

import cast
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import undo
from orchestre.kernel.errors import CannotDo, DomainError
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.resources.models import CostLine, RoleDemand
from orchestre.sequencing import services
from orchestre.sequencing.models import Plan, Scenario
from orchestre.sequencing.services import differences, gauges, plans

WHAT = "The committee delays the till by 8 weeks."


@pytest.fixture
def later(plan: SimpleNamespace) -> Scenario:
    claire = cast.person("claire")
    scenario = services.draft(claire, "Later")
    services.override(claire, scenario, plan.second, {"shift_days": 56})
    return scenario


def expected(scenario: Scenario) -> str:
    return differences.of(scenario).expected


def test_publishing_applies_the_difference_in_one_act(
    later: Scenario, plan: SimpleNamespace
) -> None:
    claire = cast.person("claire")
    foreseen = gauges.measure(later)
    made = services.publish(claire, later, decision=WHAT, expected=expected(later))
    moved = Initiative.objects.get(code="IN-B")
    assert moved.go_live_on == date(2026, 6, 1)
    assert Milestone.objects.get().forecast_on == date(2026, 5, 11)
    assert ChangeSet.objects.filter(verb="sequencing.publish").count() == 1
    assert not ChangeSet.objects.filter(verb="portfolio.move").exists()
    later.refresh_from_db()
    assert later.state == Scenario.State.PUBLISHED
    assert later.published_as == made
    real = gauges.measure()
    assert np.array_equal(real.excess_hours, foreseen.excess_hours)
    assert plans.opened(made)["measures"]["people_over"] == 0


def test_the_former_plan_is_frozen(later: Scenario, plan: SimpleNamespace) -> None:
    claire = cast.person("claire")
    second = services.publish(
        claire, later, decision=WHAT, expected=expected(later), reference="COMEX 12"
    )
    first = Plan.objects.get(number=1)
    assert first.superseded_at is not None
    assert plans.opened(first)["initiatives"]["IN-B"]["go_live_on"] == "2026-04-06"
    portfolio.move(claire, Initiative.objects.get(code="IN-A"), 7)
    back = services.draft(claire, "Back")
    services.override(claire, back, plan.second, {"shift_days": -7})
    third = services.publish(claire, back, decision=WHAT, expected=expected(back))
    second.refresh_from_db()
    assert (second.number, third.number) == (2, 3)
    assert plans.opened(second)["initiatives"]["IN-A"]["go_live_on"] == "2026-04-06"
    assert plans.opened(second, closing=True)["initiatives"]["IN-A"]["go_live_on"] == "2026-04-13"
    assert all(plans.is_intact(one) for one in Plan.objects.all())
    assert Plan.objects.get(superseded_at=None) == third


def test_a_plan_that_changed_since_is_refused_and_named(
    later: Scenario, plan: SimpleNamespace
) -> None:
    claire = cast.person("claire")
    shown = expected(later)
    portfolio.move(cast.person("paul"), Initiative.objects.get(code="IN-B"), 7)
    with pytest.raises(DomainError, match="IN-B") as refused:
        services.publish(claire, later, decision=WHAT, expected=shown)
    assert refused.value.code == "plan-changed"
    assert not Plan.objects.exists()
    services.publish(claire, later, decision=WHAT, expected=expected(later))


def test_a_change_elsewhere_does_not_stop_it(later: Scenario, plan: SimpleNamespace) -> None:
    shown = expected(later)
    portfolio.move(cast.person("paul"), Initiative.objects.get(code="IN-A"), 7)
    assert services.publish(cast.person("claire"), later, decision=WHAT, expected=shown)


def test_a_scenario_edited_since_is_refused(later: Scenario, plan: SimpleNamespace) -> None:
    claire, shown = cast.person("claire"), expected(later)
    services.override(claire, later, plan.first, {"included": False})
    with pytest.raises(DomainError, match="scenario changed"):
        services.publish(claire, later, decision=WHAT, expected=shown)


def test_a_decision_and_a_right_are_needed(later: Scenario, plan: SimpleNamespace) -> None:
    with pytest.raises(DomainError, match="decision"):
        services.publish(cast.person("claire"), later, decision=" ", expected=expected(later))
    services.share(cast.person("claire"), later)
    with pytest.raises(CannotDo):
        services.publish(
            cast.lead_of(plan.second.pk), later, decision=WHAT, expected=expected(later)
        )


def test_who_does_not_see_all_of_it_does_not_publish(
    later: Scenario, plan: SimpleNamespace
) -> None:
    plan.second.confidential = True
    plan.second.save()
    services.share(cast.person("claire"), later)
    with pytest.raises(CannotDo) as refused:
        services.publish(cast.person("paul"), later, decision=WHAT, expected=expected(later))
    assert "IN-B" not in str(refused.value)


def test_exclusion_money_and_roles_are_written(later: Scenario, plan: SimpleNamespace) -> None:
    claire = cast.person("claire")
    services.override(claire, later, plan.first, {"included": False})
    services.override(
        claire, later, plan.second, {"allocation_ratio": 0.5, "amount_eur": 60_000, "rank": 2}
    )
    foreseen = gauges.measure(later)
    services.publish(claire, later, decision=WHAT, expected=expected(later))
    assert Initiative.objects.get(code="IN-A").stage == "stopped"
    assert RoleDemand.objects.get(initiative=plan.second).fte == pytest.approx(1.5)
    assert CostLine.objects.get(initiative=plan.second).amount_eur == 60_000
    second = Initiative.objects.get(code="IN-B")
    assert (second.priority, second.cost_eur) == (2, 60_000)
    real = gauges.measure()
    assert real.measures.cost_eur == pytest.approx(foreseen.measures.cost_eur)
    assert real.measures.value_eur == pytest.approx(foreseen.measures.value_eur)


def test_a_decision_is_not_undone(later: Scenario) -> None:
    claire = cast.person("claire")
    services.publish(claire, later, decision=WHAT, expected=expected(later))
    with pytest.raises(DomainError):
        undo(claire, ChangeSet.objects.get(verb="sequencing.publish"))


def test_what_changed_since_the_draft_is_told(later: Scenario, plan: SimpleNamespace) -> None:
    assert differences.since(later) == ()
    portfolio.move(cast.person("paul"), Initiative.objects.get(code="IN-B"), 7)
    (one,) = differences.since(later)
    assert one.initiative.code == "IN-B"
    assert {step.field for step in one.steps} == {"starts_on", "ends_on", "go_live_on"}
