"""The list of scenarios: one's own, the shared, those that became the plan; and the questions."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.load.queries import reader_of
from orchestre.sequencing import policy
from orchestre.sequencing.models import Scenario
from orchestre.sequencing.presenters import gauges
from orchestre.sequencing.presenters.board import badge
from orchestre.sequencing.queries import scenarios as queries
from orchestre.sequencing.services.gauges import of_plan
from orchestre.sequencing.services.live import live
from orchestre.ui import formats
from orchestre.ui.component import Content
from orchestre.ui.components import Button, EmptyState, Link
from orchestre.ui.tables import Column, DataTable, Row

State = Scenario.State


@dataclass(frozen=True)
class ListPage:
    """What the page shows."""

    sentence: str
    dashboard: gauges.Dashboard | None
    tables: tuple[tuple[str, DataTable], ...]
    empty: EmptyState | None
    questions: tuple[Link, ...]
    links: tuple[Link, ...]
    new: Button | None
    compare_url: str
    may_compare: bool


def list_page(person: Person) -> ListPage:
    """Return the page of scenarios of a person."""
    rows = list(queries.scenarios(person))
    own = [one for one in rows if one.owner_id == person.pk and one.state in policy.OPEN]
    shared = [one for one in rows if one.state == State.SHARED and one not in own]
    published = [one for one in rows if one.state == State.PUBLISHED]
    groups = (
        (_("Yours"), own),
        (_("Shared by others"), shared),
        (_("Became the plan"), published),
    )
    reads = bool(policy.may_read(person))
    new = Button(_("New scenario"), reverse("sequencing:new"), "primary", icon="plus")
    return ListPage(
        sentence=_sentence(own, shared),
        dashboard=_dashboard(person) if reads else None,
        tables=tuple((title, _table(title, some)) for title, some in groups if some),
        empty=None if rows else _empty(person),
        questions=tuple(_questions()) if reads else (),
        links=(
            Link(_("History of the plan"), reverse("sequencing:plans")),
            Link(_("What two plans say differently"), reverse("sequencing:diff")),
        )
        if reads
        else (),
        new=new if rows and policy.may_draft(person) else None,
        compare_url=reverse("sequencing:compare"),
        may_compare=reads and len(rows) > 0,
    )


def _dashboard(person: Person) -> gauges.Dashboard:
    there = live()
    found = gauges.seen(person, of_plan(there))
    return gauges.dashboard(there, reader_of(person), found, found)


def _questions() -> list[Link]:
    asked = (
        ("add", _("If we add this project, what moves?")),
        ("stop", _("If we stop this programme, what do we free?")),
        ("delay", _("What does a delay do to the quarter?")),
    )
    return [Link(label, reverse("sequencing:question", args=[name])) for name, label in asked]


def _sentence(own: list[Scenario], shared: list[Scenario]) -> str:
    if not own and not shared:
        return ""
    told = ngettext("%(n)s scenario of yours", "%(n)s scenarios of yours", len(own)) % {
        "n": formats.number(len(own))
    }
    others = ngettext("%(n)s shared by others", "%(n)s shared by others", len(shared)) % {
        "n": formats.number(len(shared))
    }
    return f"{told}, {others}."


def _empty(person: Person) -> EmptyState:
    told = _(
        "A scenario is the plan in force with a few differences: dates, what is kept, priority, "
        "people and money. It stays private until you share it, and changes nothing until it is "
        "decided."
    )
    if not policy.may_draft(person):
        return EmptyState("new", _("No scenario is shared with you yet."), told)
    button = Button(_("Open a scenario"), reverse("sequencing:new"), "primary")
    return EmptyState("new", _("What if? No scenario yet."), told, action=button)


def _table(title: str, rows: list[Scenario]) -> DataTable:
    return DataTable(
        caption=title,
        caption_hidden=True,
        columns=(
            Column(_("Scenario")),
            Column(_("State")),
            Column(_("Owner")),
            Column(_("Initiatives it changes"), numeric=True),
            Column(_("Last change")),
        ),
        rows=tuple(_row(one) for one in rows),
        selection="of",
    )


def _row(one: Scenario) -> Row:
    cells: tuple[Content, ...] = (
        one.name,
        badge(one),
        str(one.owner or "–"),
        formats.number(getattr(one, "touched", 0)),
        formats.instant(one.updated_at),
    )
    url = reverse("sequencing:show", args=[one.pk])
    return Row(cells, key=str(one.pk), name=one.name, url=url)
