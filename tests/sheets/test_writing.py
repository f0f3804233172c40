"""What we write comes back as it left, and no text of it is ever a formula."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestre.sheets.cells import CellError
from orchestre.sheets.columns import FIELDS, SHEETS, Field
from orchestre.sheets.dataset import Dataset, build
from orchestre.sheets.example import example_rows
from orchestre.sheets.presets import detect_preset
from orchestre.sheets.reading import read
from orchestre.sheets.records import DANGEROUS, guarded, unguarded
from orchestre.sheets.values import is_unknown
from orchestre.sheets.writing import (
    empty_workbook,
    worked_example,
    write_csv_zip,
    write_workbook,
)

Writer = Callable[[Mapping[str, Sequence[Mapping[str, object]]], str, BinaryIO], None]
WRITERS = pytest.mark.parametrize("write", [write_workbook, write_csv_zip])
LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])
PAYLOADS = [
    "=1+1", '=HYPERLINK("http://x","y")', "+33 1 02 03", "-5", "-cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＋1", "－1", "＠x", "'=1", "''=1", "'quoted", "=",
    "@", "{=1}", "%0A=1", "http://example.org", "_x0041_", "1e5", "0012", "2026-01-01", "oui",
]  # fmt: skip


def reread(data: bytes) -> Dataset:
    workbook = read(data, "a.xlsx", in_child=False)
    preset = detect_preset(workbook)
    assert preset is not None
    assert preset.code == "portfolio"
    return build(workbook, preset)


def written(
    write: Writer, rows: Mapping[str, Sequence[Mapping[str, object]]], language: str
) -> bytes:
    stream = io.BytesIO()
    write(rows, language, stream)
    return stream.getvalue()


def filled(
    rows: Mapping[str, Sequence[Mapping[str, object]]],
) -> dict[str, list[dict[str, object]]]:
    """Return the rows without what is empty, which no cell can tell from nothing."""
    kept = {
        kind: [{k: v for k, v in row.items() if v not in (None, "", (), {})} for row in own]
        for kind, own in rows.items()
    }
    return {kind: own for kind, own in kept.items() if own}


@WRITERS
@LANGUAGES
def test_the_worked_example_comes_back_whole(write: Writer, language: str) -> None:
    rows = example_rows(language)
    dataset = reread(written(write, rows, language))
    assert dataset.refused == ()
    assert filled(dataset.as_rows()) == filled(rows)


def values_of(field: Field) -> st.SearchStrategy[object]:
    days = st.dates(date(1950, 1, 1), date(2190, 1, 1))
    least, most = field.least or 0, field.most if field.most is not None else 10**9
    kinds: dict[str, st.SearchStrategy[object]] = {
        "date": days,
        "number": st.floats(least, most, width=32).map(lambda x: round(x, 6)),
        "integer": st.integers(int(least), int(most)),
        "years": st.floats(0.01, 90),
        "months": st.floats(0.1, 900),
        "money": st.decimals(0, 10**10, places=2).map(float),
        "ratio": st.floats(0, 1).map(lambda x: round(x, 6)),
        "bool": st.booleans(),
        "list": st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
        "choice": st.sampled_from([one.code for one in field.choices] or [""]),
    }
    return kinds.get(field.type, TEXTS)


TEXTS = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Co", "Cn", "Cc"], max_codepoint=0xFFFD),
    min_size=1,
    max_size=30,
).map(str.strip).filter(
    lambda text: not is_unknown(text) and not text.endswith("\\") and text.isprintable()
) | st.sampled_from([one.strip() for one in PAYLOADS if not is_unknown(one.strip())])
INITIATIVES = st.fixed_dictionaries(
    {"title": TEXTS},
    optional={
        field.code: values_of(field) for field in FIELDS["initiatives"] if field.code != "title"
    }
    | {"custom": st.dictionaries(st.sampled_from(["Zone", "=Couleur", "Lead"]), TEXTS, max_size=2)},
)


def settled(row: dict[str, object]) -> dict[str, object]:
    """Leave out what reading would rightly mend or refuse, whatever wrote it."""
    row = dict(row)
    for code in ("duration_years", "duration_months"):
        row.pop(code, None)
    starts, ends = row.get("starts_on"), row.get("ends_on")
    if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
        del row["ends_on"]
    custom = row.get("custom")
    if isinstance(custom, dict) and "Lead" in custom:
        custom["Lead (2)"] = custom.pop("Lead")
    return row


@WRITERS
@LANGUAGES
@settings(max_examples=25, deadline=None)
@given(rows=st.lists(INITIATIVES, min_size=1, max_size=3))
def test_any_portfolio_comes_back_as_it_left(
    write: Writer, language: str, rows: list[dict[str, object]]
) -> None:
    rows = [settled(row) for row in rows]
    dataset = reread(written(write, {"initiatives": rows}, language))
    assert dataset.refused == ()
    assert filled(dataset.as_rows())["initiatives"] == filled({"i": rows})["i"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula_in_a_workbook(payload: str, tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    rows = {"initiatives": [{"title": payload, "custom": {payload: payload}}]}
    write_workbook(rows, "fr", target)
    book = openpyxl.load_workbook(target)
    cells = [cell for row in book["Initiatives"].iter_rows() for cell in row]
    shown = payload.replace("\r", "_x000D_")  # how the format writes a carriage return
    texts = [cell for cell in cells if cell.value == shown]
    assert texts
    assert {cell.data_type for cell in texts} == {"s"}
    if payload.strip()[:1] in DANGEROUS and payload.strip():
        assert any(cell.quotePrefix for cell in texts)
    assert not any(cell.hyperlink for cell in cells)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula_in_a_csv(payload: str) -> None:
    data = written(write_csv_zip, {"initiatives": [{"title": payload}]}, "en")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("Initiatives.csv").decode("utf-8-sig")
    cell = list(csv.reader(io.StringIO(text, newline="")))[1][2]
    assert not re.match(r"\s*[=+\-@\t\r\n＝＋－＠]", cell)
    assert unguarded(cell) == payload


@given(text=st.text(alphabet="'=+-@\t\r\n＝＋－＠ ab1", max_size=8))
def test_the_guard_is_undone_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_a_number_stays_a_number_even_negative() -> None:
    rows = {"dependencies": [{"predecessor": "A", "successor": "B", "lag_days": -5}]}
    for write in (write_workbook, write_csv_zip):
        dataset = reread(written(write, rows, "fr"))
        assert dataset.records["dependencies"][0].values["lag_days"] == -5


def test_an_apostrophe_of_a_foreign_table_is_kept() -> None:
    workbook = read("Intitulé;Étape\n'=x;Idée\n".encode(), "Initiatives.csv", in_child=False)
    preset = detect_preset(workbook)
    assert preset is not None
    assert build(workbook, preset).records["initiatives"][0].values["title"] == "'=x"


@LANGUAGES
def test_the_workbook_hides_ids_freezes_headers_and_explains_them(language: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(worked_example(language)))
    assert book.sheetnames == [sheet.title(language) for sheet in SHEETS]
    for sheet in SHEETS:
        page = book[sheet.title(language)]
        assert page.column_dimensions["A"].hidden
        assert page.freeze_panes is not None
        for column, field in enumerate(FIELDS[sheet.kind], start=1):
            head = page.cell(1, column)
            assert head.value == field.header(language)
            assert head.font.bold
            assert head.comment is not None


@LANGUAGES
def test_an_empty_workbook_has_every_sheet_and_no_row(language: str) -> None:
    dataset = reread(empty_workbook(language))
    assert dataset.preset == "portfolio"
    assert not any(dataset.records.values())
    assert dataset.refused == ()


def test_a_text_too_long_for_a_cell_is_refused_rather_than_cut() -> None:
    rows = {"initiatives": [{"title": "A", "why": "x" * 40_000}]}
    for write in (write_workbook, write_csv_zip):
        with pytest.raises(CellError, match="longer than"):
            written(write, rows, "fr")


def test_the_example_holds_together() -> None:
    rows = example_rows("fr")
    codes = {kind: {row.get("code") for row in own} for kind, own in rows.items()}
    assert len(rows["initiatives"]) == 12
    for row in rows["impacts"]:
        assert row["initiative"] in codes["initiatives"]
        assert row["population"] in codes["populations"]
    for row in rows["dependencies"]:
        assert {row["predecessor"], row["successor"]} <= codes["initiatives"]
    for row in rows["initiatives"]:
        assert row["unit"] in codes["units"]
        assert set(row["objectives"]) <= codes["objectives"]
        assert row["starts_on"] < row["go_live_on"] <= row["ends_on"]
