"""May one wave go live on a day, in a scenario? The refusal says where, why and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.kernel.errors import DomainError
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative, Wave
from orchestre.portfolio.rules.dates import Link, Span
from orchestre.sequencing.queries.planning import rule_of, steps_of
from orchestre.sequencing.queries.scenarios import waves_of
from orchestre.sequencing.rules.edits import Edit, effective, new_span, wave_days
from orchestre.sequencing.rules.waves import Bounds, Breach, Kind, breaches
from orchestre.sequencing.services.live import Live, live
from orchestre.ui import formats

Edits = Mapping[str, Edit]


def span_of(initiative: Initiative) -> Span:
    """Return the dates of an initiative in the plan."""
    return Span(initiative.starts_on, initiative.ends_on, initiative.go_live_on)


def places(initiative: Initiative, edit: Edit, today: date) -> dict[int, date]:
    """Return the day on which each wave of an initiative goes live in a scenario."""
    waves = waves_of(initiative)
    days = wave_days(edit, span_of(initiative), waves, today)
    return {one.pk: one.go_live_on + timedelta(days=days[one.pk]) for one in waves}


def check_waves(
    user: User, initiative: Initiative, told: Edits, after: Edit, *, today: date | None = None
) -> None:
    """Refuse when a wave that is given days of its own may not go live where they put it."""
    there = live()
    day = today or there.today
    before = told.get(initiative.code, Edit())
    own = dict(before.waves), dict(after.waves)
    was, new = places(initiative, before, day), places(initiative, after, day)
    for wave in initiative.waves.all():
        if own[0].get(wave.pk, 0) != own[1].get(wave.pk, 0):
            refused = refusal(user, {**told, initiative.code: after}, wave, was[wave.pk],
                              new[wave.pk])  # fmt: skip
            if refused:
                raise DomainError(refused, fields={"go_live_on": [refused], "waves": [refused]})


def refusal(person: Person, told: Edits, wave: Wave, before: date, after: date) -> str:
    """Say why a wave may not go from a day to another; nothing when it may."""
    there = live()
    if wave.go_live_on < there.today:
        return _("The wave “%(wave)s” went live on %(day)s: it no longer moves.") % {
            "wave": wave.name,
            "day": formats.day(wave.go_live_on),
        }
    found = next(breaches(before, after, _bounds(there, told, wave)), None)
    return "" if found is None else _sentence(person, there, wave, after, found)


def _bounds(there: Live, told: Edits, wave: Wave) -> Bounds:
    one = wave.initiative
    rule = rule_of(one)
    pending = [step for step in steps_of(one) if step.done_on is None]
    paths = (
        [there.rows.initiatives[one.code].unit_path] if one.code in there.rows.initiatives else []
    )
    members = wave.members.select_related("population__unit")
    paths += [member.population.unit.path for member in members if member.population.unit]
    frozen = {period for path in paths or [""] for period in there.rows.freezes_at(path)}
    spans = {
        known.pk: new_span(told.get(code, Edit()), known.span)
        for code, known in there.rows.initiatives.items()
    }
    out = {code for code, edit in told.items() if not edit.included}
    return Bounds(
        pk=one.pk,
        today=there.today,
        span=new_span(told.get(one.code, Edit()), span_of(one)),
        frozen=tuple(sorted(frozen, key=lambda period: (period.starts_on, period.name))),
        fixed=bool(rule and rule.fixed),
        earliest_on=_as_far(wave, rule.earliest_on) if rule else None,
        latest_on=_as_far(wave, rule.latest_on) if rule else None,
        steps=tuple(
            (step.name, step.opens_on + timedelta(weeks=step.delay_weeks)) for step in pending
        ),
        links=tuple(
            link
            for link in there.rows.links
            if not out & {there.rows.codes[link.giver], there.rows.codes[link.taker]}
        ),
        spans=spans,
    )


def _as_far(wave: Wave, day: date | None) -> date | None:
    """Move the window of an initiative as far as the plan puts the wave from its go-live.

    It is how the search reads it too.
    """
    own = effective(span_of(wave.initiative))
    return day if day is None or own is None else day + (wave.go_live_on - own)


def _sentence(person: Person, there: Live, wave: Wave, day: date, found: Breach) -> str:
    told = {
        "wave": wave.name,
        "code": wave.initiative.code,
        "day": formats.day(day),
        "name": found.name,
        "first": formats.day(found.first_on),
        "last": formats.day(found.last_on),
    }
    if found.link is not None:
        told["link"] = _needs(person, there, found.link)
    return {
        Kind.PAST: _("%(day)s is past. Choose a day from today on."),
        Kind.FIXED: _("%(code)s does not move: change its planning rule first."),
        Kind.EARLY: _(
            "The window of %(code)s opens on %(first)s for “%(wave)s”. Choose a later day, or "
            "change the planning rule."
        ),
        Kind.LATE: _(
            "The window of %(code)s closes on %(last)s for “%(wave)s”. Choose an earlier day, or "
            "change the planning rule."
        ),
        Kind.STEP: _(
            "“%(name)s” must come first: %(code)s may go live from %(first)s on. Choose a later "
            "day for “%(wave)s”."
        ),
        Kind.FREEZE: _(
            "“%(wave)s” would go live on %(day)s, during “%(name)s”, when nothing goes live. "
            "Choose a day up to %(last)s, or from %(first)s on."
        ),
        Kind.LINK: _(
            "On %(day)s “%(wave)s” would leave the dates of %(code)s, and %(link)s. Choose a day "
            "from %(first)s to %(last)s, or move the other one first."
        ),
    }[found.kind] % told


def _needs(person: Person, there: Live, link: Link) -> str:
    codes = {there.rows.codes[link.giver], there.rows.codes[link.taker]}
    named = set(portfolio.visible_to(person).filter(code__in=codes).values_list("code", flat=True))
    if named != codes:
        return _("this breaks a dependency with an initiative that is not open to you")
    return _("%(taker)s needs %(giver)s") % {
        "taker": there.rows.codes[link.taker],
        "giver": there.rows.codes[link.giver],
    }
