"""Freezing what is promised inside a month, when the month opens."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError
from orchestre.load.services.compute import today
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.weather import policy
from orchestre.weather.models import Promise
from orchestre.weather.rules import month_of


def open_current() -> int:
    """Freeze the milestones promised in the current month, once; return how many.

    Done by the first report of a month, or by the office; what is frozen never changes.
    """
    first, until = month_of(today())
    if Promise.objects.filter(month_on=first).exists():
        return 0
    live = policy.under_way(Initiative.objects.all()).values("pk")
    due = Milestone.objects.filter(
        initiative__in=live, actual_on=None, forecast_on__gte=first, forecast_on__lt=until
    )
    rows = [
        Promise(
            month_on=first,
            initiative_id=one.initiative_id,
            milestone_id=one.pk,
            name=one.name,
            promised_on=one.forecast_on,
        )
        for one in due
        if one.forecast_on is not None
    ]
    try:
        with transaction.atomic():
            Promise.objects.bulk_create(rows, batch_size=500)
    except IntegrityError:  # somebody else opened the month at the same instant
        return 0
    return len(rows)


def open_month(person: Person) -> int:
    """Freeze the promises of the current month, at the request of the office."""
    policy.may_open_month(person).require()
    first, _until = month_of(today())
    if Promise.objects.filter(month_on=first).exists():
        raise DomainError(
            _("The promises of this month are already frozen; they never change."),
            code="already-so",
        )
    label = _("Froze the promises of the month")
    with act(person, "weather.open-month", label, undoable=False) as doing:
        count = open_current()
        if not count:
            raise DomainError(
                _("No milestone is forecast this month: there is nothing to freeze."),
                code="nothing-to-freeze",
            )
        doing.note(promises=count, month=first.isoformat())
    return count
