"""PSPLIB against the best known lengths and against priority rules, in the same run.

Reads the `.sm` files of a folder, whatever their number of jobs and resources. Without best known
lengths, the gap is to the bound that was proved. Ends with an error when a schedule does not hold.

    python benchmarks/psplib.py DIR --best-known CSV --time-limit 5 --workers 2 --out FILE
"""

import argparse
import re
import sys
from pathlib import Path

from orchestre_engine.errors import ProblemError
from orchestre_engine.sequencing.rcpsp import read_psplib
from scheduling import Instance, chosen, measure, report, warmed, write

UPPER = re.compile(r"opt|best|ub|upper|makespan|known", re.IGNORECASE)
FIGURE = re.compile(r"^(?:(\d+)\s*(?:\.\.|-|–)\s*)?(\d+)$")


def known_lengths(text: str, names: list[str]) -> dict[str, int]:
    """Read best known lengths of any sensible layout.

    A line names an instance (`j301_1.sm`, `J301_1`), or gives its parameter and instance numbers
    as PSPLIB does. `a..b` is from lower to upper. A title among optimum, best, upper, UB, makespan
    tells the column; without one it is the first figure.
    """
    known = {_key(name): name for name in names}
    found: dict[str, int] = {}
    column: int | None = None
    for line in text.splitlines():
        cells = [cell.strip().strip('"') for cell in _cells(line)]
        at, name = _named(cells, known)
        if name is None:
            column = next((k for k, cell in enumerate(cells) if UPPER.search(cell)), column)
            continue
        if column is not None and column < len(cells) and FIGURE.match(cells[column]):
            cells, at = [cells[column]], 0
        figures = [match for cell in cells[at:] if (match := FIGURE.match(cell))]
        if figures:
            found[name] = int(figures[0].group(2))
    return found


def _cells(line: str) -> list[str]:
    for mark in (";", "\t", ","):
        if mark in line:
            return line.split(mark)
    return line.split()


def _key(name: str) -> str:
    return re.sub(r"\.(sm|rcp|json)$", "", name.casefold())


def _named(cells: list[str], known: dict[str, str]) -> tuple[int, str | None]:
    """Give where the figures begin and the instance a line is about."""
    for at, cell in enumerate(cells):
        if _key(cell) in known:
            return at + 1, known[_key(cell)]
    if len(cells) >= 3 and cells[0].isdigit() and cells[1].isdigit():
        for key, name in known.items():
            if re.fullmatch(rf"[a-z]+\d*?{cells[0]}_{cells[1]}", key) and _sized(key, cells):
                return 2, name
    return 0, None


def _sized(key: str, cells: list[str]) -> bool:
    """Tell `j301_1` (parameter 1) from `j3011_1` (parameter 11): sizes are 30, 60, 90, 120."""
    numbers = re.sub(r"\D", "", key.split("_", maxsplit=1)[0])
    return numbers.removesuffix(cells[0]) in {"30", "60", "90", "120", ""}


def faults(path: Path, starts: dict[str, int]) -> list[str]:
    """Check a schedule against the file itself, with nothing of the product."""
    text = path.read_text(encoding="utf-8", errors="replace")
    parts = re.split(r"^\*+\s*$", text, flags=re.MULTILINE)
    links, requests, capacities = (
        next(part for part in parts if title in part)
        for title in ("PRECEDENCE RELATIONS", "REQUESTS/DURATIONS", "RESOURCEAVAILABILITIES")
    )
    jobs = {row[0]: row for row in _rows(requests)}
    available = _rows(capacities)[-1]
    told = [f"job {job} has no start" for job in jobs if str(job) not in starts]
    if told:
        return told
    begin = {job: starts[str(job)] for job in jobs}
    finish = {job: begin[job] + row[2] for job, row in jobs.items()}
    told += [f"job {job} starts at {start}" for job, start in begin.items() if start < 0]
    for job, _, _, *successors in _rows(links):
        told += [
            f"job {one} begins before {job} ends" for one in successors if begin[one] < finish[job]
        ]
    for period in range(max(finish.values())):
        running = [jobs[job] for job in jobs if begin[job] <= period < finish[job]]
        for at, most in enumerate(available):
            used = sum(row[3 + at] for row in running)
            if used > most:
                told.append(f"resource {at + 1} at {period}: {used} of {most}")
    return told


def _rows(part: str) -> list[list[int]]:
    return [
        [int(word) for word in line.split()]
        for line in part.splitlines()
        if re.fullmatch(r"[\s\d]*\d[\s\d]*", line)
    ]


def instances(paths: list[Path], known: dict[str, int]) -> list[Instance]:
    """Read the files."""
    return [
        Instance(
            path.stem,
            read_psplib(path.read_text(encoding="utf-8", errors="replace"), path.name),
            known.get(path.stem),
            lambda starts, path=path: faults(path, starts),
        )
        for path in paths
    ]


def main() -> int:
    """Read the arguments, solve, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", metavar="DIR", type=Path, nargs="?")
    parser.add_argument("--best-known", metavar="CSV", type=Path)
    parser.add_argument("--time-limit", metavar="S", type=float, default=5.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", metavar="FILE", type=Path)
    parser.add_argument("--instances", metavar="PATTERN", help="for instance 'j601_*'")
    parser.add_argument("--limit-instances", metavar="N", type=int)
    asked = parser.parse_args()
    if asked.folder is None:
        print("Name a folder of PSPLIB .sm files: none is shipped with the product.")
        return 0
    paths = chosen(asked.folder.glob("*.sm"), asked.instances, asked.limit_instances)
    if not paths:
        print(f"No .sm file in {asked.folder} answers to that; check the folder and the pattern.")
        return 2
    known = {}
    if asked.best_known is not None:
        known = known_lengths(
            asked.best_known.read_text(encoding="utf-8-sig"), [path.stem for path in paths]
        )
    try:
        read = instances(paths, known)
    except ProblemError as error:
        print(error)
        return 2
    warmed()
    rows = measure(read, asked.time_limit, asked.workers, asked.seed)
    holds = report(rows)
    if asked.out is not None:
        write(asked.out, rows)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
