"""Which initiatives a person may see and change."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.access.models import User
from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.kernel.decisions import Allowed, Decision, Denied
from orchestre.org.models import Population
from orchestre.org.policy import subtree_filter, visible_populations
from orchestre.portfolio.models import (
    Contribution,
    Dependency,
    IndicatorEffect,
    Initiative,
    Milestone,
    Wave,
    WavePopulation,
)


def visible_to(person: Person) -> QuerySet[Initiative]:
    """Return the initiatives of one's scopes; confidential ones only to who is named or the office.

    A unit manager sees what the subtree owns; what touches it is told by the load, which
    names an initiative only when it is visible.
    """
    reach = reach_of(person)
    everything = Initiative.objects.all()
    if reach.can(Can.READ) and reach.can(Can.READ_CONFIDENTIAL):
        return everything
    named = Q(pk__in=reach.initiatives(Can.READ))
    if isinstance(person, User) and person.is_active:
        named |= Q(lead_id=person.pk)
    if reach.can(Can.READ):
        return everything.filter(Q(confidential=False) | named)
    subtree = subtree_filter(person, Can.READ, "unit__") or Q(pk__in=[])
    touching = subtree_filter(person, Can.READ, "impacts__population__unit__") or Q(pk__in=[])
    return everything.filter((Q(confidential=False) & (subtree | touching)) | named).distinct()


def may_edit(person: Person, initiative: Initiative) -> Decision:
    """Tell who changes an initiative: the office, or its lead."""
    reach = reach_of(person)
    if reach.can(Can.EDIT_PORTFOLIO):
        return Allowed()
    if initiative.pk in reach.initiatives(Can.EDIT_PORTFOLIO):
        return Allowed()
    if isinstance(person, User) and initiative.lead_id == person.pk:
        return Allowed()
    found = subtree_filter(person, Can.EDIT_PORTFOLIO, "unit__")
    if found is not None and Initiative.objects.filter(found, pk=initiative.pk).exists():
        return Allowed()
    return Denied(_("Only the lead of the initiative or the transformation office changes it."))


def may_create(person: Person) -> Decision:
    """Tell who adds initiatives."""
    if reach_of(person).can_somewhere(Can.EDIT_PORTFOLIO):
        return Allowed()
    return Denied(_("Only change leads and the transformation office add initiatives."))


def editable_by(person: Person) -> QuerySet[Initiative]:
    """Return the visible initiatives that the person may change: the same rule, for many."""
    visible = visible_to(person)
    reach = reach_of(person)
    if reach.can(Can.EDIT_PORTFOLIO):
        return visible
    found = Q(pk__in=reach.initiatives(Can.EDIT_PORTFOLIO))
    if isinstance(person, User):
        found |= Q(lead_id=person.pk)
    found |= subtree_filter(person, Can.EDIT_PORTFOLIO, "unit__") or Q(pk__in=[])
    return visible.filter(pk__in=Initiative.objects.filter(found).values("pk"))


def may_share(person: Person) -> Decision:
    """Tell who shows a saved view to everybody."""
    if reach_of(person).can(Can.SHARE):
        return Allowed()
    return Denied(_("Only the transformation office and sponsors share views with everybody."))


def may_change(person: Person, initiative: Initiative) -> Decision:
    """Tell who writes on an initiative; an archived one is read only."""
    if initiative.archived_at is not None:
        return Denied(_("This initiative is archived. Restore it before changing it."))
    return may_edit(person, initiative)


def visible_milestones(person: Person) -> QuerySet[Milestone]:
    """Return the milestones of visible initiatives."""
    return Milestone.objects.filter(initiative__in=visible_to(person).values("pk"))


def visible_waves(person: Person) -> QuerySet[Wave]:
    """Return the waves of visible initiatives."""
    return Wave.objects.filter(initiative__in=visible_to(person).values("pk"))


def visible_wave_populations(person: Person) -> QuerySet[WavePopulation]:
    """Return who goes live in visible waves, as far as one may read these people."""
    return WavePopulation.objects.filter(
        initiative__in=visible_to(person).values("pk"),
        population__in=visible_populations(person).values("pk"),
    )


def named_in_waves(person: Person, initiative: Initiative) -> QuerySet[Population]:
    """Return the populations that a person reads by name in waves: all, for who writes them."""
    if may_edit(person, initiative):
        return Population.objects.all()
    return visible_populations(person)


def visible_contributions(person: Person) -> QuerySet[Contribution]:
    """Return what visible initiatives bring to objectives."""
    return Contribution.objects.filter(initiative__in=visible_to(person).values("pk"))


def visible_effects(person: Person) -> QuerySet[IndicatorEffect]:
    """Return which way visible initiatives push indicators."""
    return IndicatorEffect.objects.filter(initiative__in=visible_to(person).values("pk"))


def visible_dependencies(person: Person) -> QuerySet[Dependency]:
    """Return the dependencies whose two ends are visible."""
    # by what is hidden: two lists of what is seen would make SQLite try every pair of ends
    hidden = Initiative.objects.exclude(pk__in=visible_to(person).values("pk")).values("pk")
    return Dependency.objects.exclude(predecessor__in=hidden).exclude(successor__in=hidden)
