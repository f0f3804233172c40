"""The table of ratings, and the list of candidates with their orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.portfolio.models import Initiative
from orchestre.selection import queries, rules
from orchestre.selection.models import Driver, Order, Rating, Selection
from orchestre.selection.services import computing
from orchestre.ui import formats


@dataclass(frozen=True)
class Cell:
    """One rating: the name of its field, what is chosen, and what is written.

    `theirs` is what somebody else said since the page was opened, in words.
    """

    field: str
    level: str
    label: str
    shown: str
    theirs: str = ""


@dataclass(frozen=True)
class RatingLine:
    """One candidate on every driver."""

    initiative: Initiative
    cells: tuple[Cell, ...]
    coverage: str
    enough: bool


@dataclass(frozen=True)
class RatingsPage:
    """The table of ratings."""

    drivers: tuple[Driver, ...]
    lines: tuple[RatingLine, ...]
    unrated: int


def build(
    person: Person,
    selection: Selection,
    among: Sequence[Initiative],
    columns: Sequence[Driver],
    posted: Mapping[str, str] | None = None,
    clashes: Mapping[str, str] | None = None,
) -> RatingsPage:
    """Build the table; after a clash, with what the person had chosen and what others said."""
    chosen, theirs = posted or {}, clashes or {}
    levels = queries.levels(person, selection)
    weights = computing.driver_weights(selection)
    words = dict(Rating.Level.choices)
    lines = []
    for one in among:
        cells = []
        covered = 0.0
        for column in columns:
            level = levels.get((one.pk, column.pk), "")
            covered += weights.get(column.pk, 0.0) if level else 0.0
            name = str(words[level]) if level else ""
            field = f"r-{one.pk}-{column.pk}"
            other = (name or _("no rating")) if field in theirs else ""
            cells.append(Cell(field, chosen.get(field, level), name, level, other))
        enough = covered >= rules.RANKED_FROM - 1e-9
        lines.append(RatingLine(one, tuple(cells), formats.percent(covered), enough))
    unrated = sum(not line.enough for line in lines)
    return RatingsPage(tuple(columns), tuple(lines), unrated)


@dataclass(frozen=True)
class CandidateLine:
    """One candidate, what is ordered of it, and whether the committee chose it."""

    initiative: Initiative
    order: Order | None
    picked: bool
    kept: bool | None


@dataclass(frozen=True)
class CandidatesPage:
    """The list of candidates."""

    lines: tuple[CandidateLine, ...]
    hidden: int
    picked: int


def candidates(person: Person, selection: Selection, among: Sequence[Initiative]) -> CandidatesPage:
    """Build the list."""
    orders = queries.orders(person, selection)
    found = computing.outcomes(selection)
    kept = {one.id for one in found.result.kept} if found else set()
    picks = set(selection.picks)
    lines = tuple(
        CandidateLine(
            one, orders.get(one.code), one.code in picks, one.code in kept if found else None
        )
        for one in among
    )
    hidden = queries.hidden_candidates(selection, among)
    return CandidatesPage(lines, hidden, len(picks))
