"""The page of the list of initiatives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.portfolio import policy
from orchestre.portfolio.models import Initiative, SavedView
from orchestre.portfolio.presenters import columns, empty, sentences, words
from orchestre.portfolio.presenters.cells import NUMERIC, cell, read_beside
from orchestre.portfolio.queries.listing import Page, Totals
from orchestre.portfolio.queries.plan import saved_views
from orchestre.portfolio.rules.view import COLUMNS, PAGE_ROWS, SHOWN_FIRST, SORTS, View
from orchestre.ui import formats
from orchestre.ui.component import Component, Content
from orchestre.ui.components import (
    Badge,
    EmptyState,
    FilterChips,
    Link,
    Pager,
    Switch,
    Tabs,
)
from orchestre.ui.tables import Column

SORT_OF = {"dates": "starts"}


@dataclass(frozen=True)
class Line:
    """One initiative of the list."""

    key: str
    code: str
    title: str
    url: str
    badges: tuple[Badge, ...]
    cells: tuple[tuple[Column, Content], ...]


@dataclass(frozen=True)
class Group:
    """Lines under one heading; without heading when the list is not grouped."""

    label: str
    count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ListPage:
    """Everything that the page shows."""

    sentence: str
    tabs: Tabs
    layouts: Switch
    chips: FilterChips
    undated: Link | None
    refused: str
    first: Column
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    footer: tuple[tuple[Column, Content], ...]
    footer_label: str
    empty: EmptyState | None
    pager: Pager | None
    selectable: bool
    choices: tuple[tuple[str, str, bool], ...]
    hidden: tuple[tuple[str, str], ...]
    query: str
    csv_url: str
    saved: SavedView | None
    mine: bool

    @property
    def width(self) -> int:
        """Number of columns, for headings that span the table."""
        return len(self.columns) + 1 + self.selectable


def list_page(person: Person, page: Page) -> ListPage:
    """Turn one page of the list into what is shown."""
    view = page.view
    base = reverse("portfolio:list")
    names = shown_columns(view)
    keys = [one.pk for one in page.rows]
    editable = frozenset(
        policy.editable_by(person)
        .filter(pk__in=keys, archived_at=None)
        .values_list("pk", flat=True)
    )
    heads = tuple(_column(name, view, base) for name in names)
    views = saved_views(person)
    saved = next((one for one in views if one.pk == view.saved), None)
    return ListPage(
        sentence=_sentence(page.totals, view),
        tabs=_tabs(views, view, base),
        layouts=layouts("list", view),
        chips=FilterChips(sentences.chips(view, base), clear_url=base),
        undated=_undated(page.totals, view, base),
        refused=_refused(view),
        first=_column("title", view, base),
        columns=heads,
        groups=_groups(page, names, heads, editable),
        footer=tuple(
            (head, _total(name, page.totals)) for name, head in zip(names, heads, strict=True)
        ),
        footer_label=_count(page.totals.initiatives),
        empty=empty.of_list(person, page) if not page.rows else None,
        pager=_pager(page, base),
        selectable=bool(editable),
        choices=_choices(names),
        hidden=tuple(
            pair for pair in (("sort", _sort(view)), ("v", str(view.saved or ""))) if pair[1]
        ),
        query=replace(view, page=1, saved=None).query(),
        csv_url=f"{reverse('portfolio:csv')}?{replace(view, page=1).query()}",
        saved=saved,
        mine=saved is not None and saved.owner_id == person.pk,
    )


def shown_columns(view: View) -> tuple[str, ...]:
    """Return the columns asked for that exist, else the usual ones and those of other features."""
    extra = [column.name for column in columns.registered]
    known = (*COLUMNS, *extra)
    wanted = tuple(name for name in view.columns if name in known)
    return wanted or (*SHOWN_FIRST, *extra)


def layouts(current: str, view: View) -> Switch:
    """Return the ways to see the same initiatives."""
    query = replace(view, page=1, columns=(), saved=None).query()
    tail = f"?{query}" if query else ""
    return Switch(
        _("Layout"),
        (
            Link(_("List"), reverse("portfolio:list") + tail, current == "list", icon="list"),
            Link(
                _("Roadmap"),
                reverse("portfolio:roadmap") + tail,
                current == "roadmap",
                icon="roadmap",
            ),
            Link(
                _("Dependencies"),
                reverse("portfolio:dependencies"),
                current == "dependencies",
                icon="link",
            ),
        ),
    )


def _sentence(totals: Totals, view: View) -> str:
    count = _count(totals.initiatives)
    if view.is_narrowed:
        return _("%s with these filters.") % count
    return _("%s in the portfolio.") % count


def _count(number: int) -> str:
    return ngettext("%(n)s initiative", "%(n)s initiatives", number) % {"n": formats.number(number)}


def _tabs(views: list[SavedView], view: View, base: str) -> Tabs:
    links = [Link(_("All"), base, current=view.saved is None and not view.is_narrowed)]
    for one in views:
        query = f"{one.query}&{urlencode({'v': one.pk})}" if one.query else f"v={one.pk}"
        links.append(Link(one.name, f"{base}?{query}", current=view.saved == one.pk))
    return Tabs(_("Saved views"), tuple(links))


def _undated(totals: Totals, view: View, base: str) -> Link | None:
    if not totals.without_dates or view.values("dates"):
        return None
    label = ngettext(
        "%(n)s initiative without dates", "%(n)s initiatives without dates", totals.without_dates
    ) % {"n": formats.number(totals.without_dates)}
    return Link(label, f"{base}?{view.having('dates', 'missing').query()}")


def _refused(view: View) -> str:
    if not view.refused:
        return ""
    told = ", ".join(f"{name} = {value}" for name, value in view.refused)
    return _("Left out of this address, because it is not possible: %s.") % told


def _column(name: str, view: View, base: str) -> Column:
    label = _("Initiative") if name == "title" else words.COLUMN_LABELS.get(name)
    if label is None:
        extra = next(one for one in columns.registered if one.name == name)
        return Column(extra.label, numeric=extra.numeric)
    sort = SORT_OF.get(name, name)
    if sort not in SORTS:
        return Column(label, numeric=name in NUMERIC)
    direction = "descending" if view.descending else "ascending"
    return Column(
        label,
        sort_url=f"{base}?{view.sorted_by(sort).query()}",
        sorted=direction if view.sort == sort else "",  # type: ignore[arg-type]  # one of the two words
        numeric=name in NUMERIC,
        wide=name == "title",
    )


def _sort(view: View) -> str:
    return f"-{view.sort}" if view.descending else view.sort


def _groups(
    page: Page, names: tuple[str, ...], heads: tuple[Column, ...], editable: frozenset[int]
) -> tuple[Group, ...]:
    keys = [one.pk for one in page.rows]
    beside = read_beside(keys, names, editable)
    extra = {one.name: one.loader(keys) for one in columns.registered if one.name in names}
    lines = []
    for one in page.rows:
        cells = tuple(
            (
                head,
                extra[name].get(one.pk, formats.undefined())
                if name in extra
                else cell(name, one, beside),
            )
            for name, head in zip(names, heads, strict=True)
        )
        lines.append(
            Line(
                key=str(one.pk),
                code=one.code,
                title=one.title,
                url=reverse("portfolio:show", args=[one.code]),
                badges=badges(one),
                cells=cells,
            )
        )
    if not page.view.group:
        return (Group("", len(lines), tuple(lines)),)
    pairs = zip(page.groups, lines, strict=True)
    return tuple(
        Group(
            words.group_label(page.view.group, value),
            page.group_sizes[value],
            tuple(line for _value, line in some),
        )
        for value, some in groupby(pairs, key=lambda pair: pair[0])
    )


def badges(one: Initiative) -> tuple[Badge, ...]:
    """Return what sets an initiative apart, in words."""
    found = []
    if one.confidential:
        found.append(Badge(_("Confidential"), "warn"))
    if one.mandatory:
        found.append(Badge(_("Mandatory"), "accent"))
    if one.micro:
        found.append(Badge(_("Micro-change")))
    return tuple(found)


@dataclass(frozen=True)
class CostTotal(Component):
    """A total with what it does not count."""

    template_name = "portfolio/parts/total.html"
    value: str
    note: str


def _total(name: str, totals: Totals) -> Content:
    if name != "cost":
        return ""
    note = ""
    if totals.without_cost:
        note = ngettext(
            "%(n)s unknown, not counted", "%(n)s unknown, not counted", totals.without_cost
        ) % {"n": formats.number(totals.without_cost)}
    return CostTotal(formats.euros(totals.cost_eur), note)


def _choices(names: tuple[str, ...]) -> tuple[tuple[str, str, bool], ...]:
    every = [(name, str(words.COLUMN_LABELS[name])) for name in COLUMNS]
    every += [(one.name, str(one.label)) for one in columns.registered]
    return tuple((name, label, name in names) for name, label in every)


def _pager(page: Page, base: str) -> Pager | None:
    if page.pages == 1:
        return None
    view, now = page.view, page.view.page
    first = (now - 1) * PAGE_ROWS + 1
    summary = _("%(first)s–%(last)s of %(total)s initiatives") % {
        "first": formats.number(first),
        "last": formats.number(first + len(page.rows) - 1),
        "total": formats.number(page.totals.initiatives),
    }
    near = sorted({1, page.pages, *range(max(1, now - 2), min(page.pages, now + 2) + 1)})
    links: list[Link] = []
    for before, number in zip([0, *near], near, strict=False):
        if number - before > 1:
            links.append(Link("…", ""))
        address = f"{base}?{replace(view, page=number).query()}"
        links.append(Link(str(number), address, current=number == now))
    return Pager(
        summary,
        f"{base}?{replace(view, page=now - 1).query()}" if now > 1 else "",
        f"{base}?{replace(view, page=now + 1).query()}" if now < page.pages else "",
        tuple(links),
    )
