"""What happened to comparable projects, applied to this one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from orchestre.outlook.services import reference
from orchestre.outlook.services.reference import OWN, Drift
from orchestre.outlook.snapshot.chain import starts_on, steps_to_live
from orchestre.outlook.snapshot.money import budget_of
from orchestre.outlook.snapshot.rows import Inputs, Known
from orchestre.ui import formats
from orchestre.ui.components import Button
from orchestre.ui.tables import Column, DataTable, Row
from orchestre_engine.outlook import LEAST_CASES, ReferenceClass


@dataclass(frozen=True)
class Reference:
    """The classes, with what each would make of this initiative."""

    table: DataTable | None
    sentence: str


def source_name(source: str) -> str:
    """Name a class."""
    return _("Our own past") if source == OWN else source


def reference_of(inputs: Inputs, known: Known) -> Reference:
    """Apply each class of durations to one initiative."""
    drifts = reference.durations(inputs)
    costs = {one.source: one for one in reference.costs(inputs)}
    steps = steps_to_live(known)
    promised = known.promised_on
    if promised is None or not steps:
        return Reference(None, _("Without a promised date there is nothing to compare."))
    start = known.row.baseline_starts_on or starts_on(known, steps, inputs.today)
    names = [one.source for one in drifts] + sorted(set(costs) - {one.source for one in drifts})
    by_name = {one.source: one for one in drifts}
    budget = budget_of(inputs, known.code)
    rows = tuple(
        _row(name, by_name.get(name), costs.get(name), (start, promised), budget) for name in names
    )
    return Reference(_table(rows), _sentence(drifts[0]))


def _sentence(own: Drift) -> str:
    if own.found is None:
        return _(
            "Our own past holds %(n)s finished initiatives with a baseline; %(least)s are needed "
            "before their drift says anything."
        ) % {"n": formats.number(own.cases), "least": formats.number(LEAST_CASES)}
    return _("Four of our past initiatives in five took at most %(ratio)s times their plan.") % {
        "ratio": formats.number(own.found.uplift(80), 2)
    }


def _table(rows: tuple[Row, ...]) -> DataTable:
    return DataTable(
        caption=_("Reference classes"),
        caption_hidden=True,
        columns=(
            Column(_("Class"), wide=True),
            Column(_("Cases"), numeric=True),
            Column(_("Half took")),
            Column(_("Four in five took")),
            Column(_("Live by (half)")),
            Column(_("Live by (four in five)")),
            Column(_("Cost (four in five)"), numeric=True),
        ),
        rows=rows,
    )


def _row(
    name: str,
    times: Drift | None,
    money: Drift | None,
    span: tuple[date, date],
    budget: float | None,
) -> Row:
    found = times.found if times else None
    cost = money.found if money else None
    euros = cost.applied(budget, 80) if cost is not None and budget is not None else None
    cases = max(times.cases if times else 0, money.cases if money else 0)
    return Row(
        (
            source_name(name),
            formats.number(cases),
            _ratio(found, 50),
            _ratio(found, 80),
            _live(found, 50, span),
            _live(found, 80, span),
            formats.euros(euros),
        )
    )


def _ratio(found: ReferenceClass | None, percent: int) -> str:
    if found is None:
        return formats.undefined()
    return _("%(ratio)s × the plan") % {"ratio": formats.number(found.uplift(percent), 2)}


def _live(found: ReferenceClass | None, percent: int, span: tuple[date, date]) -> str:
    if found is None or span[1] <= span[0]:
        return formats.undefined()
    days = found.applied(float((span[1] - span[0]).days), percent)
    return formats.day(span[0] + timedelta(days=round(days)))


def classes_table(inputs: Inputs, *, may: bool) -> DataTable:
    """Return every class with its size and its drift."""
    costs = {one.source: one for one in reference.costs(inputs)}
    times = {one.source: one for one in reference.durations(inputs)}
    heads = [
        Column(_("Class"), wide=True),
        Column(_("Cases, durations"), numeric=True),
        Column(_("Half took")),
        Column(_("Four in five took")),
        Column(_("Cases, costs"), numeric=True),
        Column(_("Four in five cost")),
    ]
    if may:
        heads.append(Column(_("Delete"), label_hidden=True))
    rows = []
    for name in sorted(set(costs) | set(times)):
        time, cost = times.get(name), costs.get(name)
        cells = [
            source_name(name),
            formats.number(time.cases if time else 0),
            _ratio(time.found if time else None, 50),
            _ratio(time.found if time else None, 80),
            formats.number(cost.cases if cost else 0),
            _ratio(cost.found if cost else None, 80),
        ]
        last = [_delete(name)] if may else []
        rows.append(Row((*cells, *last)))
    return DataTable(_("Reference classes"), tuple(heads), tuple(rows), caption_hidden=True)


def _delete(name: str) -> Button | str:
    if name == OWN:
        return ""
    return Button(
        _("Delete"), reverse("outlook:reference"), "quiet", method="post", name="remove",
        value=name, described=name, small=True,
    )  # fmt: skip
