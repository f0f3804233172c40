"""One initiative in a scenario: its plan, what the scenario says of it, and two people at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.load.queries import reader_of
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.rules.dates import Span
from orchestre.sequencing import policy
from orchestre.sequencing.models import Override, Scenario
from orchestre.sequencing.presenters import board, gauges, words
from orchestre.sequencing.queries.scenarios import edit_of, edits, waves_of
from orchestre.sequencing.rules.edits import Edit
from orchestre.sequencing.rules.measures import SAME, delta, verdict
from orchestre.sequencing.services.gauges import Gauges, measure_edits, of_plan
from orchestre.sequencing.services.live import live
from orchestre.sequencing.services.wave_bounds import places
from orchestre.ui import formats
from orchestre.ui.components import Breadcrumb, Button, Definition, DefinitionList, Link


@dataclass(frozen=True)
class InitiativePage:
    """What the page of one initiative in a scenario shows."""

    scenario: Scenario
    initiative: Initiative
    breadcrumb: Breadcrumb
    strip: str
    plan: DefinitionList
    now: str
    version: int
    may_edit: bool
    overridden: bool


@dataclass(frozen=True)
class Preview:
    """What a move would do, while the bar moves: sentences, gauges, and the form that writes."""

    title: str
    sentences: tuple[tuple[str, str], ...]
    dashboard: gauges.Dashboard
    action_url: str
    hidden: tuple[tuple[str, str], ...]
    refusal: str = ""


def page(
    person: Person, scenario: Scenario, initiative: Initiative, row: Override | None
) -> InitiativePage:
    """Return the page of one initiative in a scenario."""
    span = Span(initiative.starts_on, initiative.ends_on, initiative.go_live_on)
    plan = [
        Definition(_("Dates"), formats.dates(span.starts_on, span.ends_on)),
        Definition(_("Go-live"), formats.day(span.go_live_on)),
        Definition(_("Priority"), formats.number(initiative.priority)),
        Definition(_("Full cost"), formats.euros(_float(initiative.cost_eur))),
    ]
    may_edit = bool(policy.may_edit(person, scenario))
    edit = edit_of(row) if row else Edit()
    plan += _waves(scenario, initiative, edit, movable=may_edit)
    return InitiativePage(
        scenario=scenario,
        initiative=initiative,
        breadcrumb=board.breadcrumb(scenario, Link(initiative.code, "")),
        strip=board.strip(scenario),
        plan=DefinitionList(tuple(plan)),
        now=words.edit(edit_of(row), span) if row else "",
        version=row.version if row else 0,
        may_edit=may_edit,
        overridden=row is not None,
    )


def _waves(
    scenario: Scenario, initiative: Initiative, edit: Edit, *, movable: bool
) -> list[Definition]:
    """Say where each wave stands, and where the scenario moves it; it opens to be moved."""
    there = places(initiative, edit, timezone.localdate())
    found = []
    for one in waves_of(initiative):
        told = formats.day(one.go_live_on)
        if there[one.pk] != one.go_live_on:
            told += f" → {formats.day(there[one.pk])}"
        url = reverse("sequencing:wave", args=[scenario.pk, initiative.code, one.pk])
        title = _("Wave “%s”") % one.name
        door = Button(told, url, "quiet", small=True, described=title)
        found.append(Definition(title, door if movable and edit.included else told))
    return found


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))


def preview(
    person: Person, scenario: Scenario, initiative: Initiative, row: Override | None, days: int
) -> Preview:
    """Return what moving an initiative further would do to the gauges; nothing is written."""
    span = Span(initiative.starts_on, initiative.ends_on, initiative.go_live_on)
    told = edits(scenario)
    moved = told.get(initiative.code, Edit()).moved(days, span)
    sentences, dashboard = effect_of(person, scenario, told, initiative.code, moved)
    version = row.version if row else 0
    return Preview(
        title=formats.labelled(f"{initiative.code} {initiative.title}", words.shifted(days)),
        sentences=sentences,
        dashboard=dashboard,
        action_url=reverse("sequencing:move", args=[scenario.pk, initiative.code]),
        hidden=(*_posted(moved), ("version", str(version))),
    )


def effect_of(
    person: Person, scenario: Scenario, told: Mapping[str, Edit], code: str, moved: Edit
) -> tuple[tuple[tuple[str, str], ...], gauges.Dashboard]:
    """Say what one more override changes, in sentences and on the gauges; nothing is written."""
    there, reader = live(), reader_of(person)
    already = gauges.seen(person, measure_edits(told, on=there))
    # last, so that the load of the others is found again in memory at each step
    others = {other: edit for other, edit in told.items() if other != code}
    found = gauges.seen(person, measure_edits({**others, code: moved}, on=there))
    plan = gauges.seen(person, of_plan(there))
    shown = gauges.dashboard(there, reader, found, plan, str(scenario.pk))
    return tuple(changes(already, found)), shown


def _posted(moved: Edit) -> list[tuple[str, str]]:
    """Return what the form of a preview posts: the whole of where the bar stands now."""
    if not moved.has_dates:
        return [("shift_days", str(moved.shift_days or 0))]
    days = {"starts_on": moved.starts_on, "ends_on": moved.ends_on, "go_live_on": moved.go_live_on}
    return [(name, day.isoformat()) for name, day in days.items() if day]


def changes(before: Gauges, after: Gauges) -> Iterable[tuple[str, str]]:
    """Say each figure that changes, with a word: better or worse."""
    for name in words.NAMES:
        difference = delta(name, before.measures, after.measures)
        judged = verdict(name, difference)
        if difference is None or judged == SAME or name in {"initiatives_moved", "people_moved"}:
            continue
        told = _("%(label)s: %(value)s (%(delta)s, %(verdict)s)") % {
            "label": words.LABELS[name],
            "value": words.measured(name, after.measures),
            "delta": words.delta(name, difference),
            "verdict": words.judged(judged),
        }
        yield judged, told


def initiative_url(scenario: Scenario, code: str) -> str:
    """Return the page of an initiative in a scenario."""
    return reverse("sequencing:initiative", args=[scenario.pk, code])
