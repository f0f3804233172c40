"""Equal inputs have equal bytes; what is read back is what was written."""

import json
import math
import zlib
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, StrEnum

import numpy as np
import pytest

from orchestre_engine.codec import canonical, decode, encode, fingerprint
from orchestre_engine.errors import ProblemError


class Colour(Enum):
    """An enumeration that is not text."""

    RED = 1


class Word(StrEnum):
    """An enumeration that is text."""

    YES = "yes"


@dataclass(frozen=True)
class Part:
    """A value with a bit of everything."""

    day: date = date(2026, 3, 16)
    word: Word = Word.YES
    colour: Colour = Colour.RED
    figures: tuple[float, ...] = (1.0, 0.5)
    names: frozenset[str] = frozenset({"b", "a"})
    table: dict[str, object] = field(default_factory=lambda: {"é": None, "a": True})
    cache: list[int] = field(default_factory=list, metadata={"codec": False})
    count: int = field(init=False, default=3)


def test_the_canonical_form_is_sorted_plain_json() -> None:
    assert json.loads(canonical(Part())) == {
        "$type": "Part",
        "colour": 1,
        "day": "2026-03-16",
        "figures": [1, 0.5],
        "names": ["a", "b"],
        "table": {"a": True, "é": None},
        "word": "yes",
    }
    assert canonical({"b": 1, "a": 2}) == b'{"a":2,"b":1}'
    assert "é".encode() in canonical(Part())


def test_equal_figures_have_one_fingerprint() -> None:
    assert fingerprint(Part()) == fingerprint(replace(Part(), figures=(1, np.float64(0.5))))
    assert fingerprint({"x": -0.0}) == fingerprint({"x": 0})
    assert fingerprint(Part()) == fingerprint(replace(Part(), cache=[1]))
    assert fingerprint(Part()) != fingerprint(replace(Part(), figures=(1, 0.5000001)))
    assert len(fingerprint(Part())) == 64


@pytest.mark.parametrize(
    "array",
    [
        np.array([[1.5, math.inf], [-0.0, 1e-300]]),
        np.array([], np.float64).reshape(0, 4),
        np.array([True, False]),
        np.arange(6, dtype=np.int64).reshape(2, 3).T,
        np.arange(3, dtype=">i4"),
    ],
)
def test_arrays_keep_every_bit(array: np.ndarray) -> None:
    back = decode(encode({"x": array}))["x"]
    assert np.array_equal(back, array)
    assert back.shape == array.shape
    assert back.dtype == array.dtype.newbyteorder("<")


def test_figures_that_json_has_not() -> None:
    back = decode(encode({"inf": math.inf, "low": -math.inf, "nan": math.nan, "big": 1e300}))
    assert back == {"inf": math.inf, "low": -math.inf, "nan": None, "big": 1e300}
    assert np.isnan(decode(encode({"x": np.array([math.nan])}))["x"]).all()


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({"x": object()}, "object has none"),
        ({1: 2}, "a key is not a plain word"),
        ({"$type": 2}, "a key is not a plain word"),
        (np.array([object()]), "an array of objects has none"),
        (Part, "type has none"),
    ],
)
def test_what_has_no_canonical_form_is_refused(value: object, sentence: str) -> None:
    with pytest.raises(ProblemError, match=sentence):
        canonical(value)


@pytest.mark.parametrize("data", [b"nothing", zlib.compress(b"{"), zlib.compress(b"\xff")])
def test_damaged_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ProblemError, match="compute it again"):
        decode(data)


def test_bytes_without_an_object_are_refused() -> None:
    with pytest.raises(ProblemError, match="holds no object"):
        decode(encode([1, 2]))
