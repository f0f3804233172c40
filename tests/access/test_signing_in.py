"""The sign-in page against guesses: slow for who guesses, open to who belongs (R9)."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client

import cast
from orchestre.access import backends, services, throttles
from orchestre.access.models import OpenSession, Throttle, User
from orchestre.access.web import devices

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def claire() -> User:
    cast.organisation()
    return cast.person("claire")


def attempt(client: Client, passphrase: str, email: str = "claire@example.org") -> Any:
    return client.post("/login/", {"email": email, "passphrase": passphrase})


def from_address(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def test_the_right_passphrase_opens_a_session_seen_by_its_owner() -> None:
    client = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"})
    assert attempt(client, cast.PASSPHRASE).status_code == 302
    assert client.get("/settings/me/").status_code == 200
    assert OpenSession.objects.get().device == "Firefox, Linux"
    assert client.post("/logout/").headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not OpenSession.objects.exists()
    assert client.get("/settings/me/").status_code == 302


@pytest.mark.parametrize(
    ("email", "passphrase"),
    [
        ("claire@example.org", "wrong passphrase"),
        ("nobody@example.org", cast.PASSPHRASE),
        ("CLAIRE@example.org ", "wrong passphrase"),
    ],
)
def test_the_answer_does_not_tell_whether_the_account_exists(email: str, passphrase: str) -> None:
    english = Client(headers={"accept-language": "en"})
    answer = attempt(english, passphrase, email)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "Email or passphrase is incorrect." in page
    assert passphrase not in page


def test_an_unknown_account_costs_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(backends, "make_password", hashed.append)
    attempt(Client(), "one guess", "nobody@example.org")
    assert hashed == ["one guess"]


def test_five_tries_are_free_then_each_waits_longer() -> None:
    client = Client()
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False) as clock:
        statuses = [attempt(client, f"guess {n}").status_code for n in range(5)]
        assert statuses == [401] * 5
        waits = []
        for _round in range(9):
            refused = attempt(client, cast.PASSPHRASE)
            assert refused.status_code == 429
            wait = int(refused.headers["Retry-After"])
            waits.append(wait)
            clock.shift(timedelta(seconds=wait))
            assert attempt(client, "guess").status_code == 401
        assert waits == [1, 2, 4, 8, 16, 32, 64, 120, 120]
        clock.shift(timedelta(seconds=120))
        assert attempt(client, cast.PASSPHRASE).status_code == 302


def test_a_thousand_addresses_evaluate_fifty_guesses_an_hour_and_the_owner_still_enters() -> None:
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False) as clock:
        at_home = Client()
        assert attempt(at_home, cast.PASSPHRASE).status_code == 302
        at_home.post("/logout/")
        evaluated: list[float] = []
        for number in range(700):
            clock.shift(timedelta(seconds=7))
            guesser = from_address(f"10.0.{number // 250}.{number % 250}")
            if attempt(guesser, f"guess {number}").status_code == 401:
                evaluated.append(number * 7.0)
        busiest = max(
            sum(1 for other in evaluated if start <= other < start + 3600) for start in evaluated
        )
        assert 40 <= busiest <= 50
        assert attempt(Client(), cast.PASSPHRASE).status_code == 429
        assert attempt(at_home, cast.PASSPHRASE).status_code == 302


def test_one_address_tries_sixty_accounts_a_minute() -> None:
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False) as clock:
        guesser = from_address("192.0.2.7")
        statuses = [
            attempt(guesser, "guess", f"user{n}@example.org").status_code for n in range(70)
        ]
        assert statuses == [401] * 60 + [429] * 10
        clock.shift(timedelta(seconds=75))
        assert attempt(guesser, "guess", "other@example.org").status_code == 401


def test_one_ipv6_network_is_one_guesser() -> None:
    statuses = [attempt(from_address(f"2001:db8::{n:x}"), "guess").status_code for n in range(1, 8)]
    assert statuses.count(401) == 5


def test_a_forged_header_does_not_dodge_the_limit(settings: Any) -> None:
    counter = itertools.count()
    client = Client()

    def forged() -> int:
        origin = f"198.51.100.{next(counter)}"
        form = {"email": "claire@example.org", "passphrase": "guess"}
        return client.post("/login/", form, headers={"x-forwarded-for": origin}).status_code

    assert [forged() for _ in range(7)].count(401) == 5
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    behind = Client()
    statuses = [
        behind.post(
            "/login/",
            {"email": "paul@example.org", "passphrase": "guess"},
            headers={"x-forwarded-for": f"203.0.113.{n}, 198.51.100.9"},
        ).status_code
        for n in range(7)
    ]
    assert statuses.count(401) == 5


def test_a_device_cookie_is_worth_nothing_for_another_account_or_when_forged() -> None:
    client = Client()
    attempt(client, cast.PASSPHRASE)
    cookie = client.cookies[devices.cookie_name()].value
    request = Client().get("/login/").wsgi_request
    request.COOKIES[devices.cookie_name()] = cookie
    assert devices.known_device(request, "claire@example.org")
    assert devices.known_device(request, "ada@example.org") is None
    for forged in (cookie[:-1] + "A" * 3, signing.dumps("1:ab", salt="other"), ""):
        request.COOKIES[devices.cookie_name()] = forged
        assert devices.known_device(request, "claire@example.org") is None


def test_next_never_leads_elsewhere() -> None:
    for address in (
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "\t//evil.example",
    ):
        client = Client()
        answer = client.post(
            "/login/",
            {"email": "claire@example.org", "passphrase": cast.PASSPHRASE, "next": address},
        )
        assert answer.headers["Location"] == "/", address
    kept = Client().post(
        "/login/",
        {"email": "claire@example.org", "passphrase": cast.PASSPHRASE, "next": "/journal/?page=2"},
    )
    assert kept.headers["Location"] == "/journal/?page=2"


def test_a_closed_account_is_out_at_once_with_its_sessions_and_tokens(claire: User) -> None:
    clients = [Client() for _ in range(5)]
    for client in clients:
        assert attempt(client, cast.PASSPHRASE).status_code == 302
    services.deactivate(cast.person("ada"), claire)
    for client in clients:
        assert client.get("/settings/me/").status_code == 302
    assert not Session.objects.exists()
    assert attempt(Client(), cast.PASSPHRASE).status_code == 401


def test_an_ended_access_closes_the_session_the_next_day(claire: User) -> None:
    client = Client()
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False) as clock:
        attempt(client, cast.PASSPHRASE)
        services.change_person(None, claire, {"valid_until": cast_day("2026-11-22")})
        assert client.get("/settings/me/").status_code == 200
        clock.shift(timedelta(days=1))
        assert client.get("/settings/me/").status_code == 302
        assert attempt(Client(), cast.PASSPHRASE).status_code == 401


def cast_day(text: str) -> Any:
    from datetime import date  # noqa: PLC0415 - beside its only use

    return date.fromisoformat(text)


def test_idle_and_old_sessions_end() -> None:
    with time_machine.travel("2026-11-22T08:00:00Z", tick=False) as clock:
        idle, busy = Client(), Client()
        attempt(idle, cast.PASSPHRASE)
        attempt(busy, cast.PASSPHRASE)
        assert idle.get("/settings/me/").status_code == 200
        opened = 0
        for _turn in range(20):
            clock.shift(timedelta(hours=11))
            opened += busy.get("/settings/me/").status_code == 200
        assert opened == 7 * 24 // 11  # seven days, however busy
        assert idle.get("/settings/me/").status_code == 302


def test_counts_that_nobody_looks_at_are_swept() -> None:
    with time_machine.travel("2026-11-22T08:00:00Z", tick=False) as clock:
        attempt(Client(), "guess")
        assert Throttle.objects.count() == 3
        clock.shift(timedelta(minutes=30))
        services.sweep()
        assert Throttle.objects.count() == 3
        clock.shift(timedelta(hours=4))
        services.sweep()
        assert Throttle.objects.count() == 0


def test_a_limit_holds_over_any_period_wherever_it_starts() -> None:
    limit = throttles.Limit(10, timedelta(minutes=1), timedelta(seconds=10))
    taken: list[float] = []
    with time_machine.travel("2026-11-22T08:00:00Z", tick=False) as clock:
        for turn in range(400):
            if throttles.take("k", limit):
                taken.append(turn * 1.7)
            clock.shift(timedelta(seconds=1.7))
    for start in taken:
        assert sum(1 for other in taken if start <= other < start + 60) <= 10
    assert len(taken) > 60
