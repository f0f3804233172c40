"""Where no folder can be written, the loops are compiled all the same, and it is said."""

import logging
from collections.abc import Callable
from typing import Any

import numba
import pytest

from orchestre_engine.sequencing.rcpsp.jit import compiled


def test_without_a_folder_it_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made: list[dict[str, bool]] = []

    def njit(**options: bool) -> Callable[[Any], Any]:
        made.append(options)
        if options.get("cache"):
            raise RuntimeError("no locator available")
        return lambda function: function

    monkeypatch.setattr(numba, "njit", njit)
    with caplog.at_level(logging.WARNING):
        assert compiled(abs)(-3) == 3
    assert made == [{"cache": True, "nogil": True}, {"nogil": True}]
    assert "NUMBA_CACHE_DIR" in caplog.text
