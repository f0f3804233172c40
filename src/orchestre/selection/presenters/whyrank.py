"""Why this score, and why this rank: ratings × weights, delay ÷ duration, formula and version."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.kernel.models import Provenance
from orchestre.selection import queries
from orchestre.selection.models import Rating, Selection
from orchestre.selection.presenters import lacking, orders, words
from orchestre.selection.services import priorities
from orchestre.selection.services.priorities import Line, Priorities
from orchestre.ui import formats
from orchestre.ui.components import Definition, DefinitionList, Link
from orchestre.ui.tables import Column, DataTable, Row
from orchestre_engine import selection as engine


@dataclass(frozen=True)
class WhyPage:
    """What the page of one candidate shows."""

    title: str
    code: str
    lead: str
    score: DefinitionList
    parts: DataTable | None
    delay: DefinitionList
    answer: str
    refused_url: str
    lacks: tuple[Link, ...]
    method_url: str
    back_url: str


def build(person: Person, selection: Selection, code: str, by: str) -> WhyPage | None:
    """Take one candidate to pieces; None when it is not one, or is closed to the reader."""
    names = queries.names_for(person)
    found = priorities.read(selection, by)
    line = next((one for one in found.lines if one.known.code == code), None)
    if line is None or not names.sees(code):
        return None
    doors = lacking.Doors.of(person, selection, by)
    out = (
        next((r for r in found.found.result.refused if r.id == code), None) if found.found else None
    )
    return WhyPage(
        title=words.title(code, names),
        code=code,
        lead=_lead(found, line),
        score=_score(selection, found, line),
        parts=_parts(selection, found, line),
        delay=_delay(found, line),
        answer=_answer(found, out, names) if line.kept is not None else "",
        refused_url=reverse("selection:refused", args=[selection.pk, code]) if out else "",
        lacks=tuple(one for _name, one in doors.links(line)),
        method_url=reverse("cockpit:method", args=["priorities"]),
        back_url=reverse("selection:priorities", args=[selection.pk]) + orders.Asked(by=by).url(),
    )


def _lead(found: Priorities, line: Line) -> str:
    score = (
        _("rank %(rank)d of %(n)d by score") % {"rank": line.score_rank, "n": found.scored}
        if line.score_rank
        else _("not ranked by score")
    )
    delay = (
        _("rank %(rank)d of %(n)d by delay") % {"rank": line.urgency_rank, "n": found.pressed}
        if line.urgency_rank
        else _("not ranked by delay")
    )
    return f"{score[0].upper()}{score[1:]}, {delay}."


def _score(selection: Selection, found: Priorities, line: Line) -> DefinitionList:
    if selection.method == Selection.Method.WORTH:
        return DefinitionList(
            (
                Definition(_("Value a year"), orders.value(selection, line)),
                Definition(_("Formula"), _("the value announced, as it is")),
            )
        )
    note = ""
    if line.score_rank is None:
        note = _("Under 80%: shown, not ranked. What is not rated never counts as none.")
    return DefinitionList(
        (
            Definition(_("Score out of 100"), orders.value(selection, line)),
            Definition(_("Coverage"), formats.percent(line.coverage), note),
            Definition(_("Weights"), orders.weighting(found.weighting)),
            Definition(_("Formula"), _("%s (Σ weight × rating)") % engine.SCORE),
        )
    )


def _parts(selection: Selection, found: Priorities, line: Line) -> DataTable | None:
    if selection.method == Selection.Method.WORTH or not found.weights:
        return None
    levels = dict(Rating.Level.choices)
    columns = (
        Column(_("Driver"), wide=True),
        Column(_("Weight"), numeric=True),
        Column(_("Rating")),
        Column(_("Worth"), numeric=True),
        Column(_("Weight among what is rated"), numeric=True),
        Column(_("Points"), numeric=True),
    )
    rows = []
    for one in priorities.parts(found, line):
        rated = one.level is not None
        worth = engine.LEVEL_VALUES[engine.LEVELS.index(one.level)] if one.level else None
        rows.append(
            Row(
                (
                    one.driver,
                    formats.percent(one.weight, 1),
                    str(levels[one.level]) if one.level else _("no rating"),
                    formats.number(worth, 2) if rated else "–",
                    formats.percent(one.used_ratio, 1) if rated else "–",
                    formats.number((one.points or 0) * 100, 1) if rated else "–",
                ),
                tone="" if rated else "muted",
            )
        )
    total = formats.undefined() if line.score is None else formats.number(line.score * 100, 1)
    return DataTable(
        _("Ratings × weights"),
        columns,
        tuple(rows),
        footer=(_("Score out of 100"), "", "", "", "", total),
    )


def _delay(found: Priorities, line: Line) -> DefinitionList:
    known = line.known
    said = dict(Provenance.choices).get(known.delay_provenance, "")
    divided = (
        Definition(_("Weeks of full-time people asked"), formats.number(known.fte_weeks, 1))
        if found.divisor == priorities.SIZE
        else Definition(_("Weeks of work"), formats.number(known.weeks, 1))
    )
    return DefinitionList(
        (
            Definition(
                _("Cost of a week of delay"),
                formats.short_euros(known.delay_eur_per_week),
                str(said),
            ),
            divided,
            Definition(
                orders.urgency_heading(found.divisor),
                formats.euros(line.urgency),
            ),
            Definition(_("Formula"), _("%s (cost of a week ÷ weeks)") % engine.DELAY),
        )
    )


def _answer(found: Priorities, out: engine.Refused | None, names: queries.Names) -> str:
    if out is None or found.found is None:
        return _("The selection keeps it.")
    people = words.Holders.of(found.found.facts)
    why = words.cause(out, people, names, found.found.facts["known"])
    return _("The selection refuses it (%(why)s).") % {"why": why}
