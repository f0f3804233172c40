"""Looking for overloads, interferences, contradictions, broken links and duplicates again.

Times each step on 3,000 initiatives and on a tenth of them: reading the rows, comparing the texts,
applying the rules, writing what changed; then a second time, when nothing changed.

    python benchmarks/findings.py [--initiatives 3000]
"""

import argparse
import time
from collections import Counter
from datetime import date

import scratch
from orchestre.interactions import snapshot
from orchestre.interactions.models import Finding
from orchestre.interactions.services import refresh, similar
from orchestre.load.services import compute
from orchestre_engine import interactions as engine
from support import portfolio
from support.portfolio import Size


def once(size: Size, today: date) -> float:
    """Fill an installation and have the rules look twice."""
    portfolio.fill(size, today)
    compute.forget()
    began = time.perf_counter()
    view = compute.current()
    loaded = time.perf_counter()
    taken = snapshot.take(view, today, similar.compare)
    read = time.perf_counter()
    engine.solve(taken.problem)
    solved = time.perf_counter()
    compute.forget()
    refresh.look_again(None)
    first = time.perf_counter()
    refresh.look_again(None)
    again = time.perf_counter()
    kinds = Counter(Finding.objects.values_list("kind", flat=True))
    print(f"{size.initiatives:,} initiatives")
    print(f"  load of everybody                  {loaded - began:7.2f} s")
    print(f"  reading, and comparing the texts   {read - loaded:7.2f} s")
    print(f"  rules                              {solved - read:7.2f} s")
    print(f"  all of it, and writing             {first - solved:7.2f} s")
    print(f"  a second time, nothing changed     {again - first:7.2f} s")
    print("  found: " + ", ".join(f"{kind} {count:,}" for kind, count in sorted(kinds.items())))
    return first - solved


def main() -> None:
    """Measure both sizes and compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--initiatives", type=int, default=3_000)
    count = parser.parse_args().initiatives
    today = date.today()  # noqa: DTZ011 - a calendar date
    size = Size(count)
    with scratch.installation("bench_tenth"):
        tenth = once(size.tenth(), today)
    with scratch.installation("bench_all"):
        whole = once(size, today)
    print(f"ten times the initiatives: × {whole / tenth:.1f} the time")


if __name__ == "__main__":
    main()
