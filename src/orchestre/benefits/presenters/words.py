"""How benefits are said: levels, audit facts, amounts in their measure."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orchestre.benefits.models import EUROS, Benefit
from orchestre.ui import formats

LEVELS: tuple[str | Promise, ...] = (
    gettext_lazy("identified"),
    gettext_lazy("qualified"),
    gettext_lazy("committed by its owner"),
    gettext_lazy("measured"),
    gettext_lazy("validated"),
    gettext_lazy("in the budget"),
)
AUDIT: dict[str, str | Promise] = {
    "baseline": gettext_lazy("dated and sourced baseline"),
    "assumptions": gettext_lazy("list of assumptions"),
    "method": gettext_lazy("method of measure"),
    "evidence": gettext_lazy("evidence"),
    "cost_to_achieve": gettext_lazy("cost to achieve"),
    "recurrence": gettext_lazy("once or every year"),
    "budget_trace": gettext_lazy("budget line or indicator"),
    "reviewer": gettext_lazy("reviewer"),
}


def amount(value: float | None, measure: str = EUROS) -> str:
    """Write an amount in its measure."""
    if value is None:
        return formats.undefined()
    if measure == EUROS:
        return formats.short_euros(value)
    return f"{formats.number(round(value, 1))} {measure}"


def of(benefit: Benefit, value: float | None) -> str:
    """Write an amount of a benefit; a negative effect is said."""
    told = amount(value, benefit.measure)
    return _("−%s") % told if benefit.disbenefit and value else told


def level(index: int) -> str:
    """Write a level of the ladder."""
    return str(LEVELS[index])


def lacks(names: tuple[str, ...]) -> str:
    """Say what lacks to be audited."""
    return ", ".join(str(AUDIT[name]) for name in names)
