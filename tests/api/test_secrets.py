"""What is closed stays closed: confidential rows, blind sides, keys and sessions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

import cast
from api import operations
from api.test_matrix import ask
from api.world import BASE, CANARY, Caller, World, caller, token
from orchestre.access import keys
from orchestre.access.models import ApiToken, User
from orchestre.impacts.models import Impact

BLIND = 1973.0  # hours that nobody else uses


@pytest.mark.parametrize("name", ["ada", "paul", "rosa", "aude", "noam", "lina", "marc"])
def test_no_answer_tells_of_what_is_confidential(world: World, name: str) -> None:
    who, read = caller(name), 0
    for row in ("own", "secret"):
        for sample in operations.samples(world, row):
            text = ask(who, sample).content.decode(errors="replace")
            assert CANARY not in text, sample
            assert "IN-9" not in text, sample
            read += 1
    assert read > 120


def test_the_office_does_read_it(world: World) -> None:
    assert CANARY in caller("claire").get("/initiatives/IN-9").content.decode()


def test_hours_of_what_is_closed_count_without_a_name(world: World) -> None:
    rosa = caller("rosa")
    week = world.day.isocalendar()
    cell = rosa.get(f"/load/cells/VEN/{week.year}-W{week.week:02d}").json()
    closed = [one for one in cell["shares"] if one["initiative"] is None]
    assert len(closed) == 1
    assert closed[0]["title"] is None
    assert closed[0]["load_hours"] > 0
    total = sum(one["load_hours"] for one in cell["shares"])
    assert total == pytest.approx(cell["load_hours"], abs=1e-4)


def blind_impact(world: World) -> Impact:
    impact: Impact = world.impact
    Impact.objects.filter(pk=impact.pk).update(hours_per_person=BLIND, intensity=None)
    impact.refresh_from_db()
    return impact


def test_the_unit_does_not_read_the_project_before_it_answers(world: World) -> None:
    impact, marc = blind_impact(world), caller("marc")
    for path in (f"/impacts/{impact.pk}", f"/impacts/{impact.pk}/ratings", "/impacts", "/ratings"):
        assert "1973" not in marc.get(path).content.decode(), path
    told = marc.get(f"/impacts/{impact.pk}").json()
    assert told["hidden"]
    assert told["figures"] is None
    assert told["side"] == "unit"
    waiting = marc.get("/ratings?waiting=1").json()
    assert [one["impact"] for one in waiting["items"]] == [impact.pk]


def test_files_and_the_load_do_not_tell_what_is_blind(world: World) -> None:
    impact, marc = blind_impact(world), caller("marc")
    week = world.day.isocalendar()
    cell = f"/load/cells/CAR/{week.year}-W{week.week:02d}"
    for path in ("/exports/portfolio.json", cell, "/journal", "/findings"):
        text = marc.get(path).content.decode()
        assert "1973" not in text.replace(" ", "").replace("\\u202f", ""), path
    assert impact.hours_per_person == BLIND


def test_once_both_have_answered_they_compare_and_settle(world: World) -> None:
    impact, marc, lina = blind_impact(world), caller("marc"), caller("lina")
    answer = marc.post(f"/impacts/{impact.pk}/ratings", {"hours_per_person": 20.0})
    assert answer.status_code == 200
    told = answer.json()
    assert told["project"]["hours_per_person"] == BLIND
    assert told["differences"] == [{"name": "hours_per_person", "project": BLIND, "unit": 20.0}]
    again = marc.post(f"/impacts/{impact.pk}/ratings", {"hours_per_person": 21.0})
    assert (again.status_code, again.json()["code"]) == (422, "both-answered")
    settled = lina.post(
        f"/impacts/{impact.pk}/settle",
        {"choices": {"hours_per_person": "unit"}, "reason": "Mesuré sur place"},
    )
    assert settled.json()["figures"]["hours_per_person"] == 20.0


def test_the_project_does_not_read_the_unit_before_it_answers(world: World) -> None:
    impact, marc, lina = world.impact, caller("marc"), caller("lina")
    Impact.objects.filter(pk=impact.pk).update(hours_per_person=None, intensity=None)
    marc.post(f"/impacts/{impact.pk}/ratings", {"hours_per_person": BLIND, "comment": "1973"})
    for path in (f"/impacts/{impact.pk}/ratings", "/ratings", f"/impacts/{impact.pk}"):
        assert "1973" not in lina.get(path).content.decode(), path


def test_a_token_dies_at_once(world: World) -> None:
    row, secret = token("claire")
    who = Caller(secret)
    assert who.get("/me").json()["email"] == "claire@example.org"
    assert who.post(f"/tokens/{row.pk}/revoke").json()["revoked_at"] is not None
    assert who.get("/me").status_code == 401
    assert who.get("/me").headers["WWW-Authenticate"] == "Bearer"


def test_a_token_ends_on_its_day(world: World) -> None:
    row, secret = token("claire")
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        assert Caller(secret).get("/me").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=31, hours=2), tick=False):
        assert Caller(secret).get("/me").status_code == 401
    assert ApiToken.objects.get(pk=row.pk).revoked_at is None


def test_a_token_dies_with_its_account(world: World) -> None:
    who = caller("claire")
    User.objects.filter(email="claire@example.org").update(is_active=False)
    assert who.get("/me").status_code == 401


@pytest.mark.parametrize("secret", ["", "x", "orc_", "orc_" + "a" * 40, "orc_\x01", "Bearer"])
def test_a_made_up_token_opens_nothing(world: World, secret: str) -> None:
    answer = Caller(secret or "none").get("/me")
    assert answer.status_code == 401
    assert answer.json()["code"] == "not-signed-in"


def test_a_token_is_drawn_once_and_listed_without_its_secret(world: World) -> None:
    lina = caller("lina")
    day = (timezone.localdate() + timedelta(days=10)).isoformat()
    made = lina.post("/tokens", {"name": "Nuit", "expires_on": day})
    secret = made.json()["secret"]
    assert made.status_code == 201
    assert Caller(secret).get("/initiatives/IN-1").status_code == 200
    assert Caller(secret).post("/initiatives", {"title": "x"}).status_code == 403
    assert secret not in lina.get("/tokens").content.decode()
    mine = {one["id"] for one in lina.get("/tokens").json()["items"]}
    other, _secret = keys.create_token(
        cast.person("marc"), "m", may_write=True, expires_on=timezone.localdate() + timedelta(9)
    )
    assert other.pk not in mine
    assert lina.post(f"/tokens/{other.pk}/revoke").status_code == 404


def session(name: str) -> Client:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(cast.person(name))
    return client


def send(client: Client, **headers: str) -> Any:
    return client.post(
        f"{BASE}/initiatives", {"title": "Paie"}, content_type="application/json", headers=headers
    )


def test_a_session_reads_and_writes_only_with_the_csrf_token(world: World) -> None:
    client = session("claire")
    assert client.get(f"{BASE}/me").status_code == 200
    refused = send(client)
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf")
    page = client.get(f"{BASE}/docs")
    assert page.status_code == 200
    secret = client.cookies["csrftoken"].value
    assert send(client, **{"X-CSRFToken": "wrong"}).status_code == 403
    assert send(client, **{"X-CSRFToken": secret}).status_code == 201


def test_a_bad_token_does_not_fall_back_on_the_session(world: World) -> None:
    client = session("claire")
    answer = client.get(f"{BASE}/me", headers={"Authorization": "Bearer orc_wrong"})
    assert answer.status_code == 401


def test_an_export_holds_what_the_lists_hold(world: World) -> None:
    for name in ("claire", "lina", "marc", "aude"):
        who = caller(name)
        rows = who.get("/exports/portfolio.json").json()
        listed = who.get("/initiatives?limit=200").json()["items"]
        assert {one["code"] for one in rows["initiatives"]} == {one["code"] for one in listed}
