"""`orchestre user …`: one object on stdout, sentences on stderr, 0, 1 or 2."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.test import Client

import cast
from orchestre.access import single
from orchestre.access.cli import user
from orchestre.access.models import User
from orchestre.access.reach import reach_of
from orchestre.access.rules import Can
from orchestre.kernel.errors import DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


def run(*words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(user, words, input=typed)


def answer(result: Result) -> dict[str, Any]:
    lines = result.stdout.splitlines()
    assert len(lines) == 1
    found: dict[str, Any] = json.loads(lines[0])
    return found


def test_an_administrator_is_created_on_a_fresh_server() -> None:
    words = ("create", "ada@example.org", "--name", "Ada", "--role", "administrator", "--json")
    result = run(*words, "--passphrase-stdin", typed="four words not together\n")
    assert result.exit_code == 0
    assert answer(result)["roles"] == ["administrator"]
    ada = User.objects.get()
    assert reach_of(ada).can(Can.ADMINISTER)
    assert ada.check_password("four words not together")


def test_without_a_passphrase_a_link_is_given() -> None:
    result = run("create", "zoe@example.org", "--name", "Zoé", "--until", "2027-06-30")
    assert result.exit_code == 0
    link = result.stdout.strip()
    assert link.startswith("http://localhost:8000/invitation/")
    cast.organisation()
    assert Client().get(link.removeprefix("http://localhost:8000")).status_code == 200
    assert "72 hours" in result.stderr


def test_refusals_are_sentences_and_exit_one() -> None:
    cast.person("ada")
    again = run("create", "ada@example.org", "--name", "Ada", "--json")
    assert (again.exit_code, answer(again)["ok"]) == (1, False)
    assert "already an account" in again.stderr
    weak = run(
        "create", "x@example.org", "--name", "X", "--passphrase-stdin", typed="password1234\n"
    )
    assert weak.exit_code == 1
    assert not User.objects.filter(email="x@example.org").exists()
    absent = run("deactivate", "nobody@example.org")
    assert (absent.exit_code, absent.stdout) == (1, "")
    last = run("deactivate", "ada@example.org")
    assert "last administrator" in last.stderr
    assert run("create", "x@example.org").exit_code == 2
    assert run("create", "x@example.org", "--name", "X", "--role", "king").exit_code == 2


def test_accounts_are_listed_closed_and_given_a_passphrase() -> None:
    cast.person("ada")
    cast.person("rosa")
    listed = answer(run("list", "--json"))
    assert [p["email"] for p in listed["people"]] == ["ada@example.org", "rosa@example.org"]
    assert "rosa@example.org\tRosa Reader\topen\treader" in run("list").stdout
    changed = run("passphrase", "Rosa@example.org", typed="lanterne verte du quai\n")
    assert changed.exit_code == 0
    assert User.objects.get(email="rosa@example.org").check_password("lanterne verte du quai")
    closed = run("deactivate", "rosa@example.org", "--json")
    assert answer(closed)["active"] is False


def test_the_terminal_speaks_french_when_it_is_french(monkeypatch: pytest.MonkeyPatch) -> None:
    from orchestre.access.terminal import language  # noqa: PLC0415 - beside its only use

    for variable, spoken in (("fr_FR.UTF-8", "fr"), ("", "fr"), ("C.UTF-8", "en"), ("C", "en")):
        monkeypatch.setenv("LANG", variable)
        assert language() == spoken, variable


def test_a_library_that_prints_does_not_mix_with_what_a_command_says() -> None:
    """HiGHS 1.12 prints a line of its own now and then: a program reads our standard output."""
    code = (
        "import os; from orchestre.config.cli import keep_stdout; keep_stdout();"
        "os.write(1, b'noise\\n'); print('{\"said\": \"é\"}')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout == '{"said": "é"}\n'
    assert "noise" in done.stderr


def test_an_address_that_another_server_listens_on_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(single, "PATIENCE_SECONDS", 0.2)
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as servers do
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(DomainError, match=f"already listens on 127.0.0.1, port {port}"):
            single.only_listener("127.0.0.1", port)
    single.only_listener("127.0.0.1", port)
    with pytest.raises(DomainError, match=r"cannot listen on 203\.0\.113\.9, port 8000: "):
        single.only_listener(
            "203.0.113.9", 8000
        )  # an address of documentation: not of this machine
