"""What an initiative is said to bring."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.benefits import policy
from orchestre.benefits.models import Benefit
from orchestre.benefits.services import checks
from orchestre.journal.codes import numbered, with_free_code
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError
from orchestre.portfolio.models import Initiative

Values = dict[str, Any]


def add_benefit(person: Person, initiative: Initiative, values: Values) -> Benefit:
    """Write a new benefit; without a code it gets the next one."""
    policy.may_claim(person, initiative).require()
    checks.check_benefit(values)
    made = Benefit(initiative=initiative, **values)
    wanted = made.code

    def write(code: str) -> Benefit:
        made.code = code
        with act(person, "benefits.add", _("Added the benefit “%s”") % made.title) as done:
            return done.create(made)

    return with_free_code(Benefit, numbered(Benefit, "B", wanted, width=2), write)


def change_benefit(
    person: Person, benefit: Benefit, values: Values, *, expected_version: int | None = None
) -> Benefit:
    """Change what is said of a benefit; its amounts are written apart."""
    policy.may_claim(person, benefit.initiative).require()
    label = _("Changed the benefit “%s”") % benefit.title
    with act(person, "benefits.change", label) as done:
        stored = Benefit.objects.select_for_update().get(pk=benefit.pk)
        names = ("title", "anchor", "milestone_id", "ramp_months")
        checks.check_benefit({name: getattr(stored, name) for name in names} | values)
        done.update(benefit, values, expected_version=expected_version)
    return benefit


def remove_benefit(person: Person, benefit: Benefit) -> None:
    """Delete a benefit, unless something was validated: what was proven stays."""
    policy.may_claim(person, benefit.initiative).require()
    if benefit.lines.filter(validated__isnull=False).exists():
        raise DomainError(_("Amounts of this benefit are validated: it is kept."), code="validated")
    label = _("Deleted the benefit “%s”") % benefit.title
    with act(person, "benefits.remove", label) as done:
        for line in benefit.lines.all():
            done.delete(line)
        for proof in benefit.evidence.all():
            done.delete(proof)
        done.delete(benefit)
