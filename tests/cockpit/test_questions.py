"""The doors of the eight questions: open to whoever reads the portfolio, and to nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

import cast
import factories
from orchestre.portfolio.models import Initiative

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def doors(client: Client) -> list[str]:
    page = client.get("/").content.decode()
    found = re.search(r'<ul class="asked">(.*?)</ul>', page, re.DOTALL)
    return re.findall(r'href="([^"]+)"', found[1]) if found else []


@pytest.mark.parametrize("name", ["claire", "paul", "rosa"])
def test_every_door_opens(as_person: SignIn, name: str) -> None:
    factories.initiative("Nouvelle caisse", code="IN-001")
    client = as_person(name)
    found = doors(client)
    assert len(found) == 8
    assert {client.get(url).status_code for url in found} == {200}


def test_who_leads_one_initiative_is_offered_none(as_person: SignIn) -> None:
    made: Initiative = factories.initiative("Nouvelle caisse", code="IN-001")
    cast.lead_of(made.pk)
    assert doors(as_person("lina")) == []
