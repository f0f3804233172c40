"""Load of 500 populations over 156 weeks: the engine against three ways to write it oneself.

Every way reads the same columns from memory, outside the clock, and gives the same hours per
population and week. Segments are whole weeks so that all of them can: the engine alone also
takes dates inside a week, timed on its own line. Prints medians and ratios; fails when answers
differ or a promised ratio is not met.

    python benchmarks/load.py [--impacts 100000 1000000]
"""

import argparse
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import numpy as np
import polars as pl

from orchestre_engine.load import Segments, accumulate

POPULATIONS, WEEKS, LONGEST = 500, 156, 12
MOST_TIMES_SLOWER_THAN_NUMPY = 2.0
LEAST_TIMES_FASTER_THAN_TABLES = 5.0


@dataclass(frozen=True)
class Columns:
    """Impacts of whole weeks: population, first week, length, hours per week."""

    population: np.ndarray
    first: np.ndarray
    length: np.ndarray
    weekly: np.ndarray


def made(count: int) -> Columns:
    """Make impacts up, quarters of an hour so that every sum is exact everywhere."""
    random = np.random.default_rng(11)
    return Columns(
        random.integers(0, POPULATIONS, count),
        random.integers(0, WEEKS - LONGEST, count),
        random.integers(1, LONGEST + 1, count),
        random.integers(1, 60, count) / 4,
    )


def segments(columns: Columns, days: int = 0) -> Segments:
    """Lay the impacts out for the engine, `days` later."""
    start = columns.first * 7.0 + days
    length = columns.length * 7.0
    hours = columns.weekly * columns.length
    return Segments.of(columns.population, np.zeros(len(hours)), start, start + length, hours)


def numpy_way(columns: Columns) -> np.ndarray:
    """Plain difference array: two bincounts and a cumulative sum."""
    width = WEEKS + 1
    first = columns.population * width + columns.first
    size = POPULATIONS * width
    grid = np.bincount(first, columns.weekly, size)
    grid -= np.bincount(first + columns.length, columns.weekly, size)
    return np.cumsum(grid.reshape(POPULATIONS, width), 1)[:, :WEEKS]


def polars_way(frame: pl.DataFrame) -> np.ndarray:
    """Difference array by group-by: the fastest of the ways tried with Polars."""
    starts = frame.lazy().select("population", week="first", hours="weekly")
    ends = frame.lazy().select(
        "population", week=pl.col("first") + pl.col("length"), hours=-pl.col("weekly")
    )
    both = pl.concat([starts, ends]).group_by("population", "week").agg(pl.col("hours").sum())
    found = both.collect()
    grid = np.zeros((POPULATIONS, WEEKS + 1))
    grid[found["population"].to_numpy(), found["week"].to_numpy()] = found["hours"].to_numpy()
    return np.cumsum(grid, 1)[:, :WEEKS]


SQL = """
select population, week, sum(hours) from (
    select population, first as week, weekly as hours from impact
    union all
    select population, first + length, -weekly from impact
) group by population, week
"""


def sql_way(connection: sqlite3.Connection) -> np.ndarray:
    """Answer the same question in SQL, in memory."""
    found = np.array(connection.execute(SQL).fetchall())
    grid = np.zeros((POPULATIONS, WEEKS + 1))
    grid[found[:, 0].astype(int), found[:, 1].astype(int)] = found[:, 2]
    return np.cumsum(grid, 1)[:, :WEEKS]


def table(columns: Columns) -> sqlite3.Connection:
    """Put the impacts in a table."""
    connection = sqlite3.connect(":memory:")
    connection.execute("create table impact (population int, first int, length int, weekly real)")
    rows = zip(
        columns.population.tolist(),
        columns.first.tolist(),
        columns.length.tolist(),
        columns.weekly.tolist(),
        strict=True,
    )
    connection.executemany("insert into impact values (?, ?, ?, ?)", rows)
    return connection


def timed(way: Callable[[], np.ndarray], times: int) -> tuple[float, np.ndarray]:
    """Give the median time of a way, and its answer."""
    found, seconds = way(), []
    for _ in range(times):
        start = time.perf_counter()
        found = way()
        seconds.append(time.perf_counter() - start)
    return median(seconds), found


def compare(count: int) -> None:
    """Time every way on `count` impacts."""
    columns = made(count)
    whole, inside = segments(columns), segments(columns, days=3)
    frame = pl.DataFrame(columns.__dict__)
    connection = table(columns)
    mine, answer = timed(lambda: accumulate(whole, POPULATIONS, WEEKS), 15)
    partial, _ = timed(lambda: accumulate(inside, POPULATIONS, WEEKS), 15)
    print(f"{count:,} impacts, {POPULATIONS} populations × {WEEKS} weeks (medians)")
    print(f"  engine                       {mine * 1e3:9.2f} ms")
    print(f"  engine, dates inside a week  {partial * 1e3:9.2f} ms")
    ratios = {}
    for name, way, times in (
        ("NumPy difference array", lambda: numpy_way(columns), 15),
        ("Polars group-by", lambda: polars_way(frame), 5),
        ("SQL (SQLite in memory)", lambda: sql_way(connection), 2),
    ):
        other, found = timed(way, times)
        assert np.array_equal(found, answer), f"{name} answers something else"
        ratios[name] = other / mine
        print(f"  {name:28} {other * 1e3:9.2f} ms   {ratios[name]:8.2f} × the engine's time")
    numpy, *tables = ratios.values()
    assert numpy * MOST_TIMES_SLOWER_THAN_NUMPY >= 1, f"NumPy is {1 / numpy:.2f} times faster"
    assert min(tables) >= LEAST_TIMES_FASTER_THAN_TABLES, f"only {min(tables):.1f} times faster"


def main() -> None:
    """Read the sizes and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--impacts", type=int, nargs="+", default=[100_000, 1_000_000])
    for count in parser.parse_args().impacts:
        compare(count)


if __name__ == "__main__":
    main()
