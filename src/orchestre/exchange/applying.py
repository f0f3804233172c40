"""From a plan to the tables: one act, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orchestre.exchange.ledger import PlannedRow
from orchestre.exchange.plans import ImportPlan
from orchestre.exchange.targets import ORDER, TARGETS
from orchestre.exchange.waves import changed
from orchestre.journal.services import Act
from orchestre.kernel.errors import DomainError
from orchestre.org.models import Unit
from orchestre.org.rules import paths_from_parents
from orchestre.portfolio.models import Wave

CHUNK = 500
MEANWHILE = gettext_lazy(
    "Somebody changed the same thing meanwhile; nothing was written. Check again."
)
Progress = Callable[[float], None]


def write(done: Act, plan: ImportPlan, progress: Progress) -> None:
    """Write every planned row inside an act; references become keys as rows are made."""
    total = plan.total() or 1
    written = 0
    for kind in ORDER:
        rows = plan.rows.get(kind, [])
        for batch in _batches(kind, [row for row in rows if row.action == "created"]):
            _create(done, batch)
            written += len(batch)
            progress(written / total)
        for row in rows:
            _write(done, row)
        if kind == "wave_people":
            for wave in Wave.objects.filter(pk__in=changed(plan.rows)).order_by("pk"):
                done.touch(wave)
        if kind == "units" and any(row.action != "unchanged" for row in rows):
            _place_units(done)


def _batches(kind: str, rows: list[PlannedRow]) -> list[list[PlannedRow]]:
    """Cut rows so that those a row refers to, in the same table, are in an earlier batch."""
    own = [attname for attname, to in TARGETS[kind].references.values() if to == kind]
    if not own:
        return [rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK)]
    batches: list[list[PlannedRow]] = []
    level: dict[int, int] = {}
    for row in rows:  # parents come first: the plan put them so
        above = [level[id(row.values[a])] for a in own if id(row.values.get(a)) in level]
        level[id(row)] = max(above, default=-1) + 1
        while len(batches) <= level[id(row)]:
            batches.append([])
        batches[level[id(row)]].append(row)
    return batches


def _create(done: Act, rows: list[PlannedRow]) -> None:
    instances = [TARGETS[row.kind].model(**_linked(row.values)) for row in rows]
    try:
        made = done.create_many(instances)
    except IntegrityError as error:
        raise DomainError(MEANWHILE, code="changed-meanwhile") from error
    for row, instance in zip(rows, made, strict=True):
        row.stored = instance


def _write(done: Act, row: PlannedRow) -> None:
    if row.stored is None or row.action not in {"changed", "deleted"}:
        return
    try:
        if row.action == "deleted":
            done.delete(row.stored)
        else:
            version = getattr(row.stored, "version", None)
            done.update(row.stored, _settled(row.values), expected_version=version)
    except (IntegrityError, ObjectDoesNotExist) as error:
        raise DomainError(MEANWHILE, code="changed-meanwhile") from error


def _linked(values: dict[str, Any]) -> dict[str, Any]:
    """Give rows rather than keys, so that naming a new row asks the database for nothing."""
    return {
        name.removesuffix("_id") if isinstance(value, PlannedRow) else name: (
            value.stored if isinstance(value, PlannedRow) else value
        )
        for name, value in values.items()
    }


def _settled(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.pk if isinstance(value, PlannedRow) else value for name, value in values.items()
    }


def _place_units(done: Act) -> None:
    """Rewrite the paths of the tree after units were added or moved; a loop is refused."""
    units = {unit.pk: unit for unit in Unit.objects.select_for_update().order_by("pk")}
    parents = {pk: unit.parent_id for pk, unit in units.items()}
    for pk, parent in parents.items():
        seen, above = {pk}, parent
        while above is not None:
            if above in seen:
                raise DomainError(
                    _("“%(unit)s” would be under itself. Correct its parent unit in the file.")
                    % {"unit": units[pk].name},
                    code="cannot-move",
                )
            seen.add(above)
            above = parents[above]
    for pk, path in paths_from_parents(parents).items():
        if units[pk].path != path:
            done.update(units[pk], {"path": path})
