"""The worked example of the method pages, run as it is printed; the command and the API agree."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from orchestre.resources.cli import means
from orchestre.resources.models import Envelope
from resources.conftest import YEAR, Small

DOCS = Path(__file__).parents[2] / "docs"
HEADING = re.compile(r"^#+ ", re.MULTILINE)
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def headings(page: Path) -> list[str]:
    return HEADING.findall(page.read_text("utf-8"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_worked_example_holds(language: str) -> None:
    page = DOCS / language / "methods" / "means.md"
    (block,) = BLOCK.findall(page.read_text("utf-8"))
    assert block.count("assert ") >= 8
    exec(compile(block, str(page), "exec"), {})


def test_both_pages_have_the_same_parts() -> None:
    for shelf, name in (("methods", "means"), ("guide", "resources")):
        levels = [
            re.findall(
                r"^#+ ", (DOCS / tongue / shelf / f"{name}.md").read_text("utf-8"), re.MULTILINE
            )
            for tongue in ("en", "fr")
        ]
        assert levels[0] == levels[1]


@pytest.mark.django_db
def test_the_command_gives_what_is_asked_and_what_there_is(small: Small) -> None:
    Envelope.objects.create(name="Year", amount_eur=1_000_000, **YEAR)
    asked = ["--from", "2027-05-01", "--months", "1"]
    told = json.loads(CliRunner().invoke(means, [*asked, "--json"]).output)
    assert told["months"] == ["2027-05-01"]
    assert [one["asked_fte"] for one in told["roles"]] == [[3.5], [1.0]]
    assert [one["available_fte"] for one in told["roles"]] == [[2.0], [None]]
    assert told["cost_eur"]["assumed"][0] == pytest.approx(1_200_000 * 31 / 365, abs=0.01)
    assert told["envelopes"][0]["left_eur"] == pytest.approx(-200_000, abs=0.01)
    words = CliRunner().invoke(means, asked).output
    assert "Architects, May 2027: 3.5 FTE asked, 1.5 FTE missing" in words
    assert "Year: €1,200,000 asked of €1,000,000" in words
