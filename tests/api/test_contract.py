"""The OpenAPI document is a promise: it changes on purpose, and it says everything.

After a wanted change: `ORCHESTRE_WRITE_SNAPSHOTS=1 pytest tests/api/test_contract.py`, then read
the difference of `openapi.json`: what is removed or becomes required breaks programs.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from api import operations
from api.world import Caller, World, caller
from orchestre.config import messages
from orchestre.config.api_docs import document

SNAPSHOT = Path(__file__).with_name("openapi.json")


def test_the_document_is_the_one_that_was_reviewed() -> None:
    now = json.dumps(document(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if os.environ.get("ORCHESTRE_WRITE_SNAPSHOTS"):
        SNAPSHOT.write_text(now, encoding="utf-8")
    assert json.loads(SNAPSHOT.read_text(encoding="utf-8")) == json.loads(now), (
        "The API changed. If that is wanted, run this test again with ORCHESTRE_WRITE_SNAPSHOTS=1"
        " and read the difference of tests/api/openapi.json."
    )


def test_every_operation_says_what_it_is_and_how_it_refuses() -> None:
    seen = set()
    for operation, method, path, told in operations.described():
        seen.add(operation)
        assert told["summary"], operation
        assert told["description"], operation
        assert told["tags"], operation
        assert told["security"], operation
        answers = {str(status) for status in told["responses"]}
        assert {"401", "403", "422", "429"} <= answers, operation
        if method in {"PATCH", "DELETE"}:
            assert {"404", "412", "428"} - ({"404"} if "{" not in path else set()) <= answers
            required = [one for one in told["parameters"] if one["name"] == "If-Match"]
            assert required
            assert required[0]["required"]
        good = [told["responses"][s] for s in told["responses"] if str(s).startswith("2")]
        assert good, operation
        assert all("content" in one for one in good) or method == "DELETE", operation
    assert len(seen) > 100
    assert document()["openapi"].startswith("3.1")


def test_every_reference_of_the_document_leads_somewhere() -> None:
    text = json.dumps(document())
    named = set(re.findall(r"#/components/schemas/([^\"]+)", text))
    assert named
    assert named <= set(document()["components"]["schemas"])


def test_the_document_is_for_those_who_are_signed_in(world: World) -> None:
    assert Caller().get("/openapi.json").status_code == 401
    assert Caller().get("/docs").status_code == 401
    answer = caller("rosa").get("/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["info"]["title"] == "Orchestre"


def test_the_page_lists_every_operation_without_a_script(world: World) -> None:
    answer = caller("rosa").get("/docs")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    for operation, _method, path, _told in operations.described():
        assert f'id="{operation}"' in text
        assert path in text
    assert not re.search(r"<script(?![^>]*src=[\"']/static/)", text)
    assert not re.search(r"https?://(?!www\.w3\.org)", text)


def test_an_unknown_address_is_a_problem_too() -> None:
    answer = Caller().get("/nothing/here")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("application/problem+json")


def test_the_page_says_every_operation_in_french() -> None:
    catalogue = messages.merged()
    for _operation, _method, _path, told in operations.described():
        for text in (told["summary"], told["tags"][0]):
            found = catalogue.get(text, "API")
            assert found is not None, text
            assert found.string, text
