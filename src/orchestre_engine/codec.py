"""Problems and results as canonical JSON: what equals has equal bytes, hence one fingerprint.

Dataclasses become objects that name their type; dates are ISO strings; enumerations their
value; tuples lists; whole floats integers, so that 35 and 35.0 are the same figure. Keys are
sorted. Arrays keep every bit, infinities and nan included; a lone nan is null: an undefined
figure. A field whose metadata says ``{"codec": False}``, or that is not an argument of its
dataclass, can be worked out from the others and is left out.

Source: RFC 8785 (JSON Canonicalization Scheme) for the intent; keys and figures follow Python's
own shortest representation.
"""

import base64
import json
import math
import zlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import Field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache, singledispatch
from hashlib import sha256
from typing import Any

import numpy as np
import numpy.typing as npt

from orchestre_engine.errors import ProblemError

_TYPE = "$type"
_ARRAY = "$array"
_FLOAT = "$float"


def canonical(value: object) -> bytes:
    """Write a value as canonical JSON, UTF-8.

    Raises
    ------
    ProblemError
        When a part of it is of a kind that has no canonical form.
    """
    text = json.dumps(
        _plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def fingerprint(problem: object) -> str:
    """Give the SHA-256 of the canonical JSON of a problem, in hexadecimal.

    Problems keep their parts sorted, so the order in which they were given does not count.
    """
    return sha256(canonical(problem)).hexdigest()


def encode(value: object) -> bytes:
    """Write a problem or a result as compressed canonical JSON."""
    return zlib.compress(canonical(value))


def decode(data: bytes) -> dict[str, Any]:
    """Read what `encode` wrote: objects as dictionaries, arrays as arrays, dates as strings.

    Raises
    ------
    ProblemError
        When the bytes do not come from `encode`, or hold no object.
    """
    try:
        found = json.loads(zlib.decompress(data), object_hook=_revived)
    except (zlib.error, ValueError) as error:
        message = "Stored computation: the bytes are not what was written; compute it again."
        raise ProblemError(message) from error
    if not isinstance(found, dict):
        raise ProblemError("Stored computation: it holds no object; store a problem or a result.")
    return found


@singledispatch
def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        kept: dict[str, object] = {_TYPE: type(value).__name__}
        for name in _names(type(value)):
            part = getattr(value, name)
            kept[name] = part if type(part) in _AS_THEY_ARE else _plain(part)
        return kept
    raise ProblemError(f"Canonical form: {type(value).__name__} has none; use plain values.")


_AS_THEY_ARE = frozenset((type(None), bool, int, str))


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    """Return the fields that are kept; looked up once for a hundred thousand values."""
    return tuple(one.name for one in fields(kind) if _kept(one))


def _kept(one: Field[Any]) -> bool:
    return one.init and bool(one.metadata.get("codec", True))


@_plain.register(type(None))
@_plain.register(bool)
@_plain.register(int)
@_plain.register(str)
def _as_it_is(value: object) -> object:
    return value


@_plain.register
def _number(value: float) -> object:
    if math.isnan(value):
        return None
    if math.isinf(value):
        return {_FLOAT: "inf" if value > 0 else "-inf"}
    return int(value) if value.is_integer() else float(value)


@_plain.register
def _day(value: date) -> object:
    return value.isoformat()


@_plain.register
def _choice(value: Enum) -> object:
    return _plain(value.value)


@_plain.register(list)
@_plain.register(tuple)
def _sequence(value: list[object] | tuple[object, ...]) -> object:
    return [_plain(one) for one in value]


@_plain.register
def _unordered(value: AbstractSet) -> object:  # type: ignore[type-arg]  # singledispatch reads the class
    return sorted((_plain(one) for one in value), key=repr)


@_plain.register
def _object(value: Mapping) -> object:  # type: ignore[type-arg]  # idem
    if not all(isinstance(key, str) and not key.startswith("$") for key in value):
        raise ProblemError("Canonical form: a key is not a plain word; use words as keys.")
    return {key: _plain(one) for key, one in value.items()}


@_plain.register
def _scalar(value: np.generic) -> object:
    return _plain(value.item())


@_plain.register
def _array(value: np.ndarray) -> object:
    little = np.ascontiguousarray(value, value.dtype.newbyteorder("<"))
    if little.dtype.hasobject:
        raise ProblemError("Canonical form: an array of objects has none; use numbers.")
    data = base64.b64encode(little.tobytes()).decode()
    return {_ARRAY: {"dtype": little.dtype.str, "shape": list(value.shape), "data": data}}


def _revived(found: dict[str, Any]) -> object:
    if set(found) == {_FLOAT}:
        return float(found[_FLOAT])
    if set(found) == {_ARRAY}:
        return _read_array(found[_ARRAY])
    return found


def _read_array(found: dict[str, Any]) -> npt.NDArray[Any]:
    flat = np.frombuffer(base64.b64decode(found["data"]), np.dtype(found["dtype"]))
    return flat.reshape(found["shape"])
