"""What awaits a person, as cards: a verb first, one button each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.cockpit.rules.tasks import LINES_SHOWN, Batch, Task
from orchestre.interactions.models import Finding
from orchestre.interactions.presenters.sentences import sentence
from orchestre.interactions.queries import names_for, with_parts
from orchestre.load.presenters import words
from orchestre.ui import formats
from orchestre.ui.components import Button

UNDER_WAY = "&".join(
    f"stage={stage}" for stage in ("define", "launch", "prepare", "deploy", "consolidate")
)
ICONS = {
    "rate": "people",
    "finding": "collision",
    "agree": "link",
    "dates": "calendar",
    "stale": "edit",
    "weather": "flag",
    "opinion": "edit",
    "action": "check",
    "verdict": "governance",
    "assumed": "puzzle",
}


@dataclass(frozen=True)
class Line:
    """One thing of a gathered card."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Card:
    """One card: what to do, when, for whom, and the button that leads there."""

    key: str
    icon: str
    title: str
    facts: str
    button: Button
    lines: tuple[Line, ...]
    more: int


def cards(person: Person, found: list[Batch]) -> tuple[Card, ...]:
    """Write cards; the sentences of all the findings they show are read together."""
    shown = [
        int(one.ref)
        for batch in found
        if batch.kind == "finding"
        for one in batch.tasks[:LINES_SHOWN]
    ]
    told = _sentences(person, shown)
    return tuple(_card(batch, told) for batch in found)


def _sentences(person: Person, keys: list[int]) -> dict[str, str]:
    if not keys:
        return {}
    names = names_for(person)
    rows = with_parts(Finding.objects.filter(pk__in=keys))
    return {str(row.pk): sentence(row, names) for row in rows}


def _card(batch: Batch, told: dict[str, str]) -> Card:
    first = batch.tasks[0]
    title = _many(batch) if batch.gathered else _title(first, told)
    url = _list_url(batch) if batch.gathered else _url(first)
    lines = batch.tasks[:LINES_SHOWN] if batch.gathered else ()
    return Card(
        key=batch.key,
        icon=ICONS[batch.kind],
        title=title,
        facts=_facts(batch),
        button=Button(_button(batch.kind), url, described=title),
        lines=tuple(Line(_line(one, told), _when(one.due_on), _url(one)) for one in lines),
        more=max(len(batch.tasks) - LINES_SHOWN, 0) if batch.gathered else 0,
    )


def _facts(batch: Batch) -> str:
    parts = [_when(batch.due_on)]
    if batch.people:
        parts.append(words.people(batch.people))
    return " · ".join(part for part in parts if part)


def _when(day: date | None) -> str:
    if day is None:
        return ""
    return formats.day(day) if day > timezone.localdate() else _("now")


def _title(one: Task, told: dict[str, str]) -> str:
    values = {"title": one.title, "other": one.detail}
    texts: dict[str, Callable[[], str]] = {
        "rate": lambda: _("Say what “%(title)s” asks of %(other)s") % values,
        "finding": lambda: (
            _("Give your opinion: %(sentence)s") % {"sentence": told.get(one.ref, "")}
        ),
        "agree": lambda: _("Agree on what “%(title)s” gives to “%(other)s”") % values,
        "dates": lambda: _("Give dates to “%(title)s”") % values,
        "opinion": lambda: _("Give your opinion before the vote: %(title)s") % values,
        "action": lambda: _("Do “%(title)s”") % values,
        "verdict": lambda: _("Say what decision %(title)s changed") % values,
        "weather": lambda: _("Declare the weather of “%(title)s”") % values,
        "stale": lambda: (
            _("Give news of “%(title)s”: nothing since %(day)s")
            % {"title": one.title, "day": formats.day(parse_date(one.detail))}
        ),
    }
    return texts[one.kind]()


def _many(batch: Batch) -> str:
    n = len(batch.tasks)
    if batch.kind == "assumed":
        return _("Say whom “%(title)s” touches%(others)s: today it is assumed") % {
            "title": batch.tasks[0].title,
            "others": ngettext(" and %(n)s other", " and %(n)s others", n - 1) % {"n": n - 1}
            if n > 1
            else "",
        }
    texts = {
        "rate": ngettext(
            "Evaluate %(n)s impact on your people", "Evaluate %(n)s impacts on your people", n
        ),
        "finding": ngettext(
            "Give your opinion on %(n)s finding", "Give your opinion on %(n)s findings", n
        ),
        "agree": ngettext("Agree on %(n)s dependency", "Agree on %(n)s dependencies", n),
        "dates": ngettext("Give dates to %(n)s initiative", "Give dates to %(n)s initiatives", n),
        "opinion": ngettext(
            "Give your opinion on %(n)s question before the vote",
            "Give your opinion on %(n)s questions before the vote",
            n,
        ),
        "action": ngettext("Do %(n)s action you were asked", "Do %(n)s actions you were asked", n),
        "verdict": ngettext(
            "Say what %(n)s decision changed", "Say what %(n)s decisions changed", n
        ),
        "weather": ngettext(
            "Declare the weather of %(n)s initiative",
            "Declare the weather of %(n)s initiatives",
            n,
        ),
        "stale": ngettext(
            "Give news of %(n)s initiative: nothing for a month",
            "Give news of %(n)s initiatives: nothing for a month",
            n,
        ),
    }
    return texts[batch.kind] % {"n": formats.number(n)}


def _button(kind: str) -> str:
    return {
        "rate": _("Evaluate"),
        "finding": _("Look at it"),
        "agree": _("Agree"),
        "dates": _("Give the dates"),
        "stale": _("Update"),
        "weather": _("Declare"),
        "opinion": _("Give the opinion"),
        "action": _("Look at it"),
        "verdict": _("Read the effect again"),
        "assumed": _("Describe the impacts"),
    }[kind]


def _line(one: Task, told: dict[str, str]) -> str:
    if one.kind == "finding":
        return told.get(one.ref, "")
    if one.kind in {"rate", "agree"}:
        return f"{one.title} → {one.detail}"
    return one.title


def _url(one: Task) -> str:
    ref = one.ref.rpartition(":")[0] if one.kind == "agree" else one.ref
    page = {
        "rate": "impacts:rate",
        "finding": "interactions:show",
        "agree": "portfolio:plan",
        "dates": "portfolio:edit",
        "stale": "portfolio:show",
        "weather": "weather:update",
        "opinion": "governance:opinion",
        "action": "governance:action",
        "verdict": "governance:verdict",
        "assumed": "impacts:of",
    }[one.kind]
    return words.address(page, ref)


def _list_url(batch: Batch) -> str:
    """Return the page where all of a kind are done one after the other."""
    portfolio = words.address("portfolio:list")
    return {
        "rate": words.address("impacts:to-rate"),
        "finding": f"{words.address('interactions:list')}?state=new",
        "agree": words.address("portfolio:dependencies"),
        "dates": f"{portfolio}?dates=missing&{UNDER_WAY}",
        "stale": f"{portfolio}?news=stale",
        "weather": words.address("weather:next"),
        "opinion": _url(batch.tasks[0]),
        "action": f"{words.address('governance:actions')}?show=mine",
        "verdict": f"{words.address('governance:decisions')}?show=late",
        "assumed": _url(batch.tasks[0]),
    }[batch.kind]
