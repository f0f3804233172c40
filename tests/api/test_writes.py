"""Versions, keys and unknown fields: nobody overwrites, nothing is done twice or smuggled."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from api import operations
from api.operations import Sample
from api.test_matrix import ask
from api.world import World, build, caller
from orchestre.access.models import User
from orchestre.journal.models import ChangeSet, UsedKey
from orchestre.portfolio.models import Initiative

SMUGGLED: dict[str, Any] = {
    "id": 1, "pk": 1, "version": 99, "is_staff": True, "is_superuser": True, "role": "office",
    "owner": 1, "user": 1, "created_at": "2020-01-01", "archived_at": "2020-01-01T00:00:00Z",
    "path": "/1/", "lead_id": 1, "rated_by_id": 1, "__class__": "x", "agreed_by_giver": True,
}  # fmt: skip


def test_a_version_is_read_sent_back_and_moves_on(world: World) -> None:
    claire = caller("claire")
    read = claire.get("/initiatives/IN-1")
    assert read.headers["ETag"] == '"1"'
    done = claire("PATCH", "/initiatives/IN-1", {"stage": "deploy"}, If_Match=read.headers["ETag"])
    assert done.status_code == 200
    assert done.json()["version"] == 2
    assert done.headers["ETag"] == '"2"'
    same = claire("PATCH", "/initiatives/IN-1", {"stage": "deploy"}, If_Match='W/"2"')
    assert same.json()["version"] == 2


def test_without_a_version_nothing_is_written_over(world: World) -> None:
    claire = caller("claire")
    before = ChangeSet.objects.count()
    for sample in operations.samples(world):
        if sample.method in {"PATCH", "DELETE"}:
            answer = claire(sample.method, sample.path, sample.body)
            assert answer.status_code == 428, sample
            assert answer.json()["code"] == "version-required"
            odd = claire(sample.method, sample.path, sample.body, If_Match="*")
            assert odd.status_code == 422, sample
    assert ChangeSet.objects.count() == before


def test_two_people_on_two_fields_are_merged(world: World) -> None:
    claire, lina = caller("claire"), caller("lina")
    assert claire.patch("/initiatives/IN-1", {"sponsor_name": "Ada"}, 1).status_code == 200
    late = lina.patch("/initiatives/IN-1", {"why": "Plus vite"}, 1)
    assert late.status_code == 200
    assert (late.json()["sponsor_name"], late.json()["why"]) == ("Ada", "Plus vite")
    assert late.json()["version"] == 3


def test_two_people_on_one_field_read_both_values(world: World) -> None:
    claire, lina = caller("claire"), caller("lina")
    claire.patch("/initiatives/IN-1", {"sponsor_name": "Ada"}, 1)
    late = lina.patch("/initiatives/IN-1", {"sponsor_name": "Bob"}, 1)
    assert late.status_code == 412
    told = late.json()
    assert told["code"] == "stale-version"
    assert told["current_version"] == 2
    assert told["clashes"] == [{"field": "sponsor_name", "mine": "Bob", "theirs": "Ada"}]
    assert Initiative.objects.get(code="IN-1").sponsor_name == "Ada"


def test_what_changed_since_it_was_read_is_not_deleted(world: World) -> None:
    claire = caller("claire")
    path = f"/milestones/{world.milestone.pk}"
    assert claire.patch(path, {"name": "Autre"}, 1).status_code == 200
    late = claire.delete(path, 1)
    assert late.status_code == 412
    assert late.json()["current_version"] == 2
    assert claire.delete(path, 2).status_code == 204
    assert claire.get(path).status_code == 404


def test_every_write_refuses_what_it_does_not_know(world: World) -> None:
    claire, checked = caller("claire"), 0
    for sample in operations.samples(world):
        if sample.method == "GET" or sample.body is None:
            continue
        known = _fields(sample)
        for name, value in SMUGGLED.items():
            if name in known:
                continue
            body = {**sample.body, name: value}
            answer = ask(claire, Sample(sample.operation, sample.method, sample.path, body))
            assert answer.status_code == 422, (sample.operation, name)
            assert name in json.dumps(answer.json()["fields"])
            checked += 1
    assert checked > 400
    assert not User.objects.filter(name="x").exists()


def _fields(sample: Sample) -> set[str]:
    document = operations.document()
    told = next(t for name, _m, _p, t in operations.described() if name == sample.operation)
    schema = told["requestBody"]["content"]["application/json"]["schema"]
    named = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return set(named["properties"])


def test_the_same_key_is_one_act_and_one_answer(world: World) -> None:
    claire = caller("claire")
    first = claire.post("/initiatives", {"title": "Paie"}, Idempotency_Key="k-1")
    again = claire.post("/initiatives", {"title": "Paie"}, Idempotency_Key="k-1")
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert Initiative.objects.filter(title="Paie").count() == 1
    other = claire.post("/initiatives", {"title": "Autre"}, Idempotency_Key="k-1")
    assert other.status_code == 422
    assert other.json()["code"] == "idempotency-key-reused"
    assert not Initiative.objects.filter(title="Autre").exists()


def test_a_key_belongs_to_one_person_and_a_refusal_does_not_use_it(world: World) -> None:
    claire, paul = caller("claire"), caller("paul")
    refused = claire.post("/units", {"name": ""}, Idempotency_Key="k-2")
    assert refused.status_code == 422
    assert claire.post("/units", {"name": "A"}, Idempotency_Key="k-2").status_code == 201
    assert paul.post("/units", {"name": "B"}, Idempotency_Key="k-2").status_code == 201
    assert UsedKey.objects.count() == 2


def test_every_creation_takes_a_key(world: World) -> None:
    claire = caller("claire")
    for sample in operations.samples(world):
        if sample.method != "POST" or sample.operation in {"add_token", "add_import", "what_if"}:
            continue
        if sample.operation in {"revoke_token", "undo_act", "undo_import"}:
            continue
        key = f"key-{sample.operation}"
        first = claire("POST", sample.path, sample.body, Idempotency_Key=key)
        acts = ChangeSet.objects.count()
        again = claire("POST", sample.path, sample.body, Idempotency_Key=key)
        assert again.status_code == first.status_code, sample
        if first.status_code < 300:
            assert again.json() == first.json(), sample
            assert ChangeSet.objects.count() == acts, sample


@pytest.mark.usefixtures("committed")
def test_fifty_at_once_with_one_key_create_one() -> None:
    build()
    claire = caller("claire")
    headers = {**claire.headers, "Idempotency-Key": "storm"}

    def one(_n: int) -> tuple[int, str]:
        try:
            answer = claire.client.__class__(raise_request_exception=False).post(
                "/api/v1/initiatives",
                data=json.dumps({"title": "Tempête"}),
                content_type="application/json",
                headers=headers,
            )
            return answer.status_code, answer.content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=50) as pool:
        answers = list(pool.map(one, range(50)))
    assert {status for status, _body in answers} == {201}
    assert len({json.loads(body)["id"] for _status, body in answers}) == 1
    assert Initiative.objects.filter(title="Tempête").count() == 1
