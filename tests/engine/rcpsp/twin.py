"""The hot loops as plain Python, so that tests and coverage see every line of them."""

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import numba
import pytest

from orchestre_engine.sequencing.rcpsp import evolution, kernel


def _interpreted() -> ModuleType:
    spec = importlib.util.spec_from_file_location("interpreted_kernel", kernel.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    compiling = numba.config.DISABLE_JIT
    numba.config.DISABLE_JIT = True
    try:
        spec.loader.exec_module(module)
    finally:
        numba.config.DISABLE_JIT = compiling
    return module


@contextmanager
def interpreted() -> Iterator[ModuleType]:
    """Run the evolution without compiling anything."""
    with pytest.MonkeyPatch.context() as patch:
        plain = _interpreted()
        patch.setattr(evolution, "kernel", plain)
        yield plain
