"""Amounts, month by month: planned, forecast, declared, validated by somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.benefits import policy, snapshot
from orchestre.benefits.models import Benefit, ValueLine
from orchestre.benefits.services import checks
from orchestre.journal.services import Act, act
from orchestre.kernel.errors import DomainError, StaleVersion

Values = dict[str, Any]


def _user_id(person: Person) -> int | None:
    return person.pk if isinstance(person, User) else None


def plan_values(person: Person, benefit: Benefit) -> int:
    """Write what is expected each month from the target, the ramp and the anchor."""
    policy.may_claim(person, benefit.initiative).require()
    expected = snapshot.expected_of(benefit)
    if not expected:
        raise DomainError(
            _("Give a target a year, and a date to what it counts from, before planning it."),
            code="cannot-plan",
        )
    label = _("Planned the benefit “%s” month by month") % benefit.title
    with act(person, "benefits.plan", label) as done:
        known = {line.month_on: line for line in benefit.lines.select_for_update()}
        for month, line in known.items():
            if month not in expected:
                _write(done, line, {"planned": None})
        for month, amount in expected.items():
            if month in known:
                _write(done, known[month], {"planned": amount})
        done.create_many(
            [
                ValueLine(benefit=benefit, month_on=month, planned=amount)
                for month, amount in expected.items()
                if month not in known
            ]
        )
    return len(expected)


def _write(
    done: Act, line: ValueLine, values: Values, *, expected_version: int | None = None
) -> None:
    done.update(line, values, expected_version=expected_version)


def _line(done: Act, benefit: Benefit, month: date) -> ValueLine:
    """Return the line of a month, made when it is the first amount of that month."""
    Benefit.objects.select_for_update().get(pk=benefit.pk)
    found = ValueLine.objects.filter(benefit=benefit, month_on=month).first()
    return found or done.create(ValueLine(benefit=benefit, month_on=month))


def foresee(person: Person, benefit: Benefit, month: date, amount: Decimal | None) -> ValueLine:
    """Write what is now forecast for a month."""
    policy.may_claim(person, benefit.initiative).require()
    checks.check_amount(amount, "amount")
    label = _("Forecast of “%s” changed") % benefit.title
    with act(person, "benefits.foresee", label) as done:
        line = _line(done, benefit, month.replace(day=1))
        done.update(line, {"forecast": amount})
    return line


def declare(
    person: Person,
    benefit: Benefit,
    month: date,
    amount: Decimal | None,
    *,
    note: str | None = "",
    expected_version: int | None = None,
) -> ValueLine:
    """Say what a month brought; refused without a baseline, or once it is validated.

    None leaves what is said. `expected_version` is that of the month which the person read, 0
    when they read none: what somebody declared meanwhile is not written over.
    """
    policy.may_claim(person, benefit.initiative).require()
    checks.check_baseline(benefit)
    checks.check_amount(amount, "amount")
    month = month.replace(day=1)
    checks.check_month(month, timezone.localdate())
    said = {"declared": amount, "note": None if note is None else note.strip()[:250]}
    label = _("Declared an amount of “%s”") % benefit.title
    with act(person, "benefits.declare", label) as done:
        line = _line(done, benefit, month)
        if line.validated is not None:
            raise DomainError(
                _("This month is validated: contest it before declaring another amount."),
                code="validated",
            )
        values = {name: value for name, value in said.items() if value is not None}
        try:
            done.update(line, values, expected_version=expected_version)
        except StaleVersion as stale:
            raise _in_the_form(stale) from stale
        author = {"declared_by_id": _user_id(person), "declared_as": ""}
        done.update(line, {**author, "declared_at": timezone.now()})
    return line


def _in_the_form(stale: StaleVersion) -> StaleVersion:
    """Name the amount as who declares it does."""
    clashes = tuple(
        replace(one, field="amount") if one.field == "declared" else one
        for one in stale.conflict.clashes
    )
    return StaleVersion(stale.message, replace(stale.conflict, clashes=clashes))


def validate(
    person: Person, line: ValueLine, amount: Decimal, *, expected_version: int | None = None
) -> ValueLine:
    """Validate what somebody else declared, in whole or in part; never undone, but contested."""
    policy.may_validate(person, line).require()
    checks.check_amount(amount, "amount")
    label = _("Validated an amount of “%s”") % line.benefit.title
    with act(person, "benefits.validate", label, undoable=False) as done:
        stored = ValueLine.objects.select_for_update().get(pk=line.pk)
        policy.may_validate(person, stored).require()
        if stored.declared is None:
            raise DomainError(_("Nothing is declared for this month."), code="not-declared")
        if Decimal(amount) > stored.declared:
            raise checks.refuse("amount", _("No more than what was declared can be validated."))
        values = {
            "validated": amount,
            "validated_by_id": _user_id(person),
            "validated_as": "",
            "validated_at": timezone.now(),
        }
        done.update(line, values, expected_version=expected_version)
    return line


def contest(person: Person, line: ValueLine, reason: str) -> ValueLine:
    """Take a validation back, with a reason that stays in the journal."""
    if not policy.validates(person):
        policy.may_validate(person, line).require()
    if not reason.strip():
        raise checks.refuse("reason", _("Say why: the reason stays with the figures."))
    if line.validated is None:
        raise DomainError(_("Nothing is validated for this month."), code="not-validated")
    label = _("Contested an amount of “%s”") % line.benefit.title
    with act(person, "benefits.contest", label, reason=reason.strip(), undoable=False) as done:
        nobody = {"validated_by_id": None, "validated_as": "", "validated_at": None}
        done.update(line, {"validated": None, **nobody})
    return line
