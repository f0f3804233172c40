"""The worked examples of the method pages, run as they are printed."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[3] / "docs"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_worked_example_holds(language: str) -> None:
    page = DOCS / language / "methods" / "load.md"
    blocks = BLOCK.findall(page.read_text("utf-8"))
    assert len(blocks) == 4
    assert sum(block.count("assert ") for block in blocks) >= 15
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(page), "exec"), names)


def test_both_pages_have_the_same_parts() -> None:
    levels = [
        re.findall(
            r"^#+ ", (DOCS / language / "methods" / "load.md").read_text("utf-8"), re.MULTILINE
        )
        for language in ("en", "fr")
    ]
    assert levels[0] == levels[1]
