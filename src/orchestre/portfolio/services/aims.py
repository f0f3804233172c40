"""What an initiative brings to objectives and which way it pushes indicators."""

from __future__ import annotations

from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError
from orchestre.portfolio import policy
from orchestre.portfolio.models import Contribution, IndicatorEffect, Initiative
from orchestre.strategy.models import Indicator, Objective


def add_contribution(
    user: User, initiative: Initiative, objective: Objective, weight: float = 1.0
) -> Contribution:
    """Say that an initiative serves an objective, or weigh it otherwise."""
    policy.may_change(user, initiative).require()
    if weight <= 0:
        sentence = _("The weight is a number above 0.")
        raise DomainError(sentence, fields={"weight": [sentence]})
    label = _("%(code)s serves the objective “%(objective)s”") % {
        "code": initiative.code,
        "objective": objective.title,
    }
    with act(user, "portfolio.contribute", label) as done:
        known = Contribution.objects.filter(initiative=initiative, objective=objective).first()
        if known is None:
            return done.create(
                Contribution(initiative=initiative, objective=objective, weight=weight)
            )
        done.update(known, {"weight": weight})
    return known


def remove_contribution(user: User, contribution: Contribution) -> ChangeSet | None:
    """Say that an initiative no longer serves an objective."""
    policy.may_change(user, contribution.initiative).require()
    label = _("%(code)s no longer serves the objective “%(objective)s”") % {
        "code": contribution.initiative.code,
        "objective": contribution.objective.title,
    }
    with act(user, "portfolio.end-contribution", label) as done:
        done.delete(contribution)
    return done.change_set


def add_effect(
    user: User, initiative: Initiative, indicator: Indicator, direction: str
) -> IndicatorEffect:
    """Say which way an initiative pushes an indicator."""
    policy.may_change(user, initiative).require()
    if direction not in Indicator.Direction.values:
        sentence = _("Say whether it pushes the indicator up or down.")
        raise DomainError(sentence, fields={"direction": [sentence]})
    label = _("%(code)s pushes the indicator “%(indicator)s”") % {
        "code": initiative.code,
        "indicator": indicator.name,
    }
    with act(user, "portfolio.push-indicator", label) as done:
        known = IndicatorEffect.objects.filter(initiative=initiative, indicator=indicator).first()
        if known is None:
            return done.create(
                IndicatorEffect(initiative=initiative, indicator=indicator, direction=direction)
            )
        done.update(known, {"direction": direction})
    return known


def remove_effect(user: User, effect: IndicatorEffect) -> ChangeSet | None:
    """Say that an initiative does not push an indicator."""
    policy.may_change(user, effect.initiative).require()
    label = _("%(code)s no longer pushes the indicator “%(indicator)s”") % {
        "code": effect.initiative.code,
        "indicator": effect.indicator.name,
    }
    with act(user, "portfolio.leave-indicator", label) as done:
        done.delete(effect)
    return done.change_set
