"""Time and memory of a large import: a sheet of impacts as long as a sheet may be.

    python benchmarks/import.py [initiatives]

The alternative is openpyxl alone, which only reads the cells: no type, no check, no comparison.
Prints rows per second, peak memory and the ratio between the two.
"""

import io
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

os.environ["ORCHESTRE_DATA"] = tempfile.mkdtemp(prefix="orchestre-bench-")
os.environ.pop("ORCHESTRE_DATABASE_URL", None)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orchestre.config.settings")

import django

django.setup()

import openpyxl  # noqa: E402 - idem
from django.core.management import call_command  # noqa: E402 - idem

from orchestre.exchange.planning import plan  # noqa: E402 - idem
from orchestre.exchange.services import apply_dataset, dataset_of  # noqa: E402 - idem
from orchestre.sheets.writing import Rows, write_workbook  # noqa: E402 - idem

Value = TypeVar("Value")
POPULATIONS = 200
IMPACTS_EACH = 3


def rows(number: int) -> Rows:
    """Return a made-up portfolio."""
    first = date(2026, 1, 5)
    return {
        "units": [{"code": f"U{n}", "name": f"Unit {n}"} for n in range(POPULATIONS)],
        "populations": [
            {"code": f"P{n}", "name": f"People {n}", "unit": f"U{n}", "headcount": 50}
            for n in range(POPULATIONS)
        ],
        "initiatives": [
            {
                "code": f"I{n}",
                "title": f"Change number {n}",
                "unit": f"U{n % POPULATIONS}",
                "starts_on": first + timedelta(days=n % 700),
                "ends_on": first + timedelta(days=n % 700 + 120),
                "cost_eur": 1000.0 * n,
                "systems": ("ERP", f"S{n % 40}"),
            }
            for n in range(number)
        ],
        "impacts": [
            {
                "initiative": f"I{n}",
                "population": f"P{(n * IMPACTS_EACH + k) % POPULATIONS}",
                "hours_per_person": 7.0,
                "reach_ratio": 0.5,
            }
            for n in range(number)
            for k in range(IMPACTS_EACH)
        ],
    }


def timed(name: str, number: int, work: Callable[[], Value]) -> tuple[float, Value]:
    """Do the work once and print its time and the peak of memory so far."""
    started = time.perf_counter()
    value = work()
    seconds = time.perf_counter() - started
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    speed = number / seconds
    print(f"{name:<34} {seconds:7.2f} s  {speed:9.0f} rows/s  peak {peak_mib:6.0f} MiB")
    return seconds, value


def only_read(content: bytes) -> int:
    """Read every cell with openpyxl and do nothing of it."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return sum(1 for sheet in book for _row in sheet.iter_rows(values_only=True))


def main() -> None:
    """Measure."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 6_600
    call_command("migrate", verbosity=0)
    stream = io.BytesIO()
    write_workbook(rows(number), "en", stream)
    content = stream.getvalue()
    total = number * (1 + IMPACTS_EACH) + 2 * POPULATIONS
    print(f"{total} rows, {len(content) / (1 << 20):.1f} MiB")
    alone, _rows = timed("openpyxl alone, cells only", total, lambda: only_read(content))
    read, dataset = timed("read and check every cell", total, lambda: dataset_of(content, "b.xlsx"))
    planned, _plan = timed("plan into an empty base", total, lambda: plan(dataset))
    applied, done = timed(
        "plan and write in one act", total, lambda: apply_dataset(None, dataset, "b")
    )
    again, same = timed("plan again, nothing differs", total, lambda: plan(dataset))
    print(f"read + plan: {(read + planned) / alone:.1f} times openpyxl alone")
    print(f"whole import: {read + applied:.1f} s; again: {read + again:.1f} s")
    if done[0].refused or same.writes():
        sys.exit("the benchmark refused a row or found a difference")


if __name__ == "__main__":
    main()
