"""The first page: three sentences, and at most seven figures, each with its why."""

from __future__ import annotations

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.load.presenters.overloads import coming
from orchestre.load.presenters.overloads import listing as overload_listing
from orchestre.reports.presenters.pack.roadmap import tone_of
from orchestre.reports.presenters.pack.scope import Scope
from orchestre.reports.rules.document import Figure, Figures, Section, Words
from orchestre.resources.rules import fte_by_month
from orchestre.resources.snapshot import available_by_month
from orchestre.ui import formats
from orchestre_engine import load as engine


def sections(scope: Scope) -> tuple[Section, ...]:
    """Write the state in a few lines."""
    texts = [_where(scope), overload_listing(scope.view, scope.reader, scope.today, {}).sentence]
    if scope.hidden_count:
        texts.append(
            ngettext(
                "%(n)d confidential initiative is counted in the load without being named.",
                "%(n)d confidential initiatives are counted in the load without being named.",
                scope.hidden_count,
            )
            % {"n": scope.hidden_count}
        )
    found = (_kept, _late, _people, _hours, _cost, _role)
    told = [make(scope) for make in found]
    figures = tuple(one for one in told if one is not None)
    return (
        Section(
            "summary",
            _("In short"),
            texts[0],
            (
                Figures("key", figures),
                Words("sentences", tuple(texts[1:])),
            ),
        ),
    )


def _where(scope: Scope) -> str:
    count = len(scope.initiatives)
    off = sum(tone_of(one) == "off" for one in scope.initiatives)
    told = ngettext(
        "%(n)d initiative under way or to come", "%(n)d initiatives under way or to come", count
    ) % {"n": count}
    if not off:
        return _("%(told)s; none is declared off track.") % {"told": told}
    return ngettext(
        "%(told)s; %(off)d is declared off track.",
        "%(told)s; %(off)d are declared off track.",
        off,
    ) % {"told": told, "off": off}


def _kept(scope: Scope) -> Figure:
    """Milestones due since the last pack that were reached by the day promised at first."""
    first = scope.since.date()
    due = [
        row
        for row in scope.milestones
        if row.baseline_on and first <= row.baseline_on < scope.today
    ]
    held = [
        row for row in due if row.actual_on and row.baseline_on and row.actual_on <= row.baseline_on
    ]
    ratio = len(held) / len(due) if due else None
    return Figure(
        "kept",
        _("Promises kept"),
        formats.percent(ratio),
        ratio,
        note=ngettext("%(held)d of %(due)d milestone", "%(held)d of %(due)d milestones", len(due))
        % {"held": len(held), "due": len(due)}
        if due
        else _("no milestone was due"),
        why=_(
            "Milestones whose first promised day fell between %(since)s and the day of this pack,"
            " reached by that day ÷ all of them."
        )
        % {"since": formats.day(first)},
    )


def _late(scope: Scope) -> Figure:
    late = [
        row
        for row in scope.milestones
        if row.actual_on is None and row.forecast_on and row.baseline_on
        and row.forecast_on > row.baseline_on
    ]  # fmt: skip
    return Figure(
        "late",
        _("Milestones announced late"),
        formats.number(len(late)),
        float(len(late)),
        why=_("Milestones to come whose forecast is after the day promised at first."),
        tone="watch" if late else "",
    )


def _people(scope: Scope) -> Figure:
    found = coming(scope.view, scope.reader, scope.today)
    over = {one.population for one in found}
    seen = [one for one in scope.view.result.population_ids if scope.reader.sees_population(one)]
    return Figure(
        "people",
        _("Populations above what they can absorb"),
        formats.number(len(over)),
        float(len(over)),
        note=_("of %(n)s, over the coming year") % {"n": formats.number(len(seen))},
        why=_("Populations with at least one week where load ÷ capacity passes 100 %%; %(id)s.")
        % {"id": engine.COMPUTATION},
        tone="off" if over else "",
    )


def _hours(scope: Scope) -> Figure:
    found = coming(scope.view, scope.reader, scope.today)
    known = [one.excess_person_hours for one in found if one.excess_person_hours is not None]
    total = math.fsum(known)
    missing = len(found) - len(known)
    return Figure(
        "hours",
        _("Person-hours too many"),
        formats.number(total, 0),
        round(total, 1),
        note=ngettext(
            "%(n)d overload without headcount", "%(n)d overloads without headcount", missing
        )
        % {"n": missing}
        if missing
        else _("over the coming year"),
        why=_("Headcount × (hours asked − hours possible), summed over the overloaded weeks."),
    )


def _cost(scope: Scope) -> Figure | None:
    costs = [float(one.cost_eur) for one in scope.initiatives if one.cost_eur is not None]
    if not costs:
        return None
    silent = len(scope.initiatives) - len(costs)
    return Figure(
        "cost",
        _("Full cost of the portfolio"),
        formats.euros(math.fsum(costs)),
        math.fsum(costs),
        note=ngettext("%(n)d without a cost", "%(n)d without a cost", silent) % {"n": silent}
        if silent
        else "",
        why=_("Sum of the full costs of the initiatives named in this pack."),
    )


def _role(scope: Scope) -> Figure | None:
    """Give the role that is most short of hands in the coming months."""
    roles = tuple(scope.means.roles)
    if not roles:
        return None
    asked = fte_by_month(scope.means.asks, roles, scope.months)
    can = available_by_month(scope.means, roles, scope.months)
    found = [
        (float(asked[row, at] / can[row, at]), row, at)
        for row in range(len(roles))
        for at in range(len(scope.months))
        if can[row, at] > 0
    ]
    if not found:
        return None
    ratio, row, at = max(found)
    return Figure(
        "role",
        _("Role most in demand"),
        formats.percent(ratio),
        round(ratio, 4),
        note=f"{scope.means.roles[roles[row]]}, {formats.month(scope.months[at])}",
        why=_("Full-time equivalents asked ÷ available, the highest month of all roles."),
        tone="off" if ratio > 1 else "",
    )
