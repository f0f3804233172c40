"""What the benchmarks of scheduling have in common: solve, compare with rules, verify, write.

`psplib.py`, `multiproject.py` and `scheduling_sizes.py` use it.
"""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from statistics import fmean

from orchestre_engine.sequencing.rcpsp import (
    Limit,
    Problem,
    Result,
    Rule,
    Scheme,
    by_rule,
    solve,
    warm_up,
)
from orchestre_engine.sequencing.rcpsp.verify import makespan

RIVALS = (
    ("minimum slack, parallel", Rule.MINIMUM_SLACK, Scheme.PARALLEL),
    ("latest finish, parallel", Rule.LATEST_FINISH, Scheme.PARALLEL),
    ("latest finish, serial", Rule.LATEST_FINISH, Scheme.SERIAL),
)


@dataclass(frozen=True)
class Instance:
    """A problem, what is known of it, and a check that reads its source again."""

    name: str
    problem: Problem
    best_known: int | None
    check: Callable[[dict[str, int]], list[str]]


@dataclass(frozen=True)
class Row:
    """What was found for an instance."""

    instance: Instance
    result: Result
    rivals: dict[str, tuple[int, float]]
    faults: list[str]

    @property
    def reference(self) -> int:
        """Best known, else the bound that was proved."""
        known = self.instance.best_known
        return self.result.bound if known is None else known

    def gap(self, length: int) -> float:
        """Give how much longer a schedule is than the reference, in percent."""
        return 100 * (length - self.reference) / self.reference if self.reference else 0.0


def chosen(paths: Iterable[Path], pattern: str | None, most: int | None) -> list[Path]:
    """Give the files asked for, in order; a sample is spread over all of them."""
    kept = sorted(one for one in paths if pattern is None or fnmatch(one.stem, pattern))
    if most is None or most >= len(kept):
        return kept
    return [kept[(2 * at + 1) * len(kept) // (2 * most)] for at in range(most)]


def warmed() -> None:
    """Compile or load the hot loops, and say how long it took: no instance pays for it."""
    start = time.perf_counter()
    warm_up()
    print(f"Warm-up (compiling, or loading what was compiled): {time.perf_counter() - start:.1f} s")
    print("It is in none of the times below. Each time is that of one instance, wall clock.")


def measure(instances: Sequence[Instance], seconds: float, workers: int, seed: int) -> list[Row]:
    """Solve each instance, and by each rule; tell the progress."""
    rows = []
    for at, one in enumerate(instances, 1):
        result = solve(one.problem, Limit(seconds=seconds), seed=seed, workers=workers)
        row = Row(one, result, _rivals(one), one.check(dict(result.starts)))
        rows.append(row)
        known = "" if one.best_known is None else f", best known {one.best_known}"
        proved = "proved" if result.bound >= result.makespan else f"bound {result.bound}"
        print(
            f"[{at}/{len(instances)}] {one.name}: {result.makespan} ({proved}{known}),"
            f" {result.seconds:.2f} s",
            flush=True,
        )
    return rows


def _rivals(one: Instance) -> dict[str, tuple[int, float]]:
    found = {}
    for name, rule, scheme in RIVALS:
        start = time.perf_counter()
        starts = by_rule(one.problem, rule, scheme)
        took = time.perf_counter() - start
        assert not one.check(starts), f"{name} broke a rule of {one.name}"
        found[name] = (makespan(one.problem, starts), took)
    return found


def report(rows: Sequence[Row]) -> bool:
    """Print the figures; tell whether every schedule is feasible."""
    known = [row for row in rows if row.instance.best_known is not None]
    print(f"\n{len(rows)} instances, {len(known)} with a best known length")
    _line("Orchestre", rows, [row.result.makespan for row in rows])
    for name, _, _ in RIVALS:
        _line(name, rows, [row.rivals[name][0] for row in rows])
    proved = sum(row.result.bound >= row.result.makespan for row in rows)
    times = [row.result.seconds for row in rows]
    print(f"Proved optimal: {proved} of {len(rows)} ({100 * proved / len(rows):.1f} %)")
    print(f"Time: mean {fmean(times):.2f} s, longest {max(times):.2f} s")
    wrong = [(row, fault) for row in rows for fault in row.faults]
    for row, fault in wrong:
        print(f"NOT FEASIBLE {row.instance.name}: {fault}")
    print("Every schedule holds, read again from the source." if not wrong else "")
    return not wrong


def _line(name: str, rows: Sequence[Row], lengths: Sequence[int]) -> None:
    gaps = [row.gap(length) for row, length in zip(rows, lengths, strict=True)]
    against = (
        "best known" if all(row.instance.best_known is not None for row in rows) else "reference"
    )
    at_best = sum(gap <= 0 for gap in gaps)
    print(
        f"  {name:26} mean gap to {against} {fmean(gaps):6.2f} %, worst {max(gaps):6.2f} %,"
        f" at it or under {at_best} of {len(gaps)}"
    )


def write(path: Path, rows: Sequence[Row]) -> None:
    """Write the schedules and the figures."""
    told = [
        {
            "instance": row.instance.name,
            "starts": dict(row.result.starts),
            "makespan": row.result.makespan,
            "best_known": row.instance.best_known,
            "bound": row.result.bound,
            "seconds": round(row.result.seconds, 3),
        }
        for row in rows
    ]
    path.write_text(json.dumps({"instances": told}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    print(
        "Parts of the benchmarks of scheduling; run psplib.py, multiproject.py or"
        " scheduling_sizes.py."
    )
