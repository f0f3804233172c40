"""Money by month: planned, committed, spent, against the envelopes."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from orchestre.kernel.models import Provenance
from orchestre.reports.presenters.pack.scope import Scope
from orchestre.reports.rules.document import Cell, Chart, Head, Line, Section, Series, Table
from orchestre.resources.models import CostLine
from orchestre.resources.rules import Cost, cost_by_month
from orchestre.resources.snapshot import Money
from orchestre.ui import formats


def sections(scope: Scope) -> tuple[Section, ...]:
    """Write the money of the coming months."""
    if not scope.means.costs and not scope.means.envelopes:
        return ()
    chart = _chart(scope)
    blocks = (chart, _envelopes(scope)) if scope.means.envelopes else (chart,)
    return (Section("money", _("Money"), _lead(scope), blocks),)


def _sum(costs: list[Cost], months: tuple[date, ...]) -> float:
    return float(cost_by_month(costs, months).sum())


def _lead(scope: Scope) -> str:
    costs = list(scope.means.costs)
    assumed = [one for one in costs if one.provenance == Provenance.ASSUMED]
    total = _sum(costs, scope.months)
    told = _("%(amount)s over the %(n)d coming months") % {
        "amount": formats.euros(total),
        "n": len(scope.months),
    }
    if not assumed or not total:
        return f"{told}."
    part = formats.percent(_sum(assumed, scope.months) / total)
    return _("%(told)s, of which %(part)s is a full cost spread evenly over the dates.") % {
        "told": told,
        "part": part,
    }


def _chart(scope: Scope) -> Chart:
    names = tuple(f"{formats.month_short(one)} {one.year % 100:02}" for one in scope.months)
    series = [
        Series(str(state.label), _by_month(scope, str(state)))
        for state in (CostLine.State.SPENT, CostLine.State.COMMITTED, CostLine.State.PLANNED)
    ]
    kept = tuple(one for one in series if any(one.values))
    return Chart(
        "money-by-month",
        _("Euros by month"),
        _lead(scope),
        "stack",
        names,
        kept or tuple(series[-1:]),
        "€",
    )


def _by_month(scope: Scope, state: str) -> tuple[float | None, ...]:
    costs = [one for one in scope.means.costs if one.state == state]
    return tuple(round(float(one), 2) for one in cost_by_month(costs, scope.months))


def _envelopes(scope: Scope) -> Table:
    return Table(
        "envelopes",
        _("Envelopes"),
        (
            Head(_("Envelope"), share=2.5),
            Head(_("When"), share=2),
            Head(_("Amount"), numeric=True),
            Head(_("Asked"), numeric=True),
            Head(_("Left"), numeric=True),
        ),
        tuple(_envelope(scope, one) for one in scope.means.envelopes),
    )


def _envelope(scope: Scope, one: Money) -> Line:
    asked = sum(
        cost.amount_eur * _overlap(cost, one)
        for cost in scope.means.costs
        if one.programme is None or scope.programmes.get(cost.initiative) == one.programme
    )
    left = one.amount_eur - asked
    return Line(
        f"{one.name}@{one.starts_on.isoformat()}",
        (
            Cell(one.name),
            Cell(formats.dates(one.starts_on, one.ends_on)),
            Cell(formats.euros(one.amount_eur), one.amount_eur),
            Cell(formats.euros(asked), round(asked, 2)),
            Cell(formats.euros(left), round(left, 2), tone="off" if left < 0 else ""),
        ),
    )


def _overlap(cost: Cost, one: Money) -> float:
    """Part of a cost that falls in the days of an envelope."""
    first, last = max(cost.starts_on, one.starts_on), min(cost.ends_on, one.ends_on)
    if last <= first:
        return 0.0
    return (last - first).days / (cost.ends_on - cost.starts_on).days
