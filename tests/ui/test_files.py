"""What the content policy and the budgets ask of the files themselves."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src/orchestre"
STATIC = SOURCE / "ui/static/ui"
STANDALONE = SOURCE / "reports/templates/reports/standalone.html"  # see tests/house/test_sizes.py
TEMPLATES = sorted(set(SOURCE.glob("*/templates/**/*.html")) - {STANDALONE})
SCRIPTS = sorted(STATIC.glob("js/*.js"))
SYMBOLS = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text("utf-8")))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"<[^>]*\sstyle\s*=", text)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text)
    assert "hx-on" not in text
    assert "javascript:" not in text
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_icons_named_exist(path: Path) -> None:
    named = set(re.findall(r'{% icon "([\w-]+)"', path.read_text("utf-8")))
    assert named <= SYMBOLS


def test_icons_named_in_python_exist() -> None:
    code = (SOURCE / "config/navigation.py").read_text("utf-8")
    named = set(re.findall(r':(?:\w+)", "([\w-]+)", Can\.', code))
    assert named
    assert named <= SYMBOLS


def test_own_scripts_are_few_and_safe() -> None:
    lines = sum(path.read_text("utf-8").count("\n") for path in SCRIPTS)
    assert lines <= 700
    for path in SCRIPTS:
        text = path.read_text("utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
        )


def test_styles_stay_small() -> None:
    sheets = [path.read_bytes() for path in STATIC.glob("css/*.css")]
    assert sum(len(sheet) for sheet in sheets) <= 44_500
    assert sum(len(gzip.compress(sheet)) for sheet in sheets) <= 12_000


def test_styles_fetch_nothing() -> None:
    for path in STATIC.glob("css/*.css"):
        text = path.read_text("utf-8")
        assert "@import" not in text
        assert not re.search(r"url\((?!#)", text)
