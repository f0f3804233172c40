"""`orchestre analyse` on real public portfolios: every edition, both languages."""

from __future__ import annotations

import json
import math
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
        not DATA.is_dir(),
        reason="the real data set is not beside the project (ORCHESTRE_REAL_DATA)",
    ),
]

# file, initiatives, cells refused, first day analysed
FILES = [
    ("panorama/panorama_2016-09-09_3ecf4d8.csv", 54, 10, "2 January 2017"),
    ("panorama/panorama_2016-11-18_d64b828.csv", 57, 0, "2 January 2017"),
    ("panorama/panorama_2017-03-15_a50f6e7.csv", 61, 0, "2 January 2017"),
    ("panorama/panorama_2017-07-18_6cc50f0.csv", 61, 0, "7 January 2019"),
    ("panorama/panorama_2017-11-28_c7fd1c7.csv", 61, 0, "1 January 2018"),
    ("panorama/panorama_2018-06-01_d1c28d0.csv", 61, 0, "7 January 2019"),
    ("panorama/panorama_projets_si.csv", 57, 16, "2 January 2017"),
    ("panorama/export_2ae0069.xlsx", 61, 0, "7 January 2019"),
    ("gmpp/uk_2018.csv", 133, 42, "1 January 2018"),
    ("gmpp/uk_2019.csv", 133, 49, "7 January 2019"),
    ("gmpp/uk_2020.csv", 125, 34, "4 January 2021"),
    ("gmpp/uk_2021.csv", 184, 59, ""),
]


def analyse(path: Path, language: str, *words: str) -> tuple[dict[str, Any], str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("ORCHESTRE_")}
    done = subprocess.run(
        [
            sys.executable, "-c", "from orchestre.config.cli import main; main()",
            "analyse", str(path), "--json", "--language", language, *words,
        ],
        env={**known, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not re.search(r"\b(NaN|-?Infinity)\b", done.stdout)
    return json.loads(done.stdout, parse_constant=_refuse), done.stderr


def _refuse(constant: str) -> float:
    raise ValueError(constant)


@pytest.mark.parametrize(("name", "initiatives", "refused", "day"), FILES)
def test_every_edition_gives_a_true_answer(
    name: str, initiatives: int, refused: int, day: str, tmp_path: Path
) -> None:
    out = tmp_path / "report.html"
    told, said = analyse(DATA / name, "en", "--html", str(out))
    assert told["initiatives"] == initiatives
    assert len(told["refused"]) == refused
    assert told["assumed_ratio"] == 1.0  # these files say nothing of the hours asked
    assert f"Analysed as of {day}" in said
    # the British files give costs in pounds, kept as they are: intensities are the smallest
    assert told["overloads"] or name.startswith("gmpp")
    for one in told["overloads"]:
        assert one["from"] < one["to"]
        assert one["peak_ratio"] is None or one["peak_ratio"] > 1
        assert 0 <= one["probability"] <= 1
        assert math.isclose(sum(part["share"] for part in one["contributions"]), 1, abs_tol=0.01)
    assert all(one["sentence"] for one in told["findings"])
    html = out.read_text(encoding="utf-8")
    assert "<script" not in html
    assert not re.search(r"(?:src|href)=\"(?!#)", html)


def test_both_languages_tell_the_same_facts() -> None:
    path = DATA / "panorama" / "panorama_2018-06-01_d1c28d0.csv"
    english, _said = analyse(path, "en")
    french, said = analyse(path, "fr")
    assert "Analysé au 7 janvier 2019" in said
    assert english["overloads"] == french["overloads"]
    assert [one["sentence"] for one in english["findings"]] != [
        one["sentence"] for one in french["findings"]
    ]


def test_another_day_gives_another_answer() -> None:
    path = DATA / "panorama" / "panorama_2018-06-01_d1c28d0.csv"
    told, said = analyse(path, "en", "--as-of", "2018-06-04", "--weeks", "52")
    assert "4 June 2018, as asked, over 52 weeks" in said
    assert all(one["to"] <= "2019-06-03" for one in told["overloads"])
