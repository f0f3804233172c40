"""Why these numbers: inputs, formula, version, fingerprint."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.selection.models import Selection
from orchestre.selection.presenters import sentences, words
from orchestre.selection.services.computing import Outcomes
from orchestre.ui import formats
from orchestre.ui.components import Definition, DefinitionList
from orchestre.ui.tables import Column, DataTable, Row, first_rows
from orchestre_engine.selection import Kind

MOST_LIMITS = 60


@dataclass(frozen=True)
class ReasonsPage:
    """What the page shows."""

    inputs: DefinitionList
    weights: DataTable | None
    limits: DataTable
    doubts: tuple[str, ...]
    method_url: str


def build(selection: Selection, found: Outcomes) -> ReasonsPage:
    """Write where the figures of an answer come from."""
    result, problem = found.result, found.problem
    kinds = {kind: sum(one.kind is kind for one in problem.limits) for kind in Kind}
    items = (
        Definition(_("Formula"), f"{found.answer.engine_version}"),
        Definition(_("Computed"), formats.instant(found.answer.computed_at)),
        Definition(_("Fingerprint of the inputs"), found.answer.fingerprint[:16]),
        Definition(_("Candidates"), formats.number(len(problem.candidates))),
        Definition(
            _("Limits"),
            _("%(money)s of money, %(roles)s of roles, %(people)s of populations")
            % {
                "money": formats.number(kinds[Kind.MONEY] + (problem.budget is not None)),
                "roles": formats.number(kinds[Kind.ROLE]),
                "people": formats.number(kinds[Kind.PEOPLE]),
            },
        ),
        Definition(
            _("Links"),
            ngettext("%(n)s prerequisite", "%(n)s prerequisites", len(problem.prerequisites))
            % {"n": formats.number(len(problem.prerequisites))},
        ),
        Definition(
            _("Distance to the best"),
            _("none: proved best") if not result.gap else formats.share(result.gap),
        ),
    )
    return ReasonsPage(
        DefinitionList(items),
        _weights(found) if selection.method == Selection.Method.DRIVERS else None,
        _limits(found),
        tuple(sentences.doubts(found)),
        reverse("cockpit:method", args=["selection"]),
    )


def _weights(found: Outcomes) -> DataTable:
    columns = (Column(_("Driver"), wide=True), Column(_("Weight"), numeric=True))
    rows = tuple(
        Row((name, formats.percent(weight, 1))) for name, weight in found.facts["weights"].items()
    )
    return DataTable(_("Weights of the drivers"), columns, rows)


def _limits(found: Outcomes) -> DataTable:
    """Write the tightest limits: what is used of what can be given."""
    people = words.Holders.of(found.facts)
    columns = (
        Column(_("Limit"), wide=True),
        Column(_("Period")),
        Column(_("Used"), numeric=True),
        Column(_("Can be given"), numeric=True),
        Column(_("Share used"), numeric=True),
    )
    finite = [one for one in found.result.uses if one.amount != float("inf")]
    finite.sort(
        key=lambda one: (-(one.used / one.amount if one.amount else 9e9), one.kind, one.holder)
    )
    rows = [
        Row(
            (
                people.name(one.kind, one.holder),
                words.period(one.period),
                people.amount(one.kind, one.holder, one.used),
                people.amount(one.kind, one.holder, one.amount),
                formats.percent(one.used / one.amount) if one.amount else formats.undefined(),
            ),
            tone="warn" if one.lifted else "",
        )
        for one in finite
    ]
    shown, pager = first_rows(rows, MOST_LIMITS)
    return DataTable(_("The tightest limits first"), columns, shown, density="compact", pager=pager)
