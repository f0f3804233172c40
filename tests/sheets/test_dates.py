from datetime import UTC, date, datetime

import pytest

from orchestre.sheets.cells import Cell, CellError, DateStyle, detect_date_style, parse_date

DAYS = [
    ("2026-12-31", date(2026, 12, 31)),
    ("2026/12/31", date(2026, 12, 31)),
    ("2026-12-31T08:00:00", date(2026, 12, 31)),
    ("2026-12-31 08:00", date(2026, 12, 31)),
    ("2026-12-31T08:00:00Z", date(2026, 12, 31)),
    ("31/12/2026", date(2026, 12, 31)),
    ("31-12-2026", date(2026, 12, 31)),
    ("31/12/26", date(2026, 12, 31)),
    ("12/31/2026", date(2026, 12, 31)),
    ("30.06.08", date(2008, 6, 30)),
    ("03.04.2026", date(2026, 4, 3)),
    ("05/05/2026", date(2026, 5, 5)),
    ("15 janvier 2017", date(2017, 1, 15)),
    ("lundi 16 janvier 2017", date(2017, 1, 16)),
    ("1er mars 2017", date(2017, 3, 1)),
    ("15-Jul-13", date(2013, 7, 15)),
    ("March 15, 2017", date(2017, 3, 15)),
    ("Tuesday 3rd March 2026", date(2026, 3, 3)),
    ("20261231", date(2026, 12, 31)),
    ("2026-W12-3", date(2026, 3, 18)),
    (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), date(2026, 12, 31)),
    (date(2026, 12, 31), date(2026, 12, 31)),
    (45000, date(2023, 3, 15)),
    (45000.75, date(2023, 3, 15)),
    ("45000", date(2023, 3, 15)),
    (20261231, date(2026, 12, 31)),
]
COARSE = [
    ("janvier 2017", date(2017, 1, 1), "month"),
    ("Jul-2013", date(2013, 7, 1), "month"),
    ("sept. 2018", date(2018, 9, 1), "month"),
    ("décembre 2008", date(2008, 12, 1), "month"),
    ("AOÛT 2020", date(2020, 8, 1), "month"),
    ("mars 2016", date(2016, 3, 1), "month"),
    ("mar 2016", date(2016, 3, 1), "month"),
    ("2026-07", date(2026, 7, 1), "month"),
    ("07/2026", date(2026, 7, 1), "month"),
    ("Q3 2027", date(2027, 7, 1), "quarter"),
    ("T2 2027", date(2027, 4, 1), "quarter"),
    ("2027-Q3", date(2027, 7, 1), "quarter"),
    ("1T2027", date(2027, 1, 1), "quarter"),
    ("2e trimestre 2027", date(2027, 4, 1), "quarter"),
    ("3rd quarter of 2027", date(2027, 7, 1), "quarter"),
    ("H2 2027", date(2027, 7, 1), "half"),
    ("1er semestre 2027", date(2027, 1, 1), "half"),
    ("S12 2026", date(2026, 3, 16), "week"),
    ("2026-W12", date(2026, 3, 16), "week"),
    ("semaine 1 2026", date(2025, 12, 29), "week"),
    ("2017", date(2017, 1, 1), "year"),
    (2017, date(2017, 1, 1), "year"),
    (2017.0, date(2017, 1, 1), "year"),
]
REFUSED = [
    ("03/04/2026", "ambiguous_date"),
    ("31/02/2026", "no_such_date"),
    ("2026-13-01", "no_such_date"),
    ("S1 2026", "week_or_half"),
    ("S54 2026", "no_such_date"),
    ("Exempt under Section 43 of the Freedom of Information Act 2000", "not_a_date"),
    ("En cadrage", "not_a_date"),
    (True, "not_a_date"),
    (3, "not_a_date"),
    (-45000, "not_a_date"),
    (float("nan"), "not_a_date"),
    (float("inf"), "not_a_date"),
    (date(1066, 10, 14), "date_out_of_range"),
    ("0000-01-01", "not_a_date"),
]
UNKNOWN = [None, "", "  ", "-", "n/a", "N.D.", "nc.", "TBC", "Data Not Provided", "à définir"]


@pytest.mark.parametrize(("written", "expected"), DAYS)
def test_a_day_is_read(written: object, expected: date) -> None:
    assert parse_date(written) == Cell(expected, "day")


@pytest.mark.parametrize(("written", "expected", "precision"), COARSE)
def test_a_coarse_date_keeps_its_precision(written: object, expected: date, precision: str) -> None:
    cell = parse_date(written)
    assert (cell.value, cell.precision) == (expected, precision)


@pytest.mark.parametrize(("written", "code"), REFUSED)
def test_what_is_no_date_is_refused_with_a_sentence(written: object, code: str) -> None:
    with pytest.raises(CellError) as caught:
        parse_date(written)
    assert caught.value.code == code
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize("written", UNKNOWN)
def test_what_nobody_knows_is_empty(written: object) -> None:
    assert parse_date(written) == Cell(None)


def test_the_order_of_the_file_settles_an_ambiguous_date() -> None:
    assert parse_date("03/04/2026", dayfirst=True).value == date(2026, 4, 3)
    assert parse_date("03/04/2026", dayfirst=False).value == date(2026, 3, 4)
    assert parse_date("03.04.2026", dayfirst=False).value == date(2026, 4, 3)


def test_a_date_against_the_order_of_the_file_is_refused() -> None:
    with pytest.raises(CellError):
        parse_date("04/25/2026", dayfirst=True)


@pytest.mark.parametrize(
    ("samples", "style"),
    [
        (["25/04/2026", "03/04/2026"], DateStyle(True, True, "03/04/2026")),
        (["04/25/2026", "03/04/2026"], DateStyle(False, True, "03/04/2026")),
        (["03/04/2026"], DateStyle(True, False, "03/04/2026")),
        (["25/04/2026", "04/25/2026"], DateStyle(True, False, "")),
        (["2026-04-25", "janvier 2017", None, 45000], DateStyle(True, True, "")),
        ([], DateStyle(True, True, "")),
    ],
)
def test_the_order_is_detected_from_the_samples(samples: list[object], style: DateStyle) -> None:
    assert detect_date_style(samples) == style
