"""My team: what comes, for whom; facts that somebody entered, and only on one's own people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

import cast
import factories
from orchestre.impacts.models import Activity, Rating
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Initiative

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def team(client: Client, query: str = "") -> str:
    answer = client.get(f"/my-team/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_heaviest_week_comes_first_then_week_by_week(
    till: Initiative, as_person: SignIn
) -> None:
    cast.manager_of(till.unit.pk)
    page = team(as_person("marc"))
    assert page.count("<h1") == 1
    assert "The heaviest week is" in page
    assert page.index("The heaviest week is") < page.index("Week 10")
    assert "Nouvelle caisse" in page


def test_only_what_people_entered_is_said(till: Initiative, as_person: SignIn) -> None:
    people = till.impacts.get().population
    Activity.objects.create(
        initiative=till, population=people, name="Formation caisse", hours_per_person=3.5,
        starts_on=date(2026, 3, 23), ends_on=date(2026, 3, 28),
    )  # fmt: skip
    cast.manager_of(till.unit.pk)
    page = team(as_person("marc"))
    assert "Why: Encaisser sans attendre." in page
    assert "from “deux caisses” to “une seule”" in page
    assert "Formation caisse: 3.5" in page
    assert "Who helps: Lina Lead" in page
    assert "Agences Ouest start on 6 April 2026" in page
    day = date(2026, 4, 27)
    claire = cast.person("claire")
    portfolio.add_wave(claire, till, name="Ouest", go_live_on=day, populations=[people])
    assert "Agences Ouest start on 27 April 2026" in team(as_person("marc"))


def test_the_hours_of_the_project_open_after_ones_own_answer(
    till: Initiative, as_person: SignIn
) -> None:
    marc = cast.manager_of(till.unit.pk)
    impact = till.impacts.get()
    before = team(as_person("marc"))
    assert "per person" not in before
    assert f"/impacts/{impact.pk}/rate/" in before
    Rating.objects.create(impact=impact, side="unit", hours_per_person=12.0, rated_by=marc)
    after = team(as_person("marc"))
    assert "per person" in after
    assert f"/impacts/{impact.pk}/rate/" not in after


def test_other_units_and_closed_initiatives_stay_closed(
    till: Initiative, as_person: SignIn
) -> None:
    away = factories.unit("Ailleurs")
    factories.impact(till, factories.population("Loin", at=away), hours_per_person=80.0)
    secret = factories.initiative("Fusion canari", code="SEC-1", confidential=True)
    factories.impact(secret, till.impacts.first().population, hours_per_person=60.0)
    cast.manager_of(till.unit.pk)
    client = as_person("marc")
    page = team(client)
    assert "Loin" not in page
    assert "canari" not in page
    assert "SEC-1" not in page
    assert "Confidential initiative" in page
    assert client.get(f"/my-team/?unit={away.pk}").status_code == 404


def test_the_office_chooses_a_unit(till: Initiative, as_person: SignIn) -> None:
    claire = as_person("claire")
    assert "You manage no unit here." in team(claire)
    assert "Nouvelle caisse" in team(claire, f"?unit={till.unit.pk}")
    assert claire.get("/my-team/?unit=abc").status_code == 404


def test_a_unit_without_people_says_so(db: None, as_person: SignIn) -> None:
    unit = factories.unit("Vide")
    cast.manager_of(unit.pk)
    assert "No population is known in this unit." in team(as_person("marc"))


def test_a_quiet_team_is_said_quiet(db: None, as_person: SignIn) -> None:
    unit = factories.unit("Calme")
    factories.population("Sereins", at=unit)
    cast.manager_of(unit.pk)
    assert "Nothing is asked of your team in the next 8 weeks." in team(as_person("marc"))
