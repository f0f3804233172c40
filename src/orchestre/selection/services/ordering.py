"""Orders: what is kept or left out whatever it is worth, each with its reason."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError
from orchestre.portfolio.models import Initiative
from orchestre.selection import policy
from orchestre.selection.models import Order, Selection


def order(
    person: Person,
    selection: Selection,
    initiative: Initiative,
    values: dict[str, Any],
    *,
    expected_version: int | None = None,
) -> Order:
    """Keep or leave out an initiative whatever it is worth, with the reason.

    `expected_version` is that of the order which the person read, 0 when they read none.
    """
    policy.may_edit(person, selection).require()
    told = _checked(values)
    _among(selection, initiative)
    with act(person, "selections.order", _label(selection, initiative)) as doing:
        # the selection is locked: two people never make two rows
        Selection.objects.select_for_update(of=("self",)).get(pk=selection.pk)
        known = Order.objects.filter(selection=selection, initiative=initiative).first()
        doing.reason = str(told.get("reason", known.reason if known else ""))
        if known is None:
            _complete(told)
            return doing.create(Order(selection=selection, initiative=initiative, **told))
        doing.update(known, told, expected_version=expected_version)
    return known


def add_order(
    person: Person, selection: Selection, initiative: Initiative, values: dict[str, Any]
) -> Order:
    """Give an order on a candidate that has none."""
    if Order.objects.filter(selection=selection, initiative=initiative).exists():
        raise DomainError(
            _("There is already an order on “%(code)s”. Change that order.")
            % {"code": initiative.code},
            code="already-there",
        )
    return order(person, selection, initiative, values, expected_version=0)


def lift(person: Person, row: Order) -> None:
    """Let the computation choose again."""
    policy.may_edit(person, row.selection).require()
    label = _("Lifted the order on %s") % row.initiative.code
    with act(person, "selections.order", label) as doing:
        doing.delete(row)


def _label(selection: Selection, initiative: Initiative) -> str:
    return _("Ordered %(code)s in the selection “%(name)s”") % {
        "code": initiative.code,
        "name": selection.name,
    }


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {
        name: str(values[name]).strip() for name in ("way", "reason") if name in values
    }
    if told.get("reason") == "":
        raise _without_reason()
    if "way" in told and told["way"] not in Order.Way.values:
        raise DomainError(_("Choose to keep it or to leave it out."), code="not-an-order")
    return told


def _complete(told: dict[str, Any]) -> None:
    """An order that was lifted meanwhile is given whole again, or not at all."""
    if "reason" not in told:
        raise _without_reason()
    if "way" not in told:
        raise DomainError(_("Choose to keep it or to leave it out."), code="not-an-order")


def _without_reason() -> DomainError:
    sentence = _("Give the reason: it is what the next reader needs.")
    return DomainError(sentence, code="reason-missing", fields={"reason": [sentence]})


def _among(selection: Selection, initiative: Initiative) -> None:
    if not policy.candidates_of(selection).filter(pk=initiative.pk).exists():
        raise DomainError(
            _("“%s” is not a candidate of this selection.") % initiative.code,
            code="not-a-candidate",
        )
