"""Pages: what a person reads, what is hidden, what a form does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from django.test import Client

from api.world import caller
from orchestre.access.models import User
from orchestre.journal.services import act
from orchestre.outlook.cli import outlook
from orchestre.outlook.models import MilestoneEstimate, OutlookAssumptions, RiskEvent
from orchestre.outlook.presenters.words import chances
from orchestre.outlook.services import compute, known
from orchestre.outlook.snapshot import rows
from orchestre.outlook.snapshot.rows import Inputs
from orchestre.portfolio import services as portfolio
from outlook.conftest import TODAY, milestone

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (1.0, "Practically certain"), (0.001, "Practically no chance"),
        (0.04, "4 chances in 100"), (0.01, "1 chance in 100"), (0.2, "One chance in five"),
        (0.5, "One chance in two"), (0.78, "four chances in five"), (0.3, "three chances in ten"),
        (0.7, "seven chances in ten"), (0.9, "nine chances in ten"),
        (0.98, "More than nine chances in ten"),
    ],
)  # fmt: skip
def test_chances_in_words(ratio: float, words: str) -> None:
    assert chances(ratio) == words


def test_the_list_says_the_chances_the_worst_first(
    trio: SimpleNamespace, as_person: SignIn
) -> None:
    page = as_person("claire").get("/outlook/").content.decode()
    assert "3 promised dates out of 3 have less than one chance in two to be kept." in page
    assert page.index("C Initiative C") < page.index("A Initiative A")
    assert "assumptions" in page
    assert "Cost of the portfolio" in page


def test_an_empty_portfolio_says_how_to_begin(db: None, as_person: SignIn) -> None:
    page = as_person("claire").get("/outlook/").content.decode()
    assert "No go-live to come has a date." in page


def test_confidential_initiatives_are_counted_and_not_named(
    trio: SimpleNamespace, as_person: SignIn
) -> None:
    trio.b.confidential, trio.b.title = True, "Operation Canari"
    trio.b.save()
    rosa = as_person("rosa")
    page = rosa.get("/outlook/").content.decode()
    assert "Canari" not in page
    assert "1 go-live that you may not read is counted in the totals." in page
    one = rosa.get("/outlook/C/").content.decode()
    assert "Canari" not in one
    assert not re.search(r"B – ", one)
    assert "a confidential initiative" in one
    assert rosa.get("/outlook/B/").status_code == 404
    slipped = rosa.get(f"/outlook/A/slip/?milestone={trio.go_a.pk}&weeks=2").content.decode()
    assert "Canari" not in slipped


def test_one_initiative_tells_its_promise_its_drivers_and_its_margins(
    trio: SimpleNamespace, as_person: SignIn
) -> None:
    page = as_person("claire").get("/outlook/C/").content.decode()
    for words in (
        "When will it be live", "What drives the date", "A – Mise en service", "Fourteen checks",
        "outlook/1", "seed", "P80 lies between", "See as a table",
    ):  # fmt: skip
        assert words in page
    assert "assumed" in page


def test_a_plan_that_cannot_be_is_refused_with_a_way_to_mend_it(
    trio: SimpleNamespace, as_person: SignIn
) -> None:
    milestone(trio.a, "Pilote", TODAY - timedelta(days=10))
    claire = as_person("claire")
    page = claire.get("/outlook/A/").content.decode()
    assert "Dates that are already past, and not reached: “Pilote”" in page
    assert 'href="/initiatives/A/plan/"' in page
    assert "P80 –" not in page
    reader = as_person("rosa").get("/outlook/A/").content.decode()
    assert "Mend the milestones" not in reader


def test_what_if_it_slips_is_a_fragment_and_a_page(
    trio: SimpleNamespace, as_person: SignIn
) -> None:
    claire = as_person("claire")
    address = f"/outlook/A/slip/?milestone={trio.go_a.pk}&weeks=4"
    fragment = claire.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "2 go-lives move." in fragment
    assert "31 August 2026" in fragment
    whole = claire.get(address).content.decode()
    assert "If “Mise en service” slips by 4 weeks, 2 go-lives move." in whole
    odd = claire.get("/outlook/A/slip/?milestone=x&weeks=nan")
    assert odd.status_code == 200


def test_the_number_of_queries_does_not_grow(
    trio: SimpleNamespace,
    as_person: SignIn,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    claire = as_person("claire")
    claire.get("/outlook/")
    with django_assert_max_num_queries(40):  # type: ignore[attr-defined]  # a context manager
        claire.get("/outlook/")


def test_an_estimate_is_given_on_its_form(trio: SimpleNamespace, as_person: SignIn) -> None:
    claire = as_person("claire")
    address = f"/outlook/C/milestones/{trio.go_c.pk}/"
    assert "If the step before is held on its forecast." in claire.get(address).content.decode()
    values = {
        "optimistic_on": "20/07/2026", "likely_on": "3 August 2026", "pessimistic_on": "S40 2026",
        "kind": "trigen", "basis": "Deux projets", "provenance": "declared",
    }  # fmt: skip
    assert claire.post(address, values).status_code == 302
    row = MilestoneEstimate.objects.get(milestone=trio.go_c)
    assert row.pessimistic_on == date(2026, 9, 28)
    wrong = claire.post(address, values | {"likely_on": "01/07/2026", "version": "1"})
    assert wrong.status_code == 422
    assert "comes before the optimistic one" in wrong.content.decode()
    assert claire.post(f"{address}delete/").status_code == 302
    assert not MilestoneEstimate.objects.filter(milestone=trio.go_c).exists()


def test_two_people_at_once_choose_whose_value_stays(
    trio: SimpleNamespace, as_person: SignIn
) -> None:
    risk = RiskEvent.objects.create(initiative=trio.a, name="x", probability=0.1, impact_weeks=1)
    claire, paul = as_person("claire"), as_person("paul")
    address = f"/outlook/risks/{risk.pk}/"
    start = {
        "name": "x", "probability": "10 %", "impact_weeks": "1", "version": "1",
        "initial-name": "x", "initial-probability": "10 %", "initial-impact_weeks": "1",
    }  # fmt: skip
    assert claire.post(address, start | {"probability": "30 %"}).status_code == 302
    clash = paul.post(address, start | {"probability": "40 %"})
    assert clash.status_code == 412
    assert "30.0%" in clash.content.decode()
    risk.refresh_from_db()
    assert risk.probability == 0.3


def test_a_risk_is_added_shown_with_its_value_and_deleted(
    trio: SimpleNamespace, as_person: SignIn
) -> None:
    claire = as_person("claire")
    values = {"name": "Grève", "probability": "30 %", "impact_weeks": "4", "impact_eur": "200 000"}
    assert claire.post("/outlook/A/risks/add/", values).status_code == 302
    page = claire.get("/outlook/A/").content.decode()
    assert "Grève" in page
    assert "€60,000" in page
    pk = RiskEvent.objects.get().pk
    assert claire.post(f"/outlook/risks/{pk}/delete/").status_code == 302
    assert not RiskEvent.objects.exists()


def test_assumptions_are_the_office_s(trio: SimpleNamespace, as_person: SignIn) -> None:
    values = {
        "programme_correlation": "0,4", "supplier_correlation": "0,3", "unit_correlation": "0,2",
        "cost_low_ratio": "90 %", "cost_high_ratio": "150 %", "discount_rate": "",
        "discount_source": "",
    }  # fmt: skip
    assert as_person("rosa").post("/outlook/assumptions/", values).status_code == 403
    claire = as_person("claire")
    values["programme_correlation"] = "0.4"
    values |= {"supplier_correlation": "0.3", "unit_correlation": "0.2"}
    assert claire.post("/outlook/assumptions/", values).status_code == 302
    assert OutlookAssumptions.objects.get().programme_correlation == 0.4


def test_the_panel_beside_an_initiative_says_the_sentence(
    trio: SimpleNamespace, as_person: SignIn
) -> None:
    page = as_person("claire").get("/initiatives/A/").content.decode()
    assert "to be live on 4 May 2026; count on" in page
    assert "See what drives the date" in page


def test_slips_are_read_from_the_journal(trio: SimpleNamespace, as_person: SignIn) -> None:
    claire = as_person("claire")
    import cast  # noqa: PLC0415 - beside its use

    person = cast.person("claire")
    one = portfolio.add_milestone(
        person, trio.a, {"name": "Recette", "forecast_on": date(2026, 4, 6)}
    )
    assert "What was promised, and is it kept?" not in claire.get("/outlook/A/").content.decode()
    import time_machine  # noqa: PLC0415 - idem

    with time_machine.travel("2026-03-16T09:00:00+01:00"):
        portfolio.change_milestone(person, one, {"forecast_on": date(2026, 4, 20)})
        page = as_person("claire").get("/outlook/A/").content.decode()
    assert "1 slip written since the first forecast." in page


def test_earned_value_says_behind_in_weeks(trio: SimpleNamespace, as_person: SignIn) -> None:
    milestone(trio.a, "Pilote", date(2026, 3, 16), baseline_on=date(2026, 2, 2))
    page = as_person("claire").get("/outlook/A/").content.decode()
    assert re.search(r"Behind by [45](\.\d)? weeks", page)
    assert "SPI(t)" in page


def test_the_command_line_says_the_same(trio: SimpleNamespace) -> None:
    told = CliRunner().invoke(outlook, [])
    assert told.exit_code == 0
    assert told.output.startswith("C  ")
    found = json.loads(CliRunner().invoke(outlook, ["C", "--json"]).output)
    assert found["go_live"]["promised_on"] == "2026-08-03"
    assert found["drivers"][0]["schedule_sensitivity"] > 0
    whole = json.loads(CliRunner().invoke(outlook, ["--json"]).output)
    assert [one["initiative"] for one in whole["go_lives"]] == ["A", "B", "C"]
    assert CliRunner().invoke(outlook, ["NOPE"]).exit_code == 1


@pytest.mark.usefixtures("trio")
def test_go_lives_come_by_pages_and_totals_count_them_all() -> None:
    claire = caller("claire")
    whole = claire.get("/outlook").json()
    assert ([one["initiative"] for one in whole["go_lives"]], whole["total"]) == (
        ["A", "B", "C"],
        3,
    )
    first = claire.get("/outlook?limit=2").json()
    last = claire.get(first["next"]).json()
    assert [*first["go_lives"], *last["go_lives"]] == whole["go_lives"]
    assert (last["next"], last["cost_eur"]) == (None, whole["cost_eur"])
    assert claire.get("/outlook?limit=0").status_code == 422


def test_a_page_asked_again_reads_nothing_that_did_not_change(
    trio: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rename(title: str) -> None:
        with act(None, "portfolio.change", "x") as doing:
            doing.update(trio.a, {"title": title})

    taken: list[date] = []

    def take(day: date) -> Inputs:
        taken.append(day)
        return rows.take(day)

    monkeypatch.setattr(known, "take", take)
    rename("Une fois")
    first = compute.portfolio()
    assert compute.portfolio().built is first.built
    assert compute.portfolio(year=2027).inputs is first.inputs
    assert len(taken) == 1
    rename("Deux fois")
    assert compute.portfolio().inputs.known["A"].row.title == "Deux fois"
    assert len(taken) == 2


def test_names_of_steps_are_quoted_as_one_quotes_in_french(
    trio: SimpleNamespace, as_person: SignIn
) -> None:
    milestone(trio.a, "Pilote", TODAY - timedelta(days=10))
    claire = as_person("claire")
    User.objects.filter(email="claire@example.org").update(language="fr")
    page = claire.get("/outlook/A/").content.decode()
    assert "«\N{NO-BREAK SPACE}Pilote\N{NO-BREAK SPACE}»" in page


def test_who_may_not_follow_a_computation_is_not_led_to_it(
    trio: SimpleNamespace, as_person: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compute, "TASKS_WHILE_WAITING", 0)
    monkeypatch.setattr(compute.jobs, "queue", lambda run: None)
    assert "/runs/" in as_person("claire").get("/outlook/").content.decode()
    for address in ("/outlook/", "/outlook/A/"):
        page = as_person("rosa").get(address).content.decode()
        assert "Waiting for its turn." in page
        assert "/runs/" not in page
