"""Portfolios levelled by MS Project, against its published lengths and against priority rules.

Reads JSON portfolios: tasks with whole working days, predecessors, demands in percent of a unit;
resources with their units in percent. A project whose first task has no predecessor and no demand
arrives on the day that task has in the file, as in the original portfolios: MS Project had to wait
for it too. `--arrivals ignored` lets everything start at once.

    python benchmarks/multiproject.py DIR --time-limit 10 --workers 2 --out FILE
"""

import argparse
import json
import re
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from orchestre_engine.errors import ProblemError
from orchestre_engine.sequencing.rcpsp import (
    Activity,
    Demand,
    Link,
    Precedence,
    Problem,
    Resource,
)
from scheduling import Instance, chosen, measure, report, warmed, write


def working_days(start: date, end: date) -> int:
    """Count Mondays to Fridays from one day to another."""
    return sum((start + timedelta(k)).weekday() < 5 for k in range((end - start).days))


def arrivals(told: dict[str, Any]) -> dict[int, int]:
    """Give the day each task without predecessor and demand had to wait for."""
    first = min(date.fromisoformat(task["start"]) for task in told["tasks"] if task.get("start"))
    return {
        task["uid"]: working_days(first, date.fromisoformat(task["start"]))
        for task in told["tasks"]
        if task.get("start") and not task["preds"] and not task["demand"] and not task["days"]
    }


def whole(value: float | str, what: str) -> int:
    """Read a whole number, with a sentence when it is none."""
    figure = float(value)
    if not figure.is_integer():
        raise ProblemError(f"{what} is {value}; give whole days and percents.")
    return int(figure)


def lag_days(text: str, what: str) -> int:
    """Read `2.0d`."""
    match = re.fullmatch(r"\s*(-?\d+(?:\.\d+)?)\s*e?d?\s*", text)
    if match is None:
        raise ProblemError(f"{what}: the lag “{text}” is not in days; write it as 2.0d.")
    return whole(match.group(1), what)


def problem(told: dict[str, Any], *, wait: bool) -> Problem:
    """Turn a portfolio into a problem."""
    release = arrivals(told) if wait else {}
    activities, links = [], []
    for task in told["tasks"]:
        name = f"Task {task['uid']}"
        demands = tuple(
            Demand(str(code), whole(percent, f"{name}: demand")) for code, percent in task["demand"]
        )
        activities.append(
            Activity(
                str(task["uid"]),
                whole(task["days"], f"{name}: duration"),
                demands,
                release=release.get(task["uid"], 0),
            )
        )
        links += [
            Precedence(str(before), str(task["uid"]), Link(kind), lag_days(lag, name))
            for before, kind, lag in task["preds"]
        ]
    resources = tuple(
        Resource(code, whole(one["max_units_pct"], f"Resource {code}"))
        for code, one in told["resources"].items()
    )
    return Problem(tuple(activities), resources, tuple(links))


def faults(path: Path, starts: dict[str, int], *, wait: bool) -> list[str]:
    """Check a schedule against the file itself, day by day, with nothing of the product."""
    told = json.loads(path.read_text(encoding="utf-8"))
    tasks = {task["uid"]: task for task in told["tasks"]}
    found = [f"task {uid} has no start" for uid in tasks if str(uid) not in starts]
    if found:
        return found
    begin = {uid: starts[str(uid)] for uid in tasks}
    finish = {uid: begin[uid] + task["days"] for uid, task in tasks.items()}
    waits = arrivals(told) if wait else {}
    found += [f"task {uid} starts too soon" for uid in tasks if begin[uid] < waits.get(uid, 0)]
    for uid, task in tasks.items():
        for before, kind, lag in task["preds"]:
            ends = {"F": finish, "S": begin}
            if ends[kind[1]][uid] < ends[kind[0]][before] + float(lag.rstrip("ed")):
                found.append(f"task {uid} does not wait for {before}")
    return found + overuse(told, begin, finish)


def overuse(told: dict[str, Any], begin: dict[int, int], finish: dict[int, int]) -> list[str]:
    """Add the demands of each day up."""
    found = []
    for day in range(int(max(finish.values()))):
        used: dict[str, float] = {}
        for task in told["tasks"]:
            if begin[task["uid"]] <= day < finish[task["uid"]]:
                for code, percent in task["demand"]:
                    used[str(code)] = used.get(str(code), 0) + percent
        for code, percent in used.items():
            if percent > told["resources"][code]["max_units_pct"]:
                found.append(f"resource {code} on day {day}: {percent} %")
    return found


def instances(paths: list[Path], *, wait: bool) -> list[Instance]:
    """Read the portfolios."""
    read = []
    for path in paths:
        told = json.loads(path.read_text(encoding="utf-8"))
        published = told.get("published_TMS")
        read.append(
            Instance(
                told.get("instance", path.stem),
                problem(told, wait=wait),
                None if published is None else int(published),
                lambda starts, path=path: faults(path, starts, wait=wait),
            )
        )
    return read


def main() -> int:
    """Read the arguments, solve, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", metavar="DIR", type=Path, nargs="?")
    parser.add_argument("--time-limit", metavar="S", type=float, default=10.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", metavar="FILE", type=Path)
    parser.add_argument("--arrivals", choices=["file", "ignored"], default="file")
    parser.add_argument("--instances", metavar="PATTERN")
    parser.add_argument("--limit-instances", metavar="N", type=int)
    asked = parser.parse_args()
    if asked.folder is None:
        print("Name a folder of JSON portfolios: none is shipped with the product.")
        return 0
    paths = chosen(asked.folder.glob("*.json"), asked.instances, asked.limit_instances)
    if not paths:
        print(f"No portfolio in {asked.folder} answers to that; check the folder and the pattern.")
        return 2
    try:
        read = instances(paths, wait=asked.arrivals == "file")
    except ProblemError as error:
        print(error)
        return 2
    warmed()
    rows = measure(read, asked.time_limit, asked.workers, asked.seed)
    holds = report(rows)
    longer = [row for row in rows if row.result.makespan > row.reference]
    print(f"Longer than MS Project's levelling: {len(longer)} of {len(rows)}")
    if asked.out is not None:
        write(asked.out, rows)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
