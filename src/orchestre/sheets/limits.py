"""The limits of what is read, in one table.

The settings, the documentation and the tests all take their figures from here, so that
what is announced to people is what the machine does.
"""

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read at most; beyond, the file is refused with a sentence."""

    xlsx_bytes: int = 10 * MEBIBYTE
    csv_bytes: int = 10 * MEBIBYTE
    mspdi_bytes: int = 20 * MEBIBYTE
    unpacked_bytes: int = 100 * MEBIBYTE
    ratio: int = 200
    """Unpacked over packed size of one member, looked at above `ratio_floor_bytes`."""
    ratio_floor_bytes: int = MEBIBYTE
    members: int = 2_000
    sheets: int = 50
    rows: int = 20_000
    columns: int = 200
    cells: int = 1_000_000
    cell_chars: int = 32_767
    line_bytes: int = MEBIBYTE
    tasks: int = 50_000
    depth: int = 50
    memory_bytes: int = 768 * MEBIBYTE
    cpu_seconds: int = 15
    wall_seconds: int = 30


LIMITS = Limits()
