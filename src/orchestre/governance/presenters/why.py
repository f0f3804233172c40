"""Why this number: the questions that make velocity and debt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.governance import policy, queries
from orchestre.governance.presenters import marks
from orchestre.governance.rules.effects import VERSION, Asked
from orchestre.ui import formats
from orchestre.ui.components import EmptyState
from orchestre.ui.tables import Column, DataTable, Row


@dataclass(frozen=True)
class WhyPage:
    """What the page draws."""

    velocity: str
    decided: DataTable
    debt: str
    open: DataTable
    formula: str


@dataclass(frozen=True)
class Measure:
    """The last two columns of a table."""

    day: str
    label: str
    of: Callable[[Asked], int]


def build(person: Person) -> WhyPage:
    """Assemble the inputs of the two figures."""
    questions = queries.questions(person)
    flow = queries.flow(person)
    decided = sorted((one for one in questions if one.decided_on), key=_days)
    late = set(flow.debt)
    overdue = [one for one in questions if one.decided_on is None and one.key in late]
    overdue.sort(key=lambda one: -_late(one))
    names = _names(person)
    median = formats.number(flow.velocity_days)
    count = len(flow.debt)
    return WhyPage(
        velocity=ngettext(
            "Median of %(n)s decision: %(days)s days.",
            "Median of %(n)s decisions: %(days)s days.",
            flow.decided,
        )
        % {"n": flow.decided, "days": median},
        decided=_table(_("Decided"), decided, names, Measure(_("Decided on"), _("Days"), _days)),
        debt=ngettext(
            "%(n)s question is open past its date.",
            "%(n)s questions are open past their date.",
            count,
        )
        % {"n": count},
        open=_table(
            _("Open past the date"), overdue, names, Measure(_("Due on"), _("Days late"), _late)
        ),
        formula=VERSION,
    )


def _days(one: Asked) -> int:
    return max(((one.decided_on or one.asked_on) - one.asked_on).days, 0)


def _late(one: Asked) -> int:
    today = timezone.localdate()
    return max((today - (one.due_on or today)).days, 0)


def _names(person: Person) -> dict[int, tuple[str, str]]:
    rows = policy.visible_items(person).values_list("pk", "title")
    return {pk: (title, marks.address("item", pk)) for pk, title in rows}


def _table(
    caption: str, found: list[Asked], names: dict[int, tuple[str, str]], measure: Measure
) -> DataTable:
    rows = tuple(
        Row(
            (
                names.get(one.key, (_("decided outside a meeting"), ""))[0],
                formats.day(one.asked_on),
                formats.day(one.decided_on or one.due_on),
                formats.number(measure.of(one)),
            ),
            url=names.get(one.key, ("", ""))[1],
        )
        for one in found
    )
    columns = (
        Column(_("Question"), wide=True),
        Column(_("Asked on")),
        Column(measure.day),
        Column(measure.label, numeric=True),
    )
    empty = EmptyState("done", _("Nothing to count."))
    return DataTable(caption, columns, rows, empty=None if rows else empty)
