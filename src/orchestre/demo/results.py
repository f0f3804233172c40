"""Benefits of the demo: planned, declared and validated, with what is put there to be seen.

One could be audited, one is not in euros, one is a negative effect, two claim the same line beyond
the whole, and one has no baseline: nothing could be declared of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.benefits import rules, snapshot
from orchestre.benefits.models import Benefit, Evidence, ValueLine
from orchestre.demo.rules import Teller, table
from orchestre.journal.services import act
from orchestre.org.models import Unit
from orchestre.portfolio.models import Initiative

Row = dict[str, str]
CONTROL = {"fr": "Contrôle de gestion", "en": "Management control"}


def load(language: str, start: date) -> None:
    """Tell what the initiatives of the demo brought."""
    teller = Teller(language, start)
    initiatives = {row.code: row for row in Initiative.objects.all()}
    units = dict(Unit.objects.values_list("code", "pk"))
    with act(None, "demo.results", _("Told the results of the demo"), undoable=False) as doing:
        for row in table("benefits"):
            made = doing.create(_benefit(teller, row, initiatives[row["initiative"]], units))
            doing.create_many(list(_lines(teller, made, row)))
            if teller.text(row, "proof"):
                doing.create(_proof(teller, made, row))


def _amount(text: str, unit: int = 1) -> Decimal | None:
    return Decimal(text) * unit if text else None


def _benefit(teller: Teller, row: Row, initiative: Initiative, units: dict[str, int]) -> Benefit:
    anchor = teller.start + timedelta(weeks=int(row["anchor_weeks"]))
    go_live = initiative.go_live_on or anchor
    return Benefit(
        code=row["code"],
        initiative=initiative,
        title=teller.text(row, "title"),
        owner_name=teller.text(row, "owner"),
        unit_id=units.get(row["unit"]),
        kind=row["kind"],
        hard=bool(row["hard"]),
        disbenefit=bool(row["disbenefit"]),
        measure=row["measure"],
        budget_line=teller.text(row, "line"),
        recurrence=row["recurrence"],
        baseline_value=_amount(row["baseline"]),
        baseline_on=teller.day(row["baseline_weeks"]) if row["baseline_weeks"] else None,
        baseline_source=teller.text(row, "source"),
        target_per_year=_amount(row["target"]),
        ramp_months=int(row["ramp"]),
        lag_weeks=(anchor - go_live).days // 7,
        attribution_ratio=float(row["share"]),
        confidence_ratio=float(row["confidence"]),
        assumptions=teller.text(row, "assumptions"),
        method=teller.text(row, "method"),
        cost_to_achieve_eur=_amount(row["cost_k"], 1000),
        committed_on=teller.day(row["committed"]) if row["committed"] else None,
    )


def _lines(teller: Teller, benefit: Benefit, row: Row) -> Iterator[ValueLine]:
    """Plan every month; declare and validate a share of those that are over."""
    today = timezone.localdate()
    for month, planned in snapshot.expected_of(benefit).items():
        over = rules.is_over(month, today)
        yield ValueLine(
            benefit=benefit,
            month_on=month,
            planned=planned,
            declared=_part(planned, row["declared"]) if over else None,
            declared_as=teller.text(row, "owner") if over and row["declared"] else "",
            validated=_part(planned, row["validated"]) if over else None,
            validated_as=CONTROL[teller.language] if over and row["validated"] else "",
        )


def _proof(teller: Teller, benefit: Benefit, row: Row) -> Evidence:
    graded = {"grade": Evidence.Grade.SUFFICIENT, "reviewer_as": CONTROL[teller.language]}
    return Evidence(
        benefit=benefit,
        note=teller.text(row, "proof"),
        author_as=teller.text(row, "owner"),
        **(graded if row["validated"] else {}),
    )


def _part(planned: Decimal, share: str) -> Decimal | None:
    return (planned * Decimal(share)).quantize(snapshot.CENT) if share else None
