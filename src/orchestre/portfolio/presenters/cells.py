"""Cells of the list: what each column writes for one initiative."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from orchestre.portfolio.models import Initiative, Milestone
from orchestre.portfolio.presenters import words
from orchestre.portfolio.queries.beside import People, next_milestones, people_affected
from orchestre.portfolio.rules.facts import days_without_news, is_stale
from orchestre.ui import formats
from orchestre.ui.component import Component, Content

EDITABLE = {
    "stage": "stage",
    "human": "health_human",
    "technical": "health_technical",
    "economic": "health_economic",
    "sponsor": "sponsor_name",
    "lead": "lead_name",
    "family": "family",
}
NUMERIC = frozenset({"people", "cost"})


# written without a template: a page of the list has six hundred of them
_CELL = (
    '<span class="cell{}" id="{}"><a href="{}" hx-get="{}" hx-target="#{}" hx-swap="outerHTML">'
    '{}<span class="sr"> – {}</span></a>{}</span>'
)
_SAVED = (
    '<span role="status"><svg class="icon" aria-hidden="true"><use href="{}#check"/></svg>'
    '<span class="sr">{}</span></span>'
)


@dataclass(frozen=True)
class Beside:
    """What is read once for a whole page of rows."""

    people: dict[int, People] = field(default_factory=dict)
    milestones: dict[int, Milestone] = field(default_factory=dict)
    editable: frozenset[int] = frozenset()


def read_beside(keys: list[int], columns: tuple[str, ...], editable: frozenset[int]) -> Beside:
    """Read what the wanted columns need, in one statement each."""
    return Beside(
        people=people_affected(keys) if "people" in columns else {},
        milestones=next_milestones(keys) if "milestone" in columns else {},
        editable=editable,
    )


def cell(name: str, one: Initiative, beside: Beside) -> Content:
    """Write one cell; editable in place when the person may."""
    value = WRITERS[name](one, beside)
    if name in EDITABLE and one.pk in beside.editable:
        return editable(one, name, value)
    return value


def editable(one: Initiative, name: str, value: Content, *, saved: bool = False) -> SafeString:
    """Return a cell that can be changed in place: a link, which htmx replaces by a small form."""
    label = _("Change %(field)s of %(code)s") % {
        "field": str(words.COLUMN_LABELS[name]).lower(),
        "code": one.code,
    }
    here = reverse("portfolio:show", args=[one.code])
    place = f"cell-{one.pk}-{name}"
    tick = format_html(_SAVED, static("ui/icons.svg"), _("Saved.")) if saved else ""
    return format_html(
        _CELL,
        " cell-saved" if saved else "",
        place,
        f"{here}edit/#id_{EDITABLE[name]}",
        f"{here}cell/{name}/",
        place,
        value,
        label,
        tick,
    )


def _health(one: Initiative, beside: Beside) -> SafeString:
    """Write the three healths in one narrow cell: their shapes are seen, their words are read."""
    return format_html_join(
        "",
        '<span class="health"><span aria-hidden="true">{}</span>{}{}</span>',
        (
            (
                words.PILLARS_SHORT[name],
                format_html('<span class="sr">{} </span>', words.PILLARS[name][0]),
                cell(name, one, beside),
            )
            for name in words.PILLARS
        ),
    )


def _health_in_words(one: Initiative) -> str:
    colon = pgettext("between a name and its figure", ": ")
    return ", ".join(f"{words.PILLARS[name][0]}{colon}{PLAIN[name](one)}" for name in words.PILLARS)


def text(name: str, one: Initiative, beside: Beside) -> str:
    """Write one cell as plain text, for exports."""
    plain = PLAIN.get(name)
    if plain is not None:
        return plain(one)
    return str(WRITERS[name](one, beside))


def news(one: Initiative) -> str:
    """Say when something was last written, and since when nothing was."""
    today = timezone.localdate()
    on = timezone.localtime(one.updated_at).date()
    if is_stale(on, today, stage=one.stage, archived=one.archived_at is not None):
        return _("No news for %s days") % formats.number(days_without_news(on, today))
    return formats.day_short(on) if on.year == today.year else formats.day(on)


def is_old(one: Initiative) -> bool:
    """Tell whether the news of an initiative are old."""
    on = timezone.localtime(one.updated_at).date()
    return is_stale(on, timezone.localdate(), stage=one.stage, archived=one.archived_at is not None)


@dataclass(frozen=True)
class News(Component):
    """Age of news that are old, with a mark."""

    template_name: ClassVar[str] = "portfolio/parts/news.html"
    text: str


def _people(one: Initiative, beside: Beside) -> str:
    known = beside.people.get(one.pk, People(None, 0, 0))
    return words.people(known.persons, known.populations, known.without_headcount)


def _milestone(one: Initiative, beside: Beside) -> str:
    found = beside.milestones.get(one.pk)
    if found is None:
        return formats.undefined()
    return f"{formats.day_short(found.forecast_on)} – {found.name}"


def _in_two(dates: str) -> str:
    """Let a range break after its dash only: the first day above, the last below."""
    kept = dates.replace(" ", "\N{NO-BREAK SPACE}")
    return kept.replace("–\N{NO-BREAK SPACE}", "– ")


def _or_undefined(value: str) -> str:
    return value or formats.undefined()


WRITERS: dict[str, Callable[[Initiative, Beside], Content]] = {
    "stage": lambda one, _: words.capital(Initiative.Stage(one.stage).label),
    "health": _health,
    "human": lambda one, _: words.drawn_mark(one.health_human),
    "technical": lambda one, _: words.drawn_mark(one.health_technical),
    "economic": lambda one, _: words.drawn_mark(one.health_economic),
    "sponsor": lambda one, _: _or_undefined(one.sponsor_name),
    "lead": lambda one, _: _or_undefined(one.lead_name),
    "dates": lambda one, _: _in_two(words.dates_short(one)),
    "people": _people,
    "milestone": _milestone,
    "updated": lambda one, _: News(news(one)) if is_old(one) else news(one),
    "family": lambda one, _: _or_undefined(
        words.capital(Initiative.Family(one.family).label) if one.family else ""
    ),
    "unit": lambda one, _: _or_undefined(one.unit.name if one.unit else ""),
    "programme": lambda one, _: _or_undefined(one.programme.name if one.programme else ""),
    "cost": lambda one, _: formats.euros(one.cost_eur),
}
PLAIN: dict[str, Callable[[Initiative], str]] = {
    "health": _health_in_words,
    "dates": words.dates_short,
    "human": lambda one: str(Initiative.Health(one.health_human).label),
    "technical": lambda one: str(Initiative.Health(one.health_technical).label),
    "economic": lambda one: str(Initiative.Health(one.health_economic).label),
    "updated": lambda one: timezone.localtime(one.updated_at).date().isoformat(),
    "cost": lambda one: "" if one.cost_eur is None else str(one.cost_eur),
}
