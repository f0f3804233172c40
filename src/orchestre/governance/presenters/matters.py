"""Risks, issues, change requests, and the chain of what each became."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.governance import policy
from orchestre.governance.models import Action, AgendaItem, Matter
from orchestre.governance.presenters import marks
from orchestre.ui import formats
from orchestre.ui.component import Component
from orchestre.ui.components import Button, EmptyState, Link, Pager, Switch

SHOWN = ("open", "converted", "closed")
PER_PAGE = 100
LONGEST = 10


@dataclass(frozen=True)
class MatterLine:
    """One point."""

    title: str
    url: str
    kind: Component
    note: str


@dataclass(frozen=True)
class ListPage:
    """What the list draws."""

    switch: Switch
    lines: tuple[MatterLine, ...]
    pager: Pager | None
    empty: EmptyState | None
    primary: Button | None


@dataclass(frozen=True)
class Ring:
    """One link of the chain."""

    kind: str
    title: str
    url: str
    current: bool


@dataclass(frozen=True)
class MatterPage:
    """What the page of a point draws."""

    matter: Matter
    kind: Component
    facts: str
    chain: tuple[Ring, ...]
    may_run: bool
    is_open: bool
    is_risk: bool
    meetings: tuple[tuple[int, str], ...]


def listing(person: Person, asked: Mapping[str, str]) -> ListPage:
    """Assemble the list of points for one person."""
    show = asked.get("show", "open")
    show = show if show in SHOWN else "open"
    rows = policy.visible_matters(person).filter(state=show).select_related("body", "owner")
    total = rows.count()
    number, first = marks.page_of(asked.get("page", ""), total, PER_PAGE)
    lines = tuple(_line(one) for one in rows[first : first + PER_PAGE])
    names = {"open": _("Open"), "converted": _("Converted"), "closed": _("Closed")}
    links = tuple(Link(names[one], f"?show={one}", current=one == show) for one in SHOWN)
    new = Button(_("Write a point down"), marks.address("matter-new"), "primary", icon="plus")
    empty = (
        EmptyState(
            "new",
            _("No open point."),
            _("A risk becomes an issue, an issue a decision, a decision an action."),
        )
        if show == "open"
        else EmptyState("filtered", _("No point here."))
    )
    return ListPage(
        Switch(_("Which points"), links),
        lines,
        marks.pager(number, total, PER_PAGE, f"show={show}"),
        None if lines else empty,
        new if policy.runnable_bodies(person).exists() else None,
    )


def _line(matter: Matter) -> MatterLine:
    parts = [matter.body.name, marks.owner(matter), formats.day(matter.opened_on)]
    return MatterLine(
        str(matter),
        marks.address("matter", matter.pk),
        marks.matter_kind(matter),
        " · ".join(parts),
    )


def build(person: Person, matter: Matter) -> MatterPage:
    """Assemble the page of a point, with what it came from and what it became."""
    runs = bool(policy.may_run(person, matter.body))
    later = matter.body.meetings.filter(state__in=("planned", "open")).order_by("starts_at")
    parts = [
        matter.body.name,
        marks.owner(matter),
        _("open since %s") % formats.day(matter.opened_on),
    ]
    return MatterPage(
        matter=matter,
        kind=marks.matter_kind(matter),
        facts=" · ".join(parts),
        chain=chain(person, matter),
        may_run=runs,
        is_open=matter.state == Matter.State.OPEN,
        is_risk=matter.kind == Matter.Kind.RISK,
        meetings=tuple((one.pk, str(one)) for one in later) if runs else (),
    )


def chain(person: Person, matter: Matter) -> tuple[Ring, ...]:
    """Return risk → issue → question → decision → action → change request, as far as it went."""
    line: list[Matter] = []
    at: Matter | None = matter
    while at is not None and len(line) < LONGEST:
        line.insert(0, at)
        at = policy.visible_matters(person).filter(pk=at.came_from_id or 0).first()
    rings = _before(person, line[0].from_action)
    rings += [_of_matter(one, current=one.pk == matter.pk) for one in line]
    rings += [_of_matter(one) for one in policy.visible_matters(person).filter(came_from=matter)]
    questions = policy.visible_items(person).filter(source="matter", source_key=str(matter.pk))
    for item in questions:
        rings += _after(person, item)
    return tuple(rings)


def _ring(kind: str, row: object, name: str, pk: int) -> Ring:
    return Ring(kind, str(row), marks.address(name, pk), current=False)


def _of_matter(matter: Matter, *, current: bool = False) -> Ring:
    url = marks.address("matter", matter.pk)
    return Ring(matter.get_kind_display(), str(matter), url, current)


def _before(person: Person, action: Action | None) -> list[Ring]:
    """Return the decision and the action that a change request came from."""
    if action is None or not policy.visible_actions(person).filter(pk=action.pk).exists():
        return []
    found = policy.visible_decisions(person).filter(actions=action.pk)
    rings = [_ring(_("decision"), one, "decision", one.pk) for one in found]
    return [*rings, _ring(_("action"), action, "action", action.pk)]


def _after(person: Person, item: AgendaItem) -> list[Ring]:
    """Return what a question became: a decision, its actions, their change requests."""
    rings = [_ring(_("question"), item, "item", item.pk)]
    for decision in policy.visible_decisions(person).filter(item=item):
        rings.append(_ring(_("decision"), decision, "decision", decision.pk))
        for action in policy.visible_actions(person).filter(decision=decision):
            rings.append(_ring(_("action"), action, "action", action.pk))
            later = policy.visible_matters(person).filter(from_action=action)
            rings += [_of_matter(one) for one in later]
    return rings
