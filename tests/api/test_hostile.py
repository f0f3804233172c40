"""Hostile values on every write: a refusal with a sentence, never an error of ours."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from django.test.utils import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api import operations
from api.operations import Sample
from api.test_matrix import ask
from api.world import BASE, World, caller

HOSTILE: list[Any] = [
    None, True, "", " ", 0, -1, 1.5, -1e308, 1e308, 10**30, [], {}, [[[]]], {"a": {"b": {}}},
    "\x00", "a\x00b", "\ud800", "x" * 30_000, "😀" * 300, "<script>alert(1)</script>",
    "'; DROP TABLE portfolio_initiative; --", "=cmd|'/c calc'!A1", "../../etc/passwd",
    "0000-01-01", "0001-01-01", "9999-12-31", "2026-02-30", "2026-13-01", "26-1-1",
    "2026-01-01T00:00:00", "NaN", "Infinity", "1e400", "null", "true", "1", "-1", "\u202e",
    ["x"] * 300, {"x": 1}, ["a", 1, None], {str(n): n for n in range(200)},
]  # fmt: skip
RAW = [
    b"", b"{", b"[]", b"null", b"1", b'"x"', b"\xff\xfe", b'{"title": NaN}', b'{"a":Infinity}',
    b'{"title": "a", "title": "b"}', b"[" * 100_000, b'{"x": 1e999}', b"{}" * 3,
    b'{"days": ' + b"9" * 5000 + b"}", b'{"title": "\\ud800"}', b'{"cost_eur": -Infinity}',
]  # fmt: skip


def writes(world: World) -> list[Sample]:
    return [one for one in operations.samples(world) if one.method != "GET" and one.body]


def test_no_value_of_any_field_breaks_any_write(world: World) -> None:
    claire, broken, checked = caller("claire"), [], 0
    for sample in writes(world):
        for name in operations_fields(sample):
            for value in HOSTILE:
                body = {**deepcopy(sample.body), name: value}
                answer = ask(claire, Sample(sample.operation, sample.method, sample.path, body))
                checked += 1
                if answer.status_code >= 500:
                    broken.append((sample.operation, name, value, answer.content[:200]))
                if answer.status_code >= 400:
                    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert not broken
    assert checked > 3000


def operations_fields(sample: Sample) -> list[str]:
    document = operations.document()
    told = next(t for name, _m, _p, t in operations.described() if name == sample.operation)
    reference = told["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    return list(document["components"]["schemas"][reference.rpartition("/")[2]]["properties"])


def test_no_body_of_bytes_breaks_any_write(world: World) -> None:
    claire = caller("claire")
    for sample in writes(world):
        told = {"If_Match": '"1"'} if sample.method in {"PATCH", "DELETE"} else {}
        for raw in RAW:
            answer = claire(sample.method, sample.path, raw=raw, **told)
            assert 400 <= answer.status_code < 500, (sample.operation, raw[:30], answer.content)


def test_numbers_that_are_not_figures_are_refused(world: World) -> None:
    claire = caller("claire")
    for text in ("NaN", "Infinity", "-Infinity", "1e400", "9" * 5000):
        raw = b'{"unit": "NORD", "absorption_ratio": ' + text.encode() + b"}"
        answer = claire("POST", "/capacity-rules", raw=raw)
        assert answer.status_code == 422, text
        assert "absorption_ratio" in json.dumps(answer.json()["fields"])


@pytest.mark.parametrize("day", ["0000-01-01", "0001-01-01", "9999-12-31", "2026-02-30", 20260101])
def test_days_out_of_the_calendar_are_refused(world: World, day: object) -> None:
    answer = caller("claire").post("/initiatives", {"title": "Paie", "starts_on": day})
    assert answer.status_code == 422
    assert any("starts_on" in name for name in answer.json()["fields"])


def test_nothing_is_converted_silently(world: World) -> None:
    claire = caller("claire")
    for body in (
        {"title": 12}, {"title": "a", "mandatory": "true"}, {"title": "a", "mandatory": 1},
        {"title": "a", "priority": "1"}, {"title": "a", "priority": 1.0},
        {"title": "a", "go_live_later_weeks": True}, {"title": "a", "systems": "SAP"},
    ):  # fmt: skip
        assert claire.post("/initiatives", body).status_code == 422, body


def test_a_body_that_is_too_large_is_refused(world: World) -> None:
    claire = caller("claire")
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10_000):
        answer = claire("POST", "/initiatives", raw=b'{"title": "' + b"x" * 20_000 + b'"}')
    assert answer.status_code == 413
    assert answer.json()["code"] == "too-large"


def test_files_that_are_not_tables_are_refused(world: World) -> None:
    claire = caller("claire")
    client = Client(headers=claire.headers, raise_request_exception=False)
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415 - used here only

    for name, content in (
        ("a.xlsx", b"PK\x03\x04 not a workbook"), ("a.csv", b""), ("a.exe", b"MZ\x90\x00"),
        ("../../a.csv", b"\x00\x01\x02"), ("a.xml", b"<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>"),
    ):  # fmt: skip
        file = SimpleUploadedFile(name, content)
        answer = client.post(f"{BASE}/imports", {"file": file})
        assert answer.status_code == 422, (name, answer.content)
        assert answer.json()["title"]
    assert client.post(f"{BASE}/imports", {"x": "1"}).status_code == 422


def test_odd_addresses_and_parameters_are_refused(world: World) -> None:
    claire = caller("claire")
    for path in (
        "/initiatives?limit=0", "/initiatives?limit=201", "/initiatives?limit=x",
        "/initiatives?offset=-1", f"/initiatives?offset={10**30}", "/initiatives?order=secret",
        "/initiatives?nope=1", "/initiatives?limit=1&limit=2", "/initiatives?stage=no",
        "/initiatives?unit=NOT-THERE", "/units?below=NOT-THERE", "/load?weeks=0",
        "/load?weeks=99999", "/load?as_of=9999-12-31", "/load?as_of=0001-01-01", "/load?x=1",
        "/load?unit=NOT-THERE", "/findings?kind=x", "/findings?population=x", "/journal?verb=%00",
        "/journal?first_day=0000-00-00", "/exports/portfolio.json?language=de",
        "/ratings?waiting=2", "/initiatives?starts_after=0001-01-01",
    ):  # fmt: skip
        assert claire.get(path).status_code == 422, path
    for path in (
        "/initiatives/%00", "/units/%F0%9F%98%80", "/load/cells/CAR/9999-W01",
        "/load/cells/CAR/2026-W99", "/load/cells/CAR/x", f"/impacts/{10**30}", "/impacts/-1",
        "/exports/portfolio.exe", "/initiatives/" + "x" * 3000,
    ):  # fmt: skip
        assert claire.get(path).status_code in {404, 422}, path


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(data=st.data())
def test_whatever_is_sent_the_answer_is_one_that_is_declared(world: World, data: Any) -> None:
    sample = data.draw(st.sampled_from(writes(world)))
    known = operations_fields(sample)
    body = dict(sample.body)
    for _n in range(data.draw(st.integers(1, 3))):
        body[data.draw(st.sampled_from(known))] = data.draw(JSON)
    answer = ask(caller("claire"), Sample(sample.operation, sample.method, sample.path, body))
    declared = next(t for name, _m, _p, t in operations.described() if name == sample.operation)
    assert str(answer.status_code) in declared["responses"], (body, answer.content)
