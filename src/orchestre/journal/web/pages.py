"""Tables of the journal's pages."""

from __future__ import annotations

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.translation import gettext as _

from orchestre.journal.models import ChangeSet
from orchestre.journal.presenters import ActLine, act_line
from orchestre.ui import formats
from orchestre.ui.component import Content
from orchestre.ui.components import Badge, EmptyState, Pager
from orchestre.ui.tables import Column, DataTable, Row


def table(page: Page[ChangeSet], query: QueryDict) -> DataTable:
    """Draw one page of acts."""
    return DataTable(
        caption=_("Acts"),
        caption_hidden=True,
        columns=(
            Column(_("What was done"), wide=True),
            Column(_("Who")),
            Column(_("When")),
            Column(_("About")),
            Column(_("Entry"), numeric=True),
        ),
        rows=tuple(_row(act_line(act)) for act in page.object_list),
        empty=_empty(query),
        pager=_pager(page, query) if page.has_other_pages() else None,
    )


def _row(line: ActLine) -> Row:
    state: Content = Badge(_("undone"), "neutral") if line.undone else line.family
    number = formats.number(line.number) if line.number else formats.undefined()
    return Row(
        (line.what, line.who, formats.instant(line.at), state, number),
        key=str(line.pk),
        name=line.what,
        url=line.url,
        tone="muted" if line.undone else "",
    )


def _empty(query: QueryDict) -> EmptyState:
    if any(value for key, value in query.items() if key != "page"):
        return EmptyState("filtered", _("No act matches these filters."))
    return EmptyState("new", _("No act yet."), _("Whatever is written is told here."))


def _pager(page: Page[ChangeSet], query: QueryDict) -> Pager:
    summary = _("%(first)s–%(last)s of %(total)s") % {
        "first": formats.number(page.start_index()),
        "last": formats.number(page.end_index()),
        "total": formats.number(page.paginator.count),
    }
    return Pager(
        summary,
        previous_url=_at(query, page.number - 1) if page.has_previous() else "",
        next_url=_at(query, page.number + 1) if page.has_next() else "",
    )


def _at(query: QueryDict, number: int) -> str:
    asked = query.copy()
    asked["page"] = str(number)
    return f"?{asked.urlencode()}"
