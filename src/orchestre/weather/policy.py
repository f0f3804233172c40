"""Who reads the weather, who declares it, who sets the thresholds."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.access.models import User
from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.kernel.decisions import Allowed, Decision, Denied
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.rules.facts import QUIET_STAGES
from orchestre.weather.models import Promise, WeatherReport


def under_way(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Keep the initiatives that have a weather: neither ideas, nor finished, nor put away."""
    return rows.filter(archived_at=None).exclude(stage__in=QUIET_STAGES)


def visible_to(person: Person) -> QuerySet[Initiative]:
    """Return the initiatives under way that a person may see."""
    return under_way(portfolio.visible_to(person))


def ever_visible_to(person: Person) -> QuerySet[Initiative]:
    """Return the initiatives a person may see, finished ones included."""
    return portfolio.visible_to(person)


def visible_reports(person: Person) -> QuerySet[WeatherReport]:
    """Return the reports of visible initiatives."""
    return WeatherReport.objects.filter(initiative__in=portfolio.visible_to(person).values("pk"))


def visible_promises(person: Person) -> QuerySet[Promise]:
    """Return the promises of visible initiatives."""
    return Promise.objects.filter(initiative__in=portfolio.visible_to(person).values("pk"))


def may_report(person: Person, initiative: Initiative) -> Decision:
    """Tell who declares the weather of an initiative: its lead, or the office for it."""
    if initiative.stage in QUIET_STAGES:
        return Denied(_("This initiative is not under way: it has no weather to declare."))
    decision = portfolio.may_change(person, initiative)
    if decision:
        return Allowed()
    if initiative.archived_at is not None:
        return decision
    return Denied(_("Only the lead of the initiative or the transformation office declares it."))


def awaited_from(person: Person) -> QuerySet[Initiative]:
    """Return the initiatives whose weather a person declares, micro-changes left out.

    The office speaks for those whose lead has no account.
    """
    rows = under_way(portfolio.editable_by(person)).filter(micro=False)
    if reach_of(person).can(Can.EDIT_PORTFOLIO):
        own = Q(lead=None)
        if isinstance(person, User):
            own |= Q(lead_id=person.pk)
        return rows.filter(own)
    return rows


def may_set_thresholds(person: Person) -> Decision:
    """Tell who changes the thresholds: the transformation office."""
    if reach_of(person).can(Can.RUN_COMMITTEES):
        return Allowed()
    return Denied(_("Only the transformation office changes the thresholds."))


def may_open_month(person: Person) -> Decision:
    """Tell who freezes the promises of a month."""
    if reach_of(person).can(Can.RUN_COMMITTEES):
        return Allowed()
    return Denied(_("Only the transformation office freezes the promises of a month."))
