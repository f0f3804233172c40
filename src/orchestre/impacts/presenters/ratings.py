"""Two answers side by side, and what waits for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orchestre.impacts import rules
from orchestre.impacts.models import Aspect
from orchestre.impacts.queries import ImpactFacts
from orchestre.ui import formats
from orchestre.ui.components import Badge, Button
from orchestre.ui.tables import Column, DataTable, Row


def state_of(one: ImpactFacts) -> Badge:
    """Say where the two ratings of an impact stand."""
    if one.waits_for_me:
        return Badge(_("Your answer is expected"), tone="warn")
    if one.both_answered:
        return _compared(one)
    if one.unit_answered:
        return Badge(_("Waiting for the project"))
    if one.project_answered:
        return Badge(_("Waiting for the unit"))
    return Badge(_("Not rated yet"))


def _compared(one: ImpactFacts) -> Badge:
    if one.settled_at is not None:
        return Badge(_("Settled"), tone="success")
    count = len(one.differences)
    if not count:
        return Badge(_("Both agree"), tone="success")
    words = ngettext("%(n)d difference", "%(n)d differences", count) % {"n": count}
    return Badge(words, tone="danger" if any(d.flagged for d in one.differences) else "warn")


@dataclass(frozen=True)
class ComparedLine:
    """One figure as each side sees it."""

    name: str
    label: str
    project: str
    unit: str
    counts: str
    differs: bool
    flagged: bool


def figure_label(name: str) -> str:
    """Return how a figure of a rating is called."""
    other = {"intensity": _("Overall intensity"), "hours_per_person": _("Hours per person")}
    return other.get(name) or str(Aspect(name).label)


def _figure(name: str, value: float | None) -> str:
    if value is None:
        return pgettext("figure that nobody gave", "nothing")
    return formats.hours(value) if name == "hours_per_person" else formats.number(value)


def compared(one: ImpactFacts) -> tuple[ComparedLine, ...]:
    """Return the two answers side by side, once both are given; empty before."""
    if not one.both_answered or one.project is None or one.unit is None or one.answer is None:
        return ()
    apart = {d.name: d for d in one.differences}
    ours, theirs, counts = (_figures(a) for a in (one.project.answer, one.unit.answer, one.answer))
    return tuple(
        ComparedLine(
            name=name,
            label=figure_label(name),
            project=_figure(name, ours[name]),
            unit=_figure(name, theirs[name]),
            counts=_figure(name, counts[name]),
            differs=name in apart,
            flagged=name in apart and apart[name].flagged,
        )
        for name in (*rules.ASPECTS, "intensity", "hours_per_person")
        if ours[name] is not None or theirs[name] is not None
    )


def _figures(answer: rules.Answer) -> dict[str, float | None]:
    found: dict[str, float | None] = {name: answer.aspects.get(name) for name in rules.ASPECTS}
    return found | {"intensity": answer.intensity, "hours_per_person": answer.hours_per_person}


def choices_for(one: rules.Difference) -> list[tuple[str, str]]:
    """Return what may be chosen to settle a difference."""
    found = [
        ("project", _("The project: %(value)s") % {"value": _figure(one.name, one.project)}),
        ("unit", _("The unit: %(value)s") % {"value": _figure(one.name, one.unit)}),
    ]
    if one.project is not None and one.unit is not None:
        middle = rules.halfway(one.project, one.unit, whole=one.name in rules.ASPECTS)
        if middle not in {one.project, one.unit}:
            words = _("Halfway: %(value)s") % {"value": _figure(one.name, middle)}
            found.append(("halfway", words))
    return found


def waiting_table(waiting: Sequence[ImpactFacts]) -> DataTable:
    """Return the impacts whose rating is expected."""
    return DataTable(
        caption=ngettext("%(n)d impact to rate", "%(n)d impacts to rate", len(waiting))
        % {"n": len(waiting)},
        columns=(
            Column(_("Change"), wide=True),
            Column(_("Population")),
            Column(_("Go-live")),
            Column(_("Act"), label_hidden=True),
        ),
        rows=tuple(
            Row(
                (
                    f"{one.initiative_code} {one.initiative_title}",
                    one.population.name,
                    formats.day(one.go_live.on) if one.go_live else _("no date"),
                    Button(
                        _("Answer"),
                        reverse("impacts:rate", args=[one.id]),
                        small=True,
                        described=f"{one.initiative_code}, {one.population.name}",
                    ),
                ),
                url=reverse("impacts:of", args=[one.initiative_code]),
            )
            for one in waiting
        ),
    )
