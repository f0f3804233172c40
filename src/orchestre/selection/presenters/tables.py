"""The cut-off list and the list of what is refused."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import inf

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orchestre.selection.models import Selection
from orchestre.selection.presenters import words
from orchestre.selection.queries import Names
from orchestre.selection.services.computing import Outcomes
from orchestre.ui import formats
from orchestre.ui.components import Badge, Pager
from orchestre.ui.tables import Column, DataTable, Row, only
from orchestre_engine import selection as engine
from orchestre_engine.selection import Cause, Refused

MOST_ROWS = 200


@dataclass(frozen=True)
class Ranked:
    """A candidate in the order of value over cost."""

    code: str
    value: float
    cost: float
    ratio: float | None
    kept: bool


@dataclass(frozen=True)
class Tables:
    """Both lists of one answer, for one reader."""

    selection: Selection
    found: Outcomes
    names: Names

    @cached_property
    def ranked(self) -> list[Ranked]:
        """Give every candidate, the best value for its cost first."""
        result, known = self.found.result, self.found.facts["known"]
        kept = [Ranked(one.id, one.value, one.cost, None, kept=True) for one in result.kept]
        out = [Ranked(one.id, one.value, one.cost, None, kept=False) for one in result.refused]
        found = []
        for one in (*kept, *out):
            unknown = known[one.code]["unpriced"] or known[one.code]["score"] is None
            ratio = None if unknown else engine.value_over_cost(one.value, one.cost)
            found.append(Ranked(one.code, one.value, one.cost, ratio, one.kept))
        return sorted(
            found, key=lambda one: (one.ratio is None, -(one.ratio or 0), -one.value, one.code)
        )

    @property
    def knows_delay(self) -> bool:
        """Tell whether anybody said what a week of delay costs."""
        known = self.found.facts["known"].values()
        return any(one["delay_over_duration"] is not None for one in known)

    def value(self, value: float) -> str:
        """Write a value: a part of the portfolio, or euros a year."""
        if self.selection.method == Selection.Method.WORTH:
            return formats.short_euros(value)
        return formats.share(value)

    def cutoff(self) -> DataTable:
        """Write the cut-off list: the budget runs out along it, what binds else is seen."""
        columns = (
            Column(_("Initiative"), wide=True),
            Column(_("Value"), numeric=True),
            Column(_("Money in the period"), numeric=True),
            Column(_("Value for money"), numeric=True),
            *((Column(_("Delay ÷ weeks"), numeric=True),) if self.knows_delay else ()),
            Column(_("Added up"), numeric=True),
            Column(pgettext("selection", "Kept?")),
        )
        total, rows = 0.0, []
        scale = max(
            (one.ratio for one in self.ranked if one.ratio and one.ratio < inf), default=1.0
        )
        for one in self.ranked[:MOST_ROWS]:
            total += one.cost
            rows.append(self._cut_row(one, total, scale))
        pager = Pager(only(MOST_ROWS, len(self.ranked))) if self.ranked[MOST_ROWS:] else None
        return DataTable(
            _("Best value for money first; “added up” is what one would spend going down the list"),
            columns,
            tuple(rows),
            density="compact",
            pager=pager,
        )

    def _cut_row(self, one: Ranked, total: float, scale: float) -> Row:
        known = self.found.facts["known"][one.code]
        seen = self.names.sees(one.code)
        delay = known["delay_over_duration"]
        return Row(
            (
                words.title(one.code, self.names),
                self.value(one.value) if known["score"] is not None else formats.undefined(),
                formats.undefined() if known["unpriced"] else formats.short_euros(one.cost),
                self._ratio(one.ratio, scale),
                *(
                    (formats.undefined() if delay is None else formats.short_euros(delay),)
                    if self.knows_delay
                    else ()
                ),
                formats.short_euros(total),
                self._kept(one),
            ),
            url=reverse("portfolio:show", args=[one.code]) if seen else "",
            tone="" if one.kept else "muted",
        )

    @staticmethod
    def _ratio(ratio: float | None, scale: float) -> str:
        """Write value for money as a part of the best: no unit to explain."""
        if ratio is None:
            return formats.undefined()
        return _("free") if ratio == inf else formats.number(ratio / scale * 100, 0)

    def _kept(self, one: Ranked) -> Badge:
        if one.kept and one.code in self.found.problem.compulsory:
            return Badge(_("kept by order"), "accent")
        shift = next((k.shift for k in self.found.result.kept if k.id == one.code), 0)
        if one.kept and shift:
            text = ngettext("kept, %(n)d month later", "kept, %(n)d months later", shift) % {
                "n": shift
            }
            return Badge(text, "success")
        return (
            Badge(pgettext("selection", "kept"), "success")
            if one.kept
            else Badge(pgettext("selection", "refused"), "neutral")
        )

    def refused(self) -> DataTable | None:
        """Write what is refused, the most valuable first; None when everything is kept."""
        result = self.found.result
        if not result.refused:
            return None
        columns = (
            Column(_("Initiative"), wide=True),
            Column(_("Value"), numeric=True),
            Column(_("What binds")),
            Column(_("To admit it and lose nothing else")),
        )
        ordered = sorted(result.refused, key=lambda one: (-one.value, one.id))
        rows = tuple(self._refused_row(one) for one in ordered[:MOST_ROWS])
        pager = Pager(only(MOST_ROWS, len(ordered))) if ordered[MOST_ROWS:] else None
        return DataTable(
            _("Refused, the most valuable first"), columns, rows, density="compact", pager=pager
        )

    def _refused_row(self, one: Refused) -> Row:
        people = words.Holders.of(self.found.facts)
        known = self.found.facts["known"]
        seen = self.names.sees(one.id)
        return Row(
            (
                words.title(one.id, self.names),
                self.value(one.value)
                if known[one.id]["score"] is not None
                else formats.undefined(),
                words.cause(one, people, self.names, known),
                self._relaxation(one, people),
            ),
            url=reverse("selection:refused", args=[self.selection.pk, one.id]) if seen else "",
        )

    def _relaxation(self, one: Refused, people: words.Holders) -> str:
        known = self.found.facts["known"][one.id]
        if one.cause is not Cause.LIMITS or known["score"] is None:
            return "–"
        first = people.missing(one.missing[0])
        rest = len(one.missing) - 1
        if not rest:
            return first
        return ngettext(
            "%(first)s, and %(n)d other limit", "%(first)s, and %(n)d other limits", rest
        ) % {"first": first, "n": rest}
