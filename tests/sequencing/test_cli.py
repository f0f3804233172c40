"""`orchestre scenario`: what a terminal reads, and a publication as shown."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

import cast
from orchestre.sequencing import services
from orchestre.sequencing.cli import scenario as command
from orchestre.sequencing.models import Plan, Scenario


@pytest.fixture
def shared(plan: SimpleNamespace) -> Scenario:
    claire = cast.person("claire")
    made = services.draft(claire, "Later")
    services.override(claire, made, plan.second, {"shift_days": 56})
    services.draft(claire, "Private")
    return services.share(claire, made)


def run(*arguments: str) -> object:
    done = CliRunner().invoke(command, [*arguments, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def test_drafts_stay_private(shared: Scenario) -> None:
    assert [one["name"] for one in run("list")] == ["Later"]  # type: ignore[attr-defined]  # a list


def test_compare_with_the_plan(shared: Scenario) -> None:
    current, later = run("compare", str(shared.pk))  # type: ignore[misc]  # two columns
    assert current["figures"]["people_over"] == 260
    assert later["verdict"]["people_over"] == "better"
    assert later["delta"]["people_over"] == -260


def test_publish_as_shown(shared: Scenario) -> None:
    told = run("show", str(shared.pk))
    assert told["moves"][0]["initiative"] == "IN-B"  # type: ignore[index]  # an object
    asked = ("publish", str(shared.pk), "--decision", "Yes.", "--as", "claire@example.org")
    refused = CliRunner().invoke(command, [*asked, "--expected", "1.no"])
    assert refused.exit_code != 0
    assert not Plan.objects.exists()
    done = run(*asked, "--expected", str(told["expected"]))  # type: ignore[index]  # idem
    assert done["plan"] == 2  # type: ignore[index]  # idem
