"""Overloads as findings: one per population and set of initiatives that make it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from orchestre_engine.interactions import OverloadCell

RULE = "overload"
WEIGHS_FROM = 0.05


@dataclass(frozen=True)
class Proposal:
    """A finding as a rule proposes it; identifiers are primary keys."""

    key: str
    kind: str
    rule: str
    initiatives: tuple[int, ...]
    populations: tuple[int, ...]
    starts_on: date | None
    ends_on: date | None
    score: float | None
    score_unit: str
    facts: list[list[str | float]]


def proposals(cells: Iterable[OverloadCell]) -> list[Proposal]:
    """Gather overloaded weeks that the same initiatives make on the same people."""
    runs: defaultdict[tuple[str, tuple[str, ...]], list[OverloadCell]] = defaultdict(list)
    for run in _runs(cells):
        runs[run[0].population, _makers(run)].extend(run)
    return [_proposal(population, makers, run) for (population, makers), run in runs.items()]


def _runs(cells: Iterable[OverloadCell]) -> list[list[OverloadCell]]:
    found: list[list[OverloadCell]] = []
    for cell in sorted(cells, key=lambda one: (one.population, one.monday)):
        last = found[-1][-1] if found else None
        follows = (
            last is not None
            and last.population == cell.population
            and cell.monday - last.monday == timedelta(weeks=1)
        )
        if follows:
            found[-1].append(cell)
        else:
            found.append([cell])
    return found


def _makers(run: list[OverloadCell]) -> tuple[str, ...]:
    """Initiatives that weigh in the run; all of them when none does alone."""
    parts: defaultdict[str, float] = defaultdict(float)
    total = 0.0
    for cell in run:
        total += cell.excess_hours
        for change, share in cell.shares:
            parts[change] += share * cell.excess_hours
    weighing = tuple(sorted(one for one, part in parts.items() if part >= WEIGHS_FROM * total))
    return weighing or tuple(sorted(parts))


def _proposal(population: str, makers: tuple[str, ...], run: list[OverloadCell]) -> Proposal:
    worst = max(run, key=lambda one: (one.excess_hours, -one.monday.toordinal()))
    hours = [one.excess_person_hours for one in run]
    known = [one for one in hours if one is not None]
    each = sum(one.excess_hours for one in run)
    told = "\x1f".join((RULE, population, *makers))
    return Proposal(
        key=sha256(told.encode()).hexdigest()[:32],
        kind=RULE,
        rule=RULE,
        initiatives=tuple(int(one) for one in makers),
        populations=(int(population),),
        starts_on=min(one.monday for one in run),
        ends_on=max(one.monday for one in run) + timedelta(weeks=1),
        score=sum(known) if known else each,
        score_unit="person_hours" if known else "hours_per_person",
        facts=[
            ["worst_population", population],
            ["worst_week", worst.week],
            ["worst_excess_hours", worst.excess_hours],
            ["weeks", float(len(run))],
            ["excess_hours_per_person", each],
        ],
    )
