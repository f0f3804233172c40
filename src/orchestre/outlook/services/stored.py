"""Results of the engine read back from what a run kept."""

from __future__ import annotations

from typing import Any

import numpy as np

from orchestre_engine.outlook import Driver, Money, OutlookResult, Seen, Spread

_TYPES = {one.__name__: one for one in (Driver, Money, OutlookResult, Seen, Spread)}


def revived(value: Any) -> Any:  # noqa: ANN401 - a tree of plain values
    """Give the dataclasses back from what the codec read."""
    if isinstance(value, list):
        return tuple(revived(one) for one in value)
    if isinstance(value, dict):
        name = value.get("$type")
        parts = {key: revived(one) for key, one in value.items() if key != "$type"}
        made = _TYPES.get(str(name))
        return parts if made is None else made(**parts)
    return value if not isinstance(value, np.ndarray) else value.astype(float)


def result_of(plain: dict[str, Any]) -> OutlookResult:
    """Read one result."""
    found = revived(plain)
    if not isinstance(found, OutlookResult):
        raise TypeError("a stored outlook holds no result")
    return found
