"""The list of go-lives: what was promised, what is likely, what to keep in reserve."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.load.presenters.words import listed
from orchestre.outlook import policy, queries
from orchestre.outlook.presenters import words
from orchestre.outlook.presenters.origin import Origin, origin_of
from orchestre.outlook.services.compute import Outlook
from orchestre.outlook.snapshot.problem import code_of
from orchestre.resources import policy as resources
from orchestre.runs.presenters import RunPage, run_page
from orchestre.ui import formats
from orchestre.ui.components import Button, EmptyState, Figure, Notice, Pager
from orchestre.ui.tables import Column, DataTable, Row
from orchestre_engine.outlook import Seen, Spread

ROWS = 50

NAMED = 8


@dataclass(frozen=True)
class ListPage:
    """What the page of dates and money shows."""

    sentence: str
    figures: tuple[Figure, ...]
    table: DataTable | None
    empty: EmptyState | None
    notices: tuple[Notice, ...]
    run: RunPage | None
    origin: Origin
    years: tuple[tuple[int, bool], ...]
    may_assume: bool


def list_page(person: Person, view: Outlook, number: int) -> ListPage:
    """Return the go-lives that a person sees, the least likely to be kept first."""
    visible = queries.visible_codes(person)
    seen = [] if view.result is None else list(view.result.seen)
    seen.sort(key=lambda one: (_kept(one), one.task))
    own = [one for one in seen if code_of(one.task) in visible]
    year = view.built.year
    this_year = view.inputs.today.year
    return ListPage(
        sentence=_sentence(own),
        figures=_figures(view, len(seen)) if resources.reads_money(person) else (),
        table=_table(view, own, number) if own else None,
        empty=None if own else _empty(view),
        notices=_notices(view, visible, len(seen) - len(own)),
        run=run_page(view.run, person) if view.run is not None and view.result is None else None,
        origin=origin_of(view),
        years=tuple((one, one == year) for one in range(this_year, this_year + 4)),
        may_assume=bool(policy.may_assume(person)),
    )


def _kept(one: Seen) -> float:
    return 2.0 if one.probability_kept is None else one.probability_kept


def _sentence(seen: list[Seen]) -> str:
    known = [one.probability_kept for one in seen if one.probability_kept is not None]
    if not known:
        return ""
    lost = sum(one < 0.5 for one in known)
    if not lost:
        return _("Each promised date has at least one chance in two to be kept.")
    return ngettext(
        "%(n)s promised date out of %(all)s has less than one chance in two to be kept.",
        "%(n)s promised dates out of %(all)s have less than one chance in two to be kept.",
        lost,
    ) % {"n": formats.number(lost), "all": formats.number(len(known))}


def _figures(view: Outlook, count: int) -> tuple[Figure, ...]:
    result = view.result
    if result is None:
        return ()
    assumed = "assumed" if (view.built.assumed_ratio or 0) > 0.5 else "declared"
    why = "#origin"
    year = view.built.year
    rows: list[tuple[str, Spread | None]] = [
        (_("Cost of the portfolio"), result.total_cost),
        (_("Value brought in %(year)d") % {"year": year}, result.total_benefit),
        (_("Net present value"), result.npv),
    ]
    found = [
        Figure(
            label,
            formats.short_euros(spread.p50 if spread else None, 1),
            why,
            provenance=assumed,  # type: ignore[arg-type]  # one of the three
            note=_range_note(label, spread, view),
        )
        for label, spread in rows
    ]
    kept = [one.probability_kept for one in result.seen if one.probability_kept is not None]
    expected = formats.number(sum(kept), 0) if kept else formats.undefined()
    label = _("Promised dates kept, expected")
    note = _("out of %(n)s") % {"n": formats.number(count)}
    return (Figure(label, expected, why, provenance=assumed, note=note), *found)  # type: ignore[arg-type]  # idem


def _range_note(label: str, spread: Spread | None, view: Outlook) -> str:
    if spread is None:
        if label == _("Net present value") and view.inputs.assumed.discount_rate is None:
            return _("no discount rate was given")
        return _("nothing was said of it")
    prudent = 20 if label != _("Cost of the portfolio") else 80
    value = formats.short_euros(spread.percentile(prudent), 1)
    if prudent == 80:
        return _("P50; P80: %(value)s") % {"value": value}
    return _("P50; at least %(value)s four times in five") % {"value": value}


def _table(view: Outlook, seen: list[Seen], number: int) -> DataTable:
    pages = max(1, -(-len(seen) // ROWS))
    number = min(max(number, 1), pages)
    cut = seen[(number - 1) * ROWS : number * ROWS]
    columns = (
        Column(_("Initiative"), wide=True),
        Column(_("Promised")),
        Column(_("Kept?")),
        Column("P50"),
        Column("P80"),
        Column(_("In reserve"), numeric=True),
        Column(_("Cost P50"), numeric=True),
        Column(_("Cost P80"), numeric=True),
        Column(_("Dates rest on")),
    )
    costs = {one.id: one.amount for one in (view.result.costs if view.result else ())}
    names = queries.titles(code_of(one.task) for one in cut)
    rows = tuple(_row(view, one, names, costs) for one in cut)
    return DataTable(
        caption=_("Go-lives to come"), caption_hidden=True, columns=columns, rows=rows,
        pager=_pager(len(seen), len(cut), number, pages, view.built.year),
    )  # fmt: skip


def _row(view: Outlook, one: Seen, names: dict[str, str], costs: dict[str, Spread]) -> Row:
    code = code_of(one.task)
    known = view.inputs.known[code]
    cost = costs.get(code)
    assumed = bool(view.built.chains[code].assumed)
    return Row(
        (
            f"{code} {names.get(code, '')}",
            words.short_day(known.promised_on),
            words.mark(one.probability_kept),
            words.short_day(view.built.day(one.end.p50)),
            words.short_day(view.built.day(one.end.p80)),
            words.in_weeks(one.contingency),
            formats.short_euros(cost.p50 if cost else None, 1),
            formats.short_euros(cost.p80 if cost else None, 1),
            _("assumptions") if assumed else _("estimates"),
        ),
        key=code,
        url=reverse("outlook:show", args=[code]),
    )


def _pager(total: int, shown: int, number: int, pages: int, year: int) -> Pager | None:
    if pages == 1:
        return None
    first = (number - 1) * ROWS + 1
    summary = _("%(first)s–%(last)s of %(total)s go-lives") % {
        "first": formats.number(first),
        "last": formats.number(first + shown - 1),
        "total": formats.number(total),
    }
    return Pager(
        summary,
        f"?year={year}&page={number - 1}" if number > 1 else "",
        f"?year={year}&page={number + 1}" if number < pages else "",
    )


def _empty(view: Outlook) -> EmptyState:
    if view.is_pending or view.built.problem.watches:
        return EmptyState("cannot_compute", _("No go-live to come among what you may read."))
    return EmptyState(
        "new",
        _("No go-live to come has a date."),
        _("Give an initiative a go-live date: its chances follow at once."),
        action=Button(_("See the portfolio"), reverse("portfolio:list")),
    )


def _notices(view: Outlook, visible: set[str], hidden: int) -> tuple[Notice, ...]:
    found = []
    undated = [code for code in view.built.undated if code in visible]
    if undated:
        title = ngettext(
            "%(n)s initiative without a go-live date is not counted.",
            "%(n)s initiatives without a go-live date are not counted.",
            len(undated),
        ) % {"n": formats.number(len(undated))}
        found.append(Notice("info", title, listed(undated, NAMED)))
    if view.built.left_out and set(view.built.loop) <= visible:
        loop = " → ".join((*view.built.loop, view.built.loop[0]))
        title = _("These initiatives wait for one another: %(loop)s") % {"loop": loop}
        text = _("The dependency that closes the loop is left out. Remove one of them.")
        found.append(Notice("warn", title, text))
    if hidden:
        title = ngettext(
            "%(n)s go-live that you may not read is counted in the totals.",
            "%(n)s go-lives that you may not read are counted in the totals.",
            hidden,
        ) % {"n": formats.number(hidden)}
        found.append(Notice("info", title))
    return tuple(found)
