"""Cost lines of initiatives, and envelopes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.journal.services import act
from orchestre.portfolio.models import Initiative
from orchestre.resources import policy
from orchestre.resources.models import CostLine, Envelope
from orchestre.resources.services import checks

Values = dict[str, Any]


def _check_money(values: Values) -> None:
    checks.check_range(values)
    checks.check_amount(values)


def add_cost(person: Person, initiative: Initiative, values: Values) -> CostLine:
    """Say what an initiative spends over a range of days."""
    policy.may_say(person, initiative).require()
    _check_money(values)
    label = _("Added a cost of %s") % initiative.code
    with act(person, "resources.add-cost", label) as done:
        return done.create(CostLine(initiative=initiative, **values))


def change_cost(
    person: Person, cost: CostLine, values: Values, *, expected_version: int | None = None
) -> CostLine:
    """Change a cost line."""
    policy.may_say(person, cost.initiative).require()
    label = _("Changed a cost of %s") % cost.initiative.code
    with act(person, "resources.change-cost", label) as done:
        stored = CostLine.objects.select_for_update().get(pk=cost.pk)
        _check_money({"starts_on": stored.starts_on, "ends_on": stored.ends_on} | values)
        done.update(cost, values, expected_version=expected_version)
    return cost


def remove_cost(person: Person, cost: CostLine) -> None:
    """Delete a cost line."""
    policy.may_say(person, cost.initiative).require()
    label = _("Deleted a cost of %s") % cost.initiative.code
    with act(person, "resources.remove-cost", label) as done:
        done.delete(cost)


def add_envelope(person: Person, values: Values) -> Envelope:
    """Say how much may be spent over a range of days."""
    policy.may_edit_means(person).require()
    checks.check_name(values)
    _check_money(values)
    made = Envelope(**values)
    with act(person, "resources.add-envelope", _("Added the envelope “%s”") % made.name) as done:
        return done.create(made)


def change_envelope(
    person: Person, envelope: Envelope, values: Values, *, expected_version: int | None = None
) -> Envelope:
    """Change an envelope."""
    policy.may_edit_means(person).require()
    checks.check_name({"name": envelope.name, **values})
    label = _("Changed the envelope “%s”") % envelope.name
    with act(person, "resources.change-envelope", label) as done:
        stored = Envelope.objects.select_for_update().get(pk=envelope.pk)
        _check_money({"starts_on": stored.starts_on, "ends_on": stored.ends_on} | values)
        done.update(envelope, values, expected_version=expected_version)
    return envelope


def remove_envelope(person: Person, envelope: Envelope) -> None:
    """Delete an envelope."""
    policy.may_edit_means(person).require()
    label = _("Deleted the envelope “%s”") % envelope.name
    with act(person, "resources.remove-envelope", label) as done:
        done.delete(envelope)
