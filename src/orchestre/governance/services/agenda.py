"""The agenda: items in order, with their minutes, and the options of each."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.governance import policy
from orchestre.governance.models import AgendaItem, Body, Carried, Matter, Meeting, Option, SetAside
from orchestre.governance.rules.meeting import moved
from orchestre.governance.services import proposals
from orchestre.governance.services.proposals import Proposal
from orchestre.journal.services import Act, act
from orchestre.kernel.errors import DomainError
from orchestre.sequencing import policy as drafts
from orchestre.sequencing.models import Scenario
from orchestre.sequencing.services import drafting

Values = dict[str, Any]
MOST_OPTIONS = 4
OPTION_FACTS = (
    "rank", "title", "detail", "consequence", "does_nothing", "recommended", "scenario_id",
)  # fmt: skip
CARRIED = (
    "title", "kind", "context", "recommendation", "deadline_on", "waiting_cost", "minutes",
    "source", "source_key", "initiative_id", "asked_on", "asked_by_id",
)  # fmt: skip
State = AgendaItem.State


def add_item(person: Person, meeting: Meeting, values: Values) -> AgendaItem:
    """Put a question on the agenda, last."""
    policy.may_prepare(person, meeting).require()
    with act(person, "governance.add-item", _("Put “%s” on the agenda") % values["title"]) as doing:
        return put(doing, person, meeting, values)


def put(doing: Act, person: Person, meeting: Meeting, values: Values) -> AgendaItem:
    """Write an item at the end of an agenda, inside an act."""
    stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if stored.state in {Meeting.State.CLOSED, Meeting.State.MINUTED}:
        raise DomainError(policy.CLOSED_MEETING, code="closed")
    asker = person if isinstance(person, User) else None
    given = {"rank": _last(stored) + 1, "asked_by": asker} | values
    return doing.create(AgendaItem(meeting=stored, **given))


def _last(meeting: Meeting) -> int:
    found: int | None = meeting.items.aggregate(last=Max("rank"))["last"]
    return found or 0


def change_item(
    person: Person, item: AgendaItem, values: Values, *, expected_version: int | None = None
) -> AgendaItem:
    """Change a question, its context, its recommendation or its minutes."""
    policy.may_prepare(person, item.meeting).require()
    with act(person, "governance.change-item", _("Changed the item “%s”") % item) as doing:
        _refuse_decided(item)
        doing.update(item, values, expected_version=expected_version)
    return item


def _refuse_decided(item: AgendaItem) -> None:
    stored = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if stored.state == State.DECIDED:
        raise DomainError(
            _("This question is decided: record a new decision that replaces the first."),
            code="decided",
        )


def move_item(person: Person, item: AgendaItem, by: int) -> None:
    """Move an item up or down by so many places."""
    meeting = item.meeting
    policy.may_prepare(person, meeting).require()
    with act(person, "governance.move-item", _("Moved “%s” in the agenda") % item) as doing:
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        rows = {one.pk: one for one in meeting.items.order_by("rank", "pk")}
        for rank, pk in enumerate(moved(list(rows), item.pk, by), start=1):
            doing.update(rows[pk], {"rank": rank})


def remove_item(person: Person, item: AgendaItem) -> None:
    """Take an item off the agenda, with its options."""
    policy.may_prepare(person, item.meeting).require()
    with act(person, "governance.remove-item", _("Took “%s” off the agenda") % item) as doing:
        _refuse_decided(item)
        if item.opinions.filter(sealed_at__isnull=False).exists():
            raise DomainError(
                _("Opinions were sealed on this question: postpone it instead."), code="sealed"
            )
        for row in (*item.options.all(), *item.opinions.all()):
            doing.delete(row)
        doing.delete(item)


def postpone_item(person: Person, item: AgendaItem, to: Meeting) -> AgendaItem:
    """Carry an item to a later meeting of the same body; the day it was asked is kept."""
    policy.may_prepare(person, item.meeting).require()
    if to.body_id != item.meeting.body_id or to.pk == item.meeting_id:
        raise DomainError(_("Choose another meeting of the same body."), code="other-body")
    label = _("Postponed “%s”") % item
    with act(person, "governance.postpone-item", label) as doing:
        _refuse_decided(item)
        return _carry(doing, person, item, to)


def _carry(doing: Act, person: Person, item: AgendaItem, to: Meeting) -> AgendaItem:
    values = {name: getattr(item, name) for name in CARRIED} | {"carried_from": item}
    copy = put(doing, person, to, values)
    for option in item.options.all():
        same = {name: getattr(option, name) for name in OPTION_FACTS}
        doing.create(Option(item=copy, **same))
    doing.update(item, {"state": State.POSTPONED})
    return copy


def accept(person: Person, meeting: Meeting, proposal: Proposal) -> AgendaItem:
    """Put what is due on the agenda."""
    values = {
        "title": proposal.title[:250],
        "kind": proposal.kind,
        "context": proposal.context,
        "source": proposal.source,
        "source_key": proposal.key,
        "minutes": proposal.minutes,
        "deadline_on": proposal.deadline_on,
        "initiative_id": proposal.initiative,
    }
    policy.may_prepare(person, meeting).require()
    with act(person, "governance.accept", _("Put “%s” on the agenda") % proposal.title) as doing:
        stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
        same = stored.items.filter(source=proposal.source, source_key=proposal.key)
        if same.exists():
            raise DomainError(_("This is already on the agenda."), code="already-there")
        if proposal.source == "item":
            item = AgendaItem.objects.select_for_update().get(pk=int(proposal.key))
            if item.state not in {State.PLANNED, State.OPEN}:
                raise DomainError(_("This is already on the agenda."), code="already-there")
            return _carry(doing, person, item, meeting)
        if proposal.source == "matter":
            matter = Matter.objects.select_for_update().get(pk=int(proposal.key))
            if matter.state != Matter.State.OPEN:
                raise DomainError(_("This is already on the agenda."), code="already-there")
            doing.update(matter, {"state": Matter.State.CONVERTED})
            values["asked_on"] = matter.opened_on
        item = put(doing, person, meeting, values)
        if proposal.source == "scenario":
            _weigh(doing, item, Scenario.objects.get(pk=int(proposal.key)))
        return item


def _weigh(doing: Act, item: AgendaItem, scenario: Scenario) -> None:
    """Write the two options of a scenario: apply it, or do nothing."""
    apply = _("Apply “%s”") % scenario.name
    doing.create(Option(item=item, rank=1, title=apply[:200], scenario=scenario, recommended=True))
    doing.create(Option(item=item, rank=2, title=_("Keep the plan as it is"), does_nothing=True))


def carry(
    person: Person, scenario: Scenario, body: Body, meeting: Meeting | None
) -> AgendaItem | None:
    """Carry a scenario to a body: on the agenda when one may, else proposed to its secretary.

    It is then shared: who sits there reads its figures.
    """
    drafts.may_edit(person, scenario).require()
    label = _("Carried the scenario “%s” to a committee") % scenario.name
    with act(person, "governance.carry", label) as doing:
        if scenario.state == Scenario.State.DRAFT and isinstance(person, User):
            drafting.share(person, scenario)
        carried = Carried.objects.filter(body=body, scenario=scenario).first()
        if carried is None:
            who = person if isinstance(person, User) else None
            carried = doing.create(Carried(body=body, scenario=scenario, user=who))
        if meeting is None or not policy.may_prepare(person, meeting):
            return None
        proposal = proposals.named(person, meeting, "scenario", str(scenario.pk))
        if proposal is None:
            raise DomainError(_("This is already on the agenda."), code="already-there")
        return accept(person, meeting, proposal)


def set_aside(person: Person, meeting: Meeting, proposal: Proposal) -> None:
    """Leave a proposal out of this agenda; it comes back for the next one."""
    policy.may_prepare(person, meeting).require()
    label = _("Left “%s” out of the agenda") % proposal.title
    with act(person, "governance.set-aside", label) as doing:
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        known = SetAside.objects.filter(
            meeting=meeting, source=proposal.source, source_key=proposal.key
        )
        if not known.exists():
            doing.create(SetAside(meeting=meeting, source=proposal.source, source_key=proposal.key))


def add_option(person: Person, item: AgendaItem, values: Values) -> Option:
    """Add an answer to a question: four at most, one of which does nothing."""
    policy.may_prepare(person, item.meeting).require()
    label = _("Added an option to “%s”") % item
    with act(person, "governance.add-option", label) as doing:
        _refuse_decided(item)
        if item.options.count() >= MOST_OPTIONS:
            raise DomainError(
                _("Four options at most: remove one before adding another."), code="too-many"
            )
        rank = (item.options.aggregate(last=Max("rank"))["last"] or 0) + 1
        option = doing.create(Option(item=item, rank=rank, **values))
        _only_one_recommended(doing, option)
    return option


def change_option(
    person: Person, option: Option, values: Values, *, expected_version: int | None = None
) -> Option:
    """Change an option."""
    policy.may_prepare(person, option.item.meeting).require()
    label = _("Changed an option of “%s”") % option.item
    with act(person, "governance.change-option", label) as doing:
        _refuse_decided(option.item)
        doing.update(option, values, expected_version=expected_version)
        _only_one_recommended(doing, option)
    return option


def _only_one_recommended(doing: Act, option: Option) -> None:
    if not option.recommended:
        return
    for other in option.item.options.filter(recommended=True).exclude(pk=option.pk):
        doing.update(other, {"recommended": False})


def remove_option(person: Person, option: Option) -> None:
    """Remove an option."""
    policy.may_prepare(person, option.item.meeting).require()
    label = _("Removed an option of “%s”") % option.item
    with act(person, "governance.remove-option", label) as doing:
        _refuse_decided(option.item)
        doing.delete(option)
