"""What an impact, an answer, an activity and a set of assumptions must be; refusals say how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from orchestre.impacts import rules
from orchestre.kernel.errors import DomainError
from orchestre.portfolio.rules.dates import can_shift, shift

Values = Mapping[str, Any]
MAX_HOURS = 2000.0
MAX_WEEKS = 104.0


def _refuse(field: str, sentence: str) -> DomainError:
    return DomainError(sentence, code="not-valid", fields={field: [sentence]})


def check_aspects(aspects: Mapping[str, Any]) -> None:
    """Refuse an unknown aspect, or a level that is not a whole number from 0 to 5."""
    for name, level in aspects.items():
        whole = isinstance(level, int) and not isinstance(level, bool)
        if name not in rules.ASPECTS or not whole or not 0 <= level <= rules.MAX_INTENSITY:
            raise _refuse("aspects", _("Rate each aspect from 0 to 5, or leave it blank."))


def _check_figures(values: Values) -> None:
    check_aspects(values.get("aspects") or {})
    intensity = values.get("intensity")
    if intensity is not None and not 0 <= intensity <= rules.MAX_INTENSITY:
        raise _refuse("intensity", _("Give an intensity from 0 to 5."))
    hours = values.get("hours_per_person")
    if hours is not None and not 0 <= hours <= MAX_HOURS:
        raise _refuse("hours_per_person", _("Give hours from 0 to 2,000 per person."))


def check_impact(values: Values) -> None:
    """Refuse figures out of bounds."""
    _check_figures(values)
    reach = values.get("reach_ratio", 1.0)
    if not 0 < reach <= 1:
        raise _refuse("reach_ratio", _("Give a share above 0 % and up to 100 %."))


def check_answer(answer: rules.Answer) -> None:
    """Refuse an empty answer, or figures out of bounds."""
    if not answer.says_something:
        raise DomainError(
            _("Rate at least one aspect, or give an intensity or hours."), code="empty-answer"
        )
    _check_figures(asdict(answer))


def check_activity(values: Values) -> None:
    """Refuse an activity that ends before it starts, or figures out of bounds."""
    check_impact(values)
    if values["ends_on"] <= values["starts_on"]:
        raise _refuse("ends_on", _("The last day comes before the first day. Correct one of them."))


def settled_answer(
    project: rules.Answer, unit: rules.Answer, choices: Mapping[str, str]
) -> rules.Answer:
    """Return what counts once every difference has been decided."""
    aspects = dict(project.aspects)
    figures: dict[str, float | None] = {
        "intensity": project.intensity,
        "hours_per_person": project.hours_per_person,
    }
    for one in rules.differences(project, unit):
        value = _decided(one, choices.get(one.name, ""))
        if one.name in figures:
            figures[one.name] = value
        elif value is None:
            aspects.pop(one.name, None)
        else:
            aspects[one.name] = int(value)
    return rules.Answer(aspects, figures["intensity"], figures["hours_per_person"])


def _decided(one: rules.Difference, choice: str) -> float | None:
    if choice == "project":
        return one.project
    if choice == "unit":
        return one.unit
    if choice == "halfway" and one.project is not None and one.unit is not None:
        return rules.halfway(one.project, one.unit, whole=one.name in rules.ASPECTS)
    raise _refuse(one.name, _("Choose what counts for each difference."))


def check_assumptions(values: Values) -> None:
    """Refuse tables that are not in order, and figures out of bounds."""
    _check_bands(values.get("intensity_by_cost"))
    _check_hours_table(values.get("hours_by_intensity"))
    for name in ("go_live_earlier_weeks", "go_live_later_weeks"):
        if not 0 <= values.get(name, 0) <= MAX_WEEKS:
            raise _refuse(name, _("Give from 0 to 104 weeks."))
    for name in ("absorption_ratio", "hours_margin_ratio", "capacity_margin_ratio"):
        if not 0 <= values.get(name, 0) <= 1:
            raise _refuse(name, _("Give a share from 0 % to 100 %."))
    if not 0 < values.get("reach_ratio", 1) <= 1:
        raise _refuse("reach_ratio", _("Give a share above 0 % and up to 100 %."))
    levels = [values.get("intensity_without_cost", 0)]
    if any(not 0 <= level <= rules.MAX_INTENSITY for level in levels):
        raise _refuse("intensity_without_cost", _("Give an intensity from 0 to 5."))


def _check_bands(bands: Sequence[Sequence[float | None]] | None) -> None:
    if bands is None:
        return
    limits = [limit for limit, _level in bands[:-1]]
    known = [limit for limit in limits if limit is not None]
    ordered = all(low < high for low, high in pairwise(known))
    if not bands or bands[-1][0] is not None or len(known) != len(limits) or not ordered:
        raise _refuse("intensity_by_cost", _("Give the cost bands from the lowest to the highest."))
    if any(level is None or not 0 <= level <= rules.MAX_INTENSITY for _limit, level in bands):
        raise _refuse("intensity_by_cost", _("Give an intensity from 0 to 5."))


def _check_hours_table(hours: Sequence[float] | None) -> None:
    if hours is None:
        return
    growing = all(low <= high for low, high in pairwise(hours))
    if len(hours) != rules.MAX_INTENSITY + 1 or not growing or hours[0] < 0:
        raise _refuse(
            "hours_by_intensity", _("Hours do not go down when the intensity goes up: give six.")
        )


def default_row() -> dict[str, Any]:
    """Return the default assumptions as a row holds them."""
    values = asdict(rules.DEFAULTS)
    return values | {
        "intensity_by_cost": [list(band) for band in rules.DEFAULTS.intensity_by_cost],
        "intensity_by_family": dict(rules.DEFAULTS.intensity_by_family),
        "hours_by_intensity": list(rules.DEFAULTS.hours_by_intensity),
    }


def shifted(day: date, days: int) -> date:
    """Return a day moved, unless it leaves the calendar."""
    if not can_shift([day], days):
        raise DomainError(_("This move leaves the calendar. Choose fewer days."))
    return shift(day, days) or day
