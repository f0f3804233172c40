"""Why these figures: inputs, formula, version, seed, margin, what is assumed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from orchestre.outlook.services import compute
from orchestre.outlook.services.compute import Outlook
from orchestre.ui import formats
from orchestre.ui.components import Definition, DefinitionList
from orchestre_engine.outlook import COMPUTATION, Spread, margin_points


@dataclass(frozen=True)
class Origin:
    """What answers "why this number?"."""

    facts: DefinitionList


def origin_of(view: Outlook, end: Spread | None = None) -> Origin:
    """Tell how the figures of a view were made."""
    assumed = view.inputs.assumed
    ratio = view.built.assumed_ratio
    margins = _("%(p80)s points of P80, %(p50)s points of P50") % {
        "p80": formats.number(margin_points(compute.DRAWS, 0.8), 2),
        "p50": formats.number(margin_points(compute.DRAWS, 0.5), 2),
    }
    rows = [
        Definition(_("Formula"), COMPUTATION),
        Definition(
            _("Draws"),
            _("%(n)s worlds, seed %(seed)s")
            % {"n": formats.number(compute.DRAWS), "seed": compute.SEED},
        ),
        Definition(_("Margin of the draws (95 %)"), margins, _interval(view, end)),
        Definition(
            _("Estimates that nobody stated"),
            formats.undefined() if ratio is None else formats.percent(ratio),
            _("assumed: %(a)s weeks earlier to %(b)s weeks later, or what the initiative says")
            % {
                "a": formats.number(assumed.earlier_weeks),
                "b": formats.number(assumed.later_weeks),
            },
        ),
        Definition(
            _("Correlations"),
            _("programme %(p)s, supplier %(s)s, unit %(u)s")
            % {
                "p": formats.number(assumed.programme_correlation),
                "s": formats.number(assumed.supplier_correlation),
                "u": formats.number(assumed.unit_correlation),
            },
            _repaired(view),
        ),
        Definition(
            _("Cost, where nobody estimated it"),
            _("from %(low)s to %(high)s of what is left to spend")
            % {
                "low": formats.percent(assumed.cost_low_ratio),
                "high": formats.percent(assumed.cost_high_ratio),
            },
            _("assumed"),
        ),
        Definition(_("Fingerprint of the inputs"), view.fingerprint[:16]),
    ]
    if view.computed_at is not None:
        rows.append(Definition(_("Computed at"), formats.instant(view.computed_at)))
    return Origin(DefinitionList(tuple(rows)))


def _interval(view: Outlook, end: Spread | None) -> str:
    if end is None:
        return ""
    facts = {
        "low": formats.day(view.built.day(end.p80_low)),
        "high": formats.day(view.built.day(end.p80_high)),
    }
    if end.has_converged:
        return _("P80 lies between %(low)s and %(high)s: more draws would not move it.") % facts
    return _("P80 lies between %(low)s and %(high)s.") % facts


def _repaired(view: Outlook) -> str:
    if view.result is None or not (view.result.lowered or view.result.repaired):
        return ""
    return _("some were lowered: together they said more than can be")
