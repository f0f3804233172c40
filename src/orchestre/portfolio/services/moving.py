"""Moving an initiative in time: all that is dated moves together, in one act."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.models import User
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import Act, act
from orchestre.kernel.errors import DomainError
from orchestre.portfolio import policy
from orchestre.portfolio.models import Initiative, Milestone, Wave
from orchestre.portfolio.rules.dates import can_shift, shift
from orchestre.portfolio.rules.registry import Registry

Mover = Callable[[Act, Initiative, int], None]
WaveMover = Callable[[Act, Initiative, frozenset[int], int], None]
Copier = Callable[[Act, Initiative, Initiative], None]

movers: Registry[Mover] = Registry()
"""Filled by features above that hold dates of their own: `movers.register(function)`.

Each is called inside the act with the initiative (already moved) and the days. What belongs to a
population that goes live with a wave is left to the wave movers.
"""
wave_movers: Registry[WaveMover] = Registry()
"""Filled by features above: (act, initiative, the numbers of the populations of a wave, days)."""
copiers: Registry[Copier] = Registry()
"""Filled by features above whose rows are copied with an initiative: (act, source, copy)."""


def move(
    user: User,
    initiative: Initiative,
    days: int,
    *,
    reason: str = "",
    expected_version: int | None = None,
) -> ChangeSet | None:
    """Shift the dates of an initiative, of its milestones to come and of what hangs on it.

    The baseline and what already happened do not move. None when nothing is dated.
    """
    policy.may_change(user, initiative).require()
    if days == 0:
        raise DomainError(_("Choose by how much to move: 0 changes nothing."))
    label = ngettext(
        "Moved %(code)s by %(days)+d day", "Moved %(code)s by %(days)+d days", abs(days)
    ) % {"code": initiative.code, "days": days}
    with act(user, "portfolio.move", label, reason=reason) as done:
        stored = Initiative.objects.select_for_update().get(pk=initiative.pk)
        coming = list(Milestone.objects.filter(initiative=stored, actual_on=None))
        _check_calendar(stored, coming, days)
        done.update(
            initiative,
            {
                name: shift(getattr(stored, name), days)
                for name in ("starts_on", "ends_on", "go_live_on")
                if getattr(stored, name) is not None
            },
            expected_version=expected_version,
        )
        carry(done, initiative, days)
    return done.change_set


def carry(
    done: Act, initiative: Initiative, days: int, waves: Mapping[int, int] | None = None
) -> None:
    """Move what hangs on an initiative that was moved in this act, its milestones first.

    A wave to come moves with it, unless `waves` (number of a wave → days) says otherwise; one
    that went live stays.
    """
    if days:
        coming = Milestone.objects.filter(initiative=initiative, actual_on=None)
        for milestone in coming.filter(forecast_on__isnull=False):
            done.update(milestone, {"forecast_on": shift(milestone.forecast_on, days)})
        for mover in movers:
            mover(done, initiative, days)
    for wave in waves_to_come(initiative):
        own = (waves or {}).get(wave.pk, days)
        if own:
            done.update(wave, {"go_live_on": shift(wave.go_live_on, own)})
            carry_wave(done, wave, own)


def waves_to_come(initiative: Initiative) -> list[Wave]:
    """Return the waves that have not gone live before today."""
    return list(initiative.waves.filter(go_live_on__gte=timezone.localdate()))


def carry_wave(done: Act, wave: Wave, days: int) -> None:
    """Move what hangs on a wave that was moved in this act."""
    people = frozenset(wave.members.values_list("population_id", flat=True))
    for mover in wave_movers:
        mover(done, wave.initiative, people, days)


def _check_calendar(initiative: Initiative, coming: list[Milestone], days: int) -> None:
    dates = [initiative.starts_on, initiative.ends_on, initiative.go_live_on]
    dates += [milestone.forecast_on for milestone in coming]
    dates += [wave.go_live_on for wave in waves_to_come(initiative)]
    if not can_shift(dates, days):
        raise DomainError(_("This move leaves the calendar. Choose fewer days."))
    if not any(dates):
        raise DomainError(
            _("%s has no date yet: give it dates before moving it.") % initiative.code
        )
