"""Who is asked for more than they can absorb, month by month, and the roles in tension."""

from __future__ import annotations

import itertools
import math

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.load.presenters import words
from orchestre.load.presenters.overloads import coming, merged, probability
from orchestre.load.presenters.overloads import listing as overload_listing
from orchestre.load.rules.scale import level
from orchestre.load.services import compute
from orchestre.reports.presenters.pack.scope import Scope
from orchestre.reports.rules import plain
from orchestre.reports.rules.document import Block, Cell, Ground, Head, Heat, Line, Section, Table
from orchestre.resources.rules import fte_by_month
from orchestre.resources.snapshot import available_by_month
from orchestre.ui import formats
from orchestre_engine import load as engine

MOST_ROWS = 14
MOST_OVERLOADS = 8
TENSE = 1.0


def sections(scope: Scope) -> tuple[Section, ...]:
    """Write the capacity of people and of roles."""
    blocks: list[Block] = [_people(scope), _overloads(scope)]
    if scope.means.roles:
        blocks.append(_roles(scope))
    lead = overload_listing(scope.view, scope.reader, scope.today, {}).sentence
    return (Section("saturation", _("People: what they can absorb"), lead, tuple(blocks)),)


def grounds(scope: Scope) -> tuple[Ground, ...]:
    """Tell the computation of the load."""
    name, _slash, version = engine.COMPUTATION.partition("/")
    return (Ground(name, version, str(compute.SEED), scope.view.fingerprint),)


def _month_names(scope: Scope) -> tuple[str, ...]:
    return tuple(f"{formats.month_short(one)} {one.year % 100:02}" for one in scope.months)


def _legend(scope: Scope) -> tuple[str, ...]:
    bounds = [formats.percent(one) for one in scope.thresholds]
    between = [
        _("%(low)s to %(high)s") % {"low": low, "high": high}
        for low, high in itertools.pairwise(bounds)
    ]
    nothing, above = _("nothing"), _("above %s")
    return (nothing, _("up to %s") % bounds[0], *between, above % bounds[-1])


def _people(scope: Scope) -> Heat:
    """Give the worst week of each month of the most loaded populations."""
    view, ratios = scope.view, scope.view.result.load_ratio
    weeks = [_weeks_of(scope, place) for place in range(len(scope.months))]
    seen = [
        row
        for row, code in enumerate(view.result.population_ids)
        if scope.reader.sees_population(code)
    ]
    peaks = {row: [_peak(ratios[row], some) for some in weeks] for row in seen}
    ranked = sorted(seen, key=lambda row: -max((_known(one) for one in peaks[row]), default=-1.0))
    shown = [row for row in ranked if any(_known(one) > 0 for one in peaks[row])][:MOST_ROWS]
    left = len(seen) - len(shown)
    return Heat(
        "people",
        _("Worst week of each month, load ÷ capacity"),
        _("Population"),
        _month_names(scope),
        tuple(
            Line(
                view.result.population_ids[row],
                (
                    Cell(view.snapshot.groups[view.result.population_ids[row]].name),
                    *(_ratio_cell(scope, one) for one in peaks[row]),
                ),
            )
            for row in shown
        ),
        _legend(scope),
        note=ngettext(
            "%(n)d population less loaded is not shown.",
            "%(n)d populations less loaded are not shown.",
            left,
        )
        % {"n": left}
        if left
        else "",
        empty=_("Nothing is asked of anybody in these months."),
    )


def _weeks_of(scope: Scope, place: int) -> list[int]:
    """Give the positions, in the view, of the weeks whose Monday falls in a month."""
    month = scope.months[place]
    return [
        at
        for at in range(scope.view.weeks)
        if (day := scope.view.monday(at)).year == month.year and day.month == month.month
    ]


def _peak(ratios: npt.NDArray[np.float64], weeks: list[int]) -> float | None:
    found = [float(ratios[at]) for at in weeks if not math.isnan(ratios[at])]
    return max(found, default=None)


