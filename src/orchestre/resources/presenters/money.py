"""Money by month against envelopes: firm first, assumed last and marked so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from orchestre.kernel.models import Provenance
from orchestre.resources import queries, rules
from orchestre.resources.models import CostLine, Envelope
from orchestre.resources.presenters import words
from orchestre.resources.rules import Cost, Floats
from orchestre.ui import formats
from orchestre.ui.charts.stacked import StackBar, StackedBars, StackSeries
from orchestre.ui.components import Button, StatusMark
from orchestre.ui.tables import Column, DataTable, Row

ASSUMED = "assumed"
STATES = (CostLine.State.SPENT, CostLine.State.COMMITTED, CostLine.State.PLANNED, ASSUMED)


def state_of(cost: Cost) -> str:
    """Return the series of a cost: what is assumed is never mixed with what was said."""
    return ASSUMED if cost.provenance == Provenance.ASSUMED else cost.state


def state_label(state: str) -> str:
    """Write a series."""
    if state == ASSUMED:
        return _("assumed: full cost spread evenly")
    return str(CostLine.State(state).label)


def by_state(costs: Sequence[Cost], months: Sequence[date]) -> dict[str, Floats]:
    """Return the money of each series by month."""
    return {
        state: rules.cost_by_month([one for one in costs if state_of(one) == state], months)
        for state in STATES
    }


def chart(
    costs: Sequence[Cost], envelopes: Sequence[Envelope], months: Sequence[date]
) -> StackedBars:
    """Draw the money by month, with the envelopes of the whole portfolio spread evenly."""
    series = by_state(costs, months)
    limits = _limits(envelopes, months)
    highest = max(
        (sum(values[at] for values in series.values()) for at in range(len(months))), default=0.0
    )
    unit, one = formats.euros_unit(highest)
    bars = []
    for at, month in enumerate(months):
        amounts = [float(series[state][at]) for state in STATES]
        limit = limits[at]
        bars.append(
            StackBar(
                text=formats.month_short(month),
                title=words.month(month),
                values=tuple(amount / one for amount in amounts),
                texts=tuple(formats.short_euros(amount) for amount in amounts),
                total_text=formats.short_euros(sum(amounts)),
                limit=None if limit is None else limit / one,
                limit_text=formats.short_euros(limit),
                group=str(month.year),
            )
        )
    return StackedBars(
        caption=_("Money asked by month. A cost is spread evenly over its days."),
        heading=_("Month"),
        series=tuple(
            StackSeries(state_label(state), f"st{number}")
            for number, state in enumerate(STATES, start=1)
        ),
        bars=tuple(bars),
        unit=unit,
        limit_label=_("envelopes of the whole portfolio, spread evenly"),
    )


def _limits(envelopes: Sequence[Envelope], months: Sequence[date]) -> list[float | None]:
    whole = [one for one in envelopes if one.programme_id is None]
    found: list[float | None] = []
    for month in months:
        parts = [
            float(one.amount_eur)
            * float(rules.days_in_months(one.starts_on, one.ends_on, [month])[0])
            / (one.ends_on - one.starts_on).days
            for one in whole
            if one.starts_on < rules.next_month(month) and one.ends_on > month
        ]
        found.append(sum(parts) if parts else None)
    return found


@dataclass(frozen=True)
class EnvelopeLine:
    """One envelope and what is asked within its dates."""

    envelope: Envelope
    asked_eur: float
    firm_eur: float
    assumed_eur: float

    @property
    def left_eur(self) -> float:
        """Return what is left; below zero when too much is asked."""
        return float(self.envelope.amount_eur) - self.asked_eur

    @property
    def is_over(self) -> bool:
        """Tell whether more is asked than there is; a rounding of a euro is not."""
        return self.left_eur <= -1


def lines(
    costs: Sequence[Cost], envelopes: Sequence[Envelope], programmes: dict[str, str]
) -> tuple[EnvelopeLine, ...]:
    """Compare each envelope with the costs that fall within its dates."""
    found = []
    for one in envelopes:
        code = one.programme.code if one.programme else None
        within = [
            (state_of(cost), rules.cost_within(cost, one.starts_on, one.ends_on))
            for cost in queries.costs_of_envelope(costs, code, programmes)
        ]
        found.append(
            EnvelopeLine(
                envelope=one,
                asked_eur=sum(amount for _state, amount in within),
                firm_eur=sum(
                    amount
                    for state, amount in within
                    if state in {CostLine.State.SPENT, CostLine.State.COMMITTED}
                ),
                assumed_eur=sum(amount for state, amount in within if state == ASSUMED),
            )
        )
    return tuple(found)


def table(found: Sequence[EnvelopeLine], *, may_edit: bool) -> DataTable:
    """Return the envelopes and what is left of each."""
    return DataTable(
        caption=_("Envelopes"),
        caption_hidden=True,
        columns=(
            Column(_("Envelope"), wide=True),
            Column(_("For")),
            Column(_("Dates"), wide=True),
            Column(_("Amount"), numeric=True),
            Column(_("Spent or committed"), numeric=True),
            Column(_("Asked in all"), numeric=True),
            Column(_("of which assumed"), numeric=True),
            Column(_("What is left")),
            *((Column(_("Act"), label_hidden=True),) if may_edit else ()),
        ),
        rows=tuple(_line(one, may_edit=may_edit) for one in found),
    )


def _line(one: EnvelopeLine, *, may_edit: bool) -> Row:
    envelope = one.envelope
    url = reverse("resources:edit-envelope", args=[envelope.pk])
    left = formats.short_euros(abs(one.left_eur))
    mark = (
        StatusMark("off", _("over by %s") % left)
        if one.is_over
        else StatusMark("ok", _("%s left") % left)
    )
    edit = Button(_("Edit"), url, "quiet", small=True, described=envelope.name)
    return Row(
        (
            envelope.name,
            envelope.programme.name if envelope.programme else _("the whole portfolio"),
            formats.dates(envelope.starts_on, envelope.ends_on),
            formats.short_euros(float(envelope.amount_eur)),
            formats.short_euros(one.firm_eur),
            formats.short_euros(one.asked_eur),
            formats.short_euros(one.assumed_eur),
            mark,
            *((edit,) if may_edit else ()),
        )
    )
