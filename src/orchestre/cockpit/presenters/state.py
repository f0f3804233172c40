"""The sentence of state: written by rules, its numbers are links."""

from __future__ import annotations

from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.load.presenters import words
from orchestre.load.queries import Reader
from orchestre.load.rules.dates import week_label
from orchestre.load.services.answer import LoadView
from orchestre.ui import formats

WEEKS_AHEAD = 8


def linked(count: int, url: str) -> SafeString:
    """Write a number as a link."""
    return format_html('<a href="{}" data-figure>{}</a>', url, formats.number(count))


def joined(parts: list[SafeString]) -> SafeString:
    """Put sentences after each other."""
    return format_html_join(" ", "{}", ((part,) for part in parts))


def initiatives(count: int, url: str) -> SafeString:
    """Say how many initiatives are under way."""
    text = ngettext("{n} initiative under way.", "{n} initiatives under way.", count)
    return format_html(text, n=linked(count, url))


def over_now(view: LoadView, reader: Reader, today: date) -> list[int]:
    """Return the rows of the populations above capacity in the coming weeks."""
    first = view.week_index(today) or 0
    excess = view.result.excess_hours[:, first : first + WEEKS_AHEAD]
    codes = view.result.population_ids
    return [
        row
        for row, code in enumerate(codes)
        if reader.sees_population(code) and bool((excess[row] > 0).any())
    ]


def overloaded(count: int) -> SafeString:
    """Say how many populations exceed their capacity soon."""
    if not count:
        text = _("No population exceeds its capacity in the next {weeks} weeks.")
        return format_html(text, weeks=WEEKS_AHEAD)
    text = ngettext(
        "{n} population exceeds its capacity in the next {weeks} weeks.",
        "{n} populations exceed their capacity in the next {weeks} weeks.",
        count,
    )
    return format_html(text, n=linked(count, words.address("load:overloads")), weeks=WEEKS_AHEAD)


def waiting_findings(count: int) -> SafeString:
    """Say how many findings wait for an opinion."""
    text = ngettext(
        "{n} finding waits for your opinion.", "{n} findings wait for your opinion.", count
    )
    return format_html(text, n=linked(count, f"{words.address('interactions:list')}?state=new"))


def heaviest(view: LoadView, rows: list[int], today: date) -> tuple[int, int] | None:
    """Return the row and week of the highest ratio to come; None when nothing is asked."""
    first = view.week_index(today) or 0
    best: tuple[float, int, int] | None = None
    for row in rows:
        for at in range(first, min(first + WEEKS_AHEAD, view.weeks)):
            ratio = float(view.result.load_ratio[row, at])
            if ratio > 0 and (best is None or ratio > best[0]):
                best = (ratio, row, at)
    return None if best is None else (best[1], best[2])


def heaviest_week(view: LoadView, rows: list[int], today: date) -> SafeString:
    """Say which week is the heaviest of some populations, and for whom."""
    found = heaviest(view, rows, today)
    if found is None:
        return format_html(_("Nothing is asked of your team in the next {n} weeks."), n=WEEKS_AHEAD)
    row, at = found
    group = view.snapshot.groups[view.result.population_ids[row]]
    monday = view.monday(at)
    ratio = words.ratio(float(view.result.load_ratio[row, at]))
    url = words.address("load:cell", f"p{group.pk}", week_label(monday))
    text = _("The heaviest week is {week}: {ratio} for {people}.")
    link = format_html('<a href="{}" data-figure>{}</a>', url, ratio)
    return format_html(text, week=words.week_with_dates(monday), ratio=link, people=group.name)
