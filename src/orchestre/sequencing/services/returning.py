"""Going back to a former plan: as a draft, decided like any other."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.kernel.errors import DomainError
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.rules.dates import Span
from orchestre.portfolio.services.moving import waves_to_come
from orchestre.sequencing.models import Plan, Scenario
from orchestre.sequencing.rules.edits import Edit, days_moved
from orchestre.sequencing.services.drafting import draft
from orchestre.sequencing.services.overriding import override_many
from orchestre.sequencing.services.plans import opened

DATES = ("starts_on", "ends_on", "go_live_on")


def draft_return(user: User, plan: Plan) -> Scenario:
    """Open a draft that gives each visible initiative the dates it had in a former plan.

    What was stopped since, or did not exist, stays as it is.
    """
    then = opened(plan)["initiatives"]
    live = portfolio.visible_to(user).filter(archived_at=None, code__in=list(then))
    wanted: dict[Initiative, dict[str, Any]] = {}
    differs: dict[str, Any]
    for one in live.exclude(stage=Initiative.Stage.STOPPED):
        days = {name: _day(then[one.code][name]) for name in DATES}
        differs = {name: day for name, day in days.items() if day and day != getattr(one, name)}
        span = Span(one.starts_on, one.ends_on, one.go_live_on)
        waves = _waves(one, then[one.code].get("waves") or {}, days_moved(Edit(**differs), span))
        if differs or waves:
            wanted[one] = {**differs, "waves": waves} if waves else differs
    if not wanted:
        raise DomainError(
            _("The plan in force has the same dates: there is nothing to go back to."),
            code="nothing-differs",
        )
    made = draft(user, _("Back to plan %(plan)s") % {"plan": plan})
    override_many(user, made, wanted)
    return made


def _waves(one: Initiative, then: dict[str, str], common: int) -> dict[str, int]:
    """Return by how many days the waves to come move beyond their initiative, by number."""
    found = {}
    for wave in waves_to_come(one):
        day = _day(then.get(wave.name))
        beyond = 0 if day is None else (day - wave.go_live_on).days - common
        if beyond:
            found[str(wave.pk)] = beyond
    return found


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
