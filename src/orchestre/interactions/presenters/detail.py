"""One finding: who, when, how much, why the rule says so, and what can be done, cheapest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.interactions import policy, queries
from orchestre.interactions.models import Finding
from orchestre.interactions.presenters import lists
from orchestre.interactions.presenters.sentences import Told, by_waves, headline
from orchestre.load.presenters import words
from orchestre.load.rules import scale
from orchestre.load.rules.dates import parse_week, week_label
from orchestre.load.services import compute, whatif
from orchestre.load.services.answer import LoadView
from orchestre.org.models import Population
from orchestre.portfolio.models import Initiative
from orchestre.ui import formats
from orchestre.ui.charts.heatmap import HeatCell, HeatColumn, HeatMap, HeatRow
from orchestre.ui.components import Badge, Definition, DefinitionList

BAND_WEEKS = 9
TRIED_WEEKS = (2, 4, 6, 8, 12, -2, -4, -6)


@dataclass(frozen=True)
class Option:
    """One thing that can be done, and what it would change."""

    title: str
    effect: str
    url: str


@dataclass(frozen=True)
class Detail:
    """What the page of a finding draws."""

    finding: Finding
    sentence: str
    waves: str
    kind: Badge
    state: Badge | None
    decided: str
    score: str
    dates: str
    band: HeatMap | None
    facts: DefinitionList
    initiatives: tuple[tuple[str, str], ...]
    populations: tuple[tuple[str, str, str], ...]
    options: tuple[Option, ...]
    why: str
    may_settle: bool
    method_url: str


def build(person: Person, finding: Finding) -> Detail:
    """Assemble the page for one person."""
    names = queries.names_for(person)
    told = Told(finding, names)
    view = compute.current()
    return Detail(
        finding=finding,
        sentence=headline(told),
        waves=by_waves(told),
        kind=lists.kind_badge(finding),
        state=lists.state_badge(finding),
        decided=_decided(finding),
        score=lists.score_words(finding),
        dates=formats.dates(finding.starts_on, finding.ends_on) if finding.starts_on else "",
        band=_band(view, told),
        facts=_facts(told),
        initiatives=tuple(
            (f"{one.code} {one.title}", words.address("portfolio:show", one.code))
            for one in told.initiatives
        ),
        populations=tuple(
            (one.name, words.people(one.headcount), words.address("load:row", f"p{one.pk}"))
            for one in told.populations[:12]
        ),
        options=_options(view, told),
        why=_rule_words(finding.rule),
        may_settle=bool(policy.may_settle(person, finding)),
        method_url=words.address("cockpit:method", "interactions"),
    )


def _decided(finding: Finding) -> str:
    if finding.decided_at is None:
        return ""
    values = {
        "who": str(finding.decided_by or _("somebody")),
        "when": formats.instant(finding.decided_at),
        "reason": finding.reason,
    }
    if finding.reason:
        return _("%(who)s, %(when)s: “%(reason)s”") % values
    return _("%(who)s, %(when)s") % values


def _worst_population(told: Told) -> Population | None:
    key = told.facts.word("worst_population")
    return next((one for one in told.populations if str(one.pk) == key), None)


def _band(view: LoadView, told: Told) -> HeatMap | None:
    """Draw nine weeks around the worst one: each initiative, then all that is asked."""
    population = _worst_population(told)
    monday = parse_week(told.facts.word("worst_week"))
    at = view.week_index(monday) if monday else None
    if population is None or at is None or population.code not in view.snapshot.groups:
        return None
    row = view.result.population_row(population.code)
    first = min(max(at - BAND_WEEKS // 2, 0), max(view.weeks - BAND_WEEKS, 0))
    weeks = list(range(first, min(first + BAND_WEEKS, view.weeks)))
    codes, loads = view.loads_by_change(row)
    named = {one.code: one.title for one in told.initiatives}
    able = view.result.capacity_hours[row, weeks]
    rows = [
        _line(named[code], loads[codes.index(code), weeks], able) for code in named if code in codes
    ]
    shown = [codes.index(code) for code in named if code in codes]
    rest = loads[:, weeks].sum(axis=0) - loads[np.ix_(shown, weeks)].sum(axis=0)
    if (rest > 1e-6).any():
        rows.append(_line(_("All the rest"), rest, able))
    rows.append(_line(_("Asked in all"), loads[:, weeks].sum(axis=0), able, total=True))
    rows.append(_able(able))
    return HeatMap(
        caption=_("Hours per person of %(name)s") % {"name": population.name},
        corner=_("Initiative"),
        columns=tuple(
            HeatColumn(
                formats.week(view.monday(week)),
                formats.week_long(view.monday(week)),
                formats.month(view.monday(week)),
                week == at,
            )
            for week in weeks
        ),
        rows=tuple(rows),
        help_text=_("The week underlined is the worst one."),
        map_id="finding-band",
    )


def _line(name: str, hours: np.ndarray, able: np.ndarray, *, total: bool = False) -> HeatRow:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = (hours / able).tolist()
    return HeatRow(
        name,
        tuple(
            HeatCell(
                formats.number(value, 2) if value > 0.005 else "0",
                scale.level(ratio),
                formats.labelled(name, formats.hours(value, 2)),
                over=total and ratio > 1,
            )
            for value, ratio in zip(hours.tolist(), ratios, strict=True)
        ),
    )


def _able(able: np.ndarray) -> HeatRow:
    name = _("Possible")
    return HeatRow(
        name,
        tuple(
            HeatCell(formats.number(v, 2), 0, formats.labelled(name, formats.hours(v, 2)))
            for v in able.tolist()
        ),
    )


def _facts(told: Told) -> DefinitionList:
    facts, found = told.facts, []
    names = {
        "weeks": _("Weeks above"),
        "worst_excess_hours": _("Hours above in the worst week, per person"),
        "days": _("Days in common"),
        "late_days": _("Days late"),
        "saved_hours_per_person": _("Hours saved per person"),
        "changes_at_once": _("Initiatives at once"),
    }
    for name, label in names.items():
        value = facts.number(name)
        if value is not None:
            found.append(Definition(label, formats.number(value)))
    for name, label in {
        "system": _("System"),
        "process": _("Process"),
        "expert": _("Expertise"),
        "supplier": _("Supplier"),
        "shared_term": _("Shared words"),
    }.items():
        some = facts.words(name)
        if some:
            found.append(Definition(label, words.listed(some, 8)))
    return DefinitionList(tuple(found))


def _options(view: LoadView, told: Told) -> tuple[Option, ...]:
    """List what can be done, in order of cost: move, lighten, share, add capacity, accept."""
    rule = told.finding.rule
    found: list[Option] = []
    if rule in policy.ANONYMOUS_RULES:
        found += [_move(view, one) for one in told.initiatives[:4]]
        found += [_lighten(one) for one in told.initiatives[:2]]
        population = _worst_population(told)
        if population is not None:
            found.append(_capacity(population))
    elif rule == "predecessor-late" and len(told.initiatives) == 2:
        late = timedelta(days=round(told.facts.number("late_days") or 0))
        found.append(_option_move(told.initiatives[1], late))
    elif told.finding.kind == Finding.Kind.INTERFERENCE:
        found += [_move(view, one) for one in told.initiatives[:4]]
    return tuple(found)


def _option_move(initiative: Initiative, by: timedelta) -> Option:
    weeks = -(-by.days // 7)
    return Option(
        ngettext(
            "Move %(title)s by %(n)s week", "Move %(title)s by %(n)s weeks", weeks
        ) % {"title": initiative.title, "n": weeks},
        _("The promise would then be kept."),
        words.address("portfolio:move", initiative.code),
    )  # fmt: skip


def _move(view: LoadView, initiative: Initiative) -> Option:
    url = words.address("portfolio:move", initiative.code)
    title = _("Move %(title)s") % {"title": initiative.title}
    if initiative.code not in view.snapshot.askings:
        return Option(title, "", url)
    tried = [whatif.shift(view, initiative.code, 7 * weeks) for weeks in TRIED_WEEKS]
    best = max(tried, key=lambda one: (round(one.saved_person_hours), -abs(one.days)))
    if best.saved_person_hours < 1:
        return Option(
            title, _("None of the moves tried, from 6 weeks earlier to 12 later, helps."), url
        )
    weeks = abs(best.days) // 7
    way = (
        ngettext("%(n)s week later", "%(n)s weeks later", weeks)
        if best.days > 0
        else ngettext("%(n)s week earlier", "%(n)s weeks earlier", weeks)
    ) % {"n": weeks}
    effect = _("%(way)s, %(hours)s person-hours of overload disappear in all.") % {
        "way": way,
        "hours": formats.number(best.saved_person_hours, 0),
    }
    return Option(title, effect[:1].upper() + effect[1:], f"{url}?weeks={best.days // 7}")


def _lighten(initiative: Initiative) -> Option:
    return Option(
        _("Lighten %(title)s: fewer hours, or fewer people") % {"title": initiative.title},
        "",
        words.address("impacts:of", initiative.code),
    )


def _capacity(population: Population) -> Option:
    url = words.address("org:capacity")
    tail = f"?unit={population.unit_id}" if population.unit_id else ""
    return Option(
        _("Give %(name)s more time for change") % {"name": population.name}, "", f"{url}{tail}"
    )


def worst_cell_url(told: Told) -> str:
    """Return the panel of the worst week, empty when there is none."""
    population, monday = _worst_population(told), parse_week(told.facts.word("worst_week"))
    if population is None or monday is None:
        return ""
    return words.address("load:cell", f"p{population.pk}", week_label(monday))


def _rule_words(rule: str) -> str:
    told = {
        "overload": _(
            "More hours are asked of a population than it can absorb, from this week on."
        ),
        "same-people": _(
            "Both weigh at least 5% of an overload of the same people, the same weeks."
        ),
        "crowded-people": _("Many initiatives overload the same people; none weighs 5% alone."),
        "same-system": _(
            "Both unsettle the same system: 6 weeks before to 8 weeks after a go-live, that of"
            " each wave when there are some."
        ),
        "same-process": _(
            "Both unsettle the same process: 6 weeks before to 8 weeks after a go-live, that of"
            " each wave when there are some."
        ),
        "scarce-expert": _("Both draw on the same scarce expertise at the same time."),
        "messages-close": _("Two messages reach the same people within 14 days."),
        "indicator-opposed": _("One pushes an indicator up, the other pushes it down."),
        "predecessor-late": _(
            "What is promised comes after the day it is needed, at the current dates."
        ),
        "cycle": _("Following the dependencies leads back to the start."),
        "shared-event": _(
            "Close sessions on the same aspect for the same people could be one event."
        ),
        "same-supplier": _("The same supplier works on both, for the same people."),
        "same-deliverable": _("Both produce the same thing."),
        "similar-text": _("Their titles and purposes are close, and they share people or systems."),
    }
    return told.get(rule, "")
