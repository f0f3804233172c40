"""One wave of an initiative in a scenario: where it is, and what moving it would do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.portfolio.models import Wave
from orchestre.portfolio.presenters.waves import names
from orchestre.portfolio.queries.waves import served_by
from orchestre.sequencing import policy
from orchestre.sequencing.models import Override, Scenario
from orchestre.sequencing.presenters import board, panel, words
from orchestre.sequencing.queries.scenarios import edit_of, edits
from orchestre.sequencing.rules.edits import Edit
from orchestre.sequencing.services.wave_bounds import places, refusal
from orchestre.ui import formats
from orchestre.ui.components import Breadcrumb, Definition, DefinitionList, Link

WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Step:
    """One week earlier or later, without typing."""

    label: str
    go_live_on: str


@dataclass(frozen=True)
class WavePage:
    """What the page of one wave in a scenario shows."""

    scenario: Scenario
    wave: Wave
    breadcrumb: Breadcrumb
    strip: str
    facts: DefinitionList
    url: str
    back_url: str
    on: date
    seen: str
    gone: bool
    movable: bool
    steps: tuple[Step, ...]


def place(wave: Wave, row: Override | None) -> date:
    """Return the day on which a wave goes live in a scenario."""
    edit = edit_of(row) if row else Edit()
    return places(wave.initiative, edit, timezone.localdate())[wave.pk]


def page(person: Person, scenario: Scenario, wave: Wave, row: Override | None) -> WavePage:
    """Return the page of one wave."""
    one, on = wave.initiative, place(wave, row)
    gone = wave.go_live_on < timezone.localdate()
    facts = (
        Definition(_("In the plan in force"), formats.day(wave.go_live_on)),
        Definition(_("In this scenario"), formats.day(on)),
        Definition(_("Populations"), names(served_by(person, wave))),
    )
    initiative = reverse("sequencing:initiative", args=[scenario.pk, one.code])
    return WavePage(
        scenario=scenario,
        wave=wave,
        breadcrumb=board.breadcrumb(scenario, Link(one.code, initiative), Link(wave.name, "")),
        strip=board.strip(scenario),
        facts=DefinitionList(facts),
        url=reverse("sequencing:wave", args=[scenario.pk, one.code, wave.pk]),
        back_url=reverse("sequencing:show", args=[scenario.pk]),
        on=on,
        seen=str(on.toordinal()),
        gone=gone,
        movable=not gone
        and (row is None or row.included)
        and bool(policy.may_edit(person, scenario)),
        steps=(
            Step(_("One week earlier"), (on - WEEK).isoformat()),
            Step(_("One week later"), (on + WEEK).isoformat()),
        ),
    )


def preview(
    person: Person, scenario: Scenario, wave: Wave, row: Override | None, days: int
) -> panel.Preview:
    """Return what moving a wave further would do, or why it may not; nothing is written."""
    code, now = wave.initiative.code, place(wave, row)
    on, told = now + timedelta(days=days), edits(scenario)
    edit = told.get(code, Edit())
    own = dict(edit.waves)
    own[wave.pk] = own.get(wave.pk, 0) + days
    moved = replace(edit, waves=tuple(sorted((pk, some) for pk, some in own.items() if some)))
    sentences, dashboard = panel.effect_of(person, scenario, told, code, moved)
    title = _("%(code)s, wave “%(wave)s”: %(move)s, on %(day)s") % {
        "code": code,
        "wave": wave.name,
        "move": words.shifted(days),
        "day": formats.day(on),
    }
    return panel.Preview(
        title=title,
        sentences=sentences,
        dashboard=dashboard,
        action_url=reverse("sequencing:wave", args=[scenario.pk, code, wave.pk]),
        hidden=(("go_live_on", on.isoformat()), ("version", str(now.toordinal()))),
        refusal=refusal(person, {**told, code: moved}, wave, now, on),
    )
