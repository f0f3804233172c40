"""Rows of the portfolio and the load, turned into the problem of the interaction rules.

Identifiers are primary keys written as text: a finding is recognised after its initiatives
change code or title. The number of queries does not depend on the number of rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from orchestre.impacts.models import Activity, Impact
from orchestre.load.services.answer import LoadView
from orchestre.org.models import Population
from orchestre.portfolio.models import (
    Contribution,
    Dependency,
    IndicatorEffect,
    Initiative,
)
from orchestre.portfolio.queries.waves import WaveDay
from orchestre.strategy.models import Indicator
from orchestre_engine import interactions as engine
from orchestre_engine.similarity.problem import Document, SimilarityProblem
from orchestre_engine.similarity.result import SimilarityResult

Similar = Callable[[SimilarityProblem], SimilarityResult]
SIMILAR_FROM = 0.5
# beyond, texts are so alike that pairs say nothing more; how many are left out is told
MOST_SIMILAR = 5000


@dataclass(frozen=True)
class Snapshot:
    """The problem, and what could not be looked at."""

    problem: engine.InteractionProblem
    undated: int
    similar_left_out: int


def take(view: LoadView, today: date, similar: Similar) -> Snapshot:
    """Read everything the rules look at; `similar` compares the texts, or knows the answer."""
    initiatives = _live()
    known = {row.pk for row in initiatives}
    touched = _touched(view, known)
    objectives = _many(Contribution.objects.values_list("initiative_id", "objective_id"))
    waves = _waves(view)
    changes = tuple(
        _change(row, touched, objectives, tuple(waves.get(row.pk, ()))) for row in initiatives
    )
    texts = SimilarityProblem(tuple(_document(row) for row in initiatives), SIMILAR_FROM)
    pairs = similar(texts).pairs
    close = pairs[:MOST_SIMILAR]
    problem = engine.InteractionProblem(
        changes=changes,
        overloads=overload_cells(view, today),
        effects=_effects(known),
        links=_links(known),
        sessions=_sessions(known),
        similar_pairs=tuple((p.first, p.second, p.score, p.shared_terms) for p in close),
        headcounts=tuple(
            (str(pk), heads) for pk, heads in Population.objects.values_list("pk", "headcount")
        ),
    )
    undated = sum(not (row.go_live_on or row.ends_on or row.waves) for row in changes)
    return Snapshot(problem, undated, len(pairs) - len(close))


def _live() -> list[Initiative]:
    rows = Initiative.objects.filter(archived_at=None).exclude(stage=Initiative.Stage.STOPPED)
    return list(
        rows.only(
            "title", "why", "starts_on", "ends_on", "go_live_on", "systems", "processes",
            "suppliers", "experts", "deliverables",
        )
    )  # fmt: skip


def _many(pairs: Iterable[tuple[int, int]]) -> dict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(str(other))
    return found


def _touched(view: LoadView, known: set[int]) -> dict[int, set[str]]:
    """Populations touched, as people said; what is assumed collides in the load only."""
    found = _many(Impact.objects.values_list("initiative_id", "population_id"))
    for one, other in Activity.objects.values_list("initiative_id", "population_id"):
        found.setdefault(one, set()).add(str(other))
    for code, population in view.snapshot.guesses:
        asking = view.snapshot.askings[code]
        if asking.pk in known:
            group = view.snapshot.groups[population]
            found.setdefault(asking.pk, set()).add(str(group.pk))
    return found


def _waves(view: LoadView) -> dict[int, list[engine.Wave]]:
    """Give the waves of each initiative, which the load has read already."""
    people: defaultdict[tuple[int, WaveDay], set[str]] = defaultdict(set)
    for (code, population), wave in view.snapshot.waves.items():
        group = view.snapshot.groups[population]
        people[view.snapshot.askings[code].pk, wave].add(str(group.pk))
    found: defaultdict[int, list[engine.Wave]] = defaultdict(list)
    for (pk, wave), served in people.items():
        found[pk].append(engine.Wave(str(wave.pk), wave.name, wave.go_live_on, frozenset(served)))
    return found


def _words(values: object) -> frozenset[str]:
    """Read a short list of names, whatever its case."""
    some = values if isinstance(values, list) else []
    return frozenset(" ".join(str(one).split()) for one in some if str(one).strip())


def _change(
    row: Initiative,
    touched: dict[int, set[str]],
    objectives: dict[int, set[str]],
    waves: tuple[engine.Wave, ...],
) -> engine.Change:
    return engine.Change(
        id=str(row.pk),
        title=row.title,
        text=row.why,
        starts_on=row.starts_on,
        go_live_on=row.go_live_on,
        ends_on=row.ends_on,
        populations=frozenset(touched.get(row.pk, ())),
        systems=_words(row.systems),
        processes=_words(row.processes),
        objectives=frozenset(objectives.get(row.pk, ())),
        suppliers=_words(row.suppliers),
        experts=_words(row.experts),
        deliverables=_words(row.deliverables),
        waves=waves,
    )


def _document(row: Initiative) -> Document:
    return Document(str(row.pk), f"{row.title}\n{row.why}", _words(row.systems))


def _effects(known: set[int]) -> tuple[engine.IndicatorEffect, ...]:
    rows = IndicatorEffect.objects.values_list("initiative_id", "indicator_id", "direction")
    return tuple(
        engine.IndicatorEffect(
            str(initiative), str(indicator), 1 if direction == Indicator.Direction.UP else -1
        )
        for initiative, indicator, direction in rows
        if initiative in known
    )


def _links(known: set[int]) -> tuple[engine.Link, ...]:
    return tuple(
        engine.Link(
            str(row.predecessor_id),
            str(row.successor_id),
            row.kind,  # type: ignore[arg-type]  # the choices of the table are those of the engine
            row.lag_days,
            row.agreed_by_giver and row.agreed_by_taker,
            row.what,
        )
        for row in Dependency.objects.all()
        if row.predecessor_id in known and row.successor_id in known
    )


def _sessions(known: set[int]) -> tuple[engine.Session, ...]:
    return tuple(
        engine.Session(
            id=str(row.pk),
            change=str(row.initiative_id),
            population=str(row.population_id),
            kind=row.kind,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            hours_per_person=row.hours_per_person,
            aspect=row.aspect or None,
        )
        for row in Activity.objects.all()
        if row.initiative_id in known
    )


def overload_cells(view: LoadView, today: date) -> tuple[engine.OverloadCell, ...]:
    """Give the overloaded weeks to come, with the part of each initiative."""
    result, first = view.result, view.week_index(today) or 0
    ids = {code: str(asking.pk) for code, asking in view.snapshot.askings.items()}
    found = []
    for row in np.flatnonzero((result.excess_hours[:, first:] > 0).any(axis=1)).tolist():
        group = view.snapshot.groups[result.population_ids[row]]
        codes, loads = view.loads_by_change(row)
        for week in (np.flatnonzero(result.excess_hours[row, first:] > 0) + first).tolist():
            hours = loads[:, week]
            total = float(hours.sum())
            excess = float(result.excess_hours[row, week])
            found.append(
                engine.OverloadCell(
                    population=str(group.pk),
                    week=result.weeks[week],
                    monday=view.monday(week),
                    excess_person_hours=None
                    if group.headcount is None
                    else excess * group.headcount,
                    excess_hours=excess,
                    shares=tuple(
                        (ids[code], min(float(part) / total, 1.0))
                        for code, part in zip(codes, hours.tolist(), strict=True)
                        if part > 0
                    ),
                )
            )
    return tuple(found)
