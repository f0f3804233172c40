"""Where the hours of a cell come from: what was entered, by whom, and the formula."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from orchestre.impacts.models import Activity, Impact
from orchestre.impacts.rules import assumed_intensity, hours_for, intensity_of
from orchestre.kernel.models import Provenance
from orchestre.load.presenters import words
from orchestre.load.queries import Author, Entered
from orchestre.load.services.answer import LoadView
from orchestre.load.snapshot import Asking, Group, Period
from orchestre.org.models import CalendarPeriod
from orchestre.portfolio.queries.waves import WaveDay
from orchestre.ui import formats
from orchestre_engine.load.problem import lineages


@dataclass(frozen=True)
class Source:
    """One thing that was entered (or assumed), with its formula and its author."""

    formula: str
    provenance: str
    provenance_text: str
    who: str
    url: str = ""


@dataclass(frozen=True)
class CapacityFacts:
    """What people can absorb, and the formula behind it."""

    hours: str
    formula: str
    provenance: str
    provenance_text: str
    reasons: tuple[str, ...]


def provenance_word(code: str) -> str:
    """Name a provenance in the language of the reader."""
    return str(Provenance(code).label)


def sources(view: LoadView, asking: Asking, group: Group, entered: Entered) -> tuple[Source, ...]:
    """List what one initiative asks of one population, as it was entered."""
    found = [
        _impact(view, asking, group, row, entered)
        for row in entered.impacts
        if row.initiative_id == asking.pk and row.population_id == group.pk
    ]
    found += [
        _activity(row, entered)
        for row in entered.activities
        if row.initiative_id == asking.pk and row.population_id == group.pk
    ]
    if (asking.code, group.code) in view.snapshot.guesses:
        found.append(_guess(view, asking, group))
    return tuple(found)


def _written(author: Author | None) -> str:
    if author is None:
        return _("entered before the journal began")
    values = {"who": author.name, "when": formats.instant(author.at)}
    if not author.name:
        return _("entered by the system on %(when)s") % values
    return _("entered by %(who)s on %(when)s") % values


def _impact(view: LoadView, asking: Asking, group: Group, row: Impact, entered: Entered) -> Source:
    who = _written(entered.author(row))
    url = words.address("impacts:edit", row.pk)
    if row.pk in entered.blind:
        hidden = _("The figures open once you have given your own evaluation.")
        return Source(hidden, row.provenance, provenance_word(row.provenance), who, url)
    values = view.snapshot.values
    intensity = intensity_of(row.aspects, row.intensity)
    provenance = row.provenance
    if row.hours_per_person is not None:
        hours, origin = row.hours_per_person, _("entered as hours")
    elif intensity is not None:
        hours = hours_for(intensity, values.hours_by_intensity)
        origin = _("intensity %(level)s") % {"level": formats.number(intensity)}
    else:
        intensity, _why = assumed_intensity(
            float(row.initiative.cost_eur or 0) or None, row.initiative.family, values
        )
        hours, provenance = hours_for(intensity, values.hours_by_intensity), Provenance.ASSUMED
        origin = _("no figure entered: intensity %(level)s assumed") % {
            "level": formats.number(intensity)
        }
    own = row.go_live_on or (asking.go_live.on if asking.go_live else None)
    wave = view.snapshot.waves.get((asking.code, group.code)) if row.go_live_on is None else None
    formula = _adaptation(view, hours, origin, row.reach_ratio, _go_live(own, wave))
    return Source(formula, provenance, provenance_word(provenance), who, url)


def _go_live(day: date | None, wave: WaveDay | None) -> str:
    """Write the day people start, with the wave it is of."""
    if wave is None:
        return formats.day(day)
    return _("%(day)s (wave “%(wave)s”)") % {
        "day": formats.day(wave.go_live_on),
        "wave": wave.name,
    }


def _adaptation(view: LoadView, hours: float, origin: str, reach_ratio: float, go_live: str) -> str:
    plan = view.snapshot.problem.phases
    spread = ", ".join(
        _("%(phase)s %(share)s over %(weeks)s wk")
        % {
            "phase": words.phase(name),
            "share": formats.percent(share),
            "weeks": formats.number(weeks),
        }
        for name, share, weeks in zip(words.PHASES, plan.shares, plan.weeks, strict=True)
    )
    return _(
        "%(hours)s per person touched (%(origin)s) × %(reach)s of the people, around the"
        " go-live of %(day)s: %(spread)s."
    ) % {
        "hours": formats.hours(hours),
        "origin": origin,
        "reach": formats.percent(reach_ratio),
        "day": go_live,
        "spread": spread,
    }


def _activity(row: Activity, entered: Entered) -> Source:
    formula = _("%(name)s: %(hours)s per person × %(reach)s of the people, %(dates)s.") % {
        "name": row.name or row.get_kind_display(),
        "hours": formats.hours(row.hours_per_person),
        "reach": formats.percent(row.reach_ratio),
        "dates": formats.dates(row.starts_on, row.ends_on),
    }
    who = _written(entered.author(row))
    return Source(formula, row.provenance, provenance_word(row.provenance), who)


def _guess(view: LoadView, asking: Asking, group: Group) -> Source:
    guess = view.snapshot.guesses[asking.code, group.code]
    hours = hours_for(guess.intensity, view.snapshot.values.hours_by_intensity)
    origin = _("intensity %(level)s assumed from its cost and family") % {
        "level": formats.number(guess.intensity)
    }
    wave = view.snapshot.waves.get((asking.code, group.code))
    day = _go_live(guess.go_live_on, wave)
    formula = _adaptation(view, hours, origin, guess.reach_ratio, day)
    who = _("nobody has said yet whom this initiative touches")
    url = words.address("impacts:of", asking.code)
    return Source(formula, Provenance.ASSUMED, provenance_word(Provenance.ASSUMED), who, url)


def capacity_facts(view: LoadView, group: Group, monday: date, capacity: float) -> CapacityFacts:
    """Say what people can absorb this week, and why."""
    problem = view.snapshot.problem
    line = lineages(problem.units)[group.unit]
    rules = {rule.unit: rule for rule in problem.absorption}
    rule = next(rules[unit] for unit in line if unit in rules)
    person = next(one for one in problem.populations if one.id == group.code)
    usual = person.weekly_hours * rule.absorption_ratio
    where = _("the whole organisation")
    if rule.unit is not None:
        where = view.snapshot.units[rule.unit].name
    formula = _("%(weekly)s per week × %(share)s (%(where)s)") % {
        "weekly": formats.hours(person.weekly_hours),
        "share": formats.share(rule.absorption_ratio),
        "where": where,
    }
    if usual > 0 and abs(capacity - usual) > 1e-9:
        formula += f" × {formats.percent(capacity / usual)}"
    end = monday + timedelta(weeks=1)
    reasons = tuple(
        _reason(period)
        for period in view.snapshot.periods
        if period.unit in line and period.starts_on < end and period.ends_on > monday
    )
    return CapacityFacts(
        formats.hours(capacity, 2),
        formula,
        str(rule.provenance),
        provenance_word(rule.provenance),
        reasons,
    )


def _reason(period: Period) -> str:
    return _("%(name)s (%(kind)s, %(dates)s): %(left)s of capacity left") % {
        "name": period.name,
        "kind": CalendarPeriod.Kind(period.kind).label,
        "dates": formats.dates(period.starts_on, period.ends_on),
        "left": formats.percent(period.factor),
    }
