"""One name for one thing in French, whoever wrote the sentence."""

from __future__ import annotations

import re
from pathlib import Path

from orchestre.config.messages import merged, typeset

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
    """An ordinary space before : ; ? ! » would let a line begin with the mark."""
    assert typeset("Qui ? « Elle » : 1 ; 2 !") == (
        "Qui\u202f? «\u00a0Elle\u00a0»\u00a0: 1\u202f; 2\u202f!"
    )
    loose = re.compile(r"\S [:;?!»](?!\w)|« ")
    wrong = [one.id for one in merged() if loose.search(str(one.string))]
    assert wrong == []
