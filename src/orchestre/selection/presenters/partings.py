"""Where the answer leaves the scores, and where the two orders part: each with its reason.

Nothing here is guessed: a reason is a figure of the answer or of the inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from orchestre.selection.models import Selection
from orchestre.selection.presenters import words
from orchestre.selection.presenters.tables import Tables
from orchestre.selection.queries import Names
from orchestre.selection.services import priorities
from orchestre.selection.services.computing import Outcomes
from orchestre.selection.services.priorities import Line, Priorities
from orchestre.selection.snapshot import MANDATORY
from orchestre.ui import formats
from orchestre_engine import selection as engine

MOST_TOLD = 5
LEAST_GAP = 3


@dataclass(frozen=True)
class Parting:
    """Sentences, the widest difference first, and how many are left out."""

    lines: tuple[str, ...]
    more: int


def from_answer(
    selection: Selection, found: Priorities, seen: Sequence[Line], names: Names
) -> Parting:
    """Say which good scores are refused and which lesser ones kept, and why."""
    if found.found is None:
        return Parting((), 0)
    apart, kept = [], found.kept
    reasons = _Reasons(selection, found, found.found, names)
    for one in seen:
        place = one.score_rank or found.scored + 1
        if one.kept is not None and one.kept != (place <= kept):
            apart.append((abs(kept - place), one))
    return _cut(apart, reasons.told)


def between_orders(found: Priorities, seen: Sequence[Line], names: Names) -> Parting:
    """Say which candidates the two orders put far apart, with what makes the difference."""
    least = max(LEAST_GAP, found.agreement.both // 4)
    apart = [(abs(one.gap), one) for one in seen if one.gap is not None and abs(one.gap) >= least]
    return _cut(apart, lambda one: _apart(found, one, names))


def _cut(apart: list[tuple[int, Line]], tell: Callable[[Line], str]) -> Parting:
    """Write the widest differences only."""
    apart.sort(key=lambda one: -one[0])
    told = tuple(tell(one) for _gap, one in apart[:MOST_TOLD])
    return Parting(told, len(apart) - len(told))


def _apart(found: Priorities, one: Line, names: Names) -> str:
    values = {
        "name": words.title(one.known.code, names),
        "score": one.score_rank,
        "delay": one.urgency_rank,
        "cost": formats.short_euros(one.known.delay_eur_per_week),
        "size": size(one, found.divisor),
    }
    return (
        _(
            "%(name)s: rank %(score)d by score, %(delay)d by delay. A week of delay costs "
            "%(cost)s, for %(size)s."
        )
        % values
    )


def size(one: Line, divisor: str) -> str:
    """Write what the cost of delay is divided by."""
    if divisor == priorities.SIZE:
        return _("%(n)s weeks of full-time people") % {"n": formats.number(one.known.fte_weeks, 0)}
    return _("%(n)s weeks of work") % {"n": formats.number(one.known.weeks, 0)}


@dataclass(frozen=True)
class _Reasons:
    selection: Selection
    found: Priorities
    answer: Outcomes
    names: Names

    def told(self, one: Line) -> str:
        """Say what refuses a good score, or keeps a lesser one."""
        return self._kept(one) if one.kept else self._refused(one)

    def _refused(self, one: Line) -> str:
        out = next(row for row in self.answer.result.refused if row.id == one.known.code)
        people = words.Holders.of(self.answer.facts)
        why = words.cause(out, people, self.names, self.answer.facts["known"])
        return _("%(name)s is refused though its score ranks %(rank)d (%(why)s).") % {
            "name": words.title(one.known.code, self.names),
            "rank": one.score_rank,
            "why": why,
        }

    def _kept(self, one: Line) -> str:
        values = {
            "name": words.title(one.known.code, self.names),
            "rank": one.score_rank,
            "why": self._why(one),
        }
        if one.score_rank is None:
            return _("%(name)s is kept without being ranked: %(why)s.") % values
        return _("%(name)s is kept though its score ranks %(rank)d: %(why)s.") % values

    def _why(self, one: Line) -> str:
        code, problem = one.known.code, self.answer.problem
        if code in problem.compulsory:
            reason = next(row.reason for row in problem.candidates if row.id == code)
            return _("mandatory") if reason == MANDATORY else _("by order (%s)") % reason
        kept = {row.id for row in self.answer.result.kept}
        after = [two for two, before in problem.prerequisites if before == code and two in kept]
        if after:
            return _("needed by %s") % words.named(after, self.names, 2)
        place = self._by_money.get(code)
        if place is not None and one.score_rank is not None and place < one.score_rank:
            return _("for its money it ranks %d") % place
        return _("it fits in what the others leave free")

    @cached_property
    def _by_money(self) -> dict[str, int]:
        rows = Tables(self.selection, self.answer, self.names).ranked
        return engine.ranks({row.code: row.ratio for row in rows})
