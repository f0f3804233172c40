"""From a plan to the tables: one act, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils.translation import gettext as _

from orchestre.exchange.ledger import PlannedRow
from orchestre.exchange.planning import ImportPlan
from orchestre.exchange.targets import ORDER, TARGETS
from orchestre.journal.services import Act
from orchestre.kernel.errors import DomainError
from orchestre.org.models import Unit
from orchestre.org.rules import paths_from_parents

CHUNK = 500
Progress = Callable[[float], None]


def write(done: Act, plan: ImportPlan, progress: Progress) -> None:
    """Write every planned row inside an act; references become keys as rows are made."""
    total = sum(len(rows) for rows in plan.rows.values()) or 1
    written = 0
    for kind in ORDER:
        rows = plan.rows.get(kind, [])
        for batch in _batches(kind, rows):
            _write_batch(done, batch)
            written += len(batch)
            progress(written / total)
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


def _write_batch(done: Act, rows: list[PlannedRow]) -> None:
    new = [row for row in rows if row.action == "created"]
    instances = [TARGETS[row.kind].model(**_settled(row.values)) for row in new]
    for row, instance in zip(new, instances, strict=True):
        _check(row, instance)
    try:
        made = done.create_many(instances)
    except IntegrityError as error:
        raise DomainError(
            _("Somebody added the same thing meanwhile; nothing was written. Check again."),
            code="changed-meanwhile",
        ) from error
    for row, instance in zip(new, made, strict=True):
        row.stored = instance
    for row in rows:
        if row.stored is None:
            continue
        if row.action == "changed":
            version = getattr(row.stored, "version", None)
            done.update(row.stored, _settled(row.values), expected_version=version)
        elif row.action == "deleted":
            done.delete(row.stored)


def _settled(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.pk if isinstance(value, PlannedRow) else value for name, value in values.items()
    }


def _check(row: PlannedRow, instance: models.Model) -> None:
    """Hold each new row to the rules of its form; the plan refused what a cell breaks."""
    try:
        instance.clean_fields(exclude=_unsettled(instance))
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise DomainError(
            _("Sheet “%(sheet)s”, row %(row)s, %(field)s: %(reason)s")
            % {"sheet": row.sheet, "row": row.row, "field": name, "reason": " ".join(messages)},
            code="invalid-row",
        ) from error


def _unsettled(instance: models.Model) -> set[str]:
    return {field.name for field in instance._meta.concrete_fields if field.is_relation}  # noqa: SLF001 - Django's documented Meta API


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
