"""The gauges of a plan of record: what is frozen beside the figures, and read again as it was.

Nothing is computed again, and no name comes from the organisation as it is now: the same plan
shows the same numbers next year. Gauges hold no draw, so there is no seed to keep.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np

from orchestre.sequencing.rules.measures import Floats, Measures
from orchestre.sequencing.services.gauges import Broken, EnvelopeUse, Gauges
from orchestre.sequencing.services.live import Live

Content = Mapping[str, Any]
DRAWABLE = frozenset({"plan/2"})


@dataclass(frozen=True, slots=True)
class Group:
    """The people of a population: how they are called, and how many they are, when known."""

    name: str
    headcount: float | None


@dataclass(frozen=True, slots=True)
class Named:
    """The names that gauges need, by code."""

    roles: Mapping[str, str]
    people: Mapping[str, Group]


def named(there: Live) -> Named:
    """Return the names as they are now."""
    return Named(
        there.rows.means.roles,
        {code: Group(one.name, one.headcount) for code, one in there.view.snapshot.groups.items()},
    )


def names(there: Live, found: Gauges) -> dict[str, Any]:
    """Return what must be frozen for the gauges to be drawn without the organisation."""
    known = named(there)
    return {
        "role_names": {code: known.roles[code] for code in found.roles},
        "people": {code: asdict(known.people[code]) for code in found.populations},
        "envelopes": [asdict(one) for one in found.envelopes],
        "unknown_headcounts": found.unknown_headcounts,
        "unvalued": found.unvalued,
    }


def gauges_of(content: Content) -> tuple[Gauges, Named] | None:
    """Return the gauges that were frozen, with their names; None when the plan kept none."""
    if content["format"] not in DRAWABLE:
        return None
    kept = content["gauges"]
    excess = _table(kept["excess_hours"], kept)
    gauges = Gauges(
        months=tuple(date.fromisoformat(day) for day in kept["months"]),
        cost_eur=_floats(kept["cost_eur"]),
        envelope_eur=_floats(kept["envelope_eur"]),
        envelopes=tuple(EnvelopeUse(**one) for one in kept["envelopes"]),
        roles=tuple(kept["roles"]),
        asked_fte=_table(kept["asked_fte"], kept),
        available_fte=_table(kept["available_fte"], kept),
        populations=tuple(kept["populations"]),
        worst_ratio=_table(kept["worst_ratio"], kept),
        excess_hours=excess,
        over=tuple(bool(row.any()) for row in excess > 0),
        worst=None,
        broken=Broken(frozenset(), frozenset()),
        moved=(),
        excluded=(),
        uncounted=(),
        unknown_headcounts=kept["unknown_headcounts"],
        unvalued=kept["unvalued"],
        measures=Measures(**content["measures"]),
    )
    people = {code: Group(**one) for code, one in kept["people"].items()}
    return gauges, Named(kept["role_names"], people)


def _floats(values: list[Any]) -> Floats:
    """Read numbers again; what was not known is nan."""
    return np.array(values, dtype=np.float64)


def _table(values: list[Any], kept: Content) -> Floats:
    """Read rows of months again, also when there is no row."""
    return _floats(values).reshape(len(values), len(kept["months"]))
