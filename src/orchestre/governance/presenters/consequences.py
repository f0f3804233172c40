"""What an option does to the plan: the figures against today, and each initiative it moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.governance.models import Decision
from orchestre.governance.presenters import marks
from orchestre.governance.services import effects
from orchestre.portfolio import policy as portfolio
from orchestre.sequencing.models import Scenario
from orchestre.sequencing.rules.measures import MORE_IS_BETTER, NOTICED
from orchestre.sequencing.services import differences
from orchestre.ui import formats
from orchestre.ui.components import Badge, Tone

SHOWN = tuple(name for name in MORE_IS_BETTER if name in Decision.Measure.values)
EUROS = frozenset({"budget_excess_eur", "cost_eur", "value_eur"})
Figures = Mapping[str, float | None]


@dataclass(frozen=True)
class Consequence:
    """One figure: today, with the option, and whether that is better."""

    label: str
    before: str
    after: str
    delta: str
    mark: Badge


@dataclass(frozen=True)
class MovedLine:
    """What happens to one initiative."""

    code: str
    title: str
    url: str
    steps: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class PlanChange:
    """Everything an option writes in the plan."""

    sentence: str
    moved: tuple[MovedLine, ...]
    hidden: str
    expected: str
    figures: tuple[Consequence, ...]


def value(name: str, number: float | None) -> str:
    """Write a figure in its unit."""
    if name in EUROS:
        return formats.euros(number)
    if name == "worst_ratio":
        return formats.percent(number)
    return formats.number(number, 1 if name == "fte_excess" else 0)


def compared(before: Figures, after: Figures) -> tuple[Consequence, ...]:
    """Compare the figures that are known; the same ones say so."""
    found = []
    for name in SHOWN:
        was, becomes = before.get(name), after.get(name)
        if was is None and becomes is None:
            continue
        label = marks.capital(str(Decision.Measure(name).label))
        text = value(name, becomes)
        found.append(
            Consequence(
                label, value(name, was), text, _delta(name, was, becomes), _mark(name, was, becomes)
            )
        )
    return tuple(found)


def _delta(name: str, was: float | None, becomes: float | None) -> str:
    if was is None or becomes is None:
        return formats.undefined()
    change = becomes - was
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return f"{sign}{value(name, abs(change))}"


def _mark(name: str, was: float | None, becomes: float | None) -> Badge:
    if was is None or becomes is None:
        return Badge(_("not known"), "neutral")
    if abs(becomes - was) < NOTICED[name]:
        return Badge(_("the same"), "neutral")
    better = (becomes > was) == MORE_IS_BETTER[name]
    tone: Tone = "success" if better else "warn"
    return Badge(_("better") if better else _("less good"), tone)


def of_scenario(scenario: Scenario | None) -> tuple[Consequence, ...]:
    """Read the figures of an option; nothing when it points to no scenario."""
    if scenario is None or scenario.state == Scenario.State.PUBLISHED:
        return ()
    return compared(effects.figures(), effects.figures(scenario))


def change(person: Person, scenario: Scenario) -> PlanChange:
    """Say exactly what choosing a scenario writes in the plan."""
    found = differences.of(scenario)
    told = [
        (one.initiative.pk, [[step.field, step.before, step.after] for step in one.steps])
        for one in found.moves
    ]
    return _plan_change(person, told, found.expected, of_scenario(scenario))


def of_decision(person: Person, decision: Decision) -> PlanChange | None:
    """Say what a decision wrote in the plan, as it was shown then."""
    if decision.plan_number is None:
        return None
    told = [(int(one["initiative"]), one["steps"]) for one in decision.moves]
    kept = decision.gauges
    figures = compared(kept.get("then", {}), kept.get("foreseen", {}))
    return _plan_change(person, told, "", figures)


def _plan_change(
    person: Person,
    told: list[tuple[int, list[list[Any]]]],
    expected: str,
    figures: tuple[Consequence, ...],
) -> PlanChange:
    keys = [key for key, _steps in told]
    seen = {one.pk: one for one in portfolio.visible_to(person).filter(pk__in=keys)}
    moved = tuple(
        MovedLine(
            seen[key].code,
            seen[key].title,
            reverse("portfolio:show", args=[seen[key].code]),
            tuple(_step(*step) for step in steps),
        )
        for key, steps in told
        if key in seen
    )
    count, hidden = len(told), len(told) - len(moved)
    return PlanChange(
        ngettext("%(n)s initiative changes.", "%(n)s initiatives change.", count) % {"n": count},
        moved,
        ngettext("%(n)s of them is confidential.", "%(n)s of them are confidential.", hidden)
        % {"n": hidden}
        if hidden
        else "",
        expected,
        figures,
    )


def _step(field: str, before: object, after: object) -> tuple[str, str, str]:
    labels = {
        "starts_on": _("start"),
        "ends_on": _("end"),
        "go_live_on": _("go-live"),
        "priority": _("priority"),
        "stopped": _("state"),
    }
    if field == "stopped":
        return labels[field], _("under way"), _("stopped")
    return labels.get(field, field), _day(field, before), _day(field, after)


def _day(field: str, told: object) -> str:
    if told is None:
        return formats.undefined()
    if field in {"starts_on", "go_live_on", "ends_on"}:
        day = date.fromisoformat(str(told))
        return formats.day(date.fromordinal(day.toordinal() - 1) if field == "ends_on" else day)
    return str(told)
