"""The worked examples of the methods page run as they are printed."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[3] / "docs"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page_name", ["selection", "priorities"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_worked_example_holds(language: str, page_name: str) -> None:
    page = DOCS / language / "methods" / f"{page_name}.md"
    blocks = BLOCK.findall(page.read_text("utf-8"))
    assert sum(block.count("assert ") for block in blocks) >= 8
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(page), "exec"), names)
