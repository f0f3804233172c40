"""The weather beside an initiative, in the list of initiatives, and in the sentence of the home."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.load.services.compute import today
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.presenters.panels import Panel
from orchestre.ui import formats
from orchestre.weather import policy, queries
from orchestre.weather.presenters import words
from orchestre.weather.presenters.listing import counts_of
from orchestre.weather.rules import AXES, is_better, is_stale
from orchestre.weather.services import readings
from orchestre.weather.services.lines import lines


def panel(person: Person, initiative: Initiative) -> Panel | None:
    """Show the six axes, declared and calculated, and how old the news are."""
    if not policy.visible_to(person).filter(pk=initiative.pk).exists():
        return None
    one = readings.of(initiative)
    if one is None:
        return None
    last, frame = queries.last_of(initiative), readings.frame()
    days = (today() - timezone.localdate(last.published_at)).days if last else None
    stale = is_stale(days, frame.period_days)
    declared = last.declared if last and not stale else {}
    axes = format_html_join(
        "",
        "<li>{} {}</li>",
        (
            (
                words.AXES[axis],
                words.mark(one.word(axis), half=is_better(declared.get(axis, ""), one.word(axis))),
            )
            for axis in AXES
        ),
    )
    told = words.age(days, stale=stale and days is not None)
    body = format_html(
        '<p>{} <span class="muted">{}</span></p><ul class="plain">{}</ul>',
        words.mark(one.level),
        _("Declared: %s") % told,
        axes,
    )
    may = bool(policy.may_report(person, initiative))
    url = reverse("weather:update" if may else "weather:show", args=[initiative.code])
    return Panel(
        title=_("Weather"),
        body=body,
        url=url,
        url_label=_("Update the weather") if may else _("See why"),
    )


def column(ids: list[int]) -> dict[int, str]:
    """Write the calculated weather of a page of initiatives, and what the lead says otherwise."""
    found, reports, day = readings.current(), queries.latest(ids), today()
    told = {}
    for pk in ids:
        one = found.by_key.get(pk)
        if one is None:
            continue
        last = reports.get(pk)
        days = (day - timezone.localdate(last.published_at)).days if last else None
        told[pk] = words.level_word(one.level)
        if last is not None and is_stale(days, found.period_days):
            told[pk] = _("%(level)s (declared: out of date)") % {"level": told[pk]}
        elif last is not None and is_better(last.declared_level, one.level):
            said = words.level_word(last.declared_level).lower()
            told[pk] = _("%(level)s (declared: %(said)s)") % {"level": told[pk], "said": said}
    return told


def home(person: Person) -> SafeString:
    """Say the weather in one sentence, its numbers being links; empty when there is none."""
    every, _found = lines(person)
    if not every:
        return format_html("{}", "")
    counts = counts_of(every)
    url = reverse("weather:list")
    text = _("Weather: {off} off track, {watch} to watch.")
    return format_html(
        text,
        **{
            name: format_html(
                '<a href="{}?only={}" data-figure>{}</a>', url, name, formats.number(counts[name])
            )
            for name in ("off", "watch")
        },
    )
