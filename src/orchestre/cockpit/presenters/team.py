"""What changes for a team, week by week: facts to say, nothing invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.cockpit.presenters.state import WEEKS_AHEAD, heaviest_week
from orchestre.cockpit.queries.team import Brought
from orchestre.impacts.models import Activity
from orchestre.load.presenters import words
from orchestre.load.presenters.cell import cell_url
from orchestre.load.queries import Reader
from orchestre.load.rules import scale
from orchestre.load.services.answer import LoadView
from orchestre.org.models import Population
from orchestre.ui import formats
from orchestre_engine.load import Share


@dataclass(frozen=True)
class Asked:
    """What one initiative asks of one population in a week."""

    title: str
    url: str
    people: str
    hours: str
    phases: str
    assumed: bool


@dataclass(frozen=True)
class TeamWeek:
    """One week: how loaded, what is asked, of whom."""

    title: str
    dates: str
    ratio: str
    css: str
    over: bool
    worst: str
    asked: tuple[Asked, ...]
    why_url: str


@dataclass(frozen=True)
class Saying:
    """What can be said of an initiative, as facts that somebody entered."""

    title: str
    code: str
    url: str
    facts: tuple[str, ...]
    rate_url: str


@dataclass(frozen=True)
class Team:
    """The page of a manager."""

    sentence: SafeString
    weeks: tuple[TeamWeek, ...]
    quiet: int
    sayings: tuple[Saying, ...]
    unrated: int


@dataclass(frozen=True)
class Looking:
    """What the page is made from."""

    view: LoadView
    reader: Reader
    brought: Brought
    populations: tuple[Population, ...]
    today: date
    thresholds: tuple[float, ...]
    to_rate: dict[tuple[str, str], int]

    @property
    def known(self) -> list[Population]:
        """The populations that the view holds."""
        return [one for one in self.populations if one.code in self.view.snapshot.groups]

    @property
    def rows(self) -> list[int]:
        """Rows of the populations in the view."""
        return [self.view.result.population_row(one.code) for one in self.known]


def team(look: Looking) -> Team:
    """Assemble the page."""
    first = look.view.week_index(look.today) or 0
    span = range(first, min(first + WEEKS_AHEAD, look.view.weeks))
    weeks = [_week(look, at) for at in span]
    busy = tuple(week for week in weeks if week.asked)
    sayings = _sayings(look, span)
    return Team(
        sentence=heaviest_week(look.view, look.rows, look.today),
        weeks=busy,
        quiet=len(weeks) - len(busy),
        sayings=sayings,
        unrated=sum(bool(one.rate_url) for one in sayings),
    )


def _week(look: Looking, at: int) -> TeamWeek:
    view, monday = look.view, look.view.monday(at)
    ratios = view.result.load_ratio[look.rows, at]
    known = np.where(np.isnan(ratios), -1.0, ratios)
    worst = look.rows[int(known.argmax())] if len(known) else None
    ratio = float(known.max()) if len(known) else -1.0
    asked = _asked(look, at)
    group = view.snapshot.groups[view.result.population_ids[worst]] if worst is not None else None
    return TeamWeek(
        title=_("Week %(week)s") % {"week": monday.isocalendar().week},
        dates=formats.dates(monday, monday + timedelta(days=5)),
        ratio=words.ratio(ratio) if ratio > 0 else "",
        css=f"l{scale.level(ratio, look.thresholds)}",
        over=ratio > 1 + 1e-9,
        worst=group.name if group and len(look.rows) > 1 and ratio > 0 else "",
        asked=asked,
        why_url=cell_url("", f"p{group.pk}", monday, view) if group else "",
    )


def _asked(look: Looking, at: int) -> tuple[Asked, ...]:
    """Gather what each initiative asks in a week, of all the populations of the team."""
    by_change: dict[str, list[tuple[Population, Share]]] = {}
    for population in look.known:
        for share in look.view.result.shares(population.code, at):
            code = share.change if look.reader.names(share.change) else ""
            by_change.setdefault(code, []).append((population, share))
    found = [_one(look, code, some) for code, some in by_change.items() if code]
    found.sort(key=lambda one: one.title)
    if closed := by_change.get("", []):
        count = len({share.change for _people, share in closed})
        title = ngettext("Confidential initiative", "%(n)s confidential initiatives", count) % {
            "n": count
        }
        found.append(Asked(title, "", _names(closed), _hours(closed), "", assumed=False))
    return tuple(found)


def _one(look: Looking, code: str, some: list[tuple[Population, Share]]) -> Asked:
    asking = look.view.snapshot.askings[code]
    pairs = {(code, population.code) for population, _share in some}
    blind = bool(pairs & look.to_rate.keys())  # the project's figures open after one's own answer
    phases: dict[str, float] = {}
    for _population, share in some:
        for name, hours in share.phase_hours.items():
            phases[name] = max(phases.get(name, 0.0), hours)
    return Asked(
        title=asking.title,
        url=words.address("portfolio:show", code) if code in look.brought.initiatives else "",
        people=_names(some),
        hours="" if blind else _hours(some),
        phases=", ".join(words.phase(name) for name in sorted(phases, key=lambda n: -phases[n])),
        assumed=bool(pairs & look.view.snapshot.guesses.keys()),
    )


def _names(some: list[tuple[Population, Share]]) -> str:
    return words.listed(dict.fromkeys(population.name for population, _share in some))


def _hours(some: list[tuple[Population, Share]]) -> str:
    each: dict[str, float] = {}
    for population, share in some:
        each[population.code] = each.get(population.code, 0.0) + share.load_hours
    text = _("%(hours)s per person") if len(each) == 1 else _("up to %(hours)s per person")
    return text % {"hours": formats.hours(max(each.values()), 2)}


def _sayings(look: Looking, span: range) -> tuple[Saying, ...]:
    """Gather what is known of the initiatives that ask something in these weeks."""
    asked: dict[str, list[Population]] = {}
    for population in look.known:
        for at in span:
            for share in look.view.result.shares(population.code, at):
                people = asked.setdefault(share.change, [])
                if population not in people:
                    people.append(population)
    seen = [code for code in asked if look.reader.names(code) and code in look.brought.initiatives]
    return tuple(_saying(look, code, asked[code]) for code in sorted(seen))


def _saying(look: Looking, code: str, people: list[Population]) -> Saying:
    row = look.brought.initiatives[code]
    facts = [_("Why: %(why)s") % {"why": " ".join(row.why.split())}] if row.why.strip() else []
    for population in people:
        facts += _for_people(look, code, population)
    helpers = [name for name in (row.lead_name, row.sponsor_name) if name]
    if helpers:
        facts.append(_("Who helps: %(names)s") % {"names": ", ".join(dict.fromkeys(helpers))})
    waiting = [look.to_rate[code, one.code] for one in people if (code, one.code) in look.to_rate]
    return Saying(
        row.title,
        code,
        words.address("portfolio:show", code),
        tuple(facts),
        words.address("impacts:rate", waiting[0]) if waiting else "",
    )


def _for_people(look: Looking, code: str, population: Population) -> list[str]:
    pair = code, population.code
    impact = look.brought.impacts.get(pair)
    facts = []
    if impact and impact.from_state and impact.to_state:
        facts.append(
            _("For %(people)s: from “%(before)s” to “%(after)s”")
            % {"people": population.name, "before": impact.from_state, "after": impact.to_state}
        )
    go_live = impact.go_live_on if impact else None
    asking, wave = look.view.snapshot.askings[code], look.view.snapshot.waves.get(pair)
    if go_live is None and wave is not None:
        go_live = wave.go_live_on
    if go_live is None and asking.go_live is not None:
        go_live = asking.go_live.on
    if go_live is not None:
        facts.append(
            _("%(people)s start on %(day)s")
            % {"people": population.name, "day": formats.day(go_live)}
        )
    facts += [
        _activity(one) for one in look.brought.activities.get(pair, ()) if one.ends_on > look.today
    ]
    return facts


def _activity(one: Activity) -> str:
    return _("%(name)s: %(hours)s per person, %(dates)s") % {
        "name": one.name or one.get_kind_display(),
        "hours": formats.hours(one.hours_per_person),
        "dates": formats.dates(one.starts_on, one.ends_on),
    }
