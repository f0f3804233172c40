"""The impacts of one initiative, as its page shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.impacts import policy, queries, rules
from orchestre.impacts.models import Activity, Aspect
from orchestre.impacts.presenters.ratings import state_of
from orchestre.impacts.queries import ImpactFacts
from orchestre.kernel.models import Provenance
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.presenters.panels import Panel
from orchestre.ui import formats
from orchestre.ui.components import Badge, Button
from orchestre.ui.tables import Column, DataTable, Row

BLANK = "·"


@dataclass(frozen=True)
class AspectCell:
    """One aspect of one impact."""

    text: str
    level: str
    label: str


@dataclass(frozen=True)
class Sum:
    """Hours asked of one population, and the formula behind them."""

    hours: str
    formula: str
    person_hours: str
    assumed: bool


@dataclass(frozen=True)
class ImpactLine:
    """One population touched by an initiative."""

    id: int
    name: str
    people: str
    cells: tuple[AspectCell, ...]
    hidden: bool
    headline: str
    headline_note: str
    total: Sum | None
    reach: str
    go_live: str
    go_live_assumed: bool
    provenance: str
    assumed: bool
    from_state: str
    to_state: str
    state: Badge
    edit_url: str
    rate_url: str
    rate_label: str
    settle_url: str


@dataclass(frozen=True)
class ImpactsPage:
    """What the page of the impacts of an initiative says."""

    sentence: str
    aspects: tuple[str, ...]
    lines: tuple[ImpactLine, ...]
    activities: DataTable | None
    hidden: int
    may_record: bool


def aspect_names() -> tuple[str, ...]:
    """Return the ten aspects in the language of the reader."""
    names = {str(aspect.value): str(aspect.label) for aspect in Aspect}
    return tuple(names[name] for name in rules.ASPECTS)


def impacts_page(
    facts: Sequence[ImpactFacts],
    activities: Sequence[Activity],
    values: rules.AssumptionValues,
    *,
    may_record: bool,
) -> ImpactsPage:
    """Return the impacts of one initiative with what they sum up to."""
    support: defaultdict[int, list[Activity]] = defaultdict(list)
    for activity in activities:
        support[activity.population_id].append(activity)
    return ImpactsPage(
        sentence=_sentence(facts, support, values),
        aspects=aspect_names(),
        lines=tuple(
            _line(one, support[one.population.pk], values, may_record=may_record) for one in facts
        ),
        activities=activities_table(activities, may_record=may_record) if activities else None,
        hidden=sum(one.hidden for one in facts),
        may_record=may_record,
    )


def _sentence(
    facts: Sequence[ImpactFacts],
    support: dict[int, list[Activity]],
    values: rules.AssumptionValues,
) -> str:
    if not facts:
        return ""
    groups = len(facts)
    known = [one.population.headcount for one in facts if one.population.headcount is not None]
    words = [
        ngettext("%(n)s population", "%(n)s populations", groups) % {"n": formats.number(groups)}
    ]
    if known:
        people = sum(known)
        words.append(
            ngettext("%(n)s person", "%(n)s people", people) % {"n": formats.number(people)}
        )
    totals = [_person_hours(one, support.get(one.population.pk, []), values) for one in facts]
    counted = [total for total in totals if total is not None]
    if counted:
        hours = sum(counted)
        words.append(
            _("%(hours)s person-hours in all") % {"hours": formats.number(hours, 0)}
            if len(counted) == len(totals)
            else _("%(hours)s person-hours at least") % {"hours": formats.number(hours, 0)}
        )
    return ", ".join(words) + "."


def _hours_of(one: ImpactFacts, values: rules.AssumptionValues) -> tuple[float | None, bool]:
    """Return the hours per person touched, and whether they are read from the intensity."""
    if one.answer is None:
        return None, False
    if one.answer.hours_per_person is not None:
        return one.answer.hours_per_person, one.provenance == Provenance.ASSUMED
    intensity = rules.intensity_of(one.answer.aspects, one.answer.intensity)
    if intensity is None:
        return None, False
    return rules.hours_for(intensity, values.hours_by_intensity), True


def _parts(
    one: ImpactFacts, support: Iterable[Activity], values: rules.AssumptionValues
) -> list[tuple[float, float]]:
    hours, _assumed = _hours_of(one, values)
    own = [] if hours is None else [(hours, one.reach_ratio)]
    return own + [(a.hours_per_person, a.reach_ratio) for a in support]


def _person_hours(
    one: ImpactFacts, support: Iterable[Activity], values: rules.AssumptionValues
) -> float | None:
    if one.hidden or one.population.headcount is None or _hours_of(one, values)[0] is None:
        return None
    mean = sum(hours * reach for hours, reach in _parts(one, support, values))
    return mean * one.population.headcount


def _sum(
    one: ImpactFacts, support: Sequence[Activity], values: rules.AssumptionValues
) -> Sum | None:
    parts = _parts(one, support, values)
    if one.hidden or not parts:
        return None
    mean = sum(hours * reach for hours, reach in parts)
    headcount = one.population.headcount
    terms = [
        formats.hours(hours) if reach >= 1 else f"{formats.hours(hours)} × {formats.percent(reach)}"
        for hours, reach in parts
    ]
    formula = " + ".join(terms)
    if headcount is not None:
        people = ngettext("%(n)s person", "%(n)s people", headcount) % {
            "n": formats.number(headcount)
        }
        formula = f"({formula}) × {people}" if len(terms) > 1 else f"{formula} × {people}"
    return Sum(
        hours=formats.hours(mean),
        formula=formula,
        person_hours=formats.undefined()
        if headcount is None
        else formats.number(mean * headcount, 0),
        assumed=_hours_of(one, values)[1],
    )


def _line(
    one: ImpactFacts,
    support: Sequence[Activity],
    values: rules.AssumptionValues,
    *,
    may_record: bool,
) -> ImpactLine:
    head, note = _headline(one)
    rates = one.side is not None and not one.both_answered
    return ImpactLine(
        id=one.id,
        name=one.population.name,
        people=_people(one.population.headcount),
        cells=_cells(one),
        hidden=one.hidden,
        headline=head,
        headline_note=note,
        total=_sum(one, support, values),
        reach=formats.percent(one.reach_ratio),
        go_live=go_live_of(one),
        go_live_assumed=bool(one.go_live and one.go_live.assumed),
        provenance=str(Provenance(one.provenance).label),
        assumed=one.provenance == Provenance.ASSUMED,
        from_state=one.from_state,
        to_state=one.to_state,
        state=state_of(one),
        edit_url=reverse("impacts:edit", args=[one.id]) if may_record else "",
        rate_url=reverse("impacts:rate", args=[one.id]) if rates and one.side == "unit" else "",
        rate_label=_("Correct my answer") if one.unit_answered else _("Answer"),
        settle_url=reverse("impacts:settle", args=[one.id]) if one.both_answered else "",
    )


def go_live_of(one: ImpactFacts) -> str:
    """Write the day people start, and the wave it is of, or is not of."""
    if one.go_live is None:
        return _("no date")
    values = {"day": formats.day(one.go_live.on), "wave": one.wave}
    if one.go_live.wave:
        return _("%(day)s (wave “%(wave)s”)") % values
    if one.wave:
        return _("%(day)s, its own date rather than that of the wave “%(wave)s”") % values
    return formats.day(one.go_live.on)


def _people(headcount: int | None) -> str:
    if headcount is None:
        return _("headcount unknown")
    return ngettext("%(n)s person", "%(n)s people", headcount) % {"n": formats.number(headcount)}


def _headline(one: ImpactFacts) -> tuple[str, str]:
    if one.answer is None:
        return "?", ""
    found = rules.headline(one.answer.aspects)
    given = one.answer.intensity
    if found is None:
        return (formats.undefined(), "") if given is None else (formats.number(given, 1), "")
    strongest = formats.number(found.strongest)
    mean = formats.undefined() if found.mean is None else formats.number(found.mean, 1)
    note = _("mean %(mean)s") % {"mean": mean}
    if given is not None and given != found.strongest:
        note += " · " + _("counted as %(given)s") % {"given": formats.number(given, 1)}
    return strongest, note


def _cells(one: ImpactFacts) -> tuple[AspectCell, ...]:
    names = aspect_names()
    if one.answer is None:
        return tuple(AspectCell("?", "hidden", _("hidden until you answer")) for _name in names)
    return tuple(
        _cell(one.answer.aspects.get(name), label)
        for name, label in zip(rules.ASPECTS, names, strict=True)
    )


def _cell(level: int | None, label: str) -> AspectCell:
    if level is None:
        return AspectCell(BLANK, "blank", _("%(aspect)s: not rated") % {"aspect": label})
    said = _("%(aspect)s: %(level)d out of 5") % {"aspect": label, "level": level}
    shown = formats.number(level)
    return AspectCell(shown, shown, said)


def activities_table(activities: Sequence[Activity], *, may_record: bool) -> DataTable:
    """Return the activities of an initiative."""
    return DataTable(
        caption=_("Activities"),
        columns=(
            Column(_("Activity"), wide=True),
            Column(_("Kind")),
            Column(_("Population")),
            Column(_("Dates")),
            Column(_("Hours per person"), numeric=True),
            Column(_("Share touched"), numeric=True),
            Column(_("Source")),
            Column(_("Act"), label_hidden=True),
        ),
        rows=tuple(_activity_row(one, may_record=may_record) for one in activities),
    )


def _activity_row(one: Activity, *, may_record: bool) -> Row:
    name = one.name or one.get_kind_display()
    url = reverse("impacts:edit-activity", args=[one.pk])
    return Row(
        (
            name,
            one.get_kind_display(),
            one.population.name,
            formats.dates(one.starts_on, one.ends_on),
            formats.hours(one.hours_per_person),
            formats.percent(one.reach_ratio),
            one.get_provenance_display(),
            Button(_("Edit"), url, kind="quiet", small=True, described=name) if may_record else "",
        )
    )


def people_panel(person: Person, initiative: Initiative) -> Panel | None:
    """Tell, beside an initiative, whom it touches."""
    facts = queries.impacts_of(person, initiative)
    url = reverse("impacts:of", args=[initiative.code])
    if not facts and not policy.may_record(person, initiative):
        return None
    values = queries.assumption_values()
    body = _sentence(facts, {}, values) or (
        _("Nobody has said whom this change touches: it is assumed.")
        if values.in_force
        else _("Nobody has said whom this change touches.")
    )
    return Panel(_("People touched"), body, url, _("See the impacts"))
