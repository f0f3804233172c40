"""The worked examples of the method pages, run as they are printed."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[3] / "docs"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def page(language: str) -> str:
    """Read the page."""
    return (DOCS / language / "methods" / "sequencing.md").read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_worked_example_holds(language: str) -> None:
    blocks = BLOCK.findall(page(language))
    assert len(blocks) == 3
    assert sum(block.count("assert ") for block in blocks) >= 15
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, language, "exec"), names)


def test_both_pages_have_the_same_parts() -> None:
    levels = [re.findall(r"^#+ ", page(language), re.MULTILINE) for language in ("en", "fr")]
    assert levels[0] == levels[1]
