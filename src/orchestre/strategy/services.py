"""Writes of the strategy: one function, one intention, one act of the journal."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.journal.codes import numbered, with_free_code
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError
from orchestre.strategy import policy
from orchestre.strategy.models import Indicator, Objective

Values = dict[str, Any]


def add_objective(user: User, values: Values) -> Objective:
    """Write a new objective; without a code it gets the next one."""
    policy.may_edit(user).require()
    made = Objective(**_named(values, "title"))
    wanted = made.code

    def write(code: str) -> Objective:
        made.code = code
        label = _("Added the objective “%s”") % made.title
        with act(user, "strategy.add-objective", label) as done:
            return done.create(made)

    return with_free_code(Objective, numbered(Objective, "OB", wanted), write)


def change_objective(
    user: User, objective: Objective, values: Values, *, expected_version: int | None = None
) -> bool:
    """Write some facts of an objective; False when nothing differs."""
    policy.may_edit(user).require()
    _named({"title": objective.title, **values}, "title")
    label = _("Changed the objective “%s”") % objective.title
    with act(user, "strategy.change-objective", label) as done:
        return done.update(objective, values, expected_version=expected_version)


def remove_objective(user: User, objective: Objective) -> None:
    """Delete an objective; its indicators stay, what initiatives bring to it goes."""
    policy.may_edit(user).require()
    label = _("Deleted the objective “%s”") % objective.title
    with act(user, "strategy.remove-objective", label) as done:
        for indicator in objective.indicators.all():
            done.update(indicator, {"objective_id": None})
        for contribution in objective.contributions.select_related("initiative"):
            done.delete(contribution)
        done.delete(objective)


def add_indicator(user: User, values: Values) -> Indicator:
    """Write a new indicator; without a code it gets the next one."""
    policy.may_edit(user).require()
    made = Indicator(**_named(values, "name"))
    wanted = made.code

    def write(code: str) -> Indicator:
        made.code = code
        with act(user, "strategy.add-indicator", _("Added the indicator “%s”") % made.name) as done:
            return done.create(made)

    return with_free_code(Indicator, numbered(Indicator, "KPI", wanted), write)


def change_indicator(
    user: User, indicator: Indicator, values: Values, *, expected_version: int | None = None
) -> bool:
    """Write some facts of an indicator; False when nothing differs."""
    policy.may_edit(user).require()
    _named({"name": indicator.name, **values}, "name")
    label = _("Changed the indicator “%s”") % indicator.name
    with act(user, "strategy.change-indicator", label) as done:
        return done.update(indicator, values, expected_version=expected_version)


def remove_indicator(user: User, indicator: Indicator) -> None:
    """Delete an indicator and the effects that initiatives declare on it."""
    policy.may_edit(user).require()
    label = _("Deleted the indicator “%s”") % indicator.name
    with act(user, "strategy.remove-indicator", label) as done:
        for effect in indicator.effects.select_related("initiative"):
            done.delete(effect)
        done.delete(indicator)


def _named(values: Values, name: str) -> Values:
    if not str(values.get(name, "")).strip():
        sentence = _("Give it a name: that is all it needs.")
        raise DomainError(sentence, fields={name: [sentence]})
    return values
