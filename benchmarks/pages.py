"""Server time of the main pages on a large portfolio, and what grows with its size.

Two portfolios are made from one seed: 3,000 initiatives × 500 populations × 156 weeks with about
27,000 impacts, and a tenth of each. Every page is asked through Django's own handler, with all its
middleware, signed in. Prints the median and the 95th percentile, the number of queries and the
weight of the page compressed, then how much longer the large portfolio takes for ten times the
rows. The load map is also compared with the same weeks computed by one query per cell, on a slice.

    python benchmarks/pages.py [--initiatives 3000] [--times 15]

On SQLite in a scratch folder; on PostgreSQL when ORCHESTRE_DATABASE_URL names an empty database.
"""

import argparse
import gzip
import time
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import scratch
from orchestre.impacts.models import Impact
from orchestre.interactions.services import refresh
from orchestre.load.services import compute
from orchestre.load.services.answer import LoadView
from orchestre.org.models import Population
from orchestre.runs import jobs
from orchestre.runs.models import Run
from support import portfolio
from support.portfolio import Size

SLICE_CELLS = 200
MOST_READ_MS = 200  # the goal for a read, on 500 changes × 200 populations
PAGES = {
    "load map": "/load/",
    "home": "/",
    "list": "/portfolio/",
    "roadmap": "/portfolio/roadmap/",
    "load map as a table": "/load/?layout=table",
    "one cell": "/load/p{population}/{week}/",
    "overloads": "/load/overloads/",
    "findings": "/load/findings/",
    "one initiative": "/initiatives/CH-00010/",
    "its impacts": "/initiatives/CH-00010/impacts/",
    "capacity": "/people/capacity/",
}


@dataclass(frozen=True)
class Timing:
    """One page on one portfolio."""

    first_ms: float
    median_ms: float
    p95_ms: float
    queries: int
    page_kb: float


def timed(client: Client, path: str, times: int) -> Timing | None:
    """Ask a page several times; None when no such page is there."""
    began = time.perf_counter()
    answer = client.get(path)
    first = time.perf_counter() - began
    if answer.status_code == 404:
        return None
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    asked = len(queries)  # read now: the next request empties the log
    spent = []
    for _time in range(times):
        began = time.perf_counter()
        client.get(path)
        spent.append(time.perf_counter() - began)
    return Timing(
        first * 1e3,
        median(spent) * 1e3,
        sorted(spent)[int(0.95 * (len(spent) - 1))] * 1e3,
        asked,
        len(gzip.compress(answer.content, 6)) / 1024,
    )


def measure(size: Size, today: date, times: int) -> dict[str, Timing]:
    """Fill one installation and time every page of it."""
    began = time.perf_counter()
    portfolio.fill(size, today)
    print(
        f"{size.initiatives:,} initiatives, {size.populations} populations,"
        f" {Impact.objects.count():,} impacts, made in {time.perf_counter() - began:.1f} s"
    )
    compute.forget()
    refresh.look_again(None)
    drawn(compute.current(today))
    client = scratch.signed_in()
    compute.forget()
    week = today.isocalendar()
    words = {
        "population": str(Population.objects.order_by("pk")[3].pk),
        "week": f"{week.year}-W{week.week:02}",
    }
    found = {}
    print(f"  {'page':26}{'first':>10}{'p50':>9}{'p95':>9}{'queries':>9}{'gzip':>9}")
    for name, path in PAGES.items():
        one = timed(client, path.format(**words), times)
        if one is None:
            print(f"  {name:26} no such page")
            continue
        found[name] = one
        print(
            f"  {name:26}{one.first_ms:8.0f}ms{one.median_ms:7.0f}ms{one.p95_ms:7.0f}ms"
            f"{one.queries:9}{one.page_kb:7.1f}kB"
        )
    return found


def drawn(view: LoadView) -> None:
    """Finish the draws of uncertainty, which a worker does in life, and say how long they take."""
    if view.run_id is None or not view.is_pending:
        return
    began = time.perf_counter()
    jobs.compute(Run.objects.get(pk=view.run_id))
    print(f"  draws of uncertainty, once, beside the pages: {time.perf_counter() - began:.1f} s")


def naive_seconds_per_cell(today: date) -> float:
    """Compute cells the way one would at first: one query per population and week."""
    people = list(Population.objects.all()[: SLICE_CELLS // 10])
    began = time.perf_counter()
    for group in people:
        for number in range(10):
            monday = today + timedelta(weeks=number)
            rows = Impact.objects.filter(
                population=group,
                initiative__starts_on__lt=monday + timedelta(days=7),
                initiative__ends_on__gt=monday,
            ).select_related("initiative")
            sum((row.hours_per_person or 0) * row.reach_ratio for row in rows)
    return (time.perf_counter() - began) / (len(people) * 10)


def compare_with_naive(today: date, populations: int) -> None:
    """Say what the map costs from cold, and what one query per cell would."""
    compute.forget()
    began = time.perf_counter()
    view = compute.current(today)
    cold = time.perf_counter() - began
    cells = view.result.load_ratio.size
    naive = naive_seconds_per_cell(today) * cells
    print(
        f"\nload of {populations} populations × {cells // populations} weeks, from the database:"
        f" {cold * 1e3:.0f} ms; one query per cell: {naive:.0f} s (extrapolated from"
        f" {SLICE_CELLS} cells), × {naive / cold:.0f}"
    )


def main() -> None:
    """Measure both portfolios and compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--initiatives", type=int, default=3_000)
    parser.add_argument("--populations", type=int, default=500)
    parser.add_argument("--times", type=int, default=15)
    given = parser.parse_args()

    today = date.today()  # noqa: DTZ011 - a calendar date
    size = Size(given.initiatives, given.populations)
    with scratch.installation("bench_small"):
        small = measure(size.tenth(), today, given.times)
    print()
    with scratch.installation("bench_large"):
        large = measure(size, today, given.times)
        compare_with_naive(today, size.populations)
    print("\nten times the rows take:")
    for name, one in large.items():
        if name in small:
            ratio = one.median_ms / small[name].median_ms
            print(f"  {name:26} × {ratio:5.1f}   queries {small[name].queries} → {one.queries}")
    slow = [name for name, one in large.items() if one.p95_ms > MOST_READ_MS]
    print(f"\nabove {MOST_READ_MS} ms at the 95th percentile: {', '.join(slow) or 'none'}")


if __name__ == "__main__":
    main()
