"""Which initiatives and populations a finding is about, written where it differs only."""

from __future__ import annotations

from typing import Any

from django.db import models

from orchestre.interactions.models import Finding
from orchestre.interactions.services.overloads import Proposal

_BATCH = 500
Pair = tuple[int, int]


def create(findings: list[tuple[int, Proposal]]) -> None:
    """Link new findings to their initiatives and populations."""
    _add(Finding.initiatives.through, "initiative_id", _initiatives(findings))
    _add(Finding.populations.through, "population_id", _populations(findings))


def update(findings: list[tuple[int, Proposal]]) -> None:
    """Link known findings to what the rules say now; what stays the same is not written."""
    ids = [pk for pk, _one in findings]
    _replace(Finding.initiatives.through, "initiative_id", ids, _initiatives(findings))
    _replace(Finding.populations.through, "population_id", ids, _populations(findings))


def _initiatives(findings: list[tuple[int, Proposal]]) -> set[Pair]:
    return {(pk, touched) for pk, one in findings for touched in one.initiatives}


def _populations(findings: list[tuple[int, Proposal]]) -> set[Pair]:
    return {(pk, touched) for pk, one in findings for touched in one.populations}


def _rows(table: type[models.Model]) -> models.Manager[Any]:
    return table._default_manager  # noqa: SLF001 - Django's documented API


def _add(table: type[models.Model], column: str, pairs: set[Pair]) -> None:
    _rows(table).bulk_create(
        [table(**{"finding_id": finding, column: touched}) for finding, touched in sorted(pairs)],
        batch_size=_BATCH,
    )


def _replace(table: type[models.Model], column: str, ids: list[int], wanted: set[Pair]) -> None:
    rows = _rows(table)
    known: dict[Pair, int] = {}
    for start in range(0, len(ids), _BATCH):
        some = rows.filter(finding_id__in=ids[start : start + _BATCH])
        known |= {
            (finding, touched): pk
            for pk, finding, touched in some.values_list("pk", "finding_id", column)
        }
    gone = [pk for pair, pk in known.items() if pair not in wanted]
    for start in range(0, len(gone), _BATCH):
        rows.filter(pk__in=gone[start : start + _BATCH]).delete()
    _add(table, column, wanted - known.keys())
