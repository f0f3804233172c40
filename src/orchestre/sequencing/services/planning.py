"""Saying how far an initiative may move, and which legal steps come before its go-live."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.sequencing.models import LegalStep, PlanningRule
from orchestre.sequencing.queries.planning import rule_of

MOST_DELAY_WEEKS = 104
FIELDS = ("fixed", "earliest_on", "latest_on", "may_wait", "reason")


def set_rule(
    user: User,
    initiative: Initiative,
    values: dict[str, Any],
    *,
    expected_version: int | None = None,
) -> PlanningRule:
    """Write how far an initiative may move; `expected_version` is 0 when nobody had said."""
    portfolio.may_change(user, initiative).require()
    told = {name: values[name] for name in FIELDS if name in values}
    _check(rule_of(initiative), told)
    label = _("Said how far %(code)s may move") % {"code": initiative.code}
    with act(user, "scenarios.set-rule", label) as done:
        # the initiative is locked: two people never make two rows
        Initiative.objects.select_for_update().get(pk=initiative.pk)
        known = PlanningRule.objects.select_for_update().filter(initiative=initiative).first()
        if known is None:
            return done.create(PlanningRule(initiative=initiative, **told))
        done.update(known, told, expected_version=expected_version)
    return known


def _check(known: PlanningRule | None, told: dict[str, Any]) -> None:
    window = [told.get(name, getattr(known, name, None)) for name in ("earliest_on", "latest_on")]
    if window[0] and window[1] and window[1] < window[0]:
        sentence = _("The window closes before it opens: exchange the two dates.")
        raise DomainError(sentence, fields={"latest_on": [sentence]})


def clear_rule(user: User, rule: PlanningRule) -> None:
    """Let an initiative move as far as the usual reach."""
    portfolio.may_change(user, rule.initiative).require()
    label = _("Freed the moves of %(code)s") % {"code": rule.initiative.code}
    with act(user, "scenarios.clear-rule", label) as done:
        done.delete(rule)


def add_step(user: User, initiative: Initiative, values: dict[str, Any]) -> LegalStep:
    """Add a legal step before the go-live."""
    portfolio.may_change(user, initiative).require()
    _check_step(values)
    label = _("Added the legal step “%(name)s” to %(code)s") % {
        "name": values["name"],
        "code": initiative.code,
    }
    with act(user, "scenarios.add-step", label) as done:
        return done.create(LegalStep(initiative=initiative, **values))


def change_step(
    user: User, step: LegalStep, values: dict[str, Any], *, expected_version: int | None = None
) -> LegalStep:
    """Change a legal step, or say that it is completed."""
    portfolio.may_change(user, step.initiative).require()
    _check_step({"name": step.name, "delay_weeks": step.delay_weeks, **values})
    label = _("Changed the legal step “%(name)s” of %(code)s") % {
        "name": step.name,
        "code": step.initiative.code,
    }
    with act(user, "scenarios.change-step", label) as done:
        done.update(step, values, expected_version=expected_version)
    return step


def remove_step(user: User, step: LegalStep) -> None:
    """Take a legal step away."""
    portfolio.may_change(user, step.initiative).require()
    label = _("Removed the legal step “%(name)s” of %(code)s") % {
        "name": step.name,
        "code": step.initiative.code,
    }
    with act(user, "scenarios.remove-step", label) as done:
        done.delete(step)


def _check_step(values: dict[str, Any]) -> None:
    if not str(values.get("name", "")).strip():
        sentence = _("Name the step, for instance: works council consultation.")
        raise DomainError(sentence, fields={"name": [sentence]})
    if not 0 <= values.get("delay_weeks", 0) <= MOST_DELAY_WEEKS:
        sentence = _("Give a number of weeks from 0 to %d.") % MOST_DELAY_WEEKS
        raise DomainError(sentence, fields={"delay_weeks": [sentence]})
