"""What a selection answers from rows, and what it never names."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from django.utils import translation

import cast
from orchestre.journal.models import ChangeSet
from orchestre.kernel.errors import CannotDo, DomainError
from orchestre.portfolio.models import Initiative
from orchestre.resources.models import Role, RoleCapacity, RoleDemand, Worth
from orchestre.runs.models import Run
from orchestre.selection import policy, queries
from orchestre.selection.cli import select
from orchestre.selection.models import Order, Rating, Selection
from orchestre.selection.presenters import doors, sentences, words
from orchestre.selection.services import computing, exercises, ordering, saying
from orchestre_engine.selection import Cause, Kind
from selection.conftest import SECRET, Small

DATA = Path(os.environ.get("ORCHESTRE_REAL_DATA", Path(__file__).parents[2] / "shared" / "data"))


def answered(small: Small) -> computing.Outcomes:
    computing.compute(small.claire, small.selection)
    found = computing.outcomes(small.selection)
    assert found is not None
    return found


def test_people_not_money_are_the_limit(small: Small) -> None:
    found = answered(small)
    assert len(found.problem.candidates) == 6
    assert 0 < len(found.result.kept) < 6
    plateau = found.result.plateau
    assert plateau is not None
    assert plateau.limits == (Kind.PEOPLE,)
    assert plateau.binding[0].holders[0].holder == "P1"
    with translation.override("fr"):
        told = sentences.headline(found)
    assert "ce sont les personnes, non l’argent, qui limitent" in told
    assert "Conseillers" in told


def test_the_same_inputs_find_the_same_run(small: Small) -> None:
    first = computing.compute(small.claire, small.selection)
    assert computing.compute(small.claire, small.selection).pk == first.pk
    assert Run.objects.filter(kind="selection").count() == 1


def test_what_changes_makes_the_answer_dated_until_finished(small: Small) -> None:
    found = answered(small)
    assert not computing.is_stale(small.selection, found)
    saying.rate(
        small.claire,
        small.selection,
        {(Initiative.objects.get(code="IN-5"), small.drivers[0]): "extreme"},
    )
    assert computing.is_stale(small.selection, found)
    exercises.finish(small.claire, small.selection)
    assert not computing.is_stale(small.selection, found)
    again = computing.outcomes(small.selection)
    assert again is not None
    assert again.result == found.result
    with pytest.raises(CannotDo, match="finished"):
        computing.compute(small.claire, small.selection)
    exercises.reopen(small.claire, small.selection)
    assert computing.is_stale(small.selection, found)


def test_a_prerequisite_comes_along(small: Small) -> None:
    found = answered(small)
    kept = {one.id for one in found.result.kept}
    assert "IN-2" not in kept or "IN-4" in kept


def test_a_blank_is_not_none(small: Small) -> None:
    Rating.objects.filter(initiative__code="IN-3").delete()
    found = answered(small)
    three = next(one for one in found.result.refused if one.id == "IN-3")
    people, names = words.Holders.of(found.facts), queries.names_for(small.claire)
    told = words.cause(three, people, names, found.facts["known"])
    assert told == "Not rated enough (0% of the weights)"
    assert found.facts["known"]["IN-3"]["score"] is None
    assert any("not rated enough" in one for one in sentences.doubts(found))


def test_orders_are_followed_and_need_a_reason(small: Small) -> None:
    five = Initiative.objects.get(code="IN-5")
    with pytest.raises(DomainError, match="reason"):
        ordering.order(small.claire, small.selection, five, {"way": Order.Way.IN, "reason": " "})
    order = ordering.order(
        small.claire, small.selection, five, {"way": Order.Way.IN, "reason": "The law"}
    )
    assert "IN-5" in {one.id for one in answered(small).result.kept}
    ordering.order(
        small.claire, small.selection, five, {"way": "out", "reason": "Stopped"}, expected_version=1
    )
    refused = {one.id: one.cause for one in answered(small).result.refused}
    assert refused["IN-5"] is Cause.ORDER
    order.refresh_from_db()
    ordering.lift(small.claire, order)
    assert not Order.objects.exists()


def test_orders_that_contradict_each_other_are_a_sentence(small: Small) -> None:
    two, four = (Initiative.objects.get(code=code) for code in ("IN-2", "IN-4"))
    ordering.order(small.claire, small.selection, two, {"way": Order.Way.IN, "reason": "a"})
    ordering.order(small.claire, small.selection, four, {"way": Order.Way.OUT, "reason": "b"})
    with pytest.raises(DomainError, match="cannot be computed"):
        computing.compute(small.claire, small.selection)


def test_roles_bind_where_their_capacity_is_said(small: Small) -> None:
    role = Role.objects.create(code="RO-1", name="Formateurs")
    year = {
        "starts_on": small.selection.starts_on,
        "ends_on": small.selection.starts_on.replace(year=2027),
    }
    for code in ("IN-1", "IN-2", "IN-3", "IN-4"):
        RoleDemand.objects.create(
            role=role, initiative=Initiative.objects.get(code=code), fte=1.0, **year
        )
    RoleCapacity.objects.create(role=role, fte=1.0, **year)
    exercises.change(small.claire, small.selection, {"use_people": False})
    found = answered(small)
    assert len({"IN-1", "IN-2", "IN-3", "IN-4"} & {one.id for one in found.result.kept}) == 1
    assert found.result.plateau is not None
    assert found.result.plateau.limits[0] is Kind.ROLE


def test_periods_of_budget_and_later_starts(small: Small) -> None:
    exercises.change(
        small.claire, small.selection,
        {"use_people": False, "budgets": {"2026-Q2": 300_000.0}, "later_months": 3},
    )  # fmt: skip
    found = answered(small)
    assert found.result.budget == 300_000
    used = next(one for one in found.result.uses if one.period == "2026-Q2")
    assert used.used <= 300_000 + 1
    assert any(one.shift for one in found.result.kept)
    with pytest.raises(DomainError, match="not a period"):
        exercises.change(small.claire, small.selection, {"budgets": {"2031-Q2": 1.0}})


def test_worth_in_euros(small: Small) -> None:
    Worth.objects.create(
        initiative=Initiative.objects.get(code="IN-1"), value_eur_per_year=500_000,
        delay_cost_eur_per_week=10_000,
    )  # fmt: skip
    exercises.change(small.claire, small.selection, {"method": Selection.Method.WORTH})
    found = answered(small)
    assert found.result.value == 500_000
    assert found.facts["known"]["IN-1"]["delay_over_duration"] > 0


def test_the_committee_sees_what_its_choice_gives_up(small: Small) -> None:
    exercises.pick(small.claire, small.selection, ["IN-4", "IN-5"])
    found = answered(small)
    standing = computing.standing(found, small.selection.picks)
    assert standing is not None
    assert standing.foregone >= 0
    assert computing.standing(found, ["GONE"]) is None
    with pytest.raises(DomainError, match="not a candidate"):
        exercises.pick(small.claire, small.selection, ["NOPE"])


def test_what_admits_a_refused_change_is_verified(small: Small) -> None:
    found = answered(small)
    code = next(one.id for one in found.result.refused if one.cause is Cause.LIMITS)
    admission = computing.admission(found, code)
    assert admission.raised_value is not None
    assert admission.raised_value > found.result.value
    assert admission.forced_value is None or admission.forced_value <= found.result.value + 1e-9


def test_drafts_are_private_and_secrets_unnamed(small: Small) -> None:
    rosa = cast.person("rosa")
    answered(small)
    client = Client()
    client.force_login(rosa)
    page = client.get(f"/selection/{small.selection.pk}/").content.decode()
    assert SECRET not in page
    assert "closed to you" in page
    refused = client.get(f"/selection/{small.selection.pk}/refused/IN-9/")
    assert refused.status_code == 404
    exercises.share(small.claire, small.selection, shared=False)
    assert client.get(f"/selection/{small.selection.pk}/").status_code == 404
    office = Client()
    paul = cast.person("paul")
    office.force_login(paul)
    assert office.get(f"/selection/{small.selection.pk}/").status_code == 404
    assert not policy.may_edit(paul, small.selection)


def test_a_deleted_exercise_goes_whole_and_comes_back(small: Small) -> None:
    answered(small)
    pk = small.selection.pk
    exercises.delete(small.claire, small.selection)
    assert not Selection.objects.filter(pk=pk).exists()
    last = ChangeSet.objects.order_by("-pk").first()
    assert last is not None
    from orchestre.journal.services import undo  # noqa: PLC0415 - only here

    undo(small.claire, last)
    assert Selection.objects.get(pk=pk).drivers.count() == 2


def test_doors_open_only_when_somebody_fills_them(small: Small) -> None:
    kept = ("IN-1",)
    known = [one.label for one in doors.doors_of(small.claire, small.selection, kept)]
    made = doors.register(lambda _person, chosen, kept: doors.Door(f"{len(kept)} kept", "/x/"))
    try:
        told = [one.label for one in doors.doors_of(small.claire, small.selection, kept)]
        assert told == [*known, "1 kept"]
    finally:
        doors.registered.unregister(made)


def test_the_command_answers(small: Small) -> None:
    answered(small)
    told = CliRunner().invoke(select, [str(small.selection.pk), "--json"])
    assert told.exit_code == 0, told.output
    values = json.loads(told.output)
    assert values["candidates"] == 6
    assert len(values["kept"]) + len(values["refused"]) == 6
    plain = CliRunner().invoke(select, [str(small.selection.pk)])
    assert "+ IN-" in plain.output
    assert CliRunner().invoke(select, ["999"]).exit_code == 1
    Worth.objects.create(initiative=Initiative.objects.get(code="IN-1"), value_eur_per_year=500_000)
    before = ChangeSet.objects.count()
    at_once = CliRunner().invoke(select, ["--budget", "900000", "--json"])
    assert at_once.exit_code == 0, at_once.output
    assert json.loads(at_once.output)["budget_eur"] == 900_000
    assert ChangeSet.objects.count() == before


def test_without_a_candidate_it_says_so(small: Small) -> None:
    exercises.change(small.claire, small.selection, {"stages": ["value"]})
    with pytest.raises(DomainError, match="No initiative is a candidate"):
        computing.compute(small.claire, small.selection)
    assert queries.latest(small.claire) is None


@pytest.mark.real
@pytest.mark.skipif(not DATA.is_dir(), reason="the real data set is not beside the project")
def test_a_real_portfolio_is_selected_under_half_its_budget(small: Small) -> None:
    from orchestre.exchange.services import apply_file, dataset_of  # noqa: PLC0415 - only here

    path = DATA / "panorama" / "panorama_2018-06-01_d1c28d0.csv"
    content = path.read_bytes()
    apply_file(content, path.name, dataset_of(content, path.name))
    rows = Initiative.objects.filter(cost_eur__isnull=False).exclude(starts_on=None)
    for row in rows:
        Worth.objects.update_or_create(
            initiative=row, defaults={"value_eur_per_year": row.cost_eur}
        )
    first = min(row.starts_on for row in rows if row.starts_on)
    values = {
        "method": Selection.Method.WORTH, "starts_on": first.replace(day=1), "months": 36,
        "use_people": False,
    }  # fmt: skip
    exercises.change(small.claire, small.selection, values)
    total = computing.take(small.selection)
    whole = float(total.problem.demands.amount.sum())
    assert whole > 0
    exercises.change(small.claire, small.selection, {"budget_eur": whole / 2})
    found = answered(small)
    assert 0 < found.result.cost <= whole / 2 + 1
    assert 0 < len(found.result.kept) < len(found.problem.candidates)
