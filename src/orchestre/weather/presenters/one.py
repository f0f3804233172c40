"""The weather of one initiative: six axes, why, and what was said before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.load.services.compute import today
from orchestre.portfolio.models import Initiative
from orchestre.ui import formats
from orchestre.ui.components import Breadcrumb, Button, Link
from orchestre.weather import policy, queries
from orchestre.weather.models import WeatherReport
from orchestre.weather.presenters import words
from orchestre.weather.rules import AXES, is_better, is_stale, trend_of
from orchestre.weather.services import readings
from orchestre.weather.snapshot import WORDS


@dataclass(frozen=True)
class Why:
    """One figure of an axis, in a sentence, with the bounds it was read by."""

    mark: SafeString
    sentence: str
    bounds: str


@dataclass(frozen=True)
class Axis:
    """One axis: what is calculated, what is declared, and why they differ."""

    name: str
    label: str
    calculated: SafeString
    declared: SafeString
    trend: SafeString
    reason: str
    whys: tuple[Why, ...]
    missing: str
    better: bool


@dataclass(frozen=True)
class Told:
    """One report as it was published."""

    period: str
    published: str
    author: str
    summary: str
    revision: int
    calculated: SafeString
    declared: SafeString
    reasons: tuple[tuple[str, str], ...]
    formula: str


@dataclass(frozen=True)
class Strip:
    """One axis over the periods: declared above, calculated below."""

    label: str
    declared: tuple[SafeString, ...]
    calculated: tuple[SafeString, ...]


@dataclass(frozen=True)
class OnePage:
    """What the page of one initiative draws."""

    initiative: Initiative
    breadcrumb: Breadcrumb
    calculated: SafeString
    declared: SafeString
    age: str
    stale: bool
    axes: tuple[Axis, ...]
    periods: tuple[str, ...]
    strips: tuple[Strip, ...]
    reports: tuple[Told, ...]
    primary: Button | None
    number: int
    summary: str


def build(person: Person, initiative: Initiative) -> OnePage:
    """Assemble the page for one person."""
    one, frame = readings.of(initiative), readings.frame()
    reports = queries.reports_of(initiative)
    last = reports[0] if reports else None
    days = age_of(last)
    stale = is_stale(days, frame.period_days)
    may = policy.may_report(person, initiative)
    update = Button(
        _("Update the weather"),
        reverse("weather:update", args=[initiative.code]),
        "primary",
        "edit",
    )
    level = one.level if one else ""
    return OnePage(
        initiative=initiative,
        breadcrumb=Breadcrumb(
            (
                Link(_("Weather"), reverse("weather:list")),
                Link(initiative.code, ""),
            )
        ),
        calculated=words.mark(level),
        declared=declared_mark(last, level, stale=stale),
        age=words.age(days, stale=stale and days is not None),
        stale=stale,
        axes=tuple(_axis(axis, one, last, stale=stale) for axis in AXES) if one else (),
        periods=tuple(formats.day_short(row.period_on) for row in reports[::-1]),
        strips=_strips(reports[::-1]),
        reports=tuple(_told(row) for row in reports),
        primary=update if may else None,
        number=frame.number,
        summary=last.summary if last else "",
    )


def age_of(last: WeatherReport | None) -> int | None:
    """Return the days since a report was published."""
    return None if last is None else (today() - timezone.localdate(last.published_at)).days


def declared_mark(last: WeatherReport | None, level: str, *, stale: bool) -> SafeString:
    """Return what is declared, grey once out of date, half filled when it looks better."""
    if last is None:
        return words.mark("", text=_("not declared"))
    if stale:
        return words.mark("", text=_("out of date"))
    return words.mark(last.declared_level, half=is_better(last.declared_level, level))


def _axis(axis: str, one: readings.One, last: WeatherReport | None, *, stale: bool) -> Axis:
    reading = one.axes[axis]
    now = one.word(axis)
    said = last.declared[axis] if last else ""
    better = not stale and is_better(said, now)
    before = str(_stored(last).get(axis, {}).get("level", "")) if last else ""
    return Axis(
        name=axis,
        label=str(words.AXES[axis]),
        calculated=words.mark(now),
        declared=_said(last, said, better=better, stale=stale),
        trend=words.arrow(trend_of(before, now)),
        reason=str(last.reasons.get(axis, "")) if last and not stale else "",
        whys=tuple(
            Why(
                words.mark(WORDS[measure.level]),
                words.sentence(measure.name, measure.value, one.known.behind),
                words.bounds(measure.name, measure.amber, measure.red),
            )
            for measure in reading.measures
        ),
        missing="" if reading.measures else str(words.MISSING[axis]),
        better=better,
    )


def _said(last: WeatherReport | None, said: str, *, better: bool, stale: bool) -> SafeString:
    if last is None or stale:
        return words.mark("", text=_("not declared") if last is None else _("out of date"))
    return words.mark(said, half=better, text=words.answer_word(said))


def _stored(row: WeatherReport) -> dict[str, Any]:
    found: dict[str, Any] = row.calculated.get("axes", {})
    return found


def _strips(reports: list[WeatherReport]) -> tuple[Strip, ...]:
    found = []
    for axis in AXES:
        declared, calculated = [], []
        for row in reports:
            now = str(_stored(row).get(axis, {}).get("level", ""))
            said = row.declared[axis]
            declared.append(words.glyph(axis, said, half=is_better(said, now)))
            calculated.append(words.glyph(axis, now))
        found.append(Strip(str(words.AXES[axis]), tuple(declared), tuple(calculated)))
    return tuple(found)


def _told(row: WeatherReport) -> Told:
    return Told(
        period=formats.day(row.period_on),
        published=formats.instant(row.published_at),
        author=str(row.author or _("Orchestre")),
        summary=row.summary,
        revision=row.revision,
        calculated=words.mark(row.level),
        declared=words.mark(row.declared_level, half=is_better(row.declared_level, row.level)),
        reasons=tuple(
            (str(words.AXES[axis]), str(row.reasons[axis])) for axis in AXES if axis in row.reasons
        ),
        formula=f"{row.formula} v{row.thresholds}",
    )
