"""A report as people read it: one view model for the page and for the file that stands alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.interactions.models import Finding
from orchestre.interactions.presenters.sentences import sentence
from orchestre.load.presenters import words
from orchestre.load.presenters.overloads import merged, next_data, probability
from orchestre.load.rules.scale import DEFAULT_THRESHOLDS
from orchestre.reports.presenters import grounds, sentences
from orchestre.reports.presenters.drawing import Drawing, drawing
from orchestre.reports.presenters.figures import KeyFigure, Why, key_figures, whys
from orchestre.reports.presenters.frame import Subject
from orchestre.ui import formats
from orchestre.ui.charts.small import Bars, Contribution
from orchestre.ui.components import DefinitionList
from orchestre.ui.tables import Column, DataTable, Row
from orchestre_engine import load as engine

MOST_OVERLOADS = 20
MOST_FINDINGS = 30
MOST_REFUSED = 100


@dataclass(frozen=True)
class OverloadCard:
    """One overload: who, when, how much, how likely, because of what."""

    who: str
    when: str
    peak: str
    facts: str
    bars: Bars


@dataclass(frozen=True)
class FindingLine:
    """One finding, in one sentence."""

    kind: str
    sentence: str
    when: str


@dataclass(frozen=True)
class Report:
    """Everything that the page and the file draw."""

    title: str
    when: str
    headline: str
    lead: str
    language: str
    figures: tuple[KeyFigure, ...]
    whys: tuple[Why, ...]
    map: Drawing | None
    overloads: tuple[OverloadCard, ...]
    overloads_note: str
    findings: tuple[FindingLine, ...]
    findings_note: str
    next_data: tuple[str, ...]
    uncounted: tuple[str, ...]
    assumptions: DefinitionList | None
    refused: DataTable | None
    refused_note: str
    provenance: DefinitionList


def build(subject: Subject, thresholds: tuple[float, ...] = DEFAULT_THRESHOLDS) -> Report:
    """Assemble a report."""
    found = subject.overloads
    return Report(
        title=subject.source,
        when=subject.when,
        headline=sentences.headline(subject),
        lead=_lead(subject),
        language=grounds.language(),
        figures=key_figures(subject),
        whys=whys(subject),
        map=drawing(subject, thresholds),
        overloads=tuple(_card(subject, one) for one in found[:MOST_OVERLOADS]),
        overloads_note=_shown(MOST_OVERLOADS, len(found)),
        findings=tuple(_finding(subject, one) for one in subject.between[:MOST_FINDINGS]),
        findings_note=_shown(MOST_FINDINGS, len(subject.between) + subject.left_out),
        next_data=tuple(one.sentence for one in next_data(subject.view, subject.reader)),
        uncounted=sentences.uncounted(subject),
        assumptions=grounds.assumptions(subject),
        refused=_refused(subject),
        refused_note=_shown(MOST_REFUSED, len(subject.refused)),
        provenance=grounds.provenance(subject),
    )


def _lead(subject: Subject) -> str:
    initiatives = ngettext("%(n)s initiative", "%(n)s initiatives", subject.initiatives) % {
        "n": formats.number(subject.initiatives)
    }
    people = ngettext("%(n)s population", "%(n)s populations", len(subject.rows)) % {
        "n": formats.number(len(subject.rows))
    }
    dates = formats.dates(subject.starts_on, subject.ends_on)
    return f"{initiatives} · {people} · {dates}"


def _shown(most: int, total: int) -> str:
    if total <= most:
        return ""
    return _("The first %(shown)s of %(total)s are printed; the data file holds them all.") % {
        "shown": most,
        "total": total,
    }


def _card(subject: Subject, one: engine.Overload) -> OverloadCard:
    view = subject.view
    weeks = ngettext("%(n)s week", "%(n)s weeks", one.last - one.first) % {
        "n": one.last - one.first
    }
    each = _("%(hours)s too many per person") % {
        "hours": formats.hours(one.excess_hours_per_person, 2)
    }
    whole = _("%(hours)s person-hours") % {"hours": formats.number(one.excess_person_hours, 0)}
    risk = _("probability %(p)s") % {"p": formats.percent(probability(view, one))}
    facts = [weeks, each, whole if one.excess_person_hours is not None else "", risk]
    parts = merged(view, subject.reader, one.contributions)
    return OverloadCard(
        who=view.snapshot.groups[one.population].name,
        when=sentences.span_of(subject, one),
        peak=words.ratio(one.peak_ratio),
        facts=" · ".join(fact for fact in facts if fact),
        bars=Bars(
            caption=_("Because of"),
            heading=_("Initiative"),
            value_heading=_("Part of the excess"),
            items=tuple(
                Contribution(name, share, formats.percent(share), formats.hours(hours, 2))
                for name, share, hours in parts
            ),
        ),
    )


def _finding(subject: Subject, one: Finding) -> FindingLine:
    when = formats.dates(one.starts_on, one.ends_on) if one.starts_on and one.ends_on else ""
    label = str(one.get_kind_display())
    return FindingLine(label[:1].upper() + label[1:], sentence(one, subject.names), when)


def _refused(subject: Subject) -> DataTable | None:
    if not subject.refused:
        return None
    return DataTable(
        caption=_("Cells that were not read"),
        caption_hidden=True,
        columns=(
            Column(_("Where")),
            Column(_("Column")),
            Column(_("Value")),
            Column(_("Why"), wide=True),
        ),
        rows=tuple(_refusal(one) for one in subject.refused[:MOST_REFUSED]),
    )


def _refusal(one: dict[str, object]) -> Row:
    where = _("%(sheet)s, row %(row)s") % {"sheet": one["sheet"], "row": one["row"]}
    return Row((where, str(one["column"]), str(one["value"]), str(one["reason"])))
