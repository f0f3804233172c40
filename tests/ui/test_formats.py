"""Figures and dates as each language writes them; what is not known is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from orchestre.config.messages import compile_french
from orchestre.ui import formats

THIN = "\N{NARROW NO-BREAK SPACE}"
MARCH = date(2026, 3, 16)
ACROSS = (date(2026, 3, 30), date(2026, 4, 4))


@pytest.fixture(scope="module", autouse=True)
def french() -> None:
    compile_french()
    translation.trans_real._translations.clear()


@pytest.mark.parametrize(
    ("call", "fr", "en"),
    [
        (lambda: formats.number(1234.5), f"1{THIN}234,5", "1,234.5"),
        (lambda: formats.number(2, 1), "2,0", "2.0"),
        (lambda: formats.hours(2.45), f"2,45{THIN}h", "2.45\N{NO-BREAK SPACE}h"),
        (lambda: formats.percent(1.4), f"140{THIN}%", "140%"),
        (lambda: formats.percent(0.125, 1), f"12,5{THIN}%", "12.5%"),
        (lambda: formats.euros(60000), f"60{THIN}000{THIN}€", "€60,000"),
        (lambda: formats.short_euros(950), f"950{THIN}€", "€950"),
        (lambda: formats.short_euros(-12_345), f"-12{THIN}k€", "-€12k"),
        (lambda: formats.short_euros(1_250_000), f"1,25{THIN}M€", "€1.25m"),
        (lambda: formats.short_euros(98_520_000, 1), f"98,5{THIN}M€", "€98.5m"),
        (lambda: formats.euros_unit(2e6)[0], "M€", "€m"),
        (lambda: formats.euros_unit(2e5)[0], "k€", "€k"),
        (lambda: formats.day(MARCH), "16 mars 2026", "16 March 2026"),
        (lambda: formats.day_short(MARCH), "16 mars", "16 Mar"),
        (lambda: formats.dates(MARCH, date(2026, 3, 21)), "16–20 mars 2026", "16–20 March 2026"),
        (lambda: formats.dates(*ACROSS), "30 mars – 3 avril 2026", "30 March – 3 April 2026"),
        (
            lambda: formats.dates(date(2026, 12, 28), date(2027, 1, 2)),
            "28 décembre 2026 – 1er janvier 2027",
            "28 December 2026 – 1 January 2027",
        ),
        (lambda: formats.dates(MARCH, date(2026, 3, 17)), "16 mars 2026", "16 March 2026"),
        (lambda: formats.week(MARCH), "S12", "W12"),
        (
            lambda: formats.week_long(date(2026, 3, 18)),
            "semaine 12, du 16 au 20 mars 2026",
            "week 12, from 16 to 20 March 2026",
        ),
        (
            lambda: formats.instant(datetime(2026, 3, 12, 13, 5, tzinfo=UTC)),
            f"12 mars 2026, 14{THIN}h{THIN}05",
            "12 March 2026, 14:05",
        ),
        (lambda: formats.month(MARCH), "mars 2026", "March 2026"),
    ],
)
def test_each_language_writes_its_way(call: Callable[[], str], fr: str, en: str) -> None:
    with translation.override("fr"):
        assert call() == fr
    with translation.override("en"):
        assert call() == en


@pytest.mark.parametrize(
    "write",
    [
        formats.number,
        formats.hours,
        formats.percent,
        formats.euros,
        formats.short_euros,
        formats.day,
        formats.week,
        formats.week_long,
        formats.instant,
    ],
)
def test_what_is_not_known_is_never_zero(write: Callable[[None], str]) -> None:
    with translation.override("fr"):
        assert write(None) == "n.d."
    with translation.override("en"):
        assert write(None) == "n/a"


def test_week_across_two_months_names_both() -> None:
    assert formats.week_long(date(2026, 3, 31)) == "week 14, from 30 March to 3 April 2026"


def test_first_days_of_january_belong_to_the_iso_week() -> None:
    assert formats.week(date(2027, 1, 1)) == "W53"


def test_french_puts_a_space_before_high_punctuation() -> None:
    with translation.override("fr"):
        assert formats.labelled("Coût", "3 €") == "Coût\N{NO-BREAK SPACE}: 3 €"
        assert formats.clauses(["un", "deux"]) == "un\N{NARROW NO-BREAK SPACE}; deux"
    with translation.override("en"):
        assert formats.labelled("Cost", "€3") == "Cost: €3"
        assert formats.clauses(["one", "two"]) == "one; two"
    assert formats.clauses([]) == ""
