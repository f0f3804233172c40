"""Estimates, risks, costs and assumptions: checked, written in one act, undone as one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.journal.services import Act, act
from orchestre.kernel.errors import DomainError
from orchestre.outlook import policy
from orchestre.outlook.models import (
    CostEstimate,
    MilestoneEstimate,
    OutlookAssumptions,
    RiskEvent,
)
from orchestre.outlook.snapshot.rows import assumption_row, assumptions
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.portfolio.rules.dates import shift

Values = Mapping[str, Any]
DATES = ("optimistic_on", "likely_on", "pessimistic_on")
MOST_WEEKS = 520.0


def _refused(field: str, sentence: str) -> DomainError:
    return DomainError(sentence, code="not-valid", fields={field: [sentence]})


def _check_dates(values: Values) -> None:
    early, likely, late = (values[name] for name in DATES)
    if likely < early:
        raise _refused("likely_on", _("The likely date comes before the optimistic one."))
    if late < likely:
        raise _refused("pessimistic_on", _("The pessimistic date comes before the likely one."))


def estimate(
    person: Person, milestone: Milestone, values: Values, *, expected_version: int | None = None
) -> MilestoneEstimate:
    """Say between which dates a milestone may be reached, or change it."""
    policy.may_estimate(person, milestone.initiative).require()
    if milestone.actual_on is not None:
        raise DomainError(_("This milestone is reached: there is nothing left to estimate."))
    label = _("Estimated the milestone “%(name)s” of %(code)s") % {
        "name": milestone.name,
        "code": milestone.initiative.code,
    }
    with act(person, "outlook.estimate", label) as done:
        row = MilestoneEstimate.objects.select_for_update().filter(milestone=milestone).first()
        if row is None:
            _check_dates(values)
            return done.create(MilestoneEstimate(milestone=milestone, **values))
        _check_dates({name: getattr(row, name) for name in DATES} | dict(values))
        done.update(row, dict(values), expected_version=expected_version)
    return row


def forget_estimate(person: Person, row: MilestoneEstimate) -> None:
    """Delete an estimate: the milestone rests on the assumptions again."""
    policy.may_estimate(person, row.milestone.initiative).require()
    label = _("Deleted the estimate of “%(name)s”") % {"name": row.milestone.name}
    with act(person, "outlook.forget-estimate", label) as done:
        done.delete(row)


def estimate_cost(
    person: Person, initiative: Initiative, values: Values, *, expected_version: int | None = None
) -> CostEstimate:
    """Say between which shares of what is left to spend a cost may end.

    A share that is not said the first time is the one assumed for everybody.
    """
    policy.may_estimate(person, initiative).require()
    label = _("Estimated the cost of %(code)s") % {"code": initiative.code}
    with act(person, "outlook.estimate-cost", label) as done:
        # the initiative is locked: two people never make two rows
        Initiative.objects.select_for_update().get(pk=initiative.pk)
        row = CostEstimate.objects.select_for_update().filter(initiative=initiative).first()
        known = _shares(row) | dict(values)
        low, high = known["low_ratio"], known["high_ratio"]
        if not 0 <= low <= 1:
            raise _refused("low_ratio", _("At best, give a share from 0 % to 100 %."))
        if not 1 <= high <= 10:
            raise _refused("high_ratio", _("At worst, give a share from 100 % to 1,000 %."))
        if row is None:
            return done.create(CostEstimate(initiative=initiative, **known))
        done.update(row, dict(values), expected_version=expected_version)
    return row


def _shares(row: CostEstimate | None) -> dict[str, Any]:
    if row is not None:
        return {"low_ratio": row.low_ratio, "high_ratio": row.high_ratio}
    assumed = assumptions()
    return {"low_ratio": assumed.cost_low_ratio, "high_ratio": assumed.cost_high_ratio}


def forget_cost(person: Person, row: CostEstimate) -> None:
    """Delete a cost estimate: the cost rests on the assumptions again."""
    policy.may_estimate(person, row.initiative).require()
    label = _("Deleted the cost estimate of %(code)s") % {"code": row.initiative.code}
    with act(person, "outlook.forget-cost", label) as done:
        done.delete(row)


def _check_risk(initiative: Initiative, values: Values) -> None:
    for name in ("probability", "residual_probability"):
        value = values.get(name)
        if value is not None and not 0 <= value <= 1:
            raise _refused(name, _("Give a probability from 0 % to 100 %."))
    for name in ("impact_weeks", "residual_weeks"):
        value = values.get(name)
        if value is not None and not -MOST_WEEKS <= value <= MOST_WEEKS:
            raise _refused(name, _("Give from 0 to 520 weeks, below 0 for an opportunity."))
    if values.get("impact_weeks") is None and values.get("impact_eur") is None:
        raise _refused("impact_weeks", _("Say what it does: weeks of delay, euros, or both."))
    milestone = values.get("milestone")
    if milestone is not None and milestone.initiative_id != initiative.pk:
        raise _refused("milestone", _("Choose a milestone of this initiative."))


def add_risk(person: Person, initiative: Initiative, values: Values) -> RiskEvent:
    """Write an event that may happen to an initiative."""
    policy.may_estimate(person, initiative).require()
    if not str(values.get("name", "")).strip():
        raise _refused("name", _("Say what may happen."))
    _check_risk(initiative, values)
    label = _("Added the risk “%(name)s” to %(code)s") % {
        "name": values["name"],
        "code": initiative.code,
    }
    with act(person, "outlook.add-risk", label) as done:
        return done.create(RiskEvent(initiative=initiative, **values))


def change_risk(
    person: Person, risk: RiskEvent, values: Values, *, expected_version: int | None = None
) -> RiskEvent:
    """Write some facts of a risk."""
    policy.may_estimate(person, risk.initiative).require()
    label = _("Changed the risk “%(name)s”") % {"name": risk.name}
    with act(person, "outlook.change-risk", label) as done:
        stored = RiskEvent.objects.select_for_update().get(pk=risk.pk)
        names = ("probability", "residual_probability", "impact_weeks", "residual_weeks",
                 "impact_eur", "milestone")  # fmt: skip
        facts = {name: getattr(stored, name) for name in names}
        _check_risk(stored.initiative, facts | dict(values))
        written = dict(values)
        if "milestone" in written:
            one = written.pop("milestone")
            written["milestone_id"] = None if one is None else one.pk
        done.update(risk, written, expected_version=expected_version)
    return risk


def remove_risk(person: Person, risk: RiskEvent) -> None:
    """Delete a risk."""
    policy.may_estimate(person, risk.initiative).require()
    label = _("Deleted the risk “%(name)s”") % {"name": risk.name}
    with act(person, "outlook.remove-risk", label) as done:
        done.delete(risk)


def assume(
    person: Person, values: Values, *, expected_version: int | None = None
) -> OutlookAssumptions:
    """Change what is assumed of dates and money."""
    policy.may_assume(person).require()
    _check_assumptions(values)
    with act(person, "outlook.assume", _("Changed the assumptions on dates and money")) as done:
        row = assumption_row()
        if row is None:
            return done.create(OutlookAssumptions(**values))
        done.update(row, dict(values), expected_version=expected_version)
    return row


def _check_assumptions(values: Values) -> None:
    for name in ("programme_correlation", "supplier_correlation", "unit_correlation"):
        if not 0 <= values.get(name, 0) < 1:
            raise _refused(name, _("Give a correlation from 0 to 1, 1 excluded."))
    if not 0 <= values.get("cost_low_ratio", 1) <= 1:
        raise _refused("cost_low_ratio", _("At best, give a share from 0 % to 100 %."))
    if not 1 <= values.get("cost_high_ratio", 1) <= 10:
        raise _refused("cost_high_ratio", _("At worst, give a share from 100 % to 1,000 %."))
    rate = values.get("discount_rate")
    if rate is not None and not 0 <= rate < 1:
        raise _refused("discount_rate", _("Give a rate from 0 % to 100 %, or leave it empty."))
    if rate is not None and not str(values.get("discount_source", "")).strip():
        raise _refused("discount_source", _("Say where the rate comes from: it is not ours."))


def move_with(done: Act, initiative: Initiative, days: int) -> None:
    """Shift the estimates of an initiative that moves; what is reached stays."""
    rows = MilestoneEstimate.objects.filter(
        milestone__initiative=initiative, milestone__actual_on=None
    )
    for row in rows:
        done.update(row, {name: shift(getattr(row, name), days) for name in DATES})


def detach(done: Act, milestone: Milestone) -> None:
    """Let go of a milestone that is deleted: its estimate goes, its risks aim at the go-live."""
    for row in MilestoneEstimate.objects.filter(milestone=milestone):
        done.delete(row)
    for risk in RiskEvent.objects.filter(milestone=milestone):
        done.update(risk, {"milestone_id": None})
