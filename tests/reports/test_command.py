"""`orchestre analyse`, run as people run it: apart, on files, with its exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAD = (
    "Projet;Ministère porteur;Phase du projet en cours;Début;Durée du projet en années;Coût estimé"
)
MADE = f"""{HEAD}
SIRH;Direction des ressources;Conception;01/01/2027;1;25 M€
Paie;Direction des ressources;Conception;01/01/2027;1;25 M€
Caisse;Direction des ventes;Cadrage;01/06/2027;beaucoup;2 M€
"""
KEYS = {"initiatives", "refused", "assumed_ratio", "overloads", "findings"}


def analyse(*words: str, data: Path | None = None) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("ORCHESTRE_")}
    if data is not None:
        known["ORCHESTRE_DATA"] = str(data)
    return subprocess.run(
        [sys.executable, "-c", "from orchestre.config.cli import main; main()", "analyse", *words],
        env={**known, "PYTHONPATH": str(ROOT / "src"), "LANG": "en_GB.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "portefeuille.csv"
    path.write_text(MADE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def answer(
    made: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, object], str, str]:
    out = tmp_path_factory.mktemp("out") / "report.html"
    done = analyse(str(made), "--json", "--html", str(out), "--as-of", "2027-10-04")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), out.read_text(encoding="utf-8"), done.stderr


def test_one_object_with_exactly_the_keys_that_are_promised(
    answer: tuple[dict[str, object], str, str],
) -> None:
    told, _html, _said = answer
    assert set(told) == KEYS
    assert told["initiatives"] == 3
    assert told["assumed_ratio"] == 1.0
    (refused,) = told["refused"]
    assert set(refused) == {"sheet", "row", "column", "value", "reason"}
    assert (refused["row"], refused["value"]) == (4, "beaucoup")
    first = told["overloads"][0]
    assert set(first) == {
        "population", "from", "to", "peak_ratio", "excess_person_hours", "probability",
        "contributions",
    }  # fmt: skip
    assert first["population"] == "Direction des ressources [DIRECTION-DES-RESSOURCES]"
    assert first["excess_person_hours"] is None  # nobody knows how many they are
    shares = {part["initiative"].split(" [")[0]: part["share"] for part in first["contributions"]}
    assert shares == {"SIRH": 0.5, "Paie": 0.5}


def test_findings_carry_a_sentence_and_readable_names(
    answer: tuple[dict[str, object], str, str],
) -> None:
    told, _html, _said = answer
    between = [one for one in told["findings"] if one["kind"] == "interference"]
    assert between
    assert set(between[0]) == {
        "kind", "initiatives", "populations", "from", "to", "score", "sentence",
    }  # fmt: skip
    assert {name.split(" [")[0] for name in between[0]["initiatives"]} == {"SIRH", "Paie"}
    assert "Direction des ressources" in between[0]["sentence"]


def test_the_report_stands_alone(answer: tuple[dict[str, object], str, str]) -> None:
    _told, html, said = answer
    assert "Report written" in said
    assert "<script" not in html
    assert not re.search(r"(?:src|href)=\"(?!#)", html)
    assert not re.search(r"url\((?!#)", html)
    assert "@import" not in html
    assert " style=" not in html
    assert "SIRH" in html
    for anchor in re.findall(r'href="#([^"]+)"', html):
        assert f'id="{anchor}"' in html


def test_the_day_chosen_is_told(made: Path) -> None:
    done = analyse(str(made), "--json", "--as-of", "2027-10-06")
    assert "Analysed as of 4 October 2027, as asked, over 104 weeks." in done.stderr


def test_french_is_french(made: Path) -> None:
    done = analyse(str(made), "--json", "--as-of", "2027-10-04", "--language", "fr")
    told = json.loads(done.stdout)
    assert "Analysé au 4 octobre 2027" in done.stderr
    assert any("demand" in one["sentence"] for one in told["findings"])


def test_the_installation_is_neither_read_nor_written(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "installation"
    folder.mkdir()
    done = analyse(str(made), "--json", data=folder)
    assert done.returncode == 0
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<html><script>alert(1)</script></html>"),
        ("empty.csv", b""),
        ("zeros.xlsx", b"PK\x03\x04" + bytes(200)),
        ("words.csv", b"a;b\n1;2\n"),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    done = analyse(str(path), "--json")
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.split()) >= 4
    assert "Traceback" not in done.stderr


def test_a_wrong_use_ends_with_2(made: Path) -> None:
    assert analyse().returncode == 2
    assert analyse(str(made.with_name("nowhere.csv"))).returncode == 2
    assert analyse(str(made), "--weeks", "2").returncode == 2
    assert analyse(str(made), "--preset", "no-such").returncode == 2
    assert analyse(str(made), "--as-of", "tomorrow").returncode == 2


def test_without_json_people_read_lines(made: Path) -> None:
    done = analyse(str(made), "--as-of", "2027-10-04")
    assert done.returncode == 0
    assert done.stdout.startswith("Direction des ressources: up to ")
