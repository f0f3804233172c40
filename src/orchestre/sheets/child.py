"""Reading a file in a child process with little memory and little time.

A hostile file may at worst kill the child; the parent gets a code, then a sentence.
"""

import importlib.util
import json
import logging
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from orchestre.sheets.limits import Limits
from orchestre.sheets.shapes import Draft, Sheet, Unreadable

logger = logging.getLogger(__name__)

_PACKAGES = ("orchestre", "openpyxl", "et_xmlfile", "defusedxml")
_PROGRAM = (
    "import json,sys\n"
    "told=json.loads(sys.argv[1])\n"
    "sys.path.extend(told['path'])\n"
    "from orchestre.sheets.inside.door import main\n"
    "from orchestre.sheets.limits import Limits\n"
    "main(told['name'],Limits(**told['limits']),sys.stdout)\n"
)


def read_in_child(data: bytes, name: str, limits: Limits) -> Draft:
    """Return what the child read; raise `Unreadable` when it refused, failed or died."""
    told = json.dumps({"path": _places(), "name": name, "limits": asdict(limits)})
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and our own program
                [sys.executable, "-I", "-c", _PROGRAM, told],
                input=data,
                stdout=out,
                stderr=errors,
                timeout=limits.wall_seconds,
                check=False,
                env={},
                cwd=tempfile.gettempdir(),
            )
        except subprocess.TimeoutExpired:
            raise Unreadable("time", seconds=limits.wall_seconds) from None
        _log(errors, done.returncode)
        out.seek(0)
        return _draft(out, done.returncode, limits)


def _places() -> list[str]:
    """Return the folders that hold what the child imports, and no other."""
    places: list[str] = []
    for package in _PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec and spec.submodule_search_locations:
            place = str(Path(next(iter(spec.submodule_search_locations))).resolve().parent)
            if place not in places:
                places.append(place)
    return places


def _log(errors: IO[bytes], returncode: int) -> None:
    errors.seek(0)
    said = errors.read(20_000).decode("utf-8", "replace").strip()
    if said or returncode:
        logger.info("The reading child ended with %s. %s", returncode, said[-2_000:])


def _draft(out: IO[bytes], returncode: int, limits: Limits) -> Draft:
    draft: Draft | None = None
    grids: list[tuple[str, list[tuple[object, ...]]]] = []
    for line in out:
        told = _loaded(line)
        if isinstance(told, list):
            grids[-1][1].append(tuple(_unpacked(cell) for cell in told))
        elif "refused" in told:
            raise Unreadable(str(told["refused"]), **_details(told, limits))
        elif "kind" in told:
            draft = _head(told)
        elif "sheet" in told:
            grids.append((str(told["sheet"]), []))
        elif draft is not None and "end" in told and returncode == 0:
            draft.sheets = [Sheet(name, tuple(rows)) for name, rows in grids]
            return draft
    raise Unreadable(_death(returncode), **_details({}, limits))


def _loaded(line: bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(line)
    except ValueError:
        return {}


def _head(told: Mapping[str, Any]) -> Draft:
    notices = [(str(code), dict(details)) for code, details in told["notices"]]
    return Draft(
        kind=told["kind"],
        encoding=told["encoding"],
        separator=told["separator"],
        decimal=told["decimal"],
        notices=list(notices),
    )


def _unpacked(cell: object) -> object:
    if isinstance(cell, dict):
        if "at" in cell:
            return datetime.fromisoformat(cell["at"])
        return date.fromisoformat(cell["on"])
    return cell


def _details(told: Mapping[str, Any], limits: Limits) -> dict[str, str | int]:
    said = {"memory": limits.memory_bytes >> 20, "seconds": limits.cpu_seconds}
    return {**said, **told.get("details", {})}


def _death(returncode: int) -> str:
    """Return the code for a child that ended without a word."""
    if returncode == -int(getattr(signal, "SIGXCPU", 24)):
        return "time"
    return "memory" if returncode < 0 else "corrupt"
