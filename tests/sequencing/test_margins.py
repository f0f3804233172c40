"""Plans side by side with their margins: what is drawn, from what, and when there is nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

import cast
from orchestre.outlook.models import MilestoneEstimate
from orchestre.outlook.services import compute as outlook
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.resources.models import CostLine, Worth
from orchestre.sequencing import services
from orchestre.sequencing.cli import scenario as command
from orchestre.sequencing.models import Scenario
from orchestre.sequencing.presenters import margins as presenter
from orchestre.sequencing.rules.edits import Edit
from orchestre.sequencing.services import differences, margins
from orchestre.sequencing.services.live import live

SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def fresh_draws() -> Iterator[None]:
    margins.forget()
    outlook.forget()
    yield
    margins.forget()
    outlook.forget()


@pytest.fixture
def doubtful(plan: SimpleNamespace) -> SimpleNamespace:
    """Give IN-B a go-live that somebody estimated, dates, and a rise of its cost at worst."""
    go = Milestone.objects.create(
        initiative=plan.second, name="Go", kind=Milestone.Kind.GO_LIVE,
        forecast_on=date(2026, 4, 6), baseline_on=date(2026, 4, 6),
    )  # fmt: skip
    MilestoneEstimate.objects.create(
        milestone=go, optimistic_on=date(2026, 3, 30), likely_on=date(2026, 4, 6),
        pessimistic_on=date(2026, 5, 18),
    )  # fmt: skip
    plan.second.starts_on, plan.second.ends_on = date(2026, 1, 5), date(2026, 6, 1)
    plan.second.save()
    return plan


def test_a_scenario_is_drawn_as_the_plan_it_becomes(doubtful: SimpleNamespace) -> None:
    claire = cast.person("claire")
    edit = Edit(shift_days=56, amount_ratio=0.5)
    foreseen = margins.margins_of(live(), {"IN-B": edit})
    made = services.draft(claire, "Later")
    services.override(claire, made, doubtful.second, {"shift_days": 56, "amount_ratio": 0.5})
    found = differences.of(made)
    services.publish(claire, made, decision="Decided.", expected=found.expected)
    after = margins.margins_of(live(), {})
    assert after == foreseen
    view = outlook.portfolio(year=after.year)
    assert view.result is not None
    assert view.result.total_cost is not None
    assert view.result.total_benefit is not None
    assert after.cost is not None
    assert after.benefit is not None
    assert after.cost.p80 == view.result.total_cost.p80
    assert after.benefit.p20 == view.result.total_benefit.percentile(20)
    (one,) = [seen for seen in view.result.seen if seen.task == "IN-B/live"]
    assert after.lives["IN-B"].p80_on == view.built.day(one.end.p80)
    assert after.lives["IN-B"].planned_on == date(2026, 6, 1)


def test_a_shift_moves_the_whole_range_and_the_same_question_the_same_answer(
    doubtful: SimpleNamespace,
) -> None:
    plan = margins.margins_of(live(), {})
    later = margins.margins_of(live(), {"IN-B": Edit(shift_days=28)})
    was, now = plan.lives["IN-B"], later.lives["IN-B"]
    assert was.planned_on < was.p80_on
    assert now.p80_on - was.p80_on == timedelta(days=28)
    assert plan.lives["IN-A"] == later.lives["IN-A"]
    margins.forget()
    assert margins.margins_of(live(), {}) == plan
    assert later.benefit is not None
    assert plan.benefit is not None
    assert later.benefit.p50 < plan.benefit.p50
    assert later.year == 2026


def test_stopping_takes_off_what_is_not_engaged(doubtful: SimpleNamespace) -> None:
    CostLine.objects.filter(initiative=doubtful.second).update(state="committed")
    there = live()
    stopped = margins.margins_of(there, {"IN-B": Edit(included=False)})
    plan = margins.margins_of(there, {})
    assert plan.cost is not None
    assert stopped.cost is not None
    assert stopped.cost.planned == plan.cost.planned == 240_000  # it is owed all the same
    assert stopped.cost.p80 < plan.cost.p80
    assert "IN-B" not in stopped.lives
    cell = presenter._date("Stop", None, Edit(included=False))
    assert cell.point == "stopped"


def test_nothing_to_draw_is_not_available_rather_than_zero(plan: SimpleNamespace) -> None:
    CostLine.objects.all().delete()
    Worth.objects.all().delete()
    claire = cast.person("claire")
    told = presenter.drawn(claire, live(), (("Plan", {}), ("Later", {"IN-A": Edit(shift_days=7)})))
    assert [cell.point for cell in told.money[0].cells] == ["n/a", "n/a"]
    assert told.money[0].cells[0].spread == ()
    Initiative.objects.update(go_live_on=None, starts_on=None, ends_on=None)
    Milestone.objects.all().delete()
    margins.forget()
    outlook.forget()
    none = margins.margins_of(live(), {})
    assert (none.cost, none.benefit, none.lives) == (None, None, {})


def shared(doubtful: SimpleNamespace) -> Scenario:
    """Share a scenario in which IN-B goes live four weeks later."""
    claire = cast.person("claire")
    made = services.draft(claire, "Later")
    services.override(claire, made, doubtful.second, {"shift_days": 28})
    return services.share(claire, made)


def test_the_page_shows_them_and_hides_the_money_from_who_may_not_read_it(
    doubtful: SimpleNamespace, as_person: SignIn
) -> None:
    made = shared(doubtful)
    url = f"{reverse('sequencing:compare')}?a=current&b={made.pk}"
    page = as_person("claire").get(url).content.decode().split('id="margins"')[1]
    assert "Cost of the portfolio" in page
    assert "IN-B Nouvelle caisse" in page
    assert "10,000 worlds, seed 20263" in page
    cast.lead_of(doubtful.first.pk)
    lead = as_person("lina").get(url).content.decode().split('id="margins"')[1]
    assert "Cost of the portfolio" not in lead.split("</table>")[0]


def test_more_tasks_are_drawn_in_fewer_worlds() -> None:
    assert margins.draws_for(0) == margins.draws_for(400) == 10_000
    assert margins.draws_for(1_600) == 2_500
    assert margins.draws_for(1_000_000) == 500


def test_a_program_and_a_terminal_read_them_too(
    doubtful: SimpleNamespace, as_person: SignIn
) -> None:
    made = shared(doubtful)
    url = f"/api/v1/scenarios/compare?b={made.pk}&margins=true"
    plan, later = (one["margins"] for one in as_person("claire").get(url).json()["columns"])
    drawn = margins.margins_of(live(), {"IN-B": Edit(shift_days=28)})
    assert drawn.cost is not None
    assert later["cost_eur"]["p80"] == drawn.cost.p80
    assert (plan["seed"], plan["draws"]) == (later["seed"], later["draws"]) == (20263, 10_000)
    lives = {one["initiative"]: one for one in later["go_lives"]}
    assert lives["IN-B"]["planned_on"] == "2026-05-04"
    assert lives["IN-B"]["p80_on"] == drawn.lives["IN-B"].p80_on.isoformat()
    cast.lead_of(doubtful.first.pk)
    assert as_person("lina").get(url).json()["columns"][0]["margins"]["cost_eur"] is None
    asked = ["compare", str(made.pk), "--margins"]
    done = CliRunner().invoke(command, [*asked, "--json"])
    assert done.exit_code == 0, done.exception
    told = json.loads(done.output)
    assert told[1]["margins"]["cost_eur"] == later["cost_eur"]
    said = CliRunner().invoke(command, asked).output
    assert "IN-B: 6 April 2026 (P50 " in said
    assert "Cost of the portfolio: €240,000 (P50 " in said
