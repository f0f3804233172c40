"""The weather of a large portfolio: all levels at once against one initiative at a time.

3,000 initiatives with baselines, cost lines, worth, moves in the journal, four weeks of reports and
six months of promises. Prints what all calculated levels cost after a write, what they would cost
asked one initiative at a time (on a slice), their ratio, then the time of each page already asked
once, and of the home page with and without its sentence and its tasks about the weather.

    python benchmarks/weather.py [--initiatives 3000] [--populations 500] [--times 9]
"""

import argparse
import time
from collections.abc import Callable
from datetime import date
from statistics import median
from unittest import mock

from django.test import Client

import scratch
from orchestre.cockpit.queries import tasks
from orchestre.load.services import compute
from orchestre.weather import snapshot
from orchestre.weather.presenters import beside
from orchestre.weather.services import readings
from support import portfolio, weathers
from support.portfolio import Size

SLICE = 40
LEAST_RATIO = 20
PAGES = ("/weather/", "/weather/?page=5", "/weather/zombies/", "/weather/promises/", "/")


def spent(act: Callable[[], object], times: int) -> tuple[float, float]:
    """Return the median time of an act on the clock and of the processor, in milliseconds."""
    clock, processor = [], []
    for _time in range(times):
        began, busy = time.perf_counter(), time.process_time()
        act()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - busy)
    return median(clock) * 1e3, median(processor) * 1e3


def told(name: str, figures: tuple[float, float]) -> None:
    """Print one line."""
    print(f"  {name:44}{figures[0]:8.0f} ms{figures[1]:8.0f} ms of processor")


def levels() -> float:
    """Compare both ways of computing every level; return the ratio."""
    whole = readings.current()

    def again() -> None:
        readings.forget()
        readings.current()

    at_once = spent(again, 5)
    keys = list(whole.by_key)[:: max(1, len(whole.by_key) // SLICE)]
    one_by_one = spent(lambda: [snapshot.take(compute.today(), key) for key in keys], 3)
    told(f"levels of {len(whole.by_key):,} initiatives at once", at_once)
    told(f"{len(keys)} of them one at a time", one_by_one)
    ratio = one_by_one[1] / len(keys) * len(whole.by_key) / at_once[1]
    print(f"  one at a time, all of them: × {ratio:.0f} (extrapolated, of processor)")
    return ratio


def pages(client: Client, times: int) -> None:
    """Time each page, already asked once."""
    for path in PAGES:
        assert client.get(path).status_code == 200, path
        told(path, spent(lambda path=path: client.get(path), times))  # type: ignore[misc]  # bound now
    with (
        mock.patch.object(beside, "home", return_value=""),
        mock.patch.object(tasks, "_weather", return_value=[]),
    ):
        told("/ without the weather", spent(lambda: client.get("/"), times))


def main() -> None:
    """Fill an installation and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--initiatives", type=int, default=3_000)
    parser.add_argument("--populations", type=int, default=500)
    parser.add_argument("--times", type=int, default=9)
    given = parser.parse_args()
    today = date.today()  # noqa: DTZ011 - a calendar date
    with scratch.installation("bench_weather"):
        portfolio.fill(Size(given.initiatives, given.populations), today)
        weathers.tell(today)
        client = scratch.signed_in()
        began = time.perf_counter()
        client.get("/weather/")
        print(f"{given.initiatives:,} initiatives; first page {time.perf_counter() - began:.1f} s")
        ratio = levels()
        pages(client, given.times)
    assert ratio >= LEAST_RATIO, f"× {ratio:.0f}, × {LEAST_RATIO} promised"


if __name__ == "__main__":
    main()
