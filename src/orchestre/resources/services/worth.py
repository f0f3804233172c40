"""What an initiative is expected to bring."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.journal.services import act
from orchestre.portfolio.models import Initiative
from orchestre.resources import policy
from orchestre.resources.models import Worth
from orchestre.resources.services import checks

Values = dict[str, Any]


def say_worth(
    person: Person, initiative: Initiative, values: Values, *, expected_version: int | None = None
) -> Worth:
    """Say what an initiative brings once in use and what a week of delay costs."""
    policy.may_say(person, initiative).require()
    checks.check_worth(values)
    label = _("Said what %s is worth") % initiative.code
    with act(person, "resources.say-worth", label) as done:
        # the initiative is locked: two people never make two rows
        Initiative.objects.select_for_update().get(pk=initiative.pk)
        row = Worth.objects.filter(initiative=initiative).first()
        if row is None:
            return done.create(Worth(initiative=initiative, **values))
        done.update(row, values, expected_version=expected_version)
    return row


def remove_worth(person: Person, worth: Worth) -> None:
    """Delete what an initiative is said to be worth: it is then not known."""
    policy.may_say(person, worth.initiative).require()
    label = _("Deleted what %s is worth") % worth.initiative.code
    with act(person, "resources.remove-worth", label) as done:
        done.delete(worth)
