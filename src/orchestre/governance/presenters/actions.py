"""Actions: the most overdue first, with the last reminder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.governance import policy, queries
from orchestre.governance.models import Action
from orchestre.governance.presenters import marks
from orchestre.ui import formats
from orchestre.ui.component import Content
from orchestre.ui.components import Button, EmptyState, Link, Pager, Switch

SHOWN = ("open", "late", "mine", "done")
PER_PAGE = 100


@dataclass(frozen=True)
class ActionLine:
    """One action."""

    pk: int
    code: str
    what: str
    url: str
    owner: str
    due: Content
    source: str
    source_url: str
    chased: str


@dataclass(frozen=True)
class ListPage:
    """What the list of actions draws."""

    lead: str
    switch: Switch
    lines: tuple[ActionLine, ...]
    pager: Pager | None
    empty: EmptyState | None
    primary: Button | None


def line(action: Action) -> ActionLine:
    """Write one action."""
    decision = action.decision
    return ActionLine(
        pk=action.pk,
        code=action.code,
        what=action.what,
        url=marks.address("action", action.pk),
        owner=marks.owner(action),
        due=marks.due(action),
        source=decision.code if decision else (action.body.name if action.body else ""),
        source_url=marks.address("decision", decision.pk) if decision else "",
        chased=chased(action),
    )


def chased(action: Action) -> str:
    """Say when its owner was last reminded, and what was answered."""
    if action.chased_on is None:
        return ""
    times = ngettext("%(n)s reminder", "%(n)s reminders", action.chases) % {"n": action.chases}
    text = _("%(times)s, the last on %(day)s") % {
        "times": times,
        "day": formats.day(action.chased_on),
    }
    if not action.chase_note:
        return text
    return _("%(reminders)s: %(note)s") % {"reminders": text, "note": action.chase_note}


def listing(person: Person, asked: Mapping[str, str]) -> ListPage:
    """Assemble the list of actions for one person."""
    show = asked.get("show", "open")
    show = show if show in SHOWN else "open"
    rows = {
        "open": lambda: queries.open_actions(person),
        "late": lambda: queries.late_actions(person),
        "mine": lambda: queries.open_actions(person).filter(owner=person.pk or 0),
        "done": lambda: (
            policy.visible_actions(person)
            .exclude(state=Action.State.OPEN)
            .select_related("body", "decision", "owner")
            .order_by("-closed_on", "-pk")
        ),
    }[show]()
    total = rows.count()
    number, first = marks.page_of(asked.get("page", ""), total, PER_PAGE)
    lines = tuple(line(one) for one in rows[first : first + PER_PAGE])
    runs = policy.runnable_bodies(person).exists()
    new = Button(_("Add an action"), marks.address("action-new"), "primary", icon="plus")
    return ListPage(
        lead=_lead(person),
        switch=_switch(person, show),
        lines=lines,
        pager=marks.pager(number, total, PER_PAGE, f"show={show}"),
        empty=None if lines else _empty(show),
        primary=new if runs else None,
    )


def _lead(person: Person) -> str:
    open_ones = queries.open_actions(person).count()
    late = queries.late_actions(person).count()
    first = ngettext("%(n)s action to do", "%(n)s actions to do", open_ones) % {"n": open_ones}
    if not late:
        return _("%s, none is late.") % first
    second = ngettext("%(n)s is late", "%(n)s are late", late) % {"n": late}
    return f"{first}, {second}."


def _switch(person: Person, show: str) -> Switch:
    names = {
        "open": _("To do"),
        "late": _("Late"),
        "mine": _("Mine"),
        "done": pgettext("actions", "Closed"),
    }
    wanted = [one for one in SHOWN if one != "mine" or isinstance(person, User)]
    links = tuple(Link(names[one], f"?show={one}", current=one == show) for one in wanted)
    return Switch(_("Which actions"), links)


def _empty(show: str) -> EmptyState:
    if show == "open":
        return EmptyState("done", _("Nothing is waiting to be done."))
    if show == "late":
        return EmptyState("done", _("No action is late."))
    if show == "mine":
        return EmptyState("done", _("No action waits for you."))
    return EmptyState("filtered", _("No action was closed yet."))


@dataclass(frozen=True)
class ActionPage:
    """What the page of an action draws."""

    action: Action
    line: ActionLine
    body: str
    initiative: str
    closed: str
    may_carry: bool
    may_chase: bool
    may_convert: bool
    became: tuple[tuple[str, str], ...]


def build(person: Person, action: Action) -> ActionPage:
    """Assemble the page of an action for one person."""
    body = action.body
    runs = bool(body is not None and policy.may_run(person, body))
    is_open = action.state == Action.State.OPEN
    became = policy.visible_matters(person).filter(from_action=action)
    return ActionPage(
        action=action,
        line=line(action),
        body=body.name if body else _("no body"),
        initiative=f"{action.initiative.code} {action.initiative.title}"
        if _named(person, action) and action.initiative
        else "",
        closed=formats.day(action.closed_on) if action.closed_on else "",
        may_carry=bool(policy.may_carry(person, action)),
        may_chase=runs and is_open,
        may_convert=runs and not action.became.exists(),
        became=tuple((str(one), marks.address("matter", one.pk)) for one in became),
    )


def _named(person: Person, action: Action) -> bool:
    return action.initiative_id is None or policy.initiative_is_open(person, action.initiative_id)
