"""Waves of deployment as a table, and as marks of a roadmap."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orchestre.access.reach import Person
from orchestre.portfolio import policy
from orchestre.portfolio.models import Initiative, Wave
from orchestre.portfolio.queries import waves as queries
from orchestre.portfolio.queries.waves import Served
from orchestre.ui import formats
from orchestre.ui.charts import roadmap as chart
from orchestre.ui.component import Content
from orchestre.ui.components import Button
from orchestre.ui.tables import Column, DataTable, Row


@dataclass(frozen=True)
class WavesTable:
    """Who goes live when, and what of the others."""

    sentence: str
    table: DataTable


def waves_table(
    person: Person, initiative: Initiative, *, printed: bool = False
) -> WavesTable | None:
    """Return the waves of an initiative; None when everybody goes live together."""
    served = queries.waves_of(person, initiative)
    if not served:
        return None
    may = not printed and bool(policy.may_change(person, initiative))
    heads = [
        Column(_("Wave"), wide=True),
        Column(_("Go-live")),
        Column(_("Populations"), wide=True),
        Column(_("People"), numeric=True),
    ]
    if may:
        heads.append(Column(pgettext("act", "Change"), label_hidden=True))
    return WavesTable(
        sentence=_sentence(initiative, served),
        table=DataTable(
            caption=_("Waves of deployment"),
            caption_hidden=True,
            columns=tuple(heads),
            rows=tuple(_row(initiative, one, may=may) for one in served),
        ),
    )


def _sentence(initiative: Initiative, served: list[Served]) -> str:
    first, last = served[0].wave.go_live_on, served[-1].wave.go_live_on
    told = ngettext(
        "%(n)s wave, on %(first)s.", "%(n)s waves, from %(first)s to %(last)s.", len(served)
    ) % {
        "n": formats.number(len(served)),
        "first": formats.day(first),
        "last": formats.day(last),
    }
    rest = _("Populations in no wave follow the go-live of the initiative (%s).") % formats.day(
        initiative.go_live_on
    )
    return f"{told} {rest}"


def _row(initiative: Initiative, one: Served, *, may: bool) -> Row:
    cells: list[Content] = [
        one.wave.name,
        formats.day(one.wave.go_live_on),
        names(one),
        _people(one),
    ]
    if may:
        address = reverse("portfolio:wave", args=[initiative.code, one.wave.pk])
        cells.append(
            Button(pgettext("act", "Change"), address, "quiet", small=True, described=one.wave.name)
        )
    return Row(tuple(cells))


def names(one: Served) -> str:
    """Write the populations of a wave that may be named, and how many more there are."""
    told = ", ".join(people.name for people in one.populations)
    if not one.closed:
        return told
    others = ngettext(
        "%(n)s population of other units", "%(n)s populations of other units", one.closed
    ) % {"n": formats.number(one.closed)}
    return f"{told}, {others}" if told else others


def _people(one: Served) -> str:
    known = [people.headcount for people in one.populations]
    if one.closed or not known or None in known:
        return formats.undefined()
    return formats.number(sum(heads or 0 for heads in known))


def marks(waves: list[Wave]) -> list[chart.Milestone]:
    """Draw the go-live of each wave."""
    return [chart.Milestone(_("Wave “%s”") % one.name, one.go_live_on) for one in waves]
