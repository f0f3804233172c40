"""The load as plain values, limited to what one person may read."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from orchestre.access.reach import Person
from orchestre.load import queries
from orchestre.load.presenters import origin
from orchestre.load.presenters.cell import risk_sentence
from orchestre.load.presenters.overloads import probability
from orchestre.load.presenters.words import asked as asked_sentence
from orchestre.load.queries import Reader
from orchestre.load.rules.dates import week_label
from orchestre.load.services import compute
from orchestre.load.services.answer import LoadView
from orchestre.load.services.whatif import Effect, Touched
from orchestre.load.snapshot import Group
from orchestre_engine.load import COMPUTATION, Overload, Share


def finite(value: float) -> float | None:
    """Return a figure that can be written; a ratio to no capacity is not known."""
    return round(value, 6) if math.isfinite(value) else None


def _rounded(values: list[float]) -> list[float]:
    return [round(value, 6) for value in values]


def provenance(view: LoadView) -> dict[str, Any]:
    """Say what the figures rest on."""
    return {
        "computation": COMPUTATION,
        "fingerprint": view.fingerprint,
        "run": view.run_id,
        "seed": compute.SEED,
        "draws": compute.DRAWS if view.uncertainty is not None else None,
        "computed_at": view.computed_at,
        "assumed_ratio": view.result.assumed_ratio(),
        "guessed_ratio": view.guessed_ratio,
        "initiatives_without_dates": len(view.snapshot.undated),
        "initiatives_touching_nobody": len(view.snapshot.unmapped),
    }


def populations(view: LoadView, rows: list[int], first: int, weeks: int) -> list[dict[str, Any]]:
    """Write the rows of some populations over a window of weeks."""
    window = slice(first, first + weeks)
    return [_population(view, row, window) for row in rows]


def _population(view: LoadView, row: int, window: slice) -> dict[str, Any]:
    result, drawn = view.result, view.uncertainty
    code, known = result.population_ids[row], view.heard[row]
    risk = None
    if drawn is not None and known:
        risk = _rounded(drawn.probability_over[row, window].tolist())
    return {
        "code": code,
        "name": view.snapshot.groups[code].name,
        "headcount": result.headcounts[row],
        "load_hours": _rounded(result.load_hours[row, window].tolist()) if known else None,
        "capacity_hours": _rounded(result.capacity_hours[row, window].tolist()),
        "probability_over": risk,
    }


def cell(
    view: LoadView, reader: Reader, group: Group, monday: date, person: Person, at: int
) -> dict[str, Any]:
    """Write one population in one week: what is asked, by what, beyond what, and why."""
    result, drawn = view.result, view.uncertainty
    row = result.population_row(group.code)
    load, capacity = float(result.load_hours[row, at]), float(result.capacity_hours[row, at])
    known = view.heard[row]
    facts = origin.capacity_facts(view, group, monday, capacity)
    risk = None if drawn is None else finite(float(drawn.probability_over[row, at]))
    words = [asked_sentence(load, capacity), risk_sentence(view, row, at)] if known else []
    return {
        "population": group.code,
        "week": week_label(monday),
        "monday": monday,
        "load_hours": finite(load) if known else None,
        "load_ratio": finite(float(result.load_ratio[row, at])) if known else None,
        "excess_hours": finite(float(result.excess_hours[row, at])),
        "probability_over": risk if known else None,
        "p10_hours": finite(float(drawn.p10[row, at])) if drawn is not None and known else None,
        "p90_hours": finite(float(drawn.p90[row, at])) if drawn is not None and known else None,
        "assumed_hours": finite(float(view.guessed_hours[row, at])),
        "explanation": [word for word in words if word],
        "capacity": {
            "capacity_hours": finite(capacity),
            "formula": facts.formula,
            "provenance": facts.provenance,
            "reasons": list(facts.reasons),
        },
        "shares": _shares(view, reader, group, person, at),
        "provenance": provenance(view),
    }


def _shares(
    view: LoadView, reader: Reader, group: Group, person: Person, at: int
) -> list[dict[str, Any]]:
    shares = view.result.shares(group.code, at)
    named = [share for share in shares if reader.names(share.change)]
    closed = [share for share in shares if not reader.names(share.change)]
    ids = [view.snapshot.askings[share.change].pk for share in named]
    entered = queries.entered(person, ids, [group.pk])
    found = [_share(view, group, share, entered) for share in named]
    return [*found, *([_together(closed)] if closed else [])]


def _share(view: LoadView, group: Group, share: Share, entered: queries.Entered) -> dict[str, Any]:
    asking = view.snapshot.askings[share.change]
    return {
        "initiative": asking.code,
        "title": asking.title,
        "load_hours": finite(share.load_hours),
        "share_ratio": finite(share.ratio),
        "phase_hours": {name: finite(hours) for name, hours in share.phase_hours.items()},
        "assumed": share.assumed,
        "sources": [
            {"formula": one.formula, "provenance": one.provenance, "who": one.who}
            for one in origin.sources(view, asking, group, entered)
        ],
    }


def _together(shares: list[Share]) -> dict[str, Any]:
    return {
        "initiative": None,
        "title": None,
        "load_hours": finite(sum(one.load_hours for one in shares)),
        "share_ratio": finite(sum(one.ratio for one in shares)),
        "phase_hours": {},
        "assumed": False,
        "sources": [],
    }


def overload(view: LoadView, reader: Reader, one: Overload) -> dict[str, Any]:
    """Write one run of overloaded weeks."""
    risk = probability(view, one)
    parts = [
        {"initiative": part.change, "excess_ratio": finite(part.excess_share)}
        for part in one.contributions
        if reader.names(part.change)
    ]
    closed = sum(part.excess_share for part in one.contributions if not reader.names(part.change))
    if closed:
        parts.append({"initiative": None, "excess_ratio": finite(closed)})
    hours = one.excess_person_hours
    return {
        "population": one.population,
        "starts_on": view.monday(one.first),
        "ends_on": view.monday(one.last),
        "peak_ratio": finite(one.peak_ratio),
        "peak_week": view.result.weeks[one.peak_week],
        "excess_hours_per_person": finite(one.excess_hours_per_person),
        "excess_person_hours": None if hours is None else finite(hours),
        "probability": None if risk is None else finite(risk),
        "contributions": parts,
    }


def effect(view: LoadView, reader: Reader, code: str, found: Effect) -> dict[str, Any]:
    """Write what a move would do; populations closed to the reader are only counted."""
    seen = [one for one in found.touched if reader.sees_population(one.population)]
    return {
        "initiative": code,
        "days": found.days,
        "excess_person_hours_before": finite(found.before_person_hours),
        "excess_person_hours_after": finite(found.after_person_hours),
        "saved_person_hours": finite(found.saved_person_hours),
        "unknown_headcounts": found.unknown_headcounts,
        "touched": [_touched(view, one) for one in seen],
        "touched_elsewhere": len(found.touched) - len(seen),
    }


def _touched(view: LoadView, one: Touched) -> dict[str, Any]:
    return {
        "population": one.population,
        "excess_hours_before": finite(one.before_hours),
        "excess_hours_after": finite(one.after_hours),
        "peak_ratio_before": _peak(one.peak_before),
        "peak_ratio_after": _peak(one.peak_after),
        "peak_week": view.result.weeks[one.peak_week],
    }


def _peak(ratio: float) -> float | None:
    """The service writes a ratio to no capacity at all as a billion."""
    return None if ratio >= 1e9 else finite(ratio)
