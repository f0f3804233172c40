"""The page of control: counts first, then what is refused, changed, created, moved, absent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from orchestre.exchange.checking import Checked
from orchestre.exchange.columns import date_style_of
from orchestre.exchange.fixing import Group, key_of_cell
from orchestre.exchange.ledger import FieldDiff, PlannedRow
from orchestre.exchange.models import ImportSession
from orchestre.exchange.presenters.words import field_text
from orchestre.exchange.services import moved_since
from orchestre.exchange.targets import TARGETS
from orchestre.exchange.wording import kind_word
from orchestre.sheets.cells import CellError, DateStyle, parse_date
from orchestre.sheets.columns import field_of
from orchestre.sheets.dataset import Refusal
from orchestre.ui import formats
from orchestre.ui.components import DiffCell, EmptyState, Link, Pager, Tabs
from orchestre.ui.tables import Column, DataTable, Row

__all__ = ["check_page", "counts_sentence", "date_choice", "date_style_of"]

PER_PAGE = 100
GROUPS_PER_PAGE = 40
ROWS_SHOWN = 12
TABS = ("refused", "changed", "created", "moved", "absent")


@dataclass(frozen=True)
class DateChoice:
    """How an ambiguous date is read, and the other way."""

    example: str
    read_as: str
    dayfirst: bool


@dataclass(frozen=True)
class CellFix:
    """One refused cell that can be corrected alone."""

    key: str
    row: str
    value: str


@dataclass(frozen=True)
class Fix:
    """Refused cells that one correction mends."""

    key: str
    sheet: str
    column: str
    value: str
    rows: str
    reason: str
    near: str
    count: int
    can_fix: bool
    choices: tuple[str, ...]
    names: str
    cells: tuple[CellFix, ...]


@dataclass(frozen=True)
class CheckPage:
    """Everything the page of control shows."""

    sentence: str
    button: str
    writes: bool
    refused: int
    notices: tuple[str, ...]
    dates: DateChoice | None
    tabs: Tabs
    tab: str
    fixes: tuple[Fix, ...] = ()
    table: DataTable | None = None
    pager: Pager | None = None
    absent_note: bool = False
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()


def check_page(found: Checked, session: ImportSession, tab: str, number: str) -> CheckPage:
    """Write the page of control, one tab of it."""
    lines = _lines(found)
    known = tab if tab in TABS else next((name for name in TABS if lines[name]), "created")
    fixes: tuple[Fix, ...] = ()
    table, pager = None, None
    if known == "refused":
        page = Paginator(found.groups, GROUPS_PER_PAGE).get_page(number)
        fixes = tuple(_fix(group, found) for group in page.object_list)
        pager = _pager(page, known)
    else:
        rows = Paginator(lines[known], PER_PAGE).get_page(number)
        table, pager = _table(known, rows), _pager(rows, known)
    return CheckPage(
        sentence=counts_sentence(found),
        button=_button(found),
        writes=found.plan.writes(),
        refused=len(found.plan.refused),
        notices=tuple(dict.fromkeys(one.message for one in found.plan.notices)),
        dates=date_choice(found.date_style),
        tabs=_tabs(session, lines, known, len(found.plan.refused)),
        tab=known,
        fixes=fixes,
        table=table,
        pager=pager,
        absent_note=known == "absent",
        names=tuple(
            (kind, found.plan.names[kind])
            for kind in sorted({fix.names for fix in fixes if fix.names})
        ),
    )


def counts_sentence(found: Checked) -> str:
    """Return “58 to create · 4 to update · 3 unchanged · 5 to correct”."""
    counts = found.plan.counts()
    parts = [
        (sum(counts["created"].values()), _("%(n)s to create")),
        (sum(counts["changed"].values()), _("%(n)s to update")),
        (sum(counts["deleted"].values()), _("%(n)s links to remove")),
        (sum(counts["unchanged"].values()), _("%(n)s unchanged")),
        (len(found.plan.refused), _("%(n)s to correct")),
    ]
    told = [words % {"n": formats.number(number)} for number, words in parts if number]
    return " · ".join(told) or _("Nothing in this file can be imported.")


def _button(found: Checked) -> str:
    rows = found.plan.rows.get("initiatives", [])
    number = sum(row.action in {"created", "changed"} for row in rows)
    if number:
        told = ngettext("Import %(n)s initiative", "Import %(n)s initiatives", number)
    else:
        number = sum(row.action != "unchanged" for some in found.plan.rows.values() for row in some)
        told = ngettext("Import %(n)s row", "Import %(n)s rows", number)
    return told % {"n": formats.number(number)}


def date_choice(style: DateStyle) -> DateChoice | None:
    """Say how a date that can be read two ways is read; nothing when none can."""
    if not style.example:
        return None
    try:
        read = parse_date(style.example, dayfirst=style.dayfirst).value
    except CellError:
        return None
    if not isinstance(read, date):
        return None
    return DateChoice(style.example, formats.day(read), style.dayfirst)


def _lines(found: Checked) -> dict[str, list[Callable[[], Row]]]:
    """Return the lines of each tab, each written only when its page is shown."""
    rows = [row for some in found.plan.rows.values() for row in some]
    changed = [
        (row, diff)
        for row in rows
        if row.action in {"changed", "deleted"}
        for diff in row.diffs or [FieldDiff("", "", row.label, None)]
    ]
    made = [row for row in rows if row.action == "created"]
    return {
        "refused": [partial(Row, ("",)) for _one in found.plan.refused],
        "changed": [partial(_changed, row, diff) for row, diff in changed],
        "created": [partial(_created, row) for row in made],
        "moved": [partial(_moved, one) for one in moved_since(found.plan)],
        "absent": [partial(Row, (row.label,)) for row in found.plan.absent],
    }


def _changed(row: PlannedRow, diff: FieldDiff) -> Row:
    target = TARGETS[row.kind]
    label = diff.label[:1].upper() + diff.label[1:] or kind_word(row.kind)
    before, after = (field_text(target, diff.attname, one) for one in (diff.before, diff.after))
    line = "" if row.row is None else formats.number(row.row)
    return Row((row.label, label, DiffCell(before, after), row.sheet, line))


def _created(row: PlannedRow) -> Row:
    line = "" if row.row is None else formats.number(row.row)
    return Row((row.label, kind_word(row.kind), row.sheet, line))


def _moved(one: dict[str, object]) -> Row:
    target = TARGETS["initiatives"]
    attname, days = str(one["field"]), one["days"]
    before, after = (field_text(target, attname, one[side]) for side in ("before", "after"))
    told = ""
    if isinstance(days, int) and days:
        told = ngettext("%(n)s day", "%(n)s days", abs(days)) % {"n": f"{days:+d}"}
    label = str(one["label"])
    change = DiffCell(before, after)
    return Row((str(one["initiative"]), label[:1].upper() + label[1:], change, told))


COLUMNS: dict[str, tuple[str, ...]] = {
    "changed": ("what", "field", "change", "sheet", "row"),
    "created": ("what", "kind", "sheet", "row"),
    "moved": ("what", "field", "change", "shift"),
    "absent": ("what",),
}


def _table(tab: str, page: Page[Callable[[], Row]]) -> DataTable:
    words = {
        "what": Column(_("What"), wide=True),
        "field": Column(_("Field")),
        "change": Column(_("Change")),
        "kind": Column(_("Kind")),
        "sheet": Column(_("Sheet")),
        "row": Column(_("Row"), numeric=True),
        "shift": Column(_("Shift"), numeric=True),
    }
    empty = {
        "changed": _("Nothing that is already here changes."),
        "created": _("Nothing new in this file."),
        "moved": _("No date, cost or stage moved."),
        "absent": _("Nothing from the last edition is missing."),
    }
    return DataTable(
        caption=_label(tab),
        caption_hidden=True,
        columns=tuple(words[name] for name in COLUMNS[tab]),
        rows=tuple(write() for write in page.object_list),
        empty=EmptyState("done", empty[tab]),
    )


def _label(tab: str) -> str:
    return {
        "refused": _("To correct"),
        "changed": _("Changes"),
        "created": _("New"),
        "moved": _("What moved"),
        "absent": _("Absent from this file"),
    }[tab]


def _tabs(
    session: ImportSession, lines: dict[str, list[Callable[[], Row]]], current: str, refused: int
) -> Tabs:
    address = reverse("exchange:check", args=[session.pk])
    counts = {name: len(some) for name, some in lines.items()} | {"refused": refused}
    links = [
        Link(_label(name), f"{address}?tab={name}", name == current, formats.number(counts[name]))
        for name in TABS
    ]
    return Tabs(_("What the import does"), tuple(links))


def _pager(page: Page[Any], tab: str) -> Pager | None:
    if not page.has_other_pages():
        return None
    summary = _("%(first)s–%(last)s of %(total)s") % {
        "first": formats.number(page.start_index()),
        "last": formats.number(page.end_index()),
        "total": formats.number(page.paginator.count),
    }
    back = f"?tab={tab}&page={page.number - 1}" if page.has_previous() else ""
    onward = f"?tab={tab}&page={page.number + 1}" if page.has_next() else ""
    return Pager(summary, back, onward)


def _fix(group: Group, found: Checked) -> Fix:
    one = group.first
    sheet = next((s for s in found.mapping.sheets if s.sheet == one.sheet), None)
    headers = {column.header for column in sheet.columns} if sheet else set()
    rows = ", ".join(formats.number(cell.row) for cell in group.refusals[:ROWS_SHOWN])
    more = len(group.refusals) - ROWS_SHOWN
    return Fix(
        key=group.key,
        sheet=one.sheet,
        column=one.column,
        value=one.value,
        rows=rows + (f" + {formats.number(more)}" if more > 0 else ""),
        reason=one.reason,
        near=group.near,
        count=len(group.refusals),
        can_fix=one.column in headers,
        choices=_choices(sheet.kind if sheet else "", one),
        names=_named(sheet.kind, one) if sheet else "",
        cells=tuple(
            CellFix(key_of_cell(cell), formats.number(cell.row), cell.value)
            for cell in group.refusals[:ROWS_SHOWN]
        )
        if len(group.refusals) > 1
        else (),
    )


def _choices(kind: str, one: Refusal) -> tuple[str, ...]:
    field = field_of(kind, one.field)
    language = "fr" if (get_language() or "fr").startswith("fr") else "en"
    return tuple(choice.label(language) for choice in field.choices) if field else ()


def _named(kind: str, one: Refusal) -> str:
    """Return the table whose names a cell may hold, when there are names to offer."""
    offered = {"units", "populations", "initiatives", "objectives"}
    _attname, to = TARGETS[kind].references.get(one.field, ("", ""))
    return to if to in offered else ""
