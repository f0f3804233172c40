"""Dates and money of a scenario with their margins: the outlook, drawn as if it were the plan.

The same worlds are drawn for each plan compared (same seed, one stream of chance by task), so
that a difference between two of them is theirs and not that of the draw. Nothing is written.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta

from orchestre.outlook.rules import Step
from orchestre.outlook.services import known as outlook
from orchestre.outlook.services.compute import DRAWS, SEED, TASKS_WHILE_WAITING
from orchestre.outlook.snapshot.problem import Built, build, code_of
from orchestre.outlook.snapshot.rows import Inputs, Known
from orchestre.portfolio.rules.dates import Span, shift
from orchestre.resources.rules import Cost
from orchestre.sequencing.rules.edits import Edit, costs_of, days_moved, new_span
from orchestre.sequencing.rules.measures import value_between
from orchestre.sequencing.services.live import Live
from orchestre_engine import outlook as engine

Edits = Mapping[str, Edit]
LEAST_DRAWS = 500
HALF_A_YEAR = timedelta(days=183)
KEPT = 24
_lock = threading.Lock()
_kept: OrderedDict[tuple[object, ...], Margins] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of the portfolio: as planned, and over the worlds."""

    planned: float
    p20: float
    p50: float
    p80: float


@dataclass(frozen=True, slots=True)
class GoLive:
    """A go-live to come: as planned, in one world out of two, in four out of five."""

    planned_on: date
    p50_on: date
    p80_on: date


@dataclass(frozen=True)
class Margins:
    """What the draws say of one plan; None and nothing where there is nothing to draw."""

    draws: int
    seed: int
    year: int
    cost: Amount | None
    benefit: Amount | None
    lives: dict[str, GoLive]
    assumed_ratio: float | None


def forget() -> None:
    """Empty the memory of this process."""
    with _lock:
        _kept.clear()


def year_of(today: date) -> int:
    """Return the year whose benefits are told: the one that still has six months to go."""
    return (today + HALF_A_YEAR).year


def draws_for(tasks: int) -> int:
    """Return how many worlds are drawn: fewer when there are more tasks, so that it is as long."""
    return max(LEAST_DRAWS, min(DRAWS, DRAWS * TASKS_WHILE_WAITING // max(tasks, 1)))


def margins_of(there: Live, edits: Edits) -> Margins:
    """Draw the plan in force with some overrides; the same question is drawn once."""
    told = {code: one for code, one in sorted(edits.items()) if not one.says_nothing}
    key = (there.key, *told.items())
    with _lock:
        known = _kept.get(key) if there.key else None
    if known is not None:
        return known
    found = _drawn(inputs_in(outlook.inputs(), told), _engaged(there, told))
    if there.key:
        with _lock:
            _kept[key] = found
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
    return found


def inputs_in(base: Inputs, edits: Edits) -> Inputs:
    """Return what the outlook reads, once the overrides are carried out as a decision would."""
    if not edits:
        return base
    out = {code for code, one in edits.items() if not one.included}
    known = {
        code: _moved(one, edits[code]) if code in edits else one
        for code, one in base.known.items()
        if code not in out
    }
    links = tuple(one for one in base.links if not out & {one.predecessor.code, one.successor.code})
    means = replace(base.means, costs=_costs(base, edits))
    return replace(base, known=known, links=links, means=means)


def _span(one: Known) -> Span:
    return Span(one.row.starts_on, one.row.ends_on, one.row.go_live_on)


def _moved(one: Known, edit: Edit) -> Known:
    """Move an initiative, its milestones to come and what was estimated of them."""
    span = _span(one)
    days, new = days_moved(edit, span), new_span(edit, span)
    row = copy(one.row)
    row.starts_on, row.ends_on, row.go_live_on = new.starts_on, new.ends_on, new.go_live_on
    if not days:
        return replace(one, row=row)
    coming = {step.pk for step in one.steps if step.actual_on is None}
    steps = tuple(_later(step, days) if step.pk in coming else step for step in one.steps)
    estimates = {}
    for pk, estimate in one.estimates.items():
        kept = copy(estimate)
        if pk in coming:
            for name in ("optimistic_on", "likely_on", "pessimistic_on"):
                setattr(kept, name, shift(getattr(kept, name), days))
        estimates[pk] = kept
    return replace(one, row=row, steps=steps, estimates=estimates)


def _later(step: Step, days: int) -> Step:
    return replace(step, forecast_on=shift(step.forecast_on, days))


def _costs(base: Inputs, edits: Edits) -> tuple[Cost, ...]:
    mine: dict[str, list[Cost]] = {}
    for one in base.means.costs:
        mine.setdefault(one.initiative, []).append(one)
    found: list[Cost] = []
    for code, lines in mine.items():
        edit = edits.get(code)
        if edit is None or code not in base.known:
            found += lines
            continue
        assumed = len(lines) == 1 and lines[0].provenance == "assumed"
        found += costs_of(edit, tuple(lines), _span(base.known[code]), assumed=assumed)
    return tuple(found)


def _engaged(there: Live, edits: Edits) -> float:
    """Return the money that stopping does not give back: it is still paid."""
    return sum(
        cost.amount_eur
        for code, edit in edits.items()
        if not edit.included and (planned := there.planned(code)) is not None
        for cost in costs_of(edit, there.costs.get(code, ()), planned.span, assumed=False)
    )


def _drawn(inputs: Inputs, engaged: float) -> Margins:
    built = build(inputs, year=year_of(inputs.today))
    problem = built.problem
    draws = draws_for(len(problem.tasks))
    if not problem.watches and not problem.costs:
        return Margins(draws, SEED, built.year, None, None, {}, built.assumed_ratio)
    found = engine.simulate(problem, draws=draws, seed=SEED)
    lives = {
        code_of(one.task): GoLive(
            built.day(one.planned), built.day(one.end.p50), built.day(one.end.p80)
        )
        for one in found.seen
    }
    return Margins(
        draws=found.draws,
        seed=found.seed,
        year=built.year,
        cost=_amount(found.total_cost, sum(one.amount.likely for one in problem.costs), engaged),
        benefit=_amount(found.total_benefit, _planned_benefit(inputs, built, lives), 0.0),
        lives=lives,
        assumed_ratio=built.assumed_ratio,
    )


def _amount(spread: engine.Spread | None, planned: float, sure: float) -> Amount | None:
    if spread is None:
        return None
    ends = (spread.percentile(percent) + sure for percent in (20, 50, 80))
    return Amount(planned + sure, *ends)


def _planned_benefit(inputs: Inputs, built: Built, lives: Mapping[str, GoLive]) -> float:
    """Return what the year brings if every go-live is on the day planned."""
    first, end = date(built.year, 1, 1), date(built.year + 1, 1, 1)
    total = 0.0
    for one in built.problem.benefits:
        value = inputs.means.values[one.id]
        live = lives.get(one.id)
        day = live.planned_on if live else inputs.known[one.id].live_on
        if day is not None and value.value_eur_per_year is not None:
            total += value_between(value.value_eur_per_year, value.ramp_weeks, day, first, end)
    return total
