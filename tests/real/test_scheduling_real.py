"""Public scheduling problems: the benchmarks themselves, on samples, in short limits."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("ORCHESTRE_REAL_DATA") or ROOT.parent / "shared" / "data")
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not (DATA / "psplib").is_dir(),
        reason="PSPLIB is not in the real data set beside the project (ORCHESTRE_REAL_DATA)",
    ),
]


def run(script: str, out: Path, *arguments: str | Path) -> tuple[str, list[dict[str, Any]]]:
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / script, *map(str, arguments), "--out", str(out)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, json.loads(out.read_text("utf-8"))["instances"]


def psplib(size: str, out: Path, count: int, seconds: int) -> tuple[str, list[dict[str, Any]]]:
    return run(
        "psplib.py",
        out,
        DATA / "psplib" / size,
        "--best-known",
        DATA / "psplib" / f"{size}_best_known.csv",
        "--time-limit",
        str(seconds),
        "--limit-instances",
        str(count),
    )


def test_thirty_activities_take_the_shortest_length_known(tmp_path: Path) -> None:
    told, found = psplib("j30", tmp_path / "out.json", 8, 5)
    assert len(found) == 8
    assert [one["makespan"] for one in found] == [one["best_known"] for one in found]
    assert all(one["bound"] <= one["makespan"] for one in found)
    assert "Every schedule holds" in told
    assert "minimum slack, parallel" in told


def test_sixty_activities_come_within_two_percent(tmp_path: Path) -> None:
    _, found = psplib("j60", tmp_path / "out.json", 3, 4)
    assert all(one["makespan"] <= 1.02 * one["best_known"] for one in found)


def test_without_best_known_lengths_the_gap_is_to_the_bound(tmp_path: Path) -> None:
    told, found = run(
        "psplib.py",
        tmp_path / "out.json",
        DATA / "psplib" / "j30",
        "--instances",
        "j301_1",
        "--time-limit",
        "3",
    )
    assert [one["best_known"] for one in found] == [None]
    assert "mean gap to reference" in told


def test_portfolios_are_no_longer_than_ms_project_left_them(tmp_path: Path) -> None:
    told, found = run(
        "multiproject.py", tmp_path / "out.json", DATA / "multiproject", "--time-limit", "3"
    )
    assert len(found) == len(list((DATA / "multiproject").glob("*.json")))
    assert all(one["makespan"] <= one["best_known"] for one in found)
    assert re.search(r"Longer than MS Project's levelling: 0 of \d+", told)


def test_a_schedule_that_does_not_hold_is_seen(tmp_path: Path) -> None:
    code = (
        "import json, sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]);"
        "import multiproject, psplib;"
        "path = Path(sys.argv[2]); jobs = range(1, 33);"
        "print(len(psplib.faults(path, {str(job): 0 for job in jobs})));"
        "path = Path(sys.argv[3]); told = json.loads(path.read_text());"
        "zero = {str(task['uid']): 0 for task in told['tasks']};"
        "print(len(multiproject.faults(path, zero, wait=True)))"
    )
    portfolio = next((DATA / "multiproject").glob("*.json"))
    problem = DATA / "psplib" / "j30" / "j301_1.sm"
    done = subprocess.run(
        [sys.executable, "-c", code, ROOT / "benchmarks", problem, portfolio],
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(int(count) > 10 for count in done.stdout.split())
    assert len(done.stdout.split()) == 2
