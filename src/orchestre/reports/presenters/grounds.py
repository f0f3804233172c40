"""What a report rests on: assumptions in force, provenance."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from orchestre import __version__
from orchestre.impacts.rules import AssumptionValues
from orchestre.portfolio.models import Initiative
from orchestre.reports.presenters.frame import Subject
from orchestre.ui import formats
from orchestre.ui.components import Definition, DefinitionList
from orchestre_engine import load as engine
from orchestre_engine.interactions.solve import VERSION as INTERACTIONS


def assumptions(subject: Subject) -> DefinitionList | None:
    """List what is assumed where nobody has said anything; None when nothing is."""
    values = subject.view.snapshot.values
    if not values.in_force:
        return None
    return DefinitionList(
        (
            Definition(
                _("Time for change"),
                _("%(share)s of working time, where no rule is set")
                % {"share": formats.percent(values.absorption_ratio, 1)},
            ),
            Definition(
                _("People touched"),
                _("%(share)s of the people of the unit that owns the initiative")
                % {"share": formats.percent(values.reach_ratio)},
            ),
            Definition(_("Intensity by cost"), _by_cost(values)),
            Definition(_("Intensity added by family"), _by_family(values)),
            Definition(_("Hours by intensity"), _by_intensity(values)),
            Definition(_("Go-live not given"), _("the last day of the initiative")),
            Definition(
                _("Doubt on dates"),
                _("from %(earlier)s weeks earlier to %(later)s weeks later")
                % {
                    "earlier": formats.number(values.go_live_earlier_weeks),
                    "later": formats.number(values.go_live_later_weeks),
                },
            ),
            Definition(
                _("Margins"),
                _("±%(hours)s on hours, ±%(capacity)s on capacity")
                % {
                    "hours": formats.percent(values.hours_margin_ratio),
                    "capacity": formats.percent(values.capacity_margin_ratio),
                },
            ),
        )
    )


def _by_cost(values: AssumptionValues) -> str:
    parts = []
    for limit, level in values.intensity_by_cost:
        text = _("more: %(level)s") if limit is None else _("up to %(limit)s: %(level)s")
        parts.append(text % {"limit": formats.euros(limit), "level": formats.number(level)})
    unknown = _("unknown: %(level)s") % {"level": formats.number(values.intensity_without_cost)}
    return " · ".join([*parts, unknown])


def _by_family(values: AssumptionValues) -> str:
    names = {str(value): str(label) for value, label in Initiative.Family.choices}
    return " · ".join(
        f"{names.get(family, family)} +{formats.number(extra)}"
        for family, extra in values.intensity_by_family
    )


def _by_intensity(values: AssumptionValues) -> str:
    return " · ".join(
        f"{level} → {formats.hours(hours)}" for level, hours in enumerate(values.hours_by_intensity)
    )


def provenance(subject: Subject) -> DefinitionList:
    """Say what was computed from what, so that anybody may compute it again."""
    view = subject.view
    items = [Definition(_("Source"), subject.source)]
    if subject.digest:
        items.append(Definition(_("Fingerprint of the file (SHA-256)"), subject.digest))
    if subject.preset:
        items.append(Definition(_("Read as"), subject.preset))
    items += [
        Definition(_("Weeks read"), formats.dates(subject.starts_on, subject.ends_on)),
        Definition(_("Fingerprint of the problem"), view.fingerprint),
        Definition(_("Computations"), f"{engine.COMPUTATION} · {INTERACTIONS}"),
        Definition(_("Version"), f"Orchestre {__version__}"),
        Definition(_("Computed at"), formats.instant(view.computed_at)),
    ]
    if view.uncertainty is not None:
        drawn = _("%(draws)s worlds drawn, seed %(seed)s") % {
            "draws": formats.number(view.uncertainty.draws),
            "seed": view.uncertainty.seed,
        }
        items.append(Definition(_("Uncertainty"), drawn))
    return DefinitionList(tuple(items))


def language() -> str:
    """Return the language of the report, as the page declares it."""
    return "fr" if (get_language() or "fr").startswith("fr") else "en"
