"""The door of the limited child: bytes come in, lines of JSON come out.

Nothing of Django is imported here, and no sentence is written: only codes go out, so that
no internal name ever reaches a person.
"""

import json
import sys
import traceback
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO

from orchestre.sheets.inside.kinds import check_size, kind_of
from orchestre.sheets.limits import Limits
from orchestre.sheets.shapes import Draft, Unreadable

_WRITE_BYTES = 256 << 20


def read_draft(data: bytes, name: str, limits: Limits) -> Draft:
    """Read a file of any kind known here, in the present process, or refuse it."""
    try:
        return _read(data, name, limits)
    except Unreadable:
        raise
    except MemoryError:
        raise Unreadable("memory", memory=limits.memory_bytes >> 20) from None
    except RecursionError:
        raise Unreadable("too_deep", limit=limits.depth) from None
    except Exception as error:
        # any failure of a parser on bytes from outside is, for the person, a damaged file
        raise Unreadable("corrupt") from error


def _read(data: bytes, name: str, limits: Limits) -> Draft:
    kind = kind_of(data, limits)
    check_size(len(data), kind, limits)
    if kind == "xlsx":
        from orchestre.sheets.inside.xlsx import read_xlsx  # noqa: PLC0415 - slow to load, often unneeded

        return read_xlsx(data, limits)
    if kind == "mspdi":
        from orchestre.sheets.inside.mspdi import read_mspdi  # noqa: PLC0415 - idem

        return read_mspdi(data, name, limits)
    if kind == "zip":
        from orchestre.sheets.inside.zipped import read_zip  # noqa: PLC0415 - idem

        return read_zip(data, limits)
    from orchestre.sheets.inside.delimited import read_delimited  # noqa: PLC0415 - idem

    return read_delimited(data, name, limits)


def lines_of(draft: Draft) -> Iterator[str]:
    """Return the draft as lines, the last of which says that it is whole."""
    head = {"kind": draft.kind, "encoding": draft.encoding, "separator": draft.separator}
    yield _dump({**head, "decimal": draft.decimal, "notices": draft.notices})
    for sheet in draft.sheets:
        yield _dump({"sheet": sheet.name, "first": sheet.first_row_number})
        for row in sheet.rows:
            yield _dump([_packed(cell) for cell in row])
    yield _dump({"end": True})


def refusal_line(refusal: Unreadable) -> str:
    """Return a refusal as one line."""
    return _dump({"refused": refusal.code, "details": dict(refusal.details)})


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _packed(cell: object) -> object:
    if isinstance(cell, datetime):
        return {"at": cell.isoformat()}
    if isinstance(cell, date):
        return {"on": cell.isoformat()}
    return cell


def _limit_self(limits: Limits) -> list[str]:
    """Set the limits of this process; return those that the system refused."""
    try:
        import resource  # noqa: PLC0415 - absent from some systems
    except ImportError:
        return ["memory", "time"]
    refused = []
    for name, kind, most in (
        ("memory", resource.RLIMIT_AS, limits.memory_bytes),
        ("time", resource.RLIMIT_CPU, limits.cpu_seconds),
        ("output", resource.RLIMIT_FSIZE, _WRITE_BYTES),
        ("core", resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            refused.append(name)
    return refused


def main(name: str, limits: Limits, out: IO[str]) -> None:
    """Read standard input under limits and write the result, whatever happens."""
    for heavy in ("numpy", "lxml", "PIL", "pandas"):
        sys.modules[heavy] = None  # type: ignore[assignment]  # openpyxl takes them when it finds them
    unlimited = [one for one in _limit_self(limits) if one in ("memory", "time")]
    try:
        draft = read_draft(sys.stdin.buffer.read(), name, limits)
        if unlimited:
            draft.notice("unlimited")
        for line in lines_of(draft):
            out.write(line + "\n")
    except Unreadable as refusal:
        if refusal.__cause__ is not None:
            traceback.print_exception(refusal)  # for the log of the parent, never for the person
        out.write("\n" + refusal_line(refusal) + "\n")
    except MemoryError:
        out.write("\n" + refusal_line(Unreadable("memory")) + "\n")
    out.flush()
