"""A hand on a page: what it does is counted, and how long it takes."""

from __future__ import annotations

import time
from datetime import date

from babel.dates import format_date
from playwright.sync_api import Locator, Page

SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})


class Hand:
    """Counts clicks and keys, as somebody in the room would, from the first of them."""

    def __init__(self, page: Page) -> None:
        self.page, self.acts, self.began = page, 0, 0.0

    def _act(self) -> None:
        self.began = self.began or time.perf_counter()
        self.acts += 1

    def click(self, what: Locator) -> None:
        """Click once; more than one candidate is a page that cannot be told from."""
        self._act()
        what.click()
        self.page.wait_for_load_state()

    def press(self, key: str) -> None:
        """Press a key."""
        self._act()
        self.page.keyboard.press(key)
        self.page.wait_for_load_state()

    @property
    def seconds(self) -> float:
        """Time since the first act."""
        return time.perf_counter() - self.began


def plain(text: str) -> str:
    """Write a text with ordinary spaces, on one line."""
    return " ".join(text.translate(SPACES).split())


def number(value: float, language: str, decimals: int = 0) -> str:
    """1 234,5 or 1,234.5."""
    text = f"{value:,.{decimals}f}"
    return text.replace(",", " ").replace(".", ",") if language == "fr" else text


def short_euros(value: float, language: str) -> str:
    """Write 4,53 M€ or €4.53m, 375 k€ or €375k."""
    letter, unit = ("m", 1e6) if value >= 1e6 else ("k", 1e3)
    amount = number(value / unit, language, 2 if letter == "m" else 0)
    mark = "," if language == "fr" else "."
    if mark in amount and letter == "m":
        amount = amount.rstrip("0").rstrip(mark)
    return (
        f"{amount} {'M' if letter == 'm' else 'k'}€" if language == "fr" else f"€{amount}{letter}"
    )


def day(written: str, language: str) -> str:
    """Write an ISO day as the pages do."""
    value = date.fromisoformat(written)
    text = format_date(value, "d MMMM y", locale="fr" if language == "fr" else "en_GB")
    return f"1er{text[1:]}" if language == "fr" and value.day == 1 else text
