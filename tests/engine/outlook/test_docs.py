"""The worked examples of the method pages, run as they are printed."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[3] / "docs"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PAGES = {"outlook": (5, 15), "earned-value": (2, 9)}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_worked_examples_hold(name: str, language: str) -> None:
    page = DOCS / language / "methods" / f"{name}.md"
    blocks = BLOCK.findall(page.read_text("utf-8"))
    at_least, asserts = PAGES[name]
    assert len(blocks) >= at_least
    assert sum(block.count("assert ") for block in blocks) >= asserts
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(page), "exec"), names)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_both_pages_have_the_same_parts_and_the_same_examples(name: str) -> None:
    texts = [
        (DOCS / language / "methods" / f"{name}.md").read_text("utf-8") for language in ("en", "fr")
    ]
    heads = [re.findall(r"^#+ ", text, re.MULTILINE) for text in texts]
    assert heads[0] == heads[1]
    assert BLOCK.findall(texts[0]) == BLOCK.findall(texts[1])
