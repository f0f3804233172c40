"""The eight answers apart from their pages: the very page that people read, as values and words."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.benefits.presenters import page as results
from orchestre.cockpit.presenters.questions import ASKED, questions
from orchestre.governance import queries as committees
from orchestre.governance.presenters import home as decided
from orchestre.kernel.errors import DomainError
from orchestre.load import queries as load
from orchestre.load.presenters import overloads
from orchestre.load.services import compute
from orchestre.selection import queries as selections
from orchestre.selection.presenters import strategy
from orchestre.selection.services import computing
from orchestre.sequencing.presenters import asking
from orchestre.sequencing.presenters import questions as supposing
from orchestre.ui.component import Content, draw
from orchestre.ui.components import Figure
from orchestre.ui.tables import DataTable
from orchestre.weather.presenters import zombies
from orchestre.weather.rules.zombies import Asked as Reasons

EVERY = 1_000_000  # nothing is cut for programs
KEYS = tuple(key for key, *_rest in ASKED)
PARAMETERS = ("initiative", "programme", "unit", "weeks", "quarter")


@dataclass(frozen=True)
class Part:
    """One part of an answer: sentences, a table, and what is to be known of it."""

    title: str
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Choice:
    """One thing that the question may be about."""

    parameter: str
    value: str
    label: str


@dataclass(frozen=True)
class Told:
    """One figure of the page, written for its reader."""

    label: str
    value: str
    trend: str
    note: str
    provenance: str


@dataclass(frozen=True)
class Answer:
    """The first sentence is the answer; while the question lacks its object, what to choose."""

    key: str
    question: str
    page: str
    sentence: str
    detail: str = ""
    figures: tuple[Told, ...] = ()
    gauges: tuple[supposing.Gauge, ...] = ()
    parts: tuple[Part, ...] = ()
    choices: tuple[Choice, ...] = ()


def answer(person: Person, key: str, about: Mapping[str, str | int]) -> Answer:
    """Answer a question as its page answers this person."""
    said = {name: value for name, value in about.items() if value}
    asked = next(((text, page, at) for name, text, page, at, _can in ASKED if name == key), None)
    if asked is None:
        raise Http404
    _check(key, said)
    question, page, arguments = asked
    url = reverse(page, args=arguments)
    if key in supposing.NAMES:
        return _supposed(person, key, said, url)
    return replace(ANSWERS[key](person), key=key, question=str(question), page=url)


def _check(key: str, said: Mapping[str, str | int]) -> None:
    """Refuse what the question does not listen to, rather than leave it unheard."""
    takes = asking.TAKES.get(key, ())
    foreign = [name for name in said if name not in takes]
    if foreign:
        sentence = (
            _("This question takes only: %s.") % ", ".join(takes)
            if takes
            else _("This question is about the whole organisation: it takes nothing.")
        )
        raise DomainError(sentence, fields={name: [sentence] for name in foreign})
    if "quarter" in said and asking.quarter_of(str(said["quarter"])) is None:
        sentence = _("Write a quarter as 2027-2.")
        raise DomainError(sentence, fields={"quarter": [sentence]})
    objects = [name for name in ("initiative", "programme", "unit") if name in said]
    if len(objects) > 1:
        sentence = _("Ask about one thing at a time.")
        raise DomainError(sentence, fields={name: [sentence] for name in objects})


def listed(person: Person) -> list[dict[str, Any]]:
    """Return the questions that this person may ask, each with what it may be about."""
    return [
        {
            "key": one.key,
            "question": one.text,
            "page": one.url,
            "takes": list(asking.TAKES.get(one.key, ())),
        }
        for one in questions(person)
    ]


def plain(found: Answer) -> dict[str, Any]:
    """Give an answer as plain values."""
    return asdict(found)


def _supposed(person: Person, key: str, said: Mapping[str, str | int], url: str) -> Answer:
    given = {name: str(value) for name, value in said.items()}
    about = asking.asked_of(person, given, key, int(said.get("weeks", 0)))
    page = supposing.question_page(person, key, about, EVERY)
    empty = f"{page.empty.title} {page.empty.sentence}" if page.empty else ""
    return Answer(
        key,
        page.question,
        f"{url}?{urlencode(given)}" if given else url,
        page.sentence or empty,
        page.detail,
        _figures(page.figures),
        page.gauges,
        tuple(_section(one) for one in page.sections),
        () if about.initiatives else tuple(_choices(page.choices)),
    )


def _section(one: supposing.Section) -> Part:
    if one.table is None:
        return Part(one.title, one.lines)
    return replace(_table(one.table, one.title), lines=one.lines)


def _choices(lists: Iterable[supposing.Choice]) -> Iterable[Choice]:
    for one in lists:
        for value, label, _chosen in one.options:
            if value:
                yield Choice(one.name, value, label)


def _feasible(person: Person) -> Answer:
    selection = selections.latest(person)
    found = None if selection is None else computing.outcomes(selection)
    if selection is None or found is None:
        return _told(
            _("No selection was computed yet."),
            _("The answer needs a selection: limits, and what each change is worth."),
        )
    page = strategy.build(person, selection, found)
    columns = (_("Objective"), _("Feasible?"), _("Why"), _("Initiatives that serve it"))
    rows = tuple(
        (
            str(line.objective),
            _text(line.mark),
            line.sentence,
            "; ".join(f"{one.name} ({one.state})" for one in line.served),
        )
        for line in page.lines
    )
    return _told(page.verdict, page.detail, parts=(Part(_("Objectives"), (), columns, rows),))


def _zombies(person: Person) -> Answer:
    page = zombies.build(person, Reasons(), most=EVERY)
    columns = (_("Initiative"), _("Title"), _("Reasons"), _("What stopping it would free"))
    rows = tuple(
        (one.code, one.title, " ".join(one.reasons), "; ".join(one.frees)) for one in page.items
    )
    if page.empty:
        return _told(str(page.empty.title), str(page.empty.sentence))
    return _told(page.sentence, page.names, parts=(Part(_("Initiatives"), (), columns, rows),))


def _gains(person: Person) -> Answer:
    page = results.build(person, most=EVERY)
    if page.empty:
        return _told(str(page.empty.title), str(page.empty.sentence))
    told = tuple(f"{one.title} {one.text}".strip() for one in page.notices)
    parts = [_table(one) for one in (page.ladder, page.table) if one]
    if told:
        parts.append(Part(_("To know"), told))
    return _told(page.sentence, page.detail, page.figures, tuple(parts))


def _decided(person: Person) -> Answer:
    page, last = decided.build(person), committees.last_time(person)
    parts = [_decisions(_("Last meeting"), [decided.moment(one) for one in last.decisions])]
    note = _("Older decisions: %s") % page.more_url if page.more_url else ""
    latest = _decisions(_("Decisions and their effect"), page.timeline)
    parts.append(replace(latest, note=note))
    figures = () if page.empty else page.figures
    return _told(page.sentence, page.detail, figures, tuple(one for one in parts if one.rows))


def _decisions(title: str, found: Sequence[decided.Moment]) -> Part:
    columns = (
        _("Decision"), _("Day"), _("Body"), _("Question"), _("Chosen"), _("Effect"), _("Figures"),
    )  # fmt: skip
    rows = tuple(
        (
            one.code, one.day, one.body, one.question, one.chosen,
            _text(one.mark) if one.mark else "", one.figures,
        )
        for one in found
    )  # fmt: skip
    return Part(title, (), columns, rows)


def _exhausted(person: Person) -> Answer:
    today = timezone.localdate()
    page = overloads.listing(compute.current(today), load.reader_of(person), today, {}, EVERY)
    told = tuple(one.sentence for one in page.next_data)
    parts = [_table(page.table)] if page.table else []
    if told:
        parts.append(Part(_("What to ask next"), told))
    return _told(page.sentence, page.detail, parts=tuple(parts))


ANSWERS: dict[str, Callable[[Person], Answer]] = {
    "feasible": _feasible,
    "zombies": _zombies,
    "gains": _gains,
    "decided": _decided,
    "exhausted": _exhausted,
}


def _told(
    sentence: str, detail: str, figures: Iterable[Figure] = (), parts: tuple[Part, ...] = ()
) -> Answer:
    return Answer("", "", "", sentence, detail, _figures(figures), (), parts)


def _figures(found: Iterable[Figure]) -> tuple[Told, ...]:
    return tuple(
        Told(
            str(one.label),
            f"{one.value} {one.unit}".strip(),
            str(one.trend.text) if one.trend else "",
            str(one.note),
            one.provenance,
        )
        for one in found
    )


def _table(found: DataTable, title: str = "") -> Part:
    lines = (f"{found.empty.title} {found.empty.sentence}".strip(),) if found.empty else ()
    return Part(
        title or str(found.caption),
        () if found.rows else lines,
        tuple(str(one.label) for one in found.columns),
        tuple(tuple(_text(cell) for cell in row.cells) for row in found.rows),
        str(found.pager.summary) if found.pager else "",
    )


def _text(cell: Content) -> str:
    """Write what a reader sees of a cell, without its drawing."""
    return " ".join(html.unescape(strip_tags(draw(cell))).split())
