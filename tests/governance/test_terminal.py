"""Committees in a terminal: in its language, and the same keys for programs."""

from __future__ import annotations

import json

import click
import pytest
from click.testing import CliRunner

import factories
from governance.conftest import Council
from orchestre.governance.cli import actions, decisions, meetings
from orchestre.governance.models import Action, Decision
from support import committee

KEYS = {
    "meetings": {"id", "body", "starts_at", "minutes", "state", "items"},
    "decisions": {
        "code", "body", "question", "chosen", "decided_on", "decided_by", "initiative",
        "review_on", "verdict", "value_then", "value_expected", "value_now", "plan", "replaces",
    },
    "actions": {"code", "what", "owner", "due_on", "decision", "chases"},
}  # fmt: skip


def said(command: click.Command, *arguments: str) -> str:
    done = CliRunner().invoke(command, list(arguments))
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(params=["fr_FR.UTF-8", "en_GB.UTF-8"])
def english(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Speak each language in turn; true when English is spoken."""
    monkeypatch.setenv("LC_ALL", request.param)
    return bool(request.param.startswith("en"))


@pytest.mark.django_db
def test_nothing_is_said_in_the_language_of_the_terminal(english: bool) -> None:
    told = [said(one).strip() for one in (meetings, decisions, actions)]
    assert told == (
        ["No meeting is planned.", "No decision yet.", "Nothing is waiting to be done."]
        if english
        else [
            "Aucune séance n’est planifiée.",
            "Aucune décision pour l’instant.",
            "Rien n’attend d’être fait.",
        ]
    )


def test_lines_are_in_the_language_of_the_terminal(council: Council, english: bool) -> None:
    committee.build(council.claire, factories.initiative("Caisse", code="IN-7"))
    Decision.objects.update(verdict="partly")
    assert ("1 item, planned" if english else "1 point, planifiée") in said(meetings)
    assert ("[partly achieved]" if english else "[atteint en partie]") in said(decisions)
    Decision.objects.update(verdict="")
    assert ("no effect" if english else "pas d’effet à relire") in said(decisions)
    assert ("(n/a)" if english else "(n.d.)") in said(actions)


def test_programs_read_the_same_keys_in_both_languages(council: Council, english: bool) -> None:
    committee.build(council.claire, factories.initiative("Caisse", code="IN-7"))
    Decision.objects.update(verdict="partly")
    for command in (meetings, decisions, actions):
        found = json.loads(said(command, "--json"))
        assert {frozenset(one) for one in found} == {frozenset(KEYS[str(command.name)])}
    assert json.loads(said(decisions, "--json"))[0]["verdict"] == "partly"
    assert Action.objects.count() == len(json.loads(said(actions, "--json")))
    assert english in {True, False}
