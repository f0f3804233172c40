"""How the hot loops are compiled, and where the machine code is kept.

Numba keeps it beside this file, else in the folder of the user, else nowhere. `NUMBA_CACHE_DIR`
names another folder. When no folder can be written, the loops are compiled again by each process
(some ten seconds), and the log says so.
"""

import logging
from collections.abc import Callable
from typing import TypeVar, cast

import numba

_log = logging.getLogger(__name__)
_Function = TypeVar("_Function", bound=Callable[..., object])


def compiled(function: _Function) -> _Function:
    """Compile a function to machine code at its first call; it runs without Python's lock."""
    try:
        return cast("_Function", numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:
        _log.warning(
            "No folder can be written to keep the machine code of %s: each process compiles it"
            " again. Name a folder in NUMBA_CACHE_DIR.",
            function.__qualname__,
        )
        return cast("_Function", numba.njit(nogil=True)(function))
