"""Plans of record as bytes: frozen once, read for ever, the same numbers each time."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from hashlib import sha256
from typing import Any

import numpy as np

from orchestre.portfolio.rules.dates import Span
from orchestre.sequencing.models import Plan
from orchestre.sequencing.rules.edits import Edit, new_span, wave_days
from orchestre.sequencing.rules.measures import COMPUTATION, Floats
from orchestre.sequencing.services import frozen
from orchestre.sequencing.services.gauges import Gauges, measure_edits
from orchestre.sequencing.services.live import Live
from orchestre_engine import ENGINE_VERSION

FORMAT = "plan/2"  # plan/1 kept no name, headcount or envelope: its gauges cannot be drawn
Content = dict[str, Any]


def facts_of(there: Live, edits: Mapping[str, Edit]) -> dict[str, dict[str, Any]]:
    """Return the facts of every initiative of the plan, with some overrides."""
    found = {}
    for code, one in there.rows.initiatives.items():
        edit = edits.get(code, Edit())
        span = new_span(edit, one.span)
        found[code] = {
            "title": one.title,
            "programme": one.programme,
            "confidential": one.confidential,
            **_days(span),
            "stopped": not edit.included,
            "priority": one.priority if edit.rank is None else edit.rank,
            "cost_eur": one.cost_eur if edit.amount_eur is None else edit.amount_eur,
            **_waves(there, code, edit),
        }
    return found


def _waves(there: Live, code: str, edit: Edit) -> dict[str, dict[str, str]]:
    """Return the go-live of each wave by name; nothing for who has none."""
    waves = there.rows.waves.get(code, ())
    if not waves:
        return {}
    days = wave_days(edit, there.rows.initiatives[code].span, waves, there.today)
    return {
        "waves": {
            one.name: (one.go_live_on + timedelta(days=days[one.pk])).isoformat() for one in waves
        }
    }


def _days(span: Span) -> dict[str, str | None]:
    return {
        name: None if day is None else day.isoformat()
        for name, day in (
            ("starts_on", span.starts_on),
            ("ends_on", span.ends_on),
            ("go_live_on", span.go_live_on),
        )
    }


def content(there: Live, edits: Mapping[str, Edit] | None = None) -> Content:
    """Return the plan in force as a value that JSON holds: initiatives, figures, gauges.

    With overrides, the plan that it would be with them.
    """
    gauges = measure_edits(edits or {}, on=there)
    return {
        "format": FORMAT,
        "computation": COMPUTATION,
        "taken_on": there.today.isoformat(),
        "initiatives": facts_of(there, edits or {}),
        "measures": asdict(gauges.measures),
        "gauges": {**_gauges(gauges), **frozen.names(there, gauges)},
        "formulas": {"gauges": COMPUTATION, "load": f"load/{ENGINE_VERSION}", "seed": None},
    }


def _gauges(found: Gauges) -> Content:
    return {
        "months": [month.isoformat() for month in found.months],
        "cost_eur": _plain(found.cost_eur),
        "envelope_eur": _plain(found.envelope_eur),
        "roles": list(found.roles),
        "asked_fte": _plain(found.asked_fte),
        "available_fte": _plain(found.available_fte),
        "populations": list(found.populations),
        "worst_ratio": _plain(found.worst_ratio),
        "excess_hours": _plain(found.excess_hours),
    }


def _plain(values: Floats) -> Any:  # noqa: ANN401 - lists of lists, as deep as the array
    def steady(value: Any) -> Any:  # noqa: ANN401 - idem
        if isinstance(value, list):
            return [steady(one) for one in value]
        return value if math.isfinite(value) else None

    return steady(np.asarray(values).tolist())


def to_bytes(value: Content) -> bytes:
    """Write a plan one way: the same plan has the same bytes."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def digest(kept: bytes) -> str:
    """Return the SHA-256 of frozen bytes."""
    return sha256(kept).hexdigest()


def opened(plan: Plan, *, closing: bool = False) -> Content:
    """Read a plan again, as published or as it ended."""
    kept = plan.closing if closing else plan.content
    found: Content = json.loads(bytes(kept or b"{}"))
    return found


def is_intact(plan: Plan) -> bool:
    """Tell whether the bytes are still those that were decided."""
    return digest(bytes(plan.content)) == plan.fingerprint and (
        plan.closing is None or digest(bytes(plan.closing)) == plan.closing_fingerprint
    )
