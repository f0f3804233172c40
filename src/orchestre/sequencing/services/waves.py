"""One wave of an initiative moves in a scenario; the initiative and its other waves stay."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError
from orchestre.portfolio.models import Wave
from orchestre.portfolio.rules.dates import can_shift
from orchestre.sequencing import policy
from orchestre.sequencing.models import Override, Scenario
from orchestre.sequencing.queries.scenarios import edit_of
from orchestre.sequencing.rules.edits import Edit, days_moved
from orchestre.sequencing.services.live import live
from orchestre.sequencing.services.overriding import hold, stale, write
from orchestre.sequencing.services.wave_bounds import places, span_of


def move_wave(
    user: User, scenario: Scenario, wave: Wave, on: date, *, seen_on: date | None = None
) -> Override | None:
    """Make a wave go live on a day in a scenario; None when the initiative is as in the plan.

    `seen_on` is where the person saw it: when somebody put it elsewhere meanwhile, both days are
    told and nothing is written. What others say of the rest of the initiative is kept.
    """
    policy.may_edit(user, scenario).require()
    initiative = wave.initiative
    label = _("%(scenario)s: moved the wave “%(wave)s” of %(code)s") % {
        "scenario": scenario.name[:120],
        "wave": wave.name[:40],
        "code": initiative.code,
    }
    with act(user, "scenarios.move-wave", label) as done:
        hold(user, scenario)
        row = Override.objects.filter(scenario=scenario, initiative=initiative).first()
        edit = edit_of(row) if row else Edit()
        now = places(initiative, edit, live().today)[wave.pk]
        if seen_on is not None and seen_on != now:
            raise stale(
                row or Override(scenario=scenario, initiative=initiative, version=0),
                {"go_live_on": (on, now)},
                version=now.toordinal(),
            )
        if not can_shift((now,), (on - now).days):
            raise DomainError(_("This move leaves the calendar. Choose fewer days."))
        own = (on - wave.go_live_on).days - days_moved(edit, span_of(initiative))
        waves = {**(row.waves if row else {}), str(wave.pk): own}
        kept = {pk: days for pk, days in waves.items() if days}
        return write(done, user, scenario, initiative, {"waves": kept}, None)
