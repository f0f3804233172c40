"""Contrasts computed from the tokens themselves, in both themes (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "src/orchestre/ui/static/ui/css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9A-F]{6}), (#[0-9A-F]{6})\);")
TOKENS = {name: colours for name, *colours in PAIR.findall((CSS / "tokens.css").read_text("utf-8"))}
THEMES = {"light": 0, "dark": 1}
GROUNDS = ("bg", "surface", "surface-2")

TEXTS = [
    *(
        (ink, ground)
        for ink in ("text", "text-muted", "link", "danger", "success", "warn")
        for ground in GROUNDS[:2]
    ),
    ("text", "surface-2"),
    ("text-muted", "surface-2"),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-strong"),
    ("link", "accent-soft"),
    ("text", "accent-soft"),
    *((tone, f"{tone}-soft") for tone in ("danger", "success", "warn")),
    *(("text", f"{tone}-soft") for tone in ("danger", "success", "warn")),
    *(("l-ink-low", f"l{level}") for level in range(4)),
    ("l-ink-4", "l4"),
    ("l-ink-high", "l5"),
    ("l-ink-high", "l6"),
    ("d-ink-far", "d-3"),
    ("d-ink-far", "d-2"),
    *(("d-ink", ground) for ground in ("d-1", "d0", "d1")),
    ("d-ink-2", "d2"),
    ("d-ink-far", "d3"),
]
SHAPES = [
    *((mark, ground) for mark in ("st-ok", "st-watch", "st-off", "st-done") for ground in GROUNDS),
    *((mark, ground) for mark in ("focus", "border-strong") for ground in GROUNDS),
    ("accent", "surface"),
]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_formula_gives_the_known_extremes() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_can_be_read(ink: str, ground: str, theme: str) -> None:
    side = THEMES[theme]
    assert contrast(TOKENS[ink][side], TOKENS[ground][side]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("mark", "ground"), SHAPES)
def test_shapes_can_be_seen(mark: str, ground: str, theme: str) -> None:
    side = THEMES[theme]
    assert contrast(TOKENS[mark][side], TOKENS[ground][side]) >= 3


@pytest.mark.parametrize(("theme", "darker"), [("light", True), ("dark", False)])
def test_the_scale_of_load_prints_in_grey(theme: str, darker: bool) -> None:
    greys = [luminance(TOKENS[f"l{level}"][THEMES[theme]]) for level in range(7)]
    assert greys == sorted(greys, reverse=darker)
