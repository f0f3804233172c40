"""Which projects are zombies: facts with their dates, what stopping would free, and no verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from orchestre.access.reach import Person
from orchestre.load.presenters.words import listed
from orchestre.load.services import compute as load
from orchestre.portfolio import policy as portfolio
from orchestre.ui import formats
from orchestre.ui.components import Button, EmptyState, Link, Pager
from orchestre.weather import policy, queries, snapshot
from orchestre.weather.presenters import words
from orchestre.weather.rules.zombies import (
    MOVED_TIMES,
    REASONS,
    SILENT_WEEKS,
    UNTOUCHED_WEEKS,
    Asked,
    Pulse,
    is_asked_about,
    reasons_of,
)
from orchestre.weather.services import readings

LABELS: dict[str, str | Promise] = {
    "silent": gettext_lazy("No weather for %s weeks or more"),
    "overdue": gettext_lazy("End date passed, not closed"),
    "moved": gettext_lazy("Dates moved later %s times or more in a year"),
    "no_milestone": gettext_lazy("No milestone ahead"),
    "spending": gettext_lazy("Still has money to spend"),
    "untouched": gettext_lazy("Nothing written for %s weeks or more"),
}
NAMED = 6
ITEMS = 50  # cards of a page
LIMITS = {"silent": SILENT_WEEKS, "moved": MOVED_TIMES, "untouched": UNTOUCHED_WEEKS}


@dataclass(frozen=True)
class Switch:
    """One reason that counts or not."""

    label: str
    on: bool
    url: str


@dataclass(frozen=True)
class Item:
    """One initiative, the reasons that hold, and what stopping would free."""

    code: str
    title: str
    url: str
    reasons: tuple[str, ...]
    frees: tuple[str, ...]
    acts: tuple[Button, ...]


@dataclass(frozen=True)
class Found:
    """One initiative and its reasons, as values: the API and the command line read them."""

    code: str
    title: str
    pk: int
    reasons: dict[str, int]
    pulse: Pulse
    remaining_eur: float | None
    hours: float | None


@dataclass(frozen=True)
class ZombiePage:
    """What the page draws."""

    sentence: str
    names: str
    usual: bool
    switches: tuple[Switch, ...]
    least: tuple[Link, ...]
    items: tuple[Item, ...]
    pager: Pager | None
    empty: EmptyState | None


def found(person: Person, asked: Asked) -> list[Found]:
    """Return the initiatives with enough reasons, those with the most first."""
    seen = set(policy.visible_to(person).order_by().values_list("pk", flat=True))
    return among(seen, asked)


def among(seen: set[int], asked: Asked) -> list[Found]:
    """Return, among some initiatives, those with enough reasons."""
    every, briefs, day = readings.current(), queries.briefs(), load.today()
    rows = []
    for pk, one in every.by_key.items():
        if pk not in seen:
            continue
        brief = briefs.get(pk)
        reported_on = brief.published_on if brief else None
        pulse = one.known.pulse(day, reported_on)
        reasons = reasons_of(pulse, day)
        if is_asked_about(reasons, asked):
            rows.append((one, reasons, pulse))
    hours = snapshot.hours_ahead({one.known.code for one, _r, _p in rows}) if rows else {}
    kept = [
        Found(
            one.known.code,
            one.known.title,
            one.known.pk,
            {name: reasons[name] for name in asked.switched_on if name in reasons},
            pulse,
            one.known.remaining_eur,
            hours.get(one.known.code),
        )
        for one, reasons, pulse in rows
    ]
    return sorted(kept, key=lambda one: (-len(one.reasons), -(one.remaining_eur or 0), one.code))


def build(person: Person, asked: Asked, number: int = 1, most: int = ITEMS) -> ZombiePage:
    """Assemble the page for one person; it holds so many cards."""
    some = found(person, asked)
    page = Paginator(some, most).get_page(number)
    editable = set(
        portfolio.editable_by(person)
        .filter(pk__in=[one.pk for one in page.object_list])
        .values_list("pk", flat=True)
    )
    return ZombiePage(
        sentence=_sentence(some, asked),
        names=_names(some),
        usual=asked == Asked(),
        switches=tuple(_switch(name, asked) for name in REASONS),
        least=tuple(
            Link(str(n), _url(asked.without, n), current=n == asked.least) for n in (1, 2, 3, 4)
        ),
        items=tuple(_item(one, may=one.pk in editable) for one in page.object_list),
        pager=words.pager_of(page, lambda n: f"{_url(asked.without, asked.least)}&page={n}"),
        empty=None
        if some
        else EmptyState(
            "done",
            _("Nothing looks asleep."),
            _("No initiative under way gathers enough of these reasons."),
        ),
    )


def _url(without: frozenset[str], least: int) -> str:
    names = ",".join(sorted(without))
    return f"?least={least}" + (f"&without={names}" if names else "")


def label_of(name: str) -> str:
    """Return a reason in general, with its limit."""
    text = str(LABELS[name])
    return text % LIMITS[name] if name in LIMITS else text


def _switch(name: str, asked: Asked) -> Switch:
    on = name not in asked.without
    without = asked.without | {name} if on else asked.without - {name}
    return Switch(label_of(name), on, _url(without, asked.least))


def _sentence(some: list[Found], asked: Asked) -> str:
    if not some:
        return ""
    told = ngettext(
        "%(n)s initiative gathers at least %(least)s reasons to ask whether it still lives.",
        "%(n)s initiatives gather at least %(least)s reasons to ask whether they still live.",
        len(some),
    ) % {"n": formats.number(len(some)), "least": asked.least}
    money = [one.remaining_eur for one in some if one.remaining_eur is not None]
    if money:
        told += " " + _("Stopping all of them would free %s.") % formats.short_euros(sum(money))
    return told


def _names(some: list[Found]) -> str:
    """Name them, with how many reasons each gathers."""
    told = (
        ngettext(
            "%(code)s %(title)s (%(n)s reason)", "%(code)s %(title)s (%(n)s reasons)",
            len(one.reasons),
        ) % {"code": one.code, "title": one.title, "n": len(one.reasons)}
        for one in some
    )  # fmt: skip
    return f"{listed(told, NAMED)}." if some else ""


def in_words(pulse: Pulse, reasons: Mapping[str, int]) -> tuple[str, ...]:
    """Say each reason with its date or its figure."""
    return tuple(_reason(name, value, pulse) for name, value in reasons.items())


def _reason(name: str, value: int, pulse: Pulse) -> str:
    if name == "silent":
        return _silent(pulse.reported_on, value)
    if name == "overdue":
        return _("Its end was planned for %(day)s, %(ago)s ago.") % {
            "day": formats.day(_last_day(pulse.ends_on)),
            "ago": words.weeks(value),
        }
    if name == "moved":
        return ngettext(
            "Its dates moved later %(n)s time in a year.",
            "Its dates moved later %(n)s times in a year.",
            value,
        ) % {"n": formats.number(value)}
    if name == "untouched":
        return _("Nothing was written about it since %s.") % formats.day(pulse.touched_on)
    if name == "no_milestone":
        return _("No milestone is planned ahead.")
    return _("Money is still planned or committed.")


def _last_day(ends_on: date | None) -> date | None:
    return date.fromordinal(ends_on.toordinal() - 1) if ends_on else None


def _silent(reported_on: date | None, value: int) -> str:
    count = ngettext("%(n)s week", "%(n)s weeks", value) % {"n": formats.number(value)}
    if reported_on is None:
        return _("Its weather was never declared; nothing for %s.") % count
    return _("No weather since %(day)s: %(count)s.") % {
        "day": formats.day(reported_on),
        "count": count,
    }


def _item(one: Found, *, may: bool) -> Item:
    frees = []
    if one.remaining_eur is not None:
        frees.append(_("%s not spent yet") % formats.short_euros(one.remaining_eur))
    if one.hours:
        frees.append(_("%s person-hours of change ahead") % formats.number(one.hours, 0))
    elif one.hours is None:
        frees.append(_("person-hours ahead: a headcount is missing"))
    acts = (
        Button(_("Stop…"), reverse("portfolio:stop", args=[one.code]), "secondary", "stop",
               described=one.code),
        Button(_("Re-plan"), reverse("portfolio:move", args=[one.code]), "secondary", "calendar",
               described=one.code),
        Button(_("Update the weather"), reverse("weather:update", args=[one.code]), "quiet", "edit",
               described=one.code),
    )  # fmt: skip
    return Item(
        one.code,
        one.title,
        reverse("weather:show", args=[one.code]),
        in_words(one.pulse, one.reasons),
        tuple(frees),
        acts if may else (),
    )


def plain(one: Found) -> dict[str, Any]:
    """Give one initiative as plain values."""
    return {
        "code": one.code,
        "title": one.title,
        "reasons": [
            {"name": name, "value": value, "sentence": _reason(name, value, one.pulse)}
            for name, value in one.reasons.items()
        ],
        "remaining_eur": one.remaining_eur,
        "remaining_person_hours": one.hours,
    }
