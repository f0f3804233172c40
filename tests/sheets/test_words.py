"""The guide says what the code does, and every sentence exists in French."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from orchestre.sheets.limits import LIMITS
from orchestre.sheets.notes import limits_table, reference

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src" / "orchestre" / "sheets").rglob("*.py"))
PART = ROOT / "src" / "orchestre" / "locale" / "fr" / "LC_MESSAGES" / "parts" / "sheets.po"
MARKS = {"_", "text"}


def sentences() -> set[str]:
    calls = (
        node
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    )
    first = (call.args[0] for call in calls if call.func.id in MARKS and call.args)
    return {
        one.value for one in first if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


@pytest.fixture(scope="module")
def french() -> Catalog:
    with PART.open("rb") as file:
        return read_po(file)


def test_every_sentence_exists_in_french_and_none_is_left_over(french: Catalog) -> None:
    known = {str(message.id) for message in french if message.id}
    assert known == sentences()
    assert all(message.string for message in french if message.id)


def test_french_keeps_the_details_and_its_typography(french: Catalog) -> None:
    for message in french:
        if not message.id:
            continue
        detail = r"%\(\w+\)[sdg]"
        assert sorted(re.findall(detail, str(message.id))) == sorted(
            re.findall(detail, str(message.string))
        )
        assert not re.search(
            r"(?<![\u00a0\u202f])[;!?»]|[^\u00a0\u202f]:(?= )|'|“|”|«(?!\u00a0)",
            str(message.string),
        ), message.string


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_guide_holds_the_limits_and_the_columns_of_the_code(language: str) -> None:
    guide = (ROOT / "docs" / language / "guide" / "formats.md").read_text("utf-8")
    admin = (ROOT / "docs" / language / "admin" / "hostile-files.md").read_text("utf-8")
    assert limits_table(LIMITS, language) in guide
    assert limits_table(LIMITS, language) in admin
    assert reference(language) in guide
