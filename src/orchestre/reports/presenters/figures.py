"""The key figures of a report, and why each is what it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from orchestre.load.presenters import words
from orchestre.reports.presenters.frame import Subject
from orchestre.ui import formats
from orchestre_engine import load as engine

SLIGHT = 0.005  # under half a percent, a share is not worth a line


@dataclass(frozen=True)
class KeyFigure:
    """A figure, its note, and the explanation it leads to."""

    key: str
    label: str
    value: str
    note: str = ""
    alert: bool = False


@dataclass(frozen=True)
class Why:
    """Why a figure is what it is: its formula with its inputs."""

    key: str
    title: str
    formula: str
    inputs: str


def key_figures(subject: Subject) -> tuple[KeyFigure, ...]:
    """Return the five figures of the first page."""
    overloads = subject.overloads
    people = {one.population for one in overloads}
    peak = max((one.peak_ratio for one in overloads), default=None)
    hours = [one.excess_person_hours for one in overloads]
    known = [one for one in hours if one is not None]
    total = sum(known) if len(known) == len(hours) else None
    return (
        KeyFigure(
            "over",
            _("Populations above capacity"),
            formats.number(len(people)),
            _("of %(n)s") % {"n": formats.number(len(subject.rows))},
            alert=bool(people),
        ),
        KeyFigure(
            "peak",
            _("Highest peak"),
            formats.undefined() if peak is None else words.ratio(peak),
            _peak_note(subject),
        ),
        KeyFigure(
            "hours",
            _("Person-hours too many"),
            formats.number(total, 0) if overloads else formats.number(0),
            "" if total is not None else _("some headcounts are unknown"),
        ),
        KeyFigure("findings", _("Findings"), formats.number(len(subject.between))),
        KeyFigure(
            "assumed",
            _("Part that is assumed"),
            formats.percent(subject.guessed_ratio),
            _assumed_note(subject),
        ),
    )


def _assumed_note(subject: Subject) -> str:
    guessed, assumed = subject.guessed_ratio, subject.assumed_ratio
    if guessed is None or assumed is None or assumed - guessed < SLIGHT:
        return _("of the hours asked")
    return _("of the hours asked; %(share)s more are read from an intensity") % {
        "share": formats.percent(assumed - guessed)
    }


def _peak_note(subject: Subject) -> str:
    if not subject.overloads:
        return _("nobody is above capacity")
    one = max(subject.overloads, key=lambda each: each.peak_ratio)
    name = subject.view.snapshot.groups[one.population].name
    monday = subject.view.monday(one.peak_week)
    return f"{name}, {formats.week(monday)} {monday.isocalendar().year}"


def whys(subject: Subject) -> tuple[Why, ...]:
    """Explain every key figure, in the order of the page."""
    weeks = subject.last - subject.first
    asked = float(subject.read(subject.view.result.load_hours).sum())
    assumed = float(subject.read(subject.view.guessed_hours).sum())
    return (
        Why(
            "over",
            _("Populations above capacity"),
            _(
                "A population is above capacity in a week when the hours asked of each person pass"
                " the hours that each can give: load ÷ capacity above 100 %."
            ),
            _("%(populations)s populations over %(weeks)s weeks; computation %(id)s.")
            % {"populations": len(subject.rows), "weeks": weeks, "id": engine.COMPUTATION},
        ),
        Why("peak", _("Highest peak"), _peak_formula(), _peak_inputs(subject)),
        Why(
            "hours",
            _("Person-hours too many"),
            _(
                "Over the weeks of each overload: headcount × (hours asked − hours possible) per"
                " person, summed. Not given when a headcount is unknown."
            ),
            _("%(n)s overloads.") % {"n": len(subject.overloads)},
        ),
        Why(
            "findings",
            _("Findings"),
            _(
                "Each rule compares initiatives two by two or by the people they share."
                " A finding is proposed to people, never decided for them."
            ),
            _("%(n)s initiatives compared.") % {"n": len(subject.view.snapshot.askings)},
        ),
        Why(
            "assumed",
            _("Part that is assumed"),
            _(
                "Hours per person of impacts that nobody entered ÷ all hours asked per person."
                " Hours read from an intensity follow the scale of the assumptions."
            ),
            f"{formats.hours(assumed, 1)} ÷ {formats.hours(asked, 1)}",
        ),
    )


def _peak_formula() -> str:
    return _(
        "Load: sum over initiatives of share of people touched × hours per person × part of the"
        " phase that falls in the week. Capacity: weekly hours × share of working time that change"
        " may take × calendar. Peak: the highest load ÷ capacity."
    )


def _peak_inputs(subject: Subject) -> str:
    overloads = subject.overloads
    if not overloads:
        return _("No week is above capacity.")
    one = max(overloads, key=lambda each: each.peak_ratio)
    result = subject.view.result
    row = result.population_row(one.population)
    load = float(result.load_hours[row, one.peak_week])
    capacity = float(result.capacity_hours[row, one.peak_week])
    ratio = np.inf if capacity == 0 else load / capacity
    return f"{words.asked(load, capacity)} = {words.ratio(float(ratio))}"