def _known(ratio: float | None) -> float:
    return -1.0 if ratio is None else ratio


def _ratio_cell(scope: Scope, ratio: float | None) -> Cell:
    if ratio is None:
        return Cell(formats.undefined())
    return Cell(words.ratio(ratio), plain(ratio), level(ratio, scope.thresholds))


def _overloads(scope: Scope) -> Table:
    found = coming(scope.view, scope.reader, scope.today)
    shown = found[:MOST_OVERLOADS]
    left = len(found) - len(shown)
    return Table(
        "overloads",
        _("The heaviest overloads"),
        (
            Head(_("Population"), share=2.2),
            Head(_("When"), share=1.8),
            Head(_("Peak"), numeric=True),
            Head(_("Likelihood"), numeric=True, share=1.3),
            Head(_("Person-hours too many"), numeric=True, share=1.2),
            Head(_("What asks the most"), share=3),
        ),
        tuple(_overload(scope, one) for one in shown),
        note=ngettext("%(n)d more.", "%(n)d more.", left) % {"n": left} if left else "",
        empty=_("No overload in the coming year."),
    )


def _overload(scope: Scope, one: engine.Overload) -> Line:
    view = scope.view
    name = view.snapshot.groups[one.population].name
    causes = [told for told, _share, _h in merged(view, scope.reader, one.contributions)]
    likely = probability(view, one)
    last = view.monday(one.last - 1) if one.last - 1 < view.weeks else view.monday(view.weeks - 1)
    when = f"{formats.week(view.monday(one.first))} – {formats.week(last)} {last.year}"
    return Line(
        f"{one.population}@{view.monday(one.first).isoformat()}",
        (
            Cell(name),
            Cell(when),
            Cell(words.ratio(one.peak_ratio), plain(one.peak_ratio)),
            Cell(formats.percent(likely), plain(likely)),
            Cell(formats.number(one.excess_person_hours, 0), plain(one.excess_person_hours)),
            Cell(words.listed(causes, 3)),
        ),
    )


def _roles(scope: Scope) -> Heat:
    roles = tuple(scope.means.roles)
    asked = fte_by_month(scope.means.asks, roles, scope.months)
    can = available_by_month(scope.means, roles, scope.months)
    needed = [at for at in range(len(roles)) if asked[at].any()]
    needed.sort(key=lambda at: -_tension(asked[at], can[at]))
    rows = [
        Line(
            roles[at],
            (
                Cell(scope.means.roles[roles[at]]),
                *(_role_cell(scope, *pair) for pair in zip(asked[at], can[at], strict=True)),
            ),
        )
        for at in needed
    ]
    left = len(rows) - MOST_ROWS
    less = ngettext(
        "%(n)d role less in demand is not shown.", "%(n)d roles less in demand are not shown.", left
    ) % {"n": left}
    unknown = _("Where nobody said what is available, the cell says what is asked (FTE).")
    return Heat(
        "roles",
        _("Roles: full-time equivalents asked ÷ available"),
        _("Role"),
        _month_names(scope),
        tuple(rows[:MOST_ROWS]),
        _legend(scope),
        note=f"{unknown} {less}" if left > 0 else unknown,
        empty=_("No initiative says which roles it needs."),
    )


def _tension(asked: npt.NDArray[np.float64], can: npt.NDArray[np.float64]) -> float:
    """Rank a role by its worst month; one of which nobody said the means comes after the others."""
    months = zip(asked, can, strict=True)
    return max((_ratio(*pair) for pair in months if not math.isnan(pair[1])), default=-1.0)


def _ratio(asked: float, can: float) -> float:
    return float(asked / can) if can else (math.inf if asked else 0.0)


def _role_cell(scope: Scope, asked: float, can: float) -> Cell:
    if math.isnan(can):
        text = f"{formats.number(asked, 1)} {_('FTE')}" if asked else formats.undefined()
        return Cell(text)
    ratio = _ratio(asked, can)
    return Cell(words.ratio(ratio), plain(ratio), level(ratio, scope.thresholds))
