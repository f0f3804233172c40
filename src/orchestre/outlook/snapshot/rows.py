"""Rows of the portfolio turned into tasks, links, doubts and money.

The number of queries does not depend on the number of rows. Confidential initiatives are in:
what is shown of them is decided later, by the reader's permissions.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from orchestre.impacts import queries as impacts
from orchestre.kernel.models import Provenance
from orchestre.org.models import CalendarPeriod
from orchestre.outlook.models import (
    CostEstimate,
    MilestoneEstimate,
    OutlookAssumptions,
    RiskEvent,
)
from orchestre.outlook.rules import Assumed, Step, in_order
from orchestre.portfolio.models import Dependency, Initiative, Milestone
from orchestre.resources import snapshot as resources
from orchestre.resources.snapshot import Means


@dataclass(frozen=True)
class Freeze:
    """Days without any go-live, of a unit and all below it, or of everybody."""

    path: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Known:
    """One initiative with all that its outlook reads."""

    row: Initiative
    steps: tuple[Step, ...]
    estimates: dict[int, MilestoneEstimate]
    risks: tuple[RiskEvent, ...]
    cost: CostEstimate | None
    unit_path: str

    @property
    def code(self) -> str:
        """Return its code."""
        return self.row.code

    @property
    def go_live(self) -> Step | None:
        """Return the milestone of its go-live, the last when there are several."""
        found = [one for one in in_order(self.steps) if one.kind == Milestone.Kind.GO_LIVE]
        return found[-1] if found else None

    @property
    def promised_on(self) -> date | None:
        """Return the day promised: the baseline of the go-live, else its date."""
        step = self.go_live
        if step is not None and step.baseline_on is not None:
            return step.baseline_on
        return self.row.go_live_on or (step.on if step else None)

    @property
    def expected_on(self) -> date | None:
        """Return the day expected of the go-live today."""
        step = self.go_live
        return (step.on if step else None) or self.row.go_live_on

    @property
    def live_on(self) -> date | None:
        """Return the day it went live, None while it has not."""
        return self.go_live.actual_on if self.go_live else None


@dataclass(frozen=True)
class Inputs:
    """Everything, whoever looks."""

    today: date
    known: dict[str, Known]
    links: tuple[Dependency, ...]
    freezes: tuple[Freeze, ...]
    means: Means
    assumed: Assumed
    spent: dict[str, float] = field(default_factory=dict)


def assumption_row() -> OutlookAssumptions | None:
    """Return the assumptions that somebody wrote."""
    return OutlookAssumptions.objects.order_by("pk").first()


def assumptions() -> Assumed:
    """Return what is assumed today."""
    spread = impacts.assumption_values()
    weeks = spread.go_live_earlier_weeks, spread.go_live_later_weeks
    row = assumption_row()
    if row is None:
        return Assumed(earlier_weeks=weeks[0], later_weeks=weeks[1])
    return Assumed(
        row.programme_correlation, row.supplier_correlation, row.unit_correlation,
        row.cost_low_ratio, row.cost_high_ratio, row.discount_rate, row.discount_source,
        *weeks, row.version,
    )  # fmt: skip


def take(today: date) -> Inputs:
    """Read the live initiatives and all that decides their dates and their money."""
    rows = list(
        Initiative.objects.filter(archived_at=None)
        .exclude(stage=Initiative.Stage.STOPPED)
        .select_related("programme", "unit")
        .order_by("code")
    )
    ids = [row.pk for row in rows]
    steps: dict[int, list[Step]] = defaultdict(list)
    for one in Milestone.objects.filter(initiative__in=ids).order_by("pk"):
        step = Step(one.pk, one.name, one.kind, one.baseline_on, one.forecast_on, one.actual_on)
        steps[one.initiative_id].append(step)
    estimates: dict[int, dict[int, MilestoneEstimate]] = defaultdict(dict)
    for estimate in MilestoneEstimate.objects.select_related("milestone").order_by("pk"):
        estimates[estimate.milestone.initiative_id][estimate.milestone_id] = estimate
    risks: dict[int, list[RiskEvent]] = defaultdict(list)
    for risk in RiskEvent.objects.filter(closed=False).order_by("pk"):
        risks[risk.initiative_id].append(risk)
    costs = {one.initiative_id: one for one in CostEstimate.objects.all()}
    known = {
        row.code: Known(
            row, tuple(steps[row.pk]), estimates[row.pk], tuple(risks[row.pk]), costs.get(row.pk),
            row.unit.path if row.unit else "",
        )
        for row in rows
    }  # fmt: skip
    links = Dependency.objects.select_related("predecessor", "successor").order_by("pk")
    return Inputs(
        today=today,
        known=known,
        links=tuple(
            one for one in links if one.predecessor.code in known and one.successor.code in known
        ),
        freezes=_freezes(today),
        means=resources.take(),
        assumed=assumptions(),
    )


def _freezes(today: date) -> tuple[Freeze, ...]:
    rows = CalendarPeriod.objects.filter(kind=CalendarPeriod.Kind.FREEZE, ends_on__gt=today)
    return tuple(
        Freeze(one.unit.path if one.unit else "", one.starts_on, one.ends_on)
        for one in rows.select_related("unit").order_by("starts_on", "pk")
    )


def is_said(estimate: MilestoneEstimate) -> bool:
    """Tell whether somebody stands behind an estimate."""
    return estimate.provenance != Provenance.ASSUMED
