"""Two orders of the candidates, by score and by cost of delay, beside what is kept."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner
from django.test import Client

import cast
from api.world import caller
from orchestre.portfolio.models import Initiative
from orchestre.resources.models import Role, RoleDemand, Worth
from orchestre.selection import cli, snapshot
from orchestre.selection.models import Driver, Judgement, Rating, Selection
from orchestre.selection.presenters import partings
from orchestre.selection.services import computing, exercises, ordering, priorities, saying
from selection.conftest import SECRET, Small

pytestmark = pytest.mark.django_db


@pytest.fixture
def claire(small: Small) -> Client:
    client = Client()
    client.force_login(small.claire)
    return client


@pytest.fixture
def delays(small: Small) -> None:
    """A week of delay costs most for the least score; IN-5 is short, IN-3 says nothing."""
    for code, weekly in (("IN-1", 1_000), ("IN-2", 2_000), ("IN-4", 8_000), ("IN-5", 4_000)):
        row = Initiative.objects.get(code=code)
        Worth.objects.create(initiative=row, delay_cost_eur_per_week=weekly)
    Initiative.objects.filter(code="IN-5").update(ends_on=date(2026, 3, 30))
    role = Role.objects.create(code="RO-1", name="Architectes")
    RoleDemand.objects.create(
        initiative=Initiative.objects.get(code="IN-1"), role=role, fte=0.5,
        starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 30),
    )  # fmt: skip


def lines(small: Small, by: str = "duration") -> dict[str, priorities.Line]:
    return {one.known.code: one for one in priorities.read(small.selection, by).lines}


def test_both_orders_are_ranked(small: Small, delays: None) -> None:
    found = lines(small)
    assert {code: one.score_rank for code, one in found.items()} == {
        "IN-1": 1, "IN-2": 2, "IN-3": 3, "IN-4": 4, "IN-5": 4, "IN-9": 4,
    }  # fmt: skip
    assert found["IN-5"].urgency == pytest.approx(1_000)
    assert found["IN-1"].urgency == pytest.approx(1_000 / 27)
    assert {code: one.urgency_rank for code, one in found.items()} == {
        "IN-1": 4, "IN-2": 3, "IN-3": None, "IN-4": 2, "IN-5": 1, "IN-9": None,
    }  # fmt: skip
    assert found["IN-1"].gap == -3
    assert found["IN-3"].gap is None
    by_size = lines(small, "size")
    assert by_size["IN-1"].urgency == pytest.approx(500)
    assert by_size["IN-5"].urgency is None


def test_what_is_not_rated_enough_is_shown_and_not_ranked(small: Small) -> None:
    Rating.objects.filter(initiative__code="IN-1", driver=small.drivers[0]).delete()
    found = lines(small)["IN-1"]
    assert (found.score, found.coverage, found.score_rank) == (1.0, 0.5, None)
    assert priorities.missing(small.selection, found, "duration") == ("ratings", "delay")


def test_the_page_names_differences_and_links_to_what_is_missing(
    small: Small, delays: None, claire: Client
) -> None:
    base = f"/selection/{small.selection.pk}/priorities/"
    page = claire.get(base).content.decode()
    assert "or nothing was computed yet" in page
    computing.compute(small.claire, small.selection)
    page = claire.get(base).content.decode()
    assert "6 of 6 candidates are ranked by score, 4 by cost of delay." in page
    assert "IN-1 Change 1: rank 1 by score, 4 by delay. A week of delay costs €1k" in page
    assert 'href="/initiatives/IN-3/means/worth/"' in page
    assert "IN-9" in page
    for query in ("?order=delay", "?order=gap&by=size", "?order=code&page=9", "?order=x&by=y"):
        assert claire.get(base + query).status_code == 200
    by_delay = claire.get(f"{base}?order=delay").content.decode()
    assert by_delay.index(">IN-5 Change 5<") < by_delay.index(">IN-1 Change 1<")


def test_reasons_are_those_of_the_answer(small: Small, delays: None) -> None:
    five = Initiative.objects.get(code="IN-5")
    ordering.order(small.claire, small.selection, five, {"way": "in", "reason": "The law"})
    one = Initiative.objects.get(code="IN-1")
    ordering.order(small.claire, small.selection, one, {"way": "out", "reason": "Not now"})
    computing.compute(small.claire, small.selection)
    found = priorities.read(small.selection)
    from orchestre.selection.queries import every_name  # noqa: PLC0415 - only here

    told = partings.from_answer(small.selection, found, found.lines, every_name())
    text = " ".join(told.lines)
    assert "IN-1 Change 1 is refused though its score ranks 1 (Left out by order)." in text
    assert "IN-5 Change 5 is kept though its score ranks 4: by order (The law)." in text
    assert told.more == 0


def test_what_is_closed_counts_and_is_not_named(small: Small, delays: None) -> None:
    saying.rate(
        small.claire, small.selection,
        {(Initiative.objects.get(code="IN-9"), one): "extreme" for one in small.drivers},
    )  # fmt: skip
    client = Client()
    client.force_login(cast.person("rosa"))
    base = f"/selection/{small.selection.pk}/priorities/"
    page = client.get(base).content.decode()
    assert SECRET not in page
    assert "IN-9" not in page
    assert "1 candidate closed to you counts in the ranks." in page
    assert "worth/" not in page
    assert client.get(f"{base}IN-9/").status_code == 404
    answer = caller("rosa").get(f"/selections/{small.selection.pk}/priorities")
    assert SECRET not in answer.content.decode()
    assert answer.json()["total"] == 5
    assert answer.json()["items"][0]["score_rank"] == 1
    assert [one["initiative"] for one in answer.json()["items"]][:3] == ["IN-1", "IN-2", "IN-3"]


def test_a_rank_opens_on_its_figures(small: Small, delays: None, claire: Client) -> None:
    computing.compute(small.claire, small.selection)
    base = f"/selection/{small.selection.pk}/priorities"
    page = claire.get(f"{base}/IN-2/").content.decode()
    for text in ("score/1", "wsjf/1", "Clients", "strong", "37.5", "75.0", "Rank 2 of 6 by score"):
        assert text in page, text
    page = claire.get(f"{base}/IN-3/?by=size").content.decode()
    assert "Not said yet:" in page
    assert "/initiatives/IN-3/means/roles/add/" in page
    assert claire.get(f"{base}/IN-404/").status_code == 404


def test_a_finished_selection_keeps_its_orders(small: Small, delays: None, claire: Client) -> None:
    computing.compute(small.claire, small.selection)
    exercises.finish(small.claire, small.selection)
    before = priorities.read(small.selection)
    Worth.objects.all().delete()
    Initiative.objects.filter(code="IN-1").update(stage=Initiative.Stage.STOPPED)
    small.selection.refresh_from_db()
    after = priorities.read(small.selection)
    assert after.frozen_at is not None
    assert [vars(one) for one in after.lines] == [vars(one) for one in before.lines]
    page = claire.get(f"/selection/{small.selection.pk}/priorities/").content.decode()
    assert "Figures kept with the answer computed on" in page


def test_value_in_euros_stands_for_the_score(small: Small, delays: None, claire: Client) -> None:
    Worth.objects.filter(initiative__code="IN-4").update(value_eur_per_year=500_000)
    exercises.change(small.claire, small.selection, {"method": Selection.Method.WORTH})
    found = lines(small)
    assert found["IN-4"].score_rank == 1
    assert found["IN-1"].score is None
    assert priorities.missing(small.selection, found["IN-3"], "size") == ("value", "delay", "roles")
    base = f"/selection/{small.selection.pk}/priorities/"
    assert "€500k" in claire.get(base).content.decode()
    assert "the value announced" in claire.get(f"{base}IN-4/").content.decode()


def test_declared_weights_speak_until_somebody_compares(small: Small, claire: Client) -> None:
    one, two = small.drivers
    assert snapshot.weighting_of(small.selection).source == "equal"
    saying.change_driver(small.claire, one, {"weight": 3.0})
    assert snapshot.weighting_of(small.selection).source == "equal"
    posted = {"name": "Coûts", "meaning": "", "objective": "", "weight": "1", "version": "1"}
    claire.post(f"/selection/drivers/{two.pk}/", posted | {"initial-name": "Coûts"})
    found = snapshot.weighting_of(small.selection)
    assert (found.source, list(found.weights.values())) == ("declared", [0.75, 0.25])
    page = claire.get(f"/selection/{small.selection.pk}/drivers/").content.decode()
    assert "they weigh as declared" in page
    assert "75%" in page
    Rating.objects.filter(driver=two).delete()
    assert lines(small)["IN-1"].coverage == 0.75
    rater = saying.add_rater(small.claire, small.selection, "Direction")
    Judgement.objects.create(
        rater=rater, first=Driver.objects.get(pk=one.pk), second=two, ratio=1 / 3
    )
    found = snapshot.weighting_of(small.selection)
    assert found.source == "compared"
    assert list(found.weights.values()) == pytest.approx([0.25, 0.75])
    page = claire.get(f"/selection/{small.selection.pk}/priorities/").content.decode()
    assert "Weights compared two by two by the group." in page


def test_the_command_line_gives_both_orders(small: Small, delays: None) -> None:
    told = CliRunner().invoke(cli.select, [str(small.selection.pk), "--scores", "--json"])
    found = json.loads(told.output)
    assert [one["initiative"] for one in found["priorities"]][:3] == ["IN-1", "IN-2", "IN-3"]
    assert found["source"] == "equal"
    text = CliRunner().invoke(cli.select, [str(small.selection.pk), "--scores"]).output
    assert "1\t4\tIN-1\tChange 1" in text
    whole = CliRunner().invoke(cli.select, ["--scores", "--by", "size", "--json"])
    assert json.loads(whole.output)["by"] == "size"
    assert CliRunner().invoke(cli.select, ["999", "--scores"]).exit_code == 1


def test_no_candidate_is_said(claire: Client, small: Small) -> None:
    exercises.change(small.claire, small.selection, {"stages": ["closed"]})
    page = claire.get(f"/selection/{small.selection.pk}/priorities/").content.decode()
    assert "No initiative is a candidate" in page
