"""Who reads which bodies, who prepares, who decides; confidential initiatives stay unnamed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.access.models import User
from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.governance.models import (
    Action,
    AgendaItem,
    Body,
    CalendarFeed,
    Decision,
    Matter,
    Meeting,
    Member,
    Minutes,
    Opinion,
    Option,
    RaciRole,
)
from orchestre.kernel.decisions import Allowed, Denied
from orchestre.kernel.decisions import Decision as Answer
from orchestre.org.policy import subtree_filter
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative

CLOSED_MEETING = _(
    "This meeting is over: its agenda no longer changes. Correct the minutes instead."
)


def visible_bodies(person: Person) -> QuerySet[Body]:
    """Return one's own bodies; all of them to who runs committees, decides or audits everywhere."""
    reach = reach_of(person)
    rows = Body.objects.all()
    audits = reach.can(Can.READ) and reach.can(Can.READ_JOURNAL)
    if reach.can(Can.RUN_COMMITTEES) or reach.can(Can.DECIDE) or audits:
        return rows
    if not isinstance(person, User) or not person.is_active:
        return rows.none()
    found = Q(secretary=person) | Q(members__user=person, members__left_on=None)
    found |= _unit_scoped(person, Can.RUN_COMMITTEES) | _unit_scoped(person, Can.DECIDE)
    if reach.can(Can.READ):
        found |= Q(open_to_readers=True)
    return rows.filter(pk__in=rows.filter(found).values("pk"))


def _unit_scoped(person: Person, what: Can, prefix: str = "") -> Q:
    return subtree_filter(person, what, f"{prefix}unit__") or Q(pk__in=[])


def _open_initiative(person: Person) -> Q:
    """Return the filter that leaves out the rows about an initiative closed to this person."""
    reach = reach_of(person)
    if reach.can(Can.READ) and reach.can(Can.READ_CONFIDENTIAL):
        return Q()
    seen = portfolio.visible_to(person).values("pk")
    # what a committee says of an open initiative is open to its members, whatever their unit
    return Q(initiative=None) | Q(initiative__confidential=False) | Q(initiative__in=seen)


def own_initiatives(person: Person) -> Q:
    """Return the filter on what is about the initiatives where a person has a role by name."""
    found = Q(initiative__in=reach_of(person).initiatives(Can.READ))
    if isinstance(person, User) and person.is_active:
        found |= Q(initiative__lead_id=person.pk)
    return found


def visible_meetings(person: Person) -> QuerySet[Meeting]:
    """Return the meetings of visible bodies."""
    return Meeting.objects.filter(body__in=visible_bodies(person).values("pk"))


def visible_members(person: Person) -> QuerySet[Member]:
    """Return who sits in visible bodies."""
    return Member.objects.filter(body__in=visible_bodies(person).values("pk"))


def items_of_bodies(person: Person) -> QuerySet[AgendaItem]:
    """Return every item of visible meetings, confidential ones too: to count them."""
    return AgendaItem.objects.filter(meeting__in=visible_meetings(person).values("pk"))


def visible_items(person: Person) -> QuerySet[AgendaItem]:
    """Return the items a person may read."""
    return items_of_bodies(person).filter(_open_initiative(person))


def visible_options(person: Person) -> QuerySet[Option]:
    """Return the options of readable items."""
    return Option.objects.filter(item__in=visible_items(person).values("pk"))


def visible_opinions(person: Person) -> QuerySet[Opinion]:
    """Return who was asked for an opinion on readable items."""
    return Opinion.objects.filter(item__in=visible_items(person).values("pk"))


def readable_opinions(person: Person) -> QuerySet[Opinion]:
    """Return the opinions whose words may be read: opened ones, and one's own."""
    found = Q(opened_at__isnull=False)
    if isinstance(person, User):
        found |= Q(user=person)
    return visible_opinions(person).filter(found)


def visible_decisions(person: Person) -> QuerySet[Decision]:
    """Return the decisions of visible bodies, and those about one's own initiatives."""
    mine = Q(body__in=visible_bodies(person).values("pk")) | own_initiatives(person)
    return Decision.objects.filter(mine).filter(_open_initiative(person))


def visible_actions(person: Person) -> QuerySet[Action]:
    """Return the actions of visible bodies and decisions, and one's own."""
    found = Q(body__in=visible_bodies(person).values("pk")) | own_initiatives(person)
    found &= _open_initiative(person)
    if isinstance(person, User) and person.is_active:
        found |= Q(owner=person)
    return Action.objects.filter(found)


def visible_matters(person: Person) -> QuerySet[Matter]:
    """Return the risks, issues and change requests of visible bodies."""
    found = Q(body__in=visible_bodies(person).values("pk")) | own_initiatives(person)
    return Matter.objects.filter(found).filter(_open_initiative(person))


