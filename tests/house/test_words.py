"""One name for one thing in French, whoever wrote the sentence."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
OTHER_NAMES = ("bureau de la transformation",)  # it is “direction de la transformation”


def test_the_transformation_office_has_one_name() -> None:
    parts = (ROOT / "src/orchestre/locale/fr/LC_MESSAGES/parts").glob("*.po")
    pages = (ROOT / "docs/fr").rglob("*.md")
    wrong = {
        path.name: name
        for path in (*parts, *pages)
        for name in OTHER_NAMES
        if name in path.read_text(encoding="utf-8").casefold()
    }
    assert wrong == {}


def test_french_keeps_its_marks_with_the_word_before_them() -> None:
    """An ordinary space before : ; ? ! » € lets a line begin with the mark."""
    parts = (ROOT / "src/orchestre/locale/fr/LC_MESSAGES/parts").glob("*.po")
    loose = re.compile(r"(?:\S (?:[:;?!»](?!\w)|€))|« ")
    wrong = [
        f"{path.name}: {line}"
        for path in parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(("msgstr", '"')) and loose.search(line.removeprefix("msgstr "))
    ]
    assert wrong == []
