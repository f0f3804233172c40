"""`orchestre import|undo|export`: one object out, sentences aside, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exchange.tables import forty, workbook
from orchestre.exchange.cli import export, import_, undo
from orchestre.portfolio.models import Initiative

pytestmark = pytest.mark.django_db


def run(command: Any, *words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "forty.xlsx"
    path.write_bytes(workbook(Feuil1=forty({(5, "Fin"): "31/02/2027"})))
    return path


def test_a_dry_run_tells_all_and_writes_nothing(file: Path) -> None:
    done = run(import_, file, "--dry-run", "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert set(told) == {"created", "changed", "unchanged", "deleted", "refused"}
    assert told["created"] == {"unit": 4, "population": 4, "initiative": 40}
    (refused,) = told["refused"]
    assert set(refused) == {"sheet", "row", "column", "value", "reason"}
    assert (refused["sheet"], refused["row"], refused["column"]) == ("Feuil1", 5, "Fin")
    assert refused["value"] == "31/02/2027"
    assert not Initiative.objects.exists()


def test_import_then_undo(file: Path) -> None:
    told = json.loads(run(import_, file, "--json").stdout)
    assert Initiative.objects.count() == 40
    again = json.loads(run(import_, file, "--json").stdout)
    assert again["unchanged"]["initiative"] == 40
    assert again["change_set"] is None
    undone = run(undo, told["change_set"], "--json")
    assert undone.exit_code == 0
    assert json.loads(undone.stdout)["undone"] == told["change_set"]
    assert not Initiative.objects.exists()
    assert run(undo, told["change_set"]).exit_code == 1
    assert run(undo, 999_999, "--json").exit_code == 1


def test_refusals_end_with_one(file: Path, tmp_path: Path) -> None:
    done = run(import_, file, "--only-if-clean", "--json")
    assert done.exit_code == 1
    assert len(json.loads(done.stdout)["refused"]) == 1
    assert not Initiative.objects.exists()
    page = tmp_path / "page.xlsx"
    page.write_bytes(b"<html></html>")
    done = run(import_, page, "--json")
    assert done.exit_code == 1
    assert "web page" in json.loads(done.stdout)["refused"][0]["reason"]


def test_wrong_words_end_with_two(file: Path, tmp_path: Path) -> None:
    assert run(import_, tmp_path / "nowhere.xlsx").exit_code == 2
    assert run(import_, file, "--preset", "nothing").exit_code == 2
    assert run(import_, file, "--map", file).exit_code == 2
    assert run(export, tmp_path / "out.doc").exit_code == 2


def test_a_mapping_file_says_which_column_goes_where(file: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "map.json"
    columns = [{"index": 1, "header": "Projet", "target": "title"}]
    sheet = {"sheet": "Feuil1", "kind": "initiatives", "columns": columns}
    mapping.write_text(json.dumps({"sheets": [sheet]}), encoding="utf-8")
    assert run(import_, file, "--map", mapping, "--json").exit_code == 0
    assert Initiative.objects.filter(lead_name="", cost_eur=None).count() == 40


def test_export_comes_back(file: Path, tmp_path: Path) -> None:
    run(import_, file)
    for name in ("out.xlsx", "out.zip"):
        done = run(export, tmp_path / name, "--json")
        assert json.loads(done.stdout)["rows"]["initiatives"] == 40
        told = json.loads(run(import_, tmp_path / name, "--dry-run", "--json").stdout)
        assert (told["created"], told["changed"], told["refused"]) == ({}, {}, [])
