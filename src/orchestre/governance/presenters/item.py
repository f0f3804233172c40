"""One question: its options side by side, the opinions given before, what was decided."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.governance import policy
from orchestre.governance.models import AgendaItem, Meeting, Opinion, Option
from orchestre.governance.presenters import consequences, marks
from orchestre.governance.presenters.consequences import Consequence
from orchestre.governance.services import opinions as sealing
from orchestre.ui import formats
from orchestre.ui.component import Component
from orchestre.ui.components import Button, Definition, DefinitionList, Notice

DOTTED = {"finding": "interactions:show", "review": "governance:decision"}


@dataclass(frozen=True)
class OptionCard:
    """One option."""

    pk: int
    title: str
    detail: str
    consequence: str
    recommended: bool
    does_nothing: bool
    edit_url: str
    remove_url: str
    figures: tuple[Consequence, ...]
    scenario: str
    scenario_url: str


@dataclass(frozen=True)
class OpinionLine:
    """One opinion, closed or opened."""

    name: str
    on_behalf_of: str
    mark: Component | None
    text: str
    seal: str
    proof: str
    mine_url: str


@dataclass(frozen=True)
class Clock:
    """How long a question has been discussed, as the server counts it."""

    elapsed: int
    planned: int
    running: bool
    words: str


@dataclass(frozen=True)
class ItemPage:
    """What the page of a question draws."""

    item: AgendaItem
    meeting_name: str
    meeting_url: str
    state: Component
    facts: DefinitionList | None
    options: tuple[OptionCard, ...]
    opinions: tuple[OpinionLine, ...]
    sealed: str
    notices: tuple[Notice, ...]
    may_prepare: bool
    may_ask: bool
    may_add_option: bool
    clock: Clock | None
    primary: Button | None
    edit: Button | None
    decision: tuple[str, str] | None


def build(person: Person, item: AgendaItem) -> ItemPage:
    """Assemble the page of a question."""
    meeting = item.meeting
    decided = item.state in {AgendaItem.State.DECIDED, AgendaItem.State.POSTPONED}
    prepares = bool(policy.may_prepare(person, meeting)) and not decided
    edit = Button(_("Edit"), marks.address("item-edit", item.pk), icon="edit")
    decision = getattr(item, "decision", None)
    return ItemPage(
        item=item,
        meeting_name=str(meeting),
        meeting_url=marks.address("meeting", meeting.pk),
        state=marks.item_state(item),
        facts=_facts(item),
        options=tuple(card(one, prepares=prepares) for one in item.options.all()),
        opinions=tuple(opinion_line(person, one) for one in item.opinions.all()),
        sealed=_sealed(item),
        notices=_notices(item),
        may_prepare=prepares,
        may_ask=prepares and item.opened_at is None,
        may_add_option=prepares and item.options.count() < 4,
        clock=clock_of(item),
        primary=_primary(person, item),
        edit=edit if prepares else None,
        decision=(str(decision), marks.address("decision", decision.pk)) if decision else None,
    )


def card(option: Option, *, prepares: bool = False) -> OptionCard:
    """Write one option."""
    return OptionCard(
        pk=option.pk,
        title=option.title,
        detail=option.detail,
        consequence=option.consequence,
        recommended=option.recommended,
        does_nothing=option.does_nothing,
        edit_url=marks.address("option-edit", option.pk) if prepares else "",
        remove_url=marks.address("option-remove", option.pk) if prepares else "",
        figures=consequences.of_scenario(option.scenario),
        scenario=option.scenario.name if option.scenario else "",
        scenario_url=marks.scenario(option.scenario_id),
    )


def _facts(item: AgendaItem) -> DefinitionList | None:
    found = []
    if item.deadline_on:
        found.append(Definition(_("To be decided by"), formats.day(item.deadline_on)))
    if item.waiting_cost:
        found.append(Definition(_("Cost of waiting"), item.waiting_cost))
    if item.initiative:
        found.append(Definition(_("Initiative"), f"{item.initiative.code} {item.initiative.title}"))
    found.append(Definition(_("Asked on"), formats.day(item.asked_on)))
    return DefinitionList(tuple(found)) if found else None


def opinion_line(person: Person, opinion: Opinion) -> OpinionLine:
    """Write an opinion: its words only once opened, its seal as soon as it is given."""
    opened = opinion.opened_at is not None
    mine = opinion.user_id is not None and opinion.user_id == person.pk and not opened
    return OpinionLine(
        name=opinion.name,
        on_behalf_of=opinion.on_behalf_of,
        mark=marks.opinion_mark(opinion) if opened else None,
        text=opinion.text if opened else "",
        seal=opinion.seal[:16],
        proof=_proof(opinion),
        mine_url=marks.address("opinion", opinion.pk) if mine else "",
    )


def _proof(opinion: Opinion) -> str:
    if opinion.sealed_at is None:
        return "" if opinion.opened_at else _("waited for")
    at = formats.instant(opinion.sealed_at)
    if opinion.opened_at is None:
        return _("sealed on %s") % at
    if sealing.holds(opinion):
        return _("sealed on %s, unchanged since") % at
    return _("sealed on %s: the words no longer match the seal") % at


def _sealed(item: AgendaItem) -> str:
    asked = list(item.opinions.all())
    if not asked:
        return ""
    if item.opened_at:
        return _("Opened together on %s.") % formats.instant(item.opened_at)
    return _("Sealed until the question is opened in the meeting: nobody reads them before.")


def _notices(item: AgendaItem) -> tuple[Notice, ...]:
    found = []
    options = list(item.options.all())
    waits = item.kind == AgendaItem.Kind.DECISION and item.state == AgendaItem.State.PLANNED
    if waits and len(options) < 2:
        found.append(Notice("info", _("Write two to four options, one of which is to do nothing.")))
    elif waits and not any(one.does_nothing for one in options):
        found.append(
            Notice("info", _("No option is to do nothing: what happens if nothing is decided?"))
        )
    return tuple(found)


def clock_of(item: AgendaItem) -> Clock | None:
    """Say how long a question has been discussed; None before it is opened."""
    if item.opened_at is None:
        return None
    running = item.state == AgendaItem.State.OPEN
    until = timezone.now() if running or item.closed_at is None else item.closed_at
    elapsed = max(int((until - item.opened_at).total_seconds()), 0)
    words = _("%(n)s min of %(planned)s") % {"n": elapsed // 60, "planned": item.minutes}
    return Clock(elapsed, item.minutes * 60, running, words)


def _primary(person: Person, item: AgendaItem) -> Button | None:
    decidable = item.kind == AgendaItem.Kind.DECISION and item.state in {
        AgendaItem.State.PLANNED,
        AgendaItem.State.OPEN,
    }
    if (
        decidable
        and item.meeting.state == Meeting.State.OPEN
        and policy.may_decide(person, item.meeting.body)
    ):
        return Button(_("Record the decision"), marks.address("decide", item.pk), "primary")
    return None
