"""Two orders of the candidates beside the answer, and where they part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orchestre.access.reach import Person
from orchestre.selection import queries
from orchestre.selection.models import Selection
from orchestre.selection.presenters import lacking, partings, words
from orchestre.selection.services import priorities
from orchestre.selection.services.priorities import Line, Priorities
from orchestre.ui import formats
from orchestre.ui.charts.small import Bars, Contribution
from orchestre.ui.component import Content
from orchestre.ui.components import Badge, EmptyState, Link, Pager, Switch
from orchestre.ui.tables import Column, DataTable, Row, Sorted

PER_PAGE = 50
ORDERS = ("score", "delay", "gap", "code")


@dataclass(frozen=True)
class Asked:
    """What the address asks: the order of the rows, what delay is divided by, the page."""

    order: str = "score"
    by: str = priorities.DURATION
    page: str = "1"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """Read an address; what is not known is left as usual."""
        order, by = query.get("order", ""), query.get("by", "")
        return cls(
            order if order in ORDERS else cls.order,
            by if by in priorities.DIVISORS else cls.by,
            query.get("page", "1"),
        )

    def url(self, **changes: str) -> str:
        """Write the address of the same page, but for what changes; on its first page."""
        asked = replace(self, **{"page": "1", **changes})
        said = {name: value for name, value in vars(asked).items() if value != getattr(Asked, name)}
        return f"?{urlencode(said)}"


@dataclass(frozen=True)
class OrdersPage:
    """What the page of the two orders shows."""

    lead: str
    switch: Switch
    answer: partings.Parting
    orders: partings.Parting
    table: DataTable
    hidden: int
    weights: Bars | None
    weighting: str
    computed_at: str
    frozen: bool


def build(person: Person, selection: Selection, asked: Asked) -> OrdersPage:
    """Write the two orders for a reader; what is closed to them counts and is not named."""
    found = priorities.read(selection, asked.by)
    names = queries.names_for(person)
    doors = lacking.Doors.of(person, selection, asked.by)
    seen = [one for one in found.lines if names.sees(one.known.code)]
    return OrdersPage(
        lead=lead(found),
        switch=_switch(asked),
        answer=partings.from_answer(selection, found, seen, names),
        orders=partings.between_orders(found, seen, names),
        table=_Table(doors, selection, found, names, asked).draw(seen),
        hidden=len(found.lines) - len(seen),
        weights=_weights(found) if selection.method == Selection.Method.DRIVERS else None,
        weighting=weighting(found.weighting),
        computed_at=formats.instant(found.found.answer.computed_at) if found.found else "",
        frozen=found.frozen_at is not None,
    )


def lead(found: Priorities) -> str:
    """Say how many are ranked, how far the orders agree, and what the answer made of the first."""
    n = len(found.lines)
    told = [
        ngettext(
            "%(scored)d of %(n)d candidate is ranked by score, %(pressed)d by cost of delay.",
            "%(scored)d of %(n)d candidates are ranked by score, %(pressed)d by cost of delay.",
            n,
        )
        % {"scored": found.scored, "pressed": found.pressed, "n": n}
    ]
    if found.agreement.ratio is not None:
        told.append(
            _("Taken two by two, both orders agree %(share)s of the time (chance: 50%%).")
            % {"share": formats.percent(found.agreement.ratio)}
        )
    if found.kept:
        best = sum(
            one.kept is True and (one.score_rank or n + 1) <= found.kept for one in found.lines
        )
        told.append(
            ngettext(
                "The selection keeps %(best)d of the %(k)d best score.",
                "The selection keeps %(best)d of the %(k)d best scores.",
                found.kept,
            )
            % {"best": best, "k": found.kept}
        )
    return " ".join(told)


def weighting(source: str) -> str:
    """Say where the weights come from."""
    return {
        "compared": _("Weights compared two by two by the group."),
        "declared": _("Weights declared, not compared."),
        "equal": _("Nobody weighed the drivers: all the same, an assumption."),
    }[source]


def _weights(found: Priorities) -> Bars | None:
    if not found.weights:
        return None
    items = tuple(
        Contribution(name, weight, formats.percent(weight))
        for name, weight in found.weights.items()
    )
    return Bars(_("Weight of each driver"), items, _("Driver"), _("Weight"))


def _switch(asked: Asked) -> Switch:
    labels = {priorities.DURATION: _("duration"), priorities.SIZE: _("people asked")}
    return Switch(
        _("Cost of delay divided by"),
        tuple(
            Link(labels[by], asked.url(by=by), current=by == asked.by) for by in priorities.DIVISORS
        ),
    )


@dataclass(frozen=True)
class _Table:
    doors: lacking.Doors
    selection: Selection
    found: Priorities
    names: queries.Names
    asked: Asked

    def draw(self, seen: list[Line]) -> DataTable:
        """Write one page of the candidates, in the order that is asked."""
        page = Paginator(self._sorted(seen), PER_PAGE).get_page(self.asked.page)
        return DataTable(
            _("Candidates in both orders"),
            self._columns(),
            tuple(self._row(one) for one in page.object_list),
            density="compact",
            caption_hidden=True,
            empty=EmptyState(
                "cannot_compute",
                _("No initiative is a candidate. Widen the stages or the programme."),
            ),
            pager=Pager(
                _("%(first)s to %(last)s of %(total)s")
                % {"first": page.start_index(), "last": page.end_index(), "total": len(seen)},
                self._at(page.number - 1) if page.has_previous() else "",
                self._at(page.number + 1) if page.has_next() else "",
            )
            if page.has_other_pages()
            else None,
        )

    def _at(self, page: int) -> str:
        return self.asked.url(page=str(page))

    def _sorted(self, seen: list[Line]) -> list[Line]:
        last = len(self.found.lines) + 1
        places = {
            "score": [one.score_rank or last for one in seen],
            "delay": [one.urgency_rank or last for one in seen],
            "gap": [-abs(one.gap or 0) for one in seen],
            "code": [0] * len(seen),
        }[self.asked.order]
        found = sorted(
            zip(places, seen, strict=True), key=lambda pair: (pair[0], pair[1].known.code)
        )
        return [one for _place, one in found]

    def _columns(self) -> tuple[Column, ...]:
        worth = self.selection.method == Selection.Method.WORTH
        return (
            Column(_("Initiative"), *self._sort("code"), wide=True),
            Column(_("Value a year") if worth else _("Score"), numeric=True),
            *(() if worth else (Column(_("Coverage"), numeric=True),)),
            Column(_("Rank, score"), *self._sort("score"), numeric=True),
            Column(urgency_heading(self.asked.by), numeric=True),
            Column(_("Rank, delay"), *self._sort("delay"), numeric=True),
            Column(_("Gap"), *self._sort("gap"), numeric=True),
            Column(_("Selection")),
        )

    def _sort(self, order: str) -> tuple[str, Sorted]:
        way: Sorted = "descending" if order == "gap" else "ascending"
        return self.asked.url(order=order), way if order == self.asked.order else ""

    def _row(self, one: Line) -> Row:
        worth = self.selection.method == Selection.Method.WORTH
        ranked = one.score_rank is not None
        scored: Content = self.doors.score(one) if one.score is None else value(self.selection, one)
        coverage = formats.percent(one.coverage)
        return Row(
            (
                words.title(one.known.code, self.names),
                scored,
                *(() if worth else (coverage if ranked else Badge(coverage, "warn"),)),
                rank(one.score_rank),
                self.doors.urgency(one) if one.urgency is None else formats.euros(one.urgency),
                rank(one.urgency_rank),
                "–" if one.gap is None else formats.number(abs(one.gap)),
                decision(self.found, one),
            ),
            url=reverse("selection:priority", args=[self.selection.pk, one.known.code])
            + self.asked.url(order="score").rstrip("?"),
        )


def urgency_heading(by: str) -> str:
    """Name the column of the cost of delay, with its units."""
    if by == priorities.SIZE:
        return _("Delay ÷ FTE-weeks")
    return _("Delay ÷ weeks")


def rank(place: int | None) -> str:
    """Write a rank; what has none is not ranked."""
    return "–" if place is None else formats.number(place)


def value(selection: Selection, one: Line) -> str:
    """Write a score out of 100, or euros a year."""
    if one.score is None:
        return formats.undefined()
    if selection.method == Selection.Method.WORTH:
        return formats.short_euros(one.score)
    return formats.number(one.score * 100, 0)


def decision(found: Priorities, one: Line) -> Content:
    """Say what the answer makes of a candidate."""
    if one.kept is None:
        return "–"
    if not one.kept:
        return Badge(pgettext("selection", "refused"), "neutral")
    if found.found and one.known.code in found.found.problem.compulsory:
        return Badge(_("kept by order"), "accent")
    return Badge(pgettext("selection", "kept"), "success")
