"""Dates that are not sure, in the demo organisation: estimates, slips, risks, paths that meet.

Planted on purpose: three paths that meet before IN-018, each likely, together nearly hopeless;
a go-live that slipped three times (IN-007); a promise at four chances in 100 (IN-001); three
initiatives that wait for one another, whose simulation is refused (IN-040 to IN-042).
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext as _

from orchestre.demo.rules import Teller, table
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import act
from orchestre.outlook.models import (
    CostEstimate,
    MilestoneEstimate,
    OutlookAssumptions,
    ReferenceCase,
    RiskEvent,
)
from orchestre.portfolio.models import Dependency, Initiative, Milestone

TABLES: tuple[type[models.Model], ...] = (
    RiskEvent, MilestoneEstimate, CostEstimate, OutlookAssumptions, ReferenceCase,
)  # fmt: skip
MORNING = time(8, 30, tzinfo=UTC)
Row = dict[str, str]


def plant(teller: Teller) -> None:
    """Write the milestones, the estimates, the risks and the links."""
    initiatives = {one.code: one for one in Initiative.objects.all()}
    made: list[tuple[Row, Milestone]] = []
    with act(None, "demo.outlook", _("Loaded the estimates and the risks of the demo")) as done:
        for row in table("outlook_links"):
            link = Dependency(
                predecessor=initiatives[row["predecessor"]],
                successor=initiatives[row["successor"]],
                what=teller.text(row, "what"), agreed_by_giver=True, agreed_by_taker=True,
            )  # fmt: skip
            done.create(link)
        for row in table("outlook_risks"):
            done.create(_risk(teller, row, initiatives[row["initiative"]]))
        for row in table("outlook_milestones"):
            initiative = initiatives[row["initiative"]]
            one = Milestone.objects.filter(initiative=initiative, kind="go_live").first()
            if row["kind"] != Milestone.Kind.GO_LIVE or one is None:
                one = Milestone(
                    initiative=initiative, kind=row["kind"], name=teller.text(row, "name"),
                    baseline_on=teller.day(row["baseline"]),
                )  # fmt: skip
                done.create(one)
            made.append((row, one))
    for week, forecasts in sorted(_reports(made).items()):
        _report(teller, week, forecasts)
    with act(None, "demo.outlook", _("Loaded the three dates of the milestones")) as done:
        for row, one in made:
            if row["reached"]:
                done.update(one, {"actual_on": teller.day(row["reached"])})
            if row["likely"]:
                done.create(_estimate(teller, row, one))


def _reports(made: list[tuple[Row, Milestone]]) -> dict[int, list[tuple[Milestone, str]]]:
    """Sort by week what was expected of each milestone, as `week of the report:week expected`."""
    found: dict[int, list[tuple[Milestone, str]]] = {}
    for row, one in made:
        for part in row["forecasts"].split("|"):
            week, expected = part.split(":")
            found.setdefault(int(week), []).append((one, expected))
    return found


def _report(teller: Teller, week: int, forecasts: list[tuple[Milestone, str]]) -> None:
    """Write the forecasts of one week, dated of that week: the demo has a past."""
    label = _("Weekly report of the demo")
    with act(None, "portfolio.change-milestone", label, undoable=False) as done:
        for one, expected in forecasts:
            done.update(one, {"forecast_on": teller.day(expected)})
            if one.kind == Milestone.Kind.GO_LIVE:
                done.update(one.initiative, {"go_live_on": teller.day(expected)})
    if done.change_set is not None:
        at = datetime.combine(teller.start + timedelta(weeks=week), MORNING)
        ChangeSet.objects.filter(pk=done.change_set.pk).update(created_at=at)


def _estimate(teller: Teller, row: Row, milestone: Milestone) -> MilestoneEstimate:
    return MilestoneEstimate(
        milestone=milestone,
        kind=row["reading"],
        optimistic_on=teller.day(row["optimistic"]),
        likely_on=teller.day(row["likely"]),
        pessimistic_on=teller.day(row["pessimistic"]),
        basis=teller.text(row, "basis"),
    )


def _risk(teller: Teller, row: Row, initiative: Initiative) -> RiskEvent:
    return RiskEvent(
        initiative=initiative,
        name=teller.text(row, "name"),
        probability=float(row["probability"]),
        impact_weeks=_number(row["weeks"]),
        impact_eur=_euros(row["keur"]),
        mitigation=teller.text(row, "mitigation"),
        residual_probability=_number(row["residual_probability"]),
        residual_weeks=_number(row["residual_weeks"]),
        residual_eur=_euros(row["residual_keur"]),
        owner_role=teller.text(row, "role"),
    )


def _number(text: str) -> float | None:
    return float(text) if text else None


def _euros(text: str) -> Decimal | None:
    return Decimal(text) * 1000 if text else None
