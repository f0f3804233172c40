"""What moved since the last report: each row once, from where it was to where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client

from orchestre.access.models import User
from orchestre.journal.services import act
from orchestre.portfolio.models import Milestone
from orchestre.weather.rules import AXES
from weather.conftest import TODAY

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
UPDATE = "/weather/initiatives/IN-A/update/"


@pytest.fixture
def claire(pair: SimpleNamespace, as_person: As) -> Iterator[Client]:
    """Signed in, a few minutes after the weather was declared."""
    client = as_person("claire")
    told = dict.fromkeys(AXES, "off")
    assert client.post(UPDATE, {**told, "after": ""}).status_code == 302
    with time_machine.travel("2026-03-02T09:10:00+00:00", tick=False):
        yield client


def test_two_changes_of_a_milestone_are_told_from_first_to_last(
    pair: SimpleNamespace, claire: Client
) -> None:
    for days in (100, 130):
        with act(None, "portfolio.change", "x") as doing:
            doing.update(pair.go_live, {"forecast_on": TODAY + timedelta(days=days)})
    with act(None, "portfolio.change", "x") as doing:
        doing.update(pair.go_live, {"name": "Grande bascule"})
    page = claire.get(UPDATE).content.decode()
    assert "31 May 2026 → 10 July 2026" in page
    assert "Bascule → Grande bascule" in page


def test_what_is_not_shown_of_what_moved_is_counted(pair: SimpleNamespace, claire: Client) -> None:
    for number in range(45):
        with act(None, "portfolio.change", "x") as doing:
            doing.create(Milestone(initiative=pair.late, name=f"Lot {number}", forecast_on=TODAY))
    page = claire.get(UPDATE).content.decode()
    assert page.count("Milestone added") == 10  # eight lines, and two that begin the summary
    assert "37 more changes." in page


def test_the_weather_is_declared_in_the_feminine(pair: SimpleNamespace, as_person: As) -> None:
    client = as_person("rosa")
    User.objects.filter(email="rosa@example.org").update(language="fr")
    assert "<dt>Déclarée</dt>" in client.get("/weather/initiatives/IN-A/").content.decode()
    assert "Déclarée" in client.get("/weather/").content.decode()
