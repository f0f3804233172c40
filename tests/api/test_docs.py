"""The examples of the documentation run against a server, in both languages."""

from __future__ import annotations

import json
import re
import shlex
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from api.world import CSV, build, token

DOCS = Path(__file__).resolve().parents[2] / "docs"
LANGUAGES = ("en", "fr")


def examples(language: str) -> list[str]:
    text = (DOCS / language / "admin" / "api.md").read_text(encoding="utf-8")
    return re.findall(r"```sh\n(curl .*?)\n```", text, re.DOTALL)


def run(command: str, known: dict[str, str]) -> tuple[int, Any]:
    """Do what curl would do of the few options that the examples use."""
    for name, value in known.items():
        command = command.replace(f"${name}", value)
    words = iter(shlex.split(command)[1:])
    method, headers, body, address = "GET", {}, None, ""
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _colon, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = next(words).encode()
        elif word == "-F":
            assert next(words) == "file=@portfolio.csv"
            method, body = "POST", multipart(CSV)
            headers["Content-Type"] = "multipart/form-data; boundary=frontier"
        elif word.startswith("http"):
            address = word
        else:
            assert word == "-sS", word
    request = urllib.request.Request(address, data=body, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.status, json.loads(answer.read())


def multipart(content: bytes) -> bytes:
    head = b'--frontier\r\nContent-Disposition: form-data; name="file"; filename="portfolio.csv"'
    return head + b"\r\nContent-Type: text/csv\r\n\r\n" + content + b"\r\n--frontier--\r\n"


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_runs_as_it_is_written(language: str, live_server: Any) -> None:
    build()
    known = {"ORCHESTRE": live_server.url, "TOKEN": token("claire")[1]}
    answers = [run(command, known) for command in examples(language)]
    assert len(answers) == 10
    assert all(status in {200, 201} for status, _body in answers)
    me, listed, made, changed, acts, load, cell, moved, received, exported = [
        body for _status, body in answers
    ]
    assert me["roles"] == ["office"]
    assert [one["code"] for one in listed["items"]] == ["IN-1"]
    assert made["cost_eur"] == "120000.00"
    assert (changed["version"], changed["sponsor_name"]) == (2, "Jeanne Martin")
    assert acts["total"] >= 2
    assert len(load["weeks"]) == 26
    assert cell["week"] == "2026-W50"
    assert moved["days"] == 28
    assert received["state"] == "uploaded"
    assert len(exported["initiatives"]) == 4


def test_both_languages_give_the_same_calls() -> None:
    def calls(language: str) -> list[str]:
        return [
            re.sub(r"-d '[^']*'|Idempotency-Key: [^\"]*|language=\w\w", "", one)
            for one in examples(language)
        ]

    assert calls("en") == calls("fr")
