"""Orders on candidates: by the page, the API and the terminal, and nobody's order is lost."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner
from django.test import Client

from api.world import caller
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import undo
from orchestre.portfolio.models import Initiative
from orchestre.selection.cli import select
from orchestre.selection.models import Order
from selection.conftest import SECRET, Small

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def test_a_program_orders_changes_and_lifts(small: Small) -> None:
    claire, base = caller("claire"), f"/selections/{small.selection.pk}/orders"
    said = {"initiative": "IN-5", "way": "in", "reason": " La loi "}
    made = claire.post(base, said)
    assert (made.status_code, made.json()["reason"]) == (201, "La loi"), made.content
    assert claire.post(base, said).json()["code"] == "already-there"
    assert claire.post(base, said | {"initiative": "IN-1", "reason": " "}).status_code == 422
    one = f"/selection-orders/{made.json()['id']}"
    assert claire.patch(one, {"way": "out"}).status_code == 428
    changed = claire.patch(one, {"way": "out"}, 1).json()
    assert (changed["way"], changed["reason"], changed["version"]) == ("out", "La loi", 2)
    late = claire.patch(one, {"way": "in"}, 1)
    assert late.status_code == 412
    assert late.json()["clashes"] == [{"field": "way", "mine": "in", "theirs": "out"}]
    assert claire.get(f"{base}?way=out").json()["items"] == [changed]
    assert claire.get(f"{base}?way=in").json()["total"] == 0
    assert claire.delete(one, 1).status_code == 412
    assert claire.delete(one, 2).status_code == 204
    undo(small.claire, ChangeSet.objects.latest("pk"))
    assert Order.objects.get().reason == "La loi"


def test_the_reason_of_an_order_is_in_the_journal(small: Small) -> None:
    said = {"initiative": "IN-5", "way": "in", "reason": "La loi"}
    caller("claire").post(f"/selections/{small.selection.pk}/orders", said)
    assert ChangeSet.objects.get(verb="selections.order").reason == "La loi"


def test_orders_on_what_is_closed_are_closed(small: Small) -> None:
    closed = Initiative.objects.get(code="IN-9")
    row = Order.objects.create(
        selection=small.selection, initiative=closed, way="in", reason="Secret"
    )
    rosa = caller("rosa")
    assert rosa.get(f"/selections/{small.selection.pk}/orders").json()["total"] == 0
    assert rosa.get(f"/selection-orders/{row.pk}").status_code == 404
    assert SECRET not in rosa.get(f"/selections/{small.selection.pk}/orders").content.decode()
    assert caller("claire").get(f"/selection-orders/{row.pk}").json()["reason"] == "Secret"


def test_two_people_who_order_the_same_change_lose_nothing(small: Small, as_person: SignIn) -> None:
    url = f"/selection/{small.selection.pk}/candidates/"
    one, two = as_person("claire"), as_person("paul")
    shown = {who: who.get(url).context["form"]["shown"].value() for who in (one, two)}
    assert set(shown.values()) == {""}
    said = {"initiative": "IN-1", "way": "in", "reason": "The law"}
    assert one.post(url, {**said, "shown": ""}).status_code == 302
    other = {"initiative": "IN-1", "way": "out", "reason": "Too late", "shown": ""}
    refused = two.post(url, other)
    assert refused.status_code == 412
    page = refused.content.decode()
    assert "The law" in page
    assert "Too late" in page
    assert Order.objects.get().reason == "The law"
    version = dict(refused.context["conflict"].hidden)["version"]
    kept = {**other, "version": version, "keep-way": "theirs", "keep-reason": "mine"}
    assert two.post(url, kept).status_code == 302
    assert (Order.objects.get().way, Order.objects.get().reason) == ("in", "Too late")


def test_who_reads_an_order_changes_it_at_once(small: Small, as_person: SignIn) -> None:
    Order.objects.create(
        selection=small.selection,
        initiative=Initiative.objects.get(code="IN-1"),
        way="in",
        reason="The law",
    )
    client, url = as_person("claire"), f"/selection/{small.selection.pk}/candidates/"
    shown = client.get(url).context["form"]["shown"].value()
    said = {"initiative": "IN-1", "way": "out", "reason": "Repealed", "shown": shown}
    assert client.post(url, said).status_code == 302
    assert Order.objects.get().way == "out"


def test_a_terminal_reads_the_orders(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    number = str(small.selection.pk)
    assert "le calcul choisit" in CliRunner().invoke(select, [number, "--orders"]).output
    row = Order.objects.create(
        selection=small.selection,
        initiative=Initiative.objects.get(code="IN-1"),
        way="in",
        reason="La loi",
    )
    assert (
        "IN-1\tretenue d’office\tLa loi" in CliRunner().invoke(select, [number, "--orders"]).output
    )
    told = json.loads(CliRunner().invoke(select, [number, "--orders", "--json"]).output)
    assert told["orders"] == [
        {
            "id": row.pk, "version": 1, "selection": small.selection.pk, "initiative": "IN-1",
            "way": "in", "reason": "La loi",
        }
    ]  # fmt: skip
    assert CliRunner().invoke(select, ["--orders"]).exit_code == 2
