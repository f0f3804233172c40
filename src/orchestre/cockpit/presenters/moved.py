"""What moved, in lines: one initiative, what changed in it, who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.cockpit.queries.moved import Arrived, Moved, News
from orchestre.journal.models import Change
from orchestre.journal.presenters import history_line, who
from orchestre.load.presenters import words
from orchestre.ui import formats

FIELDS_SHOWN = 3
LINES_AT_HOME = 3
MOST_LINES = 50


@dataclass(frozen=True)
class MovedLine:
    """One line: an initiative, or many that arrived together."""

    title: str
    code: str
    text: str
    who: str
    at: datetime
    url: str


@dataclass(frozen=True)
class MovedBlock:
    """What moved since an instant."""

    since: str
    lines: tuple[MovedLine, ...]
    more: int
    cut: bool


def moved(person: Person, news: News, most: int) -> MovedBlock:
    """Write the last lines of what moved."""
    found: list[Moved | Arrived] = sorted(
        [*news.moved, *news.arrived], key=lambda one: one.at, reverse=True
    )
    return MovedBlock(
        since=formats.instant(news.since),
        lines=tuple(_line(person, one) for one in found[:most]),
        more=max(len(found) - most, 0),
        cut=news.cut,
    )


def _line(person: Person, one: Moved | Arrived) -> MovedLine:
    if isinstance(one, Arrived):
        title = ngettext("%(n)s initiative added", "%(n)s initiatives added", one.count) % {
            "n": formats.number(one.count)
        }
        return MovedLine(title, "", "", who(one.act), one.at, words.address("portfolio:list"))
    row = one.initiative
    return MovedLine(
        row.title,
        row.code,
        _what(person, one),
        who(one.act),
        one.at,
        words.address("portfolio:history", row.code),
    )


def _what(person: Person, one: Moved) -> str:
    parts = [_("added")] if one.created else []
    names = [name for name in one.after if one.before.get(name) != one.after[name]]
    if not one.created and names:
        parts += _fields(person, one, names)
    if one.milestones:
        parts.append(
            ngettext("%(n)s milestone", "%(n)s milestones", one.milestones) % {"n": one.milestones}
        )
    return " · ".join(parts) or _("changed, then put back")


def _fields(person: Person, one: Moved, names: list[str]) -> list[str]:
    shown, rest = names[:FIELDS_SHOWN], len(names) - FIELDS_SHOWN
    change = Change(
        change_set=one.act,
        model="portfolio.initiative",
        object_id=one.initiative.pk,
        operation=Change.Operation.UPDATED,
        before={name: one.before.get(name) for name in shown},
        after={name: one.after[name] for name in shown},
    )
    parts = [
        f"{field.label} {field.before} → {field.after}"
        for field in history_line(change, person).fields
    ]
    if rest > 0:
        parts.append(ngettext("%(n)s other fact", "%(n)s other facts", rest) % {"n": rest})
    return parts
