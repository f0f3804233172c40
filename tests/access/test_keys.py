"""API tokens and share links: shown once, kept as fingerprints, dead when revoked (R10)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import cast
from orchestre.access import keys, services
from orchestre.access.models import ApiToken, Grant, ShareLink, User
from orchestre.access.queries import share_link_for, token_for
from orchestre.access.secrets_of import fingerprint
from orchestre.journal.models import Change, ChangeSet
from orchestre.kernel.errors import CannotDo, DomainError

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def soon(days: int = 30) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def token() -> str:
    cast.organisation()
    claire = cast.person("claire")
    return keys.create_token(claire, "export", may_write=False, expires_on=soon())[1]


def me(secret: str, **more: Any) -> Any:
    return Client().get("/api/v1/me", headers={"authorization": f"Bearer {secret}"}, **more)


def test_a_token_has_the_rights_of_its_owner(token: str) -> None:
    answer = me(token)
    assert answer.status_code == 200
    assert answer.json()["roles"] == ["office"]
    assert token.startswith("orc_")
    assert len(token) > 40
    assert ApiToken.objects.get().digest == fingerprint(token)
    assert token not in json.dumps(list(Change.objects.values("after")), default=str)


@pytest.mark.parametrize("wrong", ["", "orc_", "orc_guess", "x", "Bearer"])
def test_a_wrong_token_is_told_to_sign_in(token: str, wrong: str) -> None:
    answer = me(wrong)
    assert (answer.status_code, answer["Content-Type"]) == (
        401,
        "application/problem+json; charset=utf-8",
    )
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "not-signed-in"


def test_a_token_dies_with_its_revocation_its_day_its_owner(token: str) -> None:
    claire, ada = cast.person("claire"), cast.person("ada")
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert me(token).status_code == 401
    assert me(token).status_code == 200
    User.objects.filter(pk=claire.pk).update(valid_until=date(2020, 1, 1))
    assert me(token).status_code == 401
    User.objects.filter(pk=claire.pk).update(valid_until=None)
    services.deactivate(ada, claire)
    assert me(token).status_code == 401
    services.reactivate(ada, User.objects.get(pk=claire.pk))
    assert me(token).status_code == 401  # reopened accounts get no key back
    other = keys.create_token(ada, "x", may_write=False, expires_on=soon())
    assert me(other[1]).status_code == 200
    keys.revoke_token(ada, other[0])
    assert me(other[1]).status_code == 401


def test_a_read_token_refuses_to_write_and_a_write_token_writes_once_per_key() -> None:
    cast.organisation()
    claire = cast.person("claire")
    services.set_preferences(claire, {"theme": "dark"})
    services.set_preferences(claire, {"theme": "light"})
    act = ChangeSet.objects.first()
    assert act is not None
    address = f"/api/v1/journal/{act.pk}/undo"
    reads = keys.create_token(claire, "r", may_write=False, expires_on=soon())[1]
    writes = keys.create_token(claire, "w", may_write=True, expires_on=soon())[1]

    def post(secret: str, key: str = "", to: str = address) -> Any:
        headers = {"authorization": f"Bearer {secret}", "idempotency-key": key}
        return Client(enforce_csrf_checks=True).post(to, headers=headers)

    refused = post(reads)
    assert (refused.status_code, refused.json()["code"]) == (403, "not-allowed")
    first, again = post(writes, "k1"), post(writes, "k1")
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content
    assert User.objects.get(pk=claire.pk).theme == "dark"
    assert ChangeSet.objects.filter(verb="journal.undo").count() == 1
    assert post(writes, "k2").json()["code"] == "already-undone"
    assert post(writes, "k2").json()["code"] == "already-undone"  # a refusal is not kept
    other = post(writes, "k1", f"/api/v1/journal/{act.pk - 1}/undo")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert post(writes, "k" * 200).json()["code"] == "idempotency-key"


def test_a_browser_needs_its_csrf_token(as_person: As) -> None:
    client = Client(enforce_csrf_checks=True)
    cast.organisation()
    client.force_login(cast.person("claire"))
    assert client.get("/api/v1/me").status_code == 200
    refused = client.post("/api/v1/journal/1/undo")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf")
    # a wrong token does not fall back on the session
    wrong = client.get("/api/v1/me", headers={"authorization": "Bearer orc_guess"})
    assert wrong.status_code == 401


def test_six_hundred_requests_a_minute(token: str) -> None:
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False) as clock:
        statuses = [me(token).status_code for _ in range(603)]
        assert statuses == [200] * 600 + [429] * 3
        last = me(token)
        assert last.headers["Retry-After"] == "60"
        assert last.json()["code"] == "too-many-requests"
        clock.shift(timedelta(seconds=75))
        assert me(token).status_code == 200


def test_tokens_are_managed_from_the_page(as_person: As) -> None:
    claire = as_person("claire")
    form = {"name": "nightly", "may_write": "on", "expires_on": soon().isoformat()}
    page = claire.post(reverse("access:tokens"), form)
    made = ApiToken.objects.get()
    shown = page.content.decode()
    assert "orc_" in shown
    assert "orc_" not in claire.get(reverse("access:tokens")).content.decode()
    too_long = {**form, "expires_on": soon(400).isoformat()}
    assert claire.post(reverse("access:tokens"), too_long).status_code == 422
    # others do not see it; administrators revoke it
    assert as_person("rosa").post(reverse("access:token-revoke", args=[made.pk])).status_code == 404
    assert as_person("ada").post(reverse("access:token-revoke", args=[made.pk])).status_code == 302
    assert ApiToken.objects.get().revoked_at is not None


def test_a_share_link_opens_until_its_day_while_its_author_may_share() -> None:
    claire = cast.person("claire")
    link, secret = keys.share(claire, "load:map", "unit=pct", "Load of autumn", soon())
    assert share_link_for(secret) == link
    assert share_link_for(secret + "x") is None
    assert share_link_for("") is None
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert share_link_for(secret) is None
    Grant.objects.filter(user=claire).update(role="reader")
    assert share_link_for(secret) is None
    Grant.objects.filter(user=claire).update(role="office")
    keys.revoke_link(claire, link)
    assert share_link_for(secret) is None
    assert ShareLink.objects.get().digest != secret


def test_who_may_not_share_and_for_how_long() -> None:
    with pytest.raises(CannotDo):
        keys.share(cast.person("rosa"), "load:map", "", "Load", soon())
    for day in (timezone.localdate(), soon(91)):
        with pytest.raises(DomainError, match="90 days"):
            keys.share(cast.person("claire"), "load:map", "", "Load", day)


def test_links_are_closed_from_the_page(as_person: As) -> None:
    link, secret = keys.share(cast.person("claire"), "load:map", "", "Load of autumn", soon())
    assert "Load of autumn" in as_person("claire").get("/settings/links/").content.decode()
    assert "Load of autumn" not in as_person("rosa").get("/settings/links/").content.decode()
    address = reverse("access:link-revoke", args=[link.pk])
    assert as_person("rosa").post(address).status_code == 404
    assert as_person("claire").post(address).status_code == 302
    assert share_link_for(secret) is None


def test_only_tokens_of_ours_are_looked_for() -> None:
    assert token_for("ghp_0123456789") is None
