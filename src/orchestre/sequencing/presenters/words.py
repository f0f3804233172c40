"""Figures and overrides in words, in the language of the reader."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from orchestre.portfolio.models import Initiative
from orchestre.portfolio.rules.dates import Span
from orchestre.sequencing.models import Scenario
from orchestre.sequencing.rules.differences import WAVE, Step
from orchestre.sequencing.rules.edits import Edit, new_span
from orchestre.sequencing.rules.measures import (
    BETTER,
    MORE_IS_BETTER,
    SAME,
    UNKNOWN,
    WORSE,
    Measures,
    verdict,
)
from orchestre.ui import formats

BILLION = 1e9
LABELS: dict[str, str | Promise] = {
    "people_over": gettext_lazy("People above capacity"),
    "worst_ratio": gettext_lazy("Heaviest week"),
    "excess_person_hours": gettext_lazy("Hours beyond capacity"),
    "fte_excess": gettext_lazy("FTE beyond capacity"),
    "budget_excess_eur": gettext_lazy("Money beyond the envelopes"),
    "cost_eur": gettext_lazy("Cost in the period"),
    "value_eur": gettext_lazy("Value in the period"),
    "delay_cost_eur": gettext_lazy("Cost of delay"),
    "initiatives_moved": gettext_lazy("Initiatives whose dates move"),
    "people_moved": gettext_lazy("People whose dates change"),
    "broken": gettext_lazy("Broken dependencies"),
    "freezes": gettext_lazy("Go-lives in a freeze"),
}
NAMES = tuple(MORE_IS_BETTER)
STATE_TONES = {
    Scenario.State.DRAFT: "neutral",
    Scenario.State.SHARED: "info",
    Scenario.State.PUBLISHED: "success",
    Scenario.State.DROPPED: "neutral",
}


def figure(name: str, value: float | None) -> str:
    """Write a figure with its unit; « n.d. » when it is not known."""
    if value is None:
        return formats.undefined()
    if name.endswith("_eur"):
        amount = abs(value)
        # ten digits would not fit a card, and nobody reads them
        text = formats.short_euros(amount, 1) if amount >= BILLION else formats.euros(amount)
        return f"{'−' if value < 0 else ''}{text}"
    if name == "worst_ratio":
        return formats.percent(value)
    if name == "excess_person_hours":
        return formats.hours(value, 0)
    if name == "fte_excess":
        return _("%(n)s FTE-months") % {"n": formats.number(value, 1)}
    return formats.number(round(value))


def measured(name: str, measures: Measures) -> str:
    """Write one figure of a plan."""
    return figure(name, getattr(measures, name))


def delta(name: str, difference: float | None) -> str:
    """Write a difference with its sign; nothing when there is none."""
    if difference is None or verdict(name, difference) == SAME:
        return ""
    if name == "worst_ratio":
        points = formats.number(abs(difference) * 100, 0)
        written = _("%(n)s points") % {"n": points}
    else:
        written = figure(name, abs(difference))
    return f"{'+' if difference > 0 else '−'}{written}"


def judged(found: str) -> str:
    """Say a verdict."""
    return {
        BETTER: _("better"),
        WORSE: _("worse"),
        SAME: _("same"),
        UNKNOWN: _("not known"),
    }[found]


def shifted(days: int) -> str:
    """Say a move: 3 weeks later, 5 days earlier."""
    count, later = abs(days), days > 0
    if days % 7 == 0:
        count //= 7
        told = (
            ngettext("%(n)s week later", "%(n)s weeks later", count)
            if later
            else ngettext("%(n)s week earlier", "%(n)s weeks earlier", count)
        )
    else:
        told = (
            ngettext("%(n)s day later", "%(n)s days later", count)
            if later
            else ngettext("%(n)s day earlier", "%(n)s days earlier", count)
        )
    return told % {"n": formats.number(count)}


def opening(text: str) -> str:
    """Begin a sentence with a capital."""
    return f"{text[:1].upper()}{text[1:]}"


def quarter(one: tuple[int, int]) -> str:
    """Name a quarter, of its year and number."""
    return _("Q%(quarter)s %(year)s") % {"quarter": one[1], "year": one[0]}


def edit(one: Edit, span: Span) -> str:
    """Say all that an override does, in one line."""
    if not one.included:
        return _("stopped")
    told = _dates(one, span)
    if one.rank is not None:
        told.append(_("priority %(n)s") % {"n": one.rank})
    if one.allocation_ratio is not None:
        told.append(_("%(share)s of the FTE") % {"share": formats.percent(one.allocation_ratio)})
    if one.amount_eur is not None:
        told.append(_("full cost %(amount)s") % {"amount": formats.euros(one.amount_eur)})
    if one.amount_ratio is not None:
        told.append(
            _("%(share)s of the money to come") % {"share": formats.percent(one.amount_ratio)}
        )
    return ", ".join(told)


def _dates(one: Edit, span: Span) -> list[str]:
    told = []
    if one.shift_days:
        told.append(shifted(one.shift_days))
    elif one.has_dates:
        new = new_span(one, span)
        if new.starts_on and new.ends_on:
            told.append(formats.dates(new.starts_on, new.ends_on))
        if new.go_live_on != span.go_live_on:
            told.append(_("go-live on %(day)s") % {"day": formats.day(new.go_live_on)})
    if one.waves:
        count = len(one.waves)
        words = ngettext("%(n)s wave moved apart", "%(n)s waves moved apart", count)
        told.append(words % {"n": formats.number(count)})
    return told


def step_label(field: str) -> str:
    """Name a fact that two plans say differently."""
    if field.startswith(WAVE):
        return _("Wave “%s”") % field.removeprefix(WAVE)
    return {
        "starts_on": _("First day"),
        "ends_on": _("Last day"),
        "go_live_on": _("Go-live"),
        "stopped": _("In the plan"),
        "stage": _("Stage"),
        "archived_at": _("Archived"),
        "priority": _("Priority"),
        "cost_eur": _("Full cost"),
    }.get(field, field)


def step_value(field: str, value: Any) -> str:  # noqa: ANN401 - a date, a number, a word or None
    """Write one side of a difference; the last day is shown, not the day after."""
    if field == "stopped":
        return _("no") if value else _("yes")
    if value is None:
        return _("empty")
    if field.endswith("_on") or field.startswith(WAVE):
        back = timedelta(days=field == "ends_on")
        return formats.day(date.fromisoformat(value) - back)
    if field == "cost_eur":
        return formats.euros(float(value))
    return str(Initiative.Stage(value).label) if field == "stage" else str(value)


def step(one: Step) -> str:
    """Say one difference in a line."""
    return _("%(what)s: %(before)s → %(after)s") % {
        "what": step_label(one.field),
        "before": step_value(one.field, one.before),
        "after": step_value(one.field, one.after),
    }