def visible_raci(person: Person) -> QuerySet[RaciRole]:
    """Return the roles given on readable decisions and initiatives."""
    return RaciRole.objects.filter(
        Q(decision__in=visible_decisions(person).values("pk"))
        | Q(initiative__in=portfolio.visible_to(person).values("pk"))
    )


def visible_minutes(person: Person) -> QuerySet[Minutes]:
    """Return the signed minutes of visible meetings."""
    return Minutes.objects.filter(meeting__in=visible_meetings(person).values("pk"))


def feeds_of(person: Person) -> QuerySet[CalendarFeed]:
    """Return one's own calendar feeds."""
    rows = CalendarFeed.objects.select_related("body")
    return rows.filter(user=person) if isinstance(person, User) else rows.none()


def runnable_bodies(person: Person) -> QuerySet[Body]:
    """Return the bodies whose meetings a person prepares and minutes."""
    rows = Body.objects.all()
    if reach_of(person).can(Can.RUN_COMMITTEES):
        return rows
    found = _unit_scoped(person, Can.RUN_COMMITTEES)
    if isinstance(person, User) and person.is_active:
        found |= Q(secretary=person)
    return rows.filter(found)


def may_found(person: Person) -> Answer:
    """Tell who creates bodies and changes their mandate."""
    if reach_of(person).can(Can.RUN_COMMITTEES):
        return Allowed()
    return Denied(_("Only the transformation office creates bodies and changes them."))


def may_run(person: Person, body: Body) -> Answer:
    """Tell who prepares and minutes: the office, and the secretary of the body."""
    if runnable_bodies(person).filter(pk=body.pk).exists():
        return Allowed()
    return Denied(_("Only the secretary of the body and the transformation office prepare it."))


def may_decide(person: Person, body: Body) -> Answer:
    """Tell who records a decision."""
    if reach_of(person).can(Can.DECIDE):
        return Allowed()
    if Body.objects.filter(_unit_scoped(person, Can.DECIDE), pk=body.pk).exists():
        return Allowed()
    return Denied(_("Only sponsors and the transformation office record a decision."))


def may_replace(person: Person, decision: Decision) -> Answer:
    """Tell who records a decision that replaces another: who decides where that one was taken."""
    if may_decide(person, decision.body):
        return Allowed()
    return Denied(_("Only who decides in the body that took a decision replaces it."))


def may_review(person: Person, decision: Decision) -> Answer:
    """Tell who gives the verdict on an effect: who prepares, and who decides."""
    if may_run(person, decision.body) or may_decide(person, decision.body):
        return Allowed()
    return Denied(_("Only who prepares or decides in this body gives the verdict."))


def may_carry(person: Person, action: Action) -> Answer:
    """Tell who says what became of an action: its owner, and who runs its body."""
    if isinstance(person, User) and action.owner_id == person.pk:
        return Allowed()
    if action.body is not None and may_run(person, action.body):
        return Allowed()
    if action.body is None and reach_of(person).can(Can.RUN_COMMITTEES):
        return Allowed()
    return Denied(_("Only its owner and who prepares the body change this action."))


def may_give_opinion(person: Person, opinion: Opinion) -> Answer:
    """Tell who gives an opinion: only who was asked, and only while it is closed."""
    if not isinstance(person, User) or opinion.user_id != person.pk:
        return Denied(_("Only the person who was asked gives this opinion."))
    if opinion.opened_at is not None:
        return Denied(_("The opinions were opened: this one no longer changes."))
    return Allowed()


def may_prepare(person: Person, meeting: Meeting) -> Answer:
    """Tell who changes the agenda of a meeting that is not over."""
    if meeting.state in {Meeting.State.CLOSED, Meeting.State.MINUTED}:
        return Denied(CLOSED_MEETING)
    return may_run(person, meeting.body)


def initiative_is_open(person: Person, initiative: int) -> bool:
    """Tell whether an initiative may be named: an owner sees an action, not always its cause."""
    return portfolio.visible_to(person).filter(pk=initiative).exists()


def closed_initiatives(person: Person, keys: Iterable[int]) -> frozenset[int]:
    """Return the initiatives of which minutes may not tell this person: confidential, not seen."""
    wanted = set(keys)
    open_ones = Initiative.objects.filter(pk__in=wanted, confidential=False).values_list(
        "pk", flat=True
    )
    left = wanted.difference(open_ones)
    seen = portfolio.visible_to(person).filter(pk__in=left).values_list("pk", flat=True)
    return frozenset(left.difference(seen))


def own_bodies(person: User) -> QuerySet[Body]:
    """Return the bodies where a person sits or writes: what a calendar of one's own holds."""
    mine = Q(secretary=person) | Q(members__user=person, members__left_on=None)
    rows = visible_bodies(person).filter(closed_at=None)
    return rows.filter(pk__in=Body.objects.filter(mine).values("pk"))
