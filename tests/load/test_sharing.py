"""Read-only links to the map, and the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace

import time_machine
from click.testing import CliRunner
from django.test import Client

from orchestre.access.models import ShareLink
from orchestre.load.cli import load

As = Callable[[str], Client]
SECRET = "Projet Hirondelle"


def shared(client: Client) -> str:
    answer = client.post(
        "/load/share/?from=2026-W10", {"title": "Pour le CODIR", "expires_on": "2026-03-20"}
    )
    address = str(answer.context["address"])
    assert address.startswith("http://testserver/load/shared/")
    return address.removeprefix("http://testserver")


def test_a_link_opens_without_account_until_its_day(as_person: As, small: SimpleNamespace) -> None:
    small.first.title, small.first.confidential = SECRET, True
    small.first.save()
    address = shared(as_person("claire"))
    page = Client().get(address)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Agences Ouest" in text
    assert "137" in text
    assert SECRET not in text
    assert "<form" not in text
    assert f"/load/p{small.people.pk}/" not in text
    with time_machine.travel("2026-03-21T09:00:00+00:00", tick=False):
        assert Client().get(address).status_code == 404


def test_a_revoked_or_invented_link_is_not_found(as_person: As, small: SimpleNamespace) -> None:
    address = shared(as_person("claire"))
    ShareLink.objects.update(revoked_at="2026-03-02T10:00:00Z")
    assert Client().get(address).status_code == 404
    assert Client().get("/load/shared/invented/").status_code == 404


def test_who_may_not_share_makes_no_link(as_person: As, small: SimpleNamespace) -> None:
    client = as_person("rosa")
    assert "/load/share/" not in client.get("/load/").content.decode()
    data = {"title": "x", "expires_on": "2026-03-20"}
    assert client.post("/load/share/", data).status_code == 403
    assert not ShareLink.objects.exists()


def test_a_link_without_end_or_too_long_is_refused(as_person: As, small: SimpleNamespace) -> None:
    client = as_person("claire")
    assert client.post("/load/share/", {"title": "x"}).status_code == 422
    answer = client.post("/load/share/", {"title": "x", "expires_on": "2030-01-01"})
    assert answer.status_code == 422
    assert not ShareLink.objects.exists()


def test_the_command_gives_the_figures_as_json(small: SimpleNamespace) -> None:
    small.first.title = SECRET
    small.first.save()
    answer = CliRunner().invoke(load, ["--as-of", "2026-03-02", "--weeks", "8", "--json"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.output)
    assert told["weeks"][0] == "2026-W10"
    assert len(told["weeks"]) == 8
    west = next(one for one in told["populations"] if one["code"] == "WEST")
    assert west["load_hours"][5] == 2.4
    assert west["capacity_hours"][5] == 1.75
    assert 0 < west["probability_over"][5] <= 1
    east = next(one for one in told["populations"] if one["code"] == "EAST")
    assert east["load_hours"] is None
    assert told["provenance"]["computation"] == "load/1"
    assert SECRET not in answer.output


def test_the_command_speaks_to_people_too(small: SimpleNamespace) -> None:
    answer = CliRunner().invoke(load, ["--as-of", "2026-03-02"])
    assert "Agences Ouest" in answer.output
    assert "137%" in answer.output
    assert "nothing known yet" in answer.output
    refused = CliRunner().invoke(load, ["--weeks", "9999"])
    assert refused.exit_code == 1
    assert "Ask for 1 to" in refused.output
