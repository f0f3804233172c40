"""The screen of the room, and what a phone follows."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.governance import policy, queries
from orchestre.governance.models import AgendaItem, Meeting
from orchestre.governance.presenters import item as items
from orchestre.governance.presenters import marks
from orchestre.governance.presenters.item import Clock, OpinionLine, OptionCard
from orchestre.ui.component import Component


@dataclass(frozen=True)
class ScreenPage:
    """One question as the room sees it."""

    meeting: Meeting
    item: AgendaItem | None
    place: str
    state: Component | None
    options: tuple[OptionCard, ...]
    opinions: tuple[OpinionLine, ...]
    clock: Clock | None
    quorum: str
    previous_url: str
    next_url: str
    is_current: bool
    may_run: bool
    may_decide: bool
    decision: tuple[str, str] | None
    follow_url: str
    hidden: str


def build(person: Person, meeting: Meeting, wanted: int | None) -> ScreenPage:
    """Show the wanted question, else the one under discussion, else the first."""
    agenda = queries.agenda(person, meeting)
    found = _chosen(agenda.items, wanted, meeting.current_id)
    at = agenda.items.index(found) if found else 0
    here = marks.address("screen", meeting.pk)
    decides = found is not None and found.kind == AgendaItem.Kind.DECISION
    decides = decides and found is not None and found.state in {"planned", "open"}
    decision = getattr(found, "decision", None) if found else None
    values = {"n": at + 1, "total": len(agenda.items)}
    return ScreenPage(
        meeting=meeting,
        item=found,
        place=_("Item %(n)s of %(total)s") % values if found else "",
        state=marks.item_state(found) if found else None,
        options=tuple(items.card(one) for one in found.options.all()) if found else (),
        opinions=tuple(items.opinion_line(person, one) for one in found.opinions.all())
        if found
        else (),
        clock=items.clock_of(found) if found else None,
        quorum=marks.quorum(queries.quorum_of(meeting)),
        previous_url=f"{here}?item={agenda.items[at - 1].pk}" if at else "",
        next_url=f"{here}?item={agenda.items[at + 1].pk}" if at + 1 < len(agenda.items) else "",
        is_current=found is not None and found.pk == meeting.current_id,
        may_run=bool(policy.may_run(person, meeting.body)),
        may_decide=decides and bool(policy.may_decide(person, meeting.body)),
        decision=(str(decision), marks.address("decision", decision.pk)) if decision else None,
        follow_url=marks.address("follow", meeting.pk),
        hidden="",
    )


def _chosen(found: list[AgendaItem], wanted: int | None, current: int | None) -> AgendaItem | None:
    for key in (wanted, current):
        same = [one for one in found if one.pk == key]
        if same:
            return same[0]
    waiting = [one for one in found if one.state in {"planned", "open"}]
    return next(iter(waiting or found), None)
