"""The page that answers: the sentence, the curve, what is kept and what is not."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.selection import queries
from orchestre.selection.models import Selection
from orchestre.selection.presenters import doors, sentences, words
from orchestre.selection.presenters.tables import Tables
from orchestre.selection.services import computing
from orchestre.selection.services.computing import Outcomes
from orchestre.ui import formats
from orchestre.ui.charts.steps import StepCurve, StepMark, StepPoint
from orchestre.ui.charts.svg import round_values
from orchestre.ui.components import Figure, Notice
from orchestre.ui.tables import DataTable
from orchestre_engine.selection import Kind, Standing


@dataclass(frozen=True)
class ResultPage:
    """What the page of an answer shows."""

    sentence: str
    notices: tuple[Notice, ...]
    figures: tuple[Figure, ...]
    curve: StepCurve | None
    cutoff: DataTable
    refused: DataTable | None
    theirs: tuple[str, ...]
    doors: tuple[doors.Door, ...]
    stale: bool
    computed_at: object


def build(person: Person, selection: Selection, found: Outcomes) -> ResultPage:
    """Write an answer for a reader."""
    names = queries.names_for(person)
    standing = computing.standing(found, selection.picks)
    stale = computing.is_stale(selection, found)
    tables = Tables(selection, found, names)
    kept = tuple(one.id for one in found.result.kept if names.sees(one.id))
    return ResultPage(
        sentence=sentences.headline(found),
        notices=_notices(found),
        figures=_figures(selection, found, standing),
        curve=_curve(found, standing),
        cutoff=tables.cutoff(),
        refused=tables.refused(),
        theirs=_theirs(found, standing, names),
        doors=doors.doors_of(person, selection, kept),
        stale=stale,
        computed_at=found.answer.computed_at,
    )


def _notices(found: Outcomes) -> tuple[Notice, ...]:
    told = sentences.doubts(found)
    if not told:
        return ()
    return (Notice("info", _("What these figures rest on"), " ".join(told)),)


def _figures(
    selection: Selection, found: Outcomes, standing: Standing | None
) -> tuple[Figure, ...]:
    why = reverse("selection:why", args=[selection.pk])
    result = found.result
    assumed = any(one["assumed"] for one in found.facts["known"].values())
    cost = Figure(
        _("Money"),
        formats.short_euros(result.cost),
        f"{why}#money",
        provenance="assumed" if assumed else "declared",
        note=_("of %(budget)s") % {"budget": formats.short_euros(result.budget)}
        if result.budget
        else "",
    )
    figures = [
        Figure(
            _("Changes kept"),
            str(len(result.kept)),
            f"{why}#kept",
            note=_("of %(n)d") % {"n": len(found.problem.candidates)},
        ),
        Figure(
            _("Value kept"),
            formats.percent(result.value_ratio),
            f"{why}#value",
            provenance="declared",
            note=_("of the value of all candidates"),
        ),
        cost,
    ]
    if standing is not None and result.total_value > 0:
        figures.append(
            Figure(
                _("Value foregone by the committee’s choice"),
                formats.share(standing.foregone / result.total_value),
                f"{why}#foregone",
                provenance="declared",
                note=_("for the same money"),
                alert=standing.foregone > 0.005 * result.total_value,
            )
        )
    return tuple(figures)


def _curve(found: Outcomes, standing: Standing | None) -> StepCurve | None:
    result = found.result
    if len(result.frontier) < 2 or result.total_value <= 0:
        return None
    part = 1 / result.total_value
    points = tuple(
        StepPoint(
            one.budget, one.value * part, formats.short_euros(one.budget),
            formats.percent(one.value * part), str(one.kept),
        )
        for one in result.frontier
    )  # fmt: skip
    ours = result.budget if result.budget is not None else result.cost
    marks = [
        StepMark(
            ours, result.value * part, _("this selection"),
            f"{formats.short_euros(ours)}, {formats.percent(result.value * part)}",
        )
    ]  # fmt: skip
    if standing is not None:
        marks.append(
            StepMark(
                standing.cost, standing.value * part, _("the committee’s choice"),
                f"{formats.short_euros(standing.cost)}, {formats.percent(standing.value * part)}",
                "ring",
            )
        )  # fmt: skip
    flat = result.plateau
    return StepCurve(
        caption=_caption(found),
        points=points,
        x_heading=_("Budget"),
        y_heading=_("Value kept"),
        note_heading=_("Changes kept"),
        marks=tuple(marks),
        flat_from=flat.budget if flat else None,
        flat_label=_flat_label(flat.limits) if flat else "",
        ticks=tuple((one, formats.short_euros(one)) for one in round_values(points[-1].x)),
    )


def _flat_label(limits: tuple[Kind, ...]) -> str:
    if not limits:
        return _("nothing more to buy")
    return {
        Kind.MONEY: _("money is the limit"),
        Kind.ROLE: _("roles are the limit"),
        Kind.PEOPLE: _("people are the limit"),
    }[limits[0]]


def _caption(found: Outcomes) -> str:
    flat = found.result.plateau
    if flat is None:
        return _("The most value for each budget.")
    values = {
        "budget": formats.short_euros(flat.budget),
        "value": formats.percent(flat.value / found.result.total_value),
    }
    text = _("The most value for each budget: beyond %(budget)s nothing more comes, at %(value)s.")
    return text % values


def _theirs(found: Outcomes, standing: Standing | None, names: queries.Names) -> tuple[str, ...]:
    """Compare the committee's own choice in sentences."""
    if standing is None or found.result.total_value <= 0:
        return ()
    part = 1 / found.result.total_value
    told = [
        _("It is worth %(value)s of the portfolio for %(cost)s; the same money can buy %(best)s.")
        % {
            "value": formats.share(standing.value * part),
            "cost": formats.short_euros(standing.cost),
            "best": formats.share(standing.best_value * part),
        }
    ]
    if standing.enters:
        told.append(_("To enter: %(what)s.") % {"what": words.named(standing.enters, names)})
    if standing.leaves:
        told.append(_("To leave: %(what)s.") % {"what": words.named(standing.leaves, names)})
    if standing.exceeded:
        people = words.Holders.of(found.facts)
        first = people.missing(standing.exceeded[0])
        n = len(standing.exceeded)
        told.append(
            ngettext(
                "It exceeds %(n)d limit: it would take %(first)s.",
                "It exceeds %(n)d limits; the first would take %(first)s.",
                n,
            )
            % {"n": n, "first": first}
        )
    told += [
        _("%(one)s does not go with or without %(two)s.")
        % {"one": words.title(one, names), "two": words.title(two, names)}
        for one, two in standing.broken
    ]
    return tuple(told)
