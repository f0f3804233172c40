"""The colours of printed packs: those of the screen in daylight."""

from __future__ import annotations

from orchestre.reports.rules.document import Tone

INK, MUTED, RULE, SOFT, PAPER = "151A2D", "535C77", "E2E5EF", "EDEFF6", "FFFFFF"
ACCENT, ACCENT_SOFT = "3B4CE0", "E8EBFD"
LEVELS = ("F5F7F9", "CCE7FE", "99CEFB", "6BAFEE", "DA751D", "B04613", "791F19")
LEVEL_INKS = ("111827", "111827", "111827", "111827", "111827", "FFFFFF", "FFFFFF")
SERIES = ("3B4CE0", "0B6B5E", "B0691A", "6B7490")
TONES: dict[Tone, str] = {
    "": INK,
    "ok": "006F65",
    "watch": "854700",
    "off": "A3123F",
    "done": "311981",
    "unknown": MUTED,
    "muted": MUTED,
}
