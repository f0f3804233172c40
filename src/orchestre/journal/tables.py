"""Tables as they are stored, value by value: what backups write, compare and read back."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

MODULUS = 1 << 256


@dataclass(frozen=True)
class Sum:
    """How many rows, and a checksum that does not depend on their order."""

    rows: int
    checksum: str


_WRITERS: tuple[tuple[type | tuple[type, ...], str, Callable[[Any], object]], ...] = (
    (bool, "bool", bool),
    (int, "int", str),
    (float, "float", float.hex),
    (str, "text", str),
    ((bytes, memoryview), "bytes", lambda v: base64.b64encode(bytes(v)).decode()),
    (datetime, "instant", datetime.isoformat),
    (date, "day", date.isoformat),
    (time, "time", time.isoformat),
    (timedelta, "span", lambda v: [v.days, v.seconds, v.microseconds]),
    (Decimal, "decimal", str),
    (uuid.UUID, "uuid", str),
    ((dict, list), "json", lambda v: json.dumps(v, sort_keys=True)),
)
_READERS: dict[str, Callable[[Any], object]] = {
    "bool": bool,
    "int": int,
    "float": float.fromhex,
    "text": str,
    "bytes": base64.b64decode,
    "instant": datetime.fromisoformat,
    "day": date.fromisoformat,
    "time": time.fromisoformat,
    "span": lambda v: timedelta(*v),
    "decimal": Decimal,
    "uuid": uuid.UUID,
    "json": str,
}


def write(values: Sequence[object]) -> str:
    """Write one row as text, exactly."""
    return json.dumps([_tagged(value) for value in values], ensure_ascii=False)


def _tagged(value: object) -> object:
    if value is None:
        return None
    for kind, tag, writer in _WRITERS:
        if isinstance(value, kind):
            return [tag, writer(value)]
    raise TypeError(f"no way to write {type(value).__name__}")


def read(line: str) -> list[object]:
    """Read one row back."""
    return [None if pair is None else _READERS[pair[0]](pair[1]) for pair in json.loads(line)]


def total(lines: Iterable[str]) -> Sum:
    """Add the hashes of the rows: the same rows in another order give the same sum."""
    rows = added = 0
    for line in lines:
        rows += 1
        added += int.from_bytes(hashlib.sha256(line.encode()).digest())
    return Sum(rows, f"{added % MODULUS:064x}")


def lines_of(cursor: Any, quoted: str, chunk: int = 500) -> Iterator[str]:  # noqa: ANN401 - DB-API has no type
    """Write every row of a table, its columns in alphabetical order."""
    cursor.execute(f"SELECT * FROM {quoted} LIMIT 0")  # noqa: S608 - a name given by the database itself
    names = sorted(str(column[0]) for column in cursor.description)
    columns = ", ".join('"' + name.replace('"', '""') + '"' for name in names)
    cursor.execute(f"SELECT {columns} FROM {quoted}")  # noqa: S608 - idem
    while rows := cursor.fetchmany(chunk):
        for row in rows:
            yield write(row)
