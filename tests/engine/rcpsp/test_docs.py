"""The worked example of the method page, run as it is printed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[3] / "docs"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_worked_example_holds(language: str) -> None:
    page = DOCS / language / "methods" / "scheduling.md"
    blocks = BLOCK.findall(page.read_text("utf-8"))
    assert len(blocks) == 2
    assert sum(block.count("assert ") for block in blocks) >= 7
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(page), "exec"), names)


def test_both_pages_have_the_same_parts() -> None:
    pages = [DOCS / language / "methods" / "scheduling.md" for language in ("en", "fr")]
    english, french = (re.findall(r"^#+ ", one.read_text("utf-8"), re.MULTILINE) for one in pages)
    assert english == french


def test_the_room_stands_without_the_application() -> None:
    code = (
        "import sys; sys.modules['django'] = None; sys.modules['orchestre'] = None;"
        "import orchestre_engine.sequencing.rcpsp"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
