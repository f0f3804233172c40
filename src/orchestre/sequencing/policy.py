"""Who reads which scenarios, who edits one, and who makes it the plan."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.access.models import User
from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.kernel.decisions import Allowed, Decision, Denied
from orchestre.org.policy import subtree_filter
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.sequencing.models import LegalStep, Override, Plan, PlanningRule, Scenario

State = Scenario.State
OPEN = (State.DRAFT, State.SHARED)


def visible_to(person: Person) -> QuerySet[Scenario]:
    """Return one's own scenarios, and those that were shared with who reads or drafts.

    A draft is private to its owner, to the office included.
    """
    rows = Scenario.objects.all()
    if not isinstance(person, User) or not person.is_active:
        return rows.none()
    own = Q(owner_id=person.pk)
    if _reads(person):
        return rows.filter(own | Q(state__in=(State.SHARED, State.PUBLISHED)))
    return rows.filter(own) if may_draft(person) else rows.none()


def visible_overrides(person: Person) -> QuerySet[Override]:
    """Return the overrides of visible scenarios on visible initiatives."""
    return Override.objects.filter(
        scenario__in=visible_to(person).values("pk"),
        initiative__in=portfolio.visible_to(person).values("pk"),
    )


def visible_rules(person: Person) -> QuerySet[PlanningRule]:
    """Return how far visible initiatives may move."""
    return PlanningRule.objects.filter(initiative__in=portfolio.visible_to(person).values("pk"))


def visible_steps(person: Person) -> QuerySet[LegalStep]:
    """Return the legal steps of visible initiatives."""
    return LegalStep.objects.filter(initiative__in=portfolio.visible_to(person).values("pk"))


def visible_plans(person: Person) -> QuerySet[Plan]:
    """Return the plans of record, for who reads or drafts."""
    return Plan.objects.all() if _reads(person) else Plan.objects.none()


def _reads(person: Person) -> bool:
    reach = reach_of(person)
    return reach.can(Can.READ) or reach.can_somewhere(Can.DRAFT)


def may_read(person: Person) -> Decision:
    """Tell who reads the gauges of the plan in force: figures of the whole organisation."""
    if _reads(person):
        return Allowed()
    return Denied(_("Only people who read the whole portfolio, or draft, read scenarios."))


def may_draft(person: Person) -> Decision:
    """Tell who writes scenarios."""
    if reach_of(person).can_somewhere(Can.DRAFT):
        return Allowed()
    return Denied(_("Only change leads, sponsors and the transformation office draft scenarios."))


def may_edit(person: Person, scenario: Scenario) -> Decision:
    """Tell who edits a scenario: its owner, and once shared whoever drafts."""
    if scenario.state == State.PUBLISHED:
        return Denied(_("This scenario became the plan: duplicate it to go on from it."))
    if scenario.state == State.DROPPED:
        return Denied(_("This scenario was dropped: duplicate it to go on from it."))
    owns = isinstance(person, User) and scenario.owner_id == person.pk
    if owns or scenario.state == State.SHARED:
        return may_draft(person)
    return Denied(_("This draft is private to its owner."))


def may_own(person: Person, scenario: Scenario) -> Decision:
    """Tell who shares, renames or drops a scenario."""
    if not (isinstance(person, User) and scenario.owner_id == person.pk):
        return Denied(_("Only its owner shares or drops a scenario."))
    return may_edit(person, scenario)


def may_publish(person: Person, scenario: Scenario | None = None) -> Decision:
    """Tell who makes a scenario the plan of record: who decides, on all that it touches."""
    reach = reach_of(person)
    if not reach.can_somewhere(Can.DECIDE):
        return Denied(
            _("Only sponsors and the transformation office decide that a scenario is the plan.")
        )
    if reach.can(Can.DECIDE) or scenario is None:
        return Allowed()
    deciding = Q(pk__in=reach.initiatives(Can.DECIDE))
    deciding |= subtree_filter(person, Can.DECIDE, "unit__") or Q(pk__in=[])
    touched = Initiative.objects.filter(overrides__scenario=scenario)
    beyond = touched.exclude(pk__in=Initiative.objects.filter(deciding).values("pk"))
    if beyond.exists():
        return Denied(_("This scenario touches initiatives on which you do not decide."))
    return Allowed()
