"""What a scenario would change in the plan in force, exactly; and what changed since it was drawn.

The fingerprint covers the facts before and after of every initiative: a publication is refused
when what was shown is no longer what would be done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from orchestre.journal import queries as journal
from orchestre.journal.models import Change
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.rules.dates import Span
from orchestre.sequencing.models import Override, Scenario
from orchestre.sequencing.queries.scenarios import edit_of, overrides, waves_of
from orchestre.sequencing.rules.differences import WAVE, Step
from orchestre.sequencing.rules.edits import Edit, days_moved, new_span, wave_days
from orchestre_engine.codec import fingerprint

WATCHED = frozenset(
    {"starts_on", "ends_on", "go_live_on", "stage", "archived_at", "cost_eur", "priority"}
)


@dataclass(frozen=True)
class Moved:
    """What publishing does to one initiative; `days` is by how much what hangs on it moves."""

    override: Override
    initiative: Initiative
    edit: Edit
    steps: tuple[Step, ...]
    days: int


@dataclass(frozen=True)
class Difference:
    """All that publishing does; `expected` is given back to publish exactly this."""

    moves: tuple[Moved, ...]
    gone: tuple[Moved, ...]
    act: int
    digest: str

    @property
    def expected(self) -> str:
        """The fingerprint of what was shown, and when."""
        return f"{self.act}.{self.digest}"


def of(scenario: Scenario) -> Difference:
    """Return what publishing a scenario would change, exactly; nothing is written."""
    act = journal.last_act()  # first: what is written meanwhile is told as changed
    rows = [_moved(row) for row in overrides(scenario)]
    live = [one for one in rows if _stands(one.initiative)]
    told = [
        [
            one.initiative.code,
            one.days,
            one.edit.allocation_ratio,
            one.edit.amount_ratio,
            one.edit.amount_eur,
            [[step.field, step.before, step.after] for step in one.steps],
        ]
        for one in live
    ]
    gone = tuple(one for one in rows if not _stands(one.initiative))
    return Difference(tuple(one for one in live if _does(one)), gone, act, _digest(told))


def _digest(told: list[Any]) -> str:
    return fingerprint(told)[:32]


def _stands(initiative: Initiative) -> bool:
    return initiative.archived_at is None and initiative.stage != Initiative.Stage.STOPPED


def _does(one: Moved) -> bool:
    means = (one.edit.allocation_ratio, one.edit.amount_ratio, one.edit.amount_eur)
    return bool(one.steps) or any(value is not None for value in means)


def _moved(row: Override) -> Moved:
    initiative, edit = row.initiative, edit_of(row)
    span = Span(initiative.starts_on, initiative.ends_on, initiative.go_live_on)
    if not edit.included:
        return Moved(row, initiative, edit, (Step("stopped", before=False, after=True),), 0)
    new = new_span(edit, span)
    steps = [
        Step(name, _day(getattr(span, name)), _day(getattr(new, name)))
        for name in ("starts_on", "ends_on", "go_live_on")
        if getattr(span, name) != getattr(new, name)
    ]
    if edit.rank is not None and edit.rank != initiative.priority:
        steps.append(Step("priority", initiative.priority, edit.rank))
    steps += _wave_steps(initiative, edit, span)
    return Moved(row, initiative, edit, tuple(steps), days_moved(edit, span))


def _wave_steps(initiative: Initiative, edit: Edit, span: Span) -> list[Step]:
    waves = waves_of(initiative)
    days = wave_days(edit, span, waves, timezone.localdate())
    return [
        Step(
            f"{WAVE}{one.name}",
            one.go_live_on.isoformat(),
            (one.go_live_on + timedelta(days=days[one.pk])).isoformat(),
        )
        for one in waves
        if days[one.pk]
    ]


def _day(value: Any) -> str | None:  # noqa: ANN401 - a date or None
    return None if value is None else value.isoformat()


@dataclass(frozen=True)
class Changed:
    """An initiative that the scenario overrides and that the plan changed since."""

    initiative: Initiative
    steps: tuple[Step, ...]
    who: str
    act: int


def since(scenario: Scenario, act: int | None = None) -> tuple[Changed, ...]:
    """Return what changed in the plan since a scenario was drawn, where they meet.

    The journal tells it: the first value since then, and the one that stands now.
    """
    first = scenario.based_on_act if act is None else act
    touched = {row.initiative_id: row.initiative for row in overrides(scenario)}
    changes = (
        Change.objects.filter(
            model="portfolio.initiative",
            object_id__in=list(touched),
            change_set__entry__seq__gt=journal.link_of(first),
            operation=Change.Operation.UPDATED,
        )
        .select_related("change_set__actor")
        .order_by("pk")
    )
    before: dict[int, dict[str, Any]] = {}
    after: dict[int, dict[str, Any]] = {}
    last: dict[int, Change] = {}
    for change in changes:
        for name in WATCHED & set(change.after):
            before.setdefault(change.object_id, {}).setdefault(name, change.before[name])
            after.setdefault(change.object_id, {})[name] = change.after[name]
            last[change.object_id] = change
    found = []
    for key, change in last.items():
        steps = tuple(
            Step(name, before[key][name], after[key][name])
            for name in sorted(after[key])
            if before[key][name] != after[key][name]
        )
        if steps:
            who = str(change.change_set.actor or "")
            found.append(Changed(touched[key], steps, who, change.change_set_id))
    return tuple(sorted(found, key=lambda one: one.initiative.code))
