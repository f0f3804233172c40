"""From rows to chances: networks, assumptions, refusals, runs found again."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

import factories
from orchestre.kernel.errors import DomainError
from orchestre.org.models import CalendarPeriod
from orchestre.outlook.models import CostEstimate, RiskEvent
from orchestre.outlook.services import compute
from orchestre.outlook.services.quality import check
from orchestre.outlook.snapshot.chain import live_id
from orchestre.outlook.snapshot.problem import build
from orchestre.outlook.snapshot.rows import take
from orchestre.portfolio.models import Dependency, Initiative
from orchestre.resources.models import CostLine, Worth
from orchestre.runs.models import Run
from outlook.conftest import TODAY, milestone

pytestmark = pytest.mark.django_db
# triangular from two weeks earlier to six weeks later: the promised day ends at one day of it
ON_TIME = 1 - 41**2 / (56 * 42)


def test_paths_that_meet_are_less_likely_than_each(trio: SimpleNamespace) -> None:
    view = compute.portfolio()
    assert view.result is not None
    a, b, c = (view.result.of(live_id(code)) for code in "ABC")
    assert a.probability_kept == pytest.approx(ON_TIME, abs=0.01)
    assert b.probability_kept == pytest.approx(ON_TIME, abs=0.01)
    assert c.probability_kept is not None
    assert c.probability_kept < a.probability_kept / 2
    assert view.built.day(c.planned) == date(2026, 8, 3)


def test_the_same_inputs_find_the_same_run(trio: SimpleNamespace) -> None:
    first = compute.portfolio()
    compute.forget()
    again = compute.portfolio()
    assert first.run is not None
    assert again.run is not None
    assert again.run.pk == first.run.pk
    assert again.result is not None
    assert again.result.of(live_id("A")).end.p80 == first.result.of(live_id("A")).end.p80  # type: ignore[union-attr]  # drawn above
    RiskEvent.objects.create(initiative=trio.a, name="Retard", probability=0.5, impact_weeks=4)
    other = compute.portfolio()
    assert other.run is not None
    assert other.run.pk != first.run.pk


def test_one_initiative_meets_the_same_worlds_as_the_portfolio(trio: SimpleNamespace) -> None:
    whole, alone = compute.portfolio(), compute.of_initiative("C")
    assert whole.result is not None
    assert alone.result is not None
    assert alone.result.of(live_id("C")).end.p80 == whole.result.of(live_id("C")).end.p80
    assert {one.task.split("/")[0] for one in alone.result.drivers} == {"A", "B", "C"}


def test_what_nobody_estimated_is_assumed_and_said(trio: SimpleNamespace) -> None:
    chains = build(take(TODAY)).chains
    assert not chains["A"].assumed
    assert chains["C"].assumed == {f"C/{trio.go_c.pk}"}
    trio.c.go_live_later_weeks = 3.0
    trio.c.save()
    assert not build(take(TODAY)).chains["C"].assumed


def test_a_margin_said_of_the_go_live_covers_the_steps_before_it(trio: SimpleNamespace) -> None:
    step = milestone(trio.a, "Recette", date(2026, 4, 6))
    assert build(take(TODAY)).chains["A"].assumed == {f"A/{step.pk}"}
    Initiative.objects.filter(code="A").update(go_live_later_weeks=4)
    assert not build(take(TODAY)).chains["A"].assumed


def test_a_step_without_estimate_takes_its_share_of_the_margin(trio: SimpleNamespace) -> None:
    milestone(trio.a, "Pilote", date(2026, 3, 30))
    problem = build(take(TODAY)).problem
    doubtful = [one for one in problem.tasks if one.id.startswith("A/") and one.duration.high]
    step = next(one for one in doubtful if one.id not in {f"A/{trio.go_a.pk}", "A/end"})
    days = (date(2026, 3, 30) - date(2026, 1, 5)).days
    whole = (trio.end - date(2026, 1, 5)).days
    assert step.duration.high == pytest.approx(days + 8 * 7 * days / whole)


def test_a_risk_delays_its_milestone_and_the_mitigation_is_drawn_beside(
    trio: SimpleNamespace,
) -> None:
    RiskEvent.objects.create(
        initiative=trio.a, name="Retard", probability=1.0, impact_weeks=10, residual_probability=0.0
    )
    view = compute.of_initiative("A")
    assert view.result is not None
    assert view.mitigated is not None
    assert view.result.of(live_id("A")).probability_kept == 0
    assert view.mitigated.of(live_id("A")).probability_kept == pytest.approx(ON_TIME, abs=0.01)


def test_a_freeze_pushes_the_go_live(trio: SimpleNamespace) -> None:
    CalendarPeriod.objects.create(
        unit=trio.unit, kind="freeze", name="Clôture", starts_on=date(2026, 8, 1),
        ends_on=date(2026, 8, 31), factor=0,
    )  # fmt: skip
    view = compute.portfolio()
    assert view.result is not None
    assert view.built.day(view.result.of(live_id("C")).planned) == date(2026, 8, 31)


def test_money_is_drawn_with_its_margins(trio: SimpleNamespace) -> None:
    CostLine.objects.create(
        initiative=trio.a, starts_on=date(2026, 1, 5), ends_on=date(2026, 2, 2),
        amount_eur="40000", state="spent",
    )  # fmt: skip
    CostLine.objects.create(
        initiative=trio.a, starts_on=date(2026, 2, 2), ends_on=date(2026, 5, 4), amount_eur="60000"
    )
    CostEstimate.objects.create(initiative=trio.a, low_ratio=1.0, high_ratio=2.0)
    Worth.objects.create(initiative=trio.a, value_eur_per_year="365250")
    view = compute.of_initiative("A")
    assert view.result is not None
    amount = view.result.costs[0].amount
    assert amount.percentile(0) >= 99_999
    assert amount.percentile(100) <= 160_001
    assert amount.mean == pytest.approx(120_000, rel=0.01)
    assert view.result.total_benefit is not None
    assert view.result.total_benefit.p50 < 1000 * (date(2026, 12, 31) - trio.end).days
    assert view.result.of(live_id("A")).joint_probability is not None
    assert view.result.npv is None


def test_a_loop_is_left_out_of_the_portfolio_and_refuses_its_members(
    trio: SimpleNamespace,
) -> None:
    Dependency.objects.create(predecessor=trio.c, successor=trio.a)
    inputs = take(TODAY)
    built = build(inputs)
    assert len(built.left_out) == 1
    assert set(built.loop) >= {"A", "C"}
    checked = check(inputs, build(inputs, target="C"), "C")
    assert checked.refuses
    assert "C" in checked.loop


def test_a_date_already_past_refuses_the_draws(trio: SimpleNamespace) -> None:
    milestone(trio.a, "Pilote", TODAY - timedelta(days=10))
    inputs = take(TODAY)
    checked = check(inputs, build(inputs, target="A"), "A")
    assert checked.refuses
    assert [one.name for one in checked.late_steps] == ["Pilote"]
    assert checked.quality is not None
    assert [one.name for one in checked.quality.blocking] == ["invalid_dates"]


def test_a_go_live_without_a_date_is_named_and_refused(trio: SimpleNamespace) -> None:
    factories.initiative("Sans date", code="N", go_live_on=None)
    inputs = take(TODAY)
    assert build(inputs).undated == ("N",)
    assert check(inputs, build(inputs, target="N"), "N").no_date


def test_what_is_live_is_not_drawn_but_still_gives(trio: SimpleNamespace) -> None:
    trio.go_a.actual_on = TODAY - timedelta(days=7)
    trio.go_a.save()
    view = compute.portfolio()
    assert view.result is not None
    assert {one.task for one in view.result.seen} == {live_id("B"), live_id("C")}


def test_a_slip_moves_what_waits_for_it(trio: SimpleNamespace) -> None:
    moved = compute.slipped(compute.plan_of_all(), "A", trio.go_a.pk, 3)
    lives = {one.id: one.days for one in moved if one.id.endswith("/live")}
    assert lives == {live_id("A"): 21, live_id("C"): 21}
    with pytest.raises(DomainError, match="still to come"):
        compute.slipped(compute.plan_of_all(), "A", 999, 3)


def test_a_large_portfolio_is_queued_then_drawn_by_the_worker(
    trio: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from orchestre.runs import jobs  # noqa: PLC0415 - beside what it stands for

    queued: list[Run] = []
    monkeypatch.setattr(compute, "TASKS_WHILE_WAITING", 1)
    monkeypatch.setattr(jobs, "queue", queued.append)
    view = compute.portfolio()
    assert view.is_pending
    assert view.result is None
    assert compute.portfolio().is_pending
    assert len(queued) == 1
    outcome = compute.draw_worlds(queued[0], lambda _ratio, _message="": None)
    queued[0].result = outcome.result
    queued[0].status = Run.Status.DONE
    queued[0].save()
    assert compute.portfolio().result is not None


@pytest.mark.parametrize("ends", [-400, -8, -7, 0, 7, 365, 366, 900])
def test_the_shares_of_a_cost_by_year_always_sum_to_one(trio: SimpleNamespace, ends: int) -> None:
    CostLine.objects.create(
        initiative=trio.a, starts_on=TODAY + timedelta(days=ends - 500), amount_eur="900",
        ends_on=TODAY + timedelta(days=ends),
    )  # fmt: skip
    (cost,) = build(take(TODAY), target="A").problem.costs
    assert sum(cost.by_year) == pytest.approx(1)
