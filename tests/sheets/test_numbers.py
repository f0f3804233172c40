import pytest

from orchestre.sheets.cells import (
    CellError,
    Money,
    parse_bool,
    parse_duration,
    parse_list,
    parse_money,
    parse_number,
    parse_ratio,
    parse_text,
)

NUMBERS = [
    ("1 234,5", 1234.5),
    ("1,234.5", 1234.5),
    ("1.234,5", 1234.5),
    ("1234.5", 1234.5),
    ("1\u202f234,5", 1234.5),
    ("1\u00a0234", 1234),
    ("1'234.50", 1234.5),
    ("12 345 678", 12345678),
    ("1.234.567", 1234567),
    ("52.4", 52.4),
    ("9.3000000000000007", 9.3),
    ("0,125", 0.125),
    (",5", 0.5),
    ("-5", -5),
    ("− 5", -5),
    ("(1 234)", -1234),
    ("12,5 M€", 12_500_000),
    ("€12.5m", 12_500_000),
    ("£1,234.56m", 1_234_560_000),
    ("12,5 millions d'euros", 12_500_000),
    ("40 k€", 40_000),
    ("1 Md€", 1_000_000_000),
    ("45 %", 0.45),
    ("1,5%", 0.015),
    ("3 ETP", 3),
    ("7 h", 7),
    ("1e5", 100_000),
    ("0", 0),
    (0, 0),
    (12.5, 12.5),
]
REFUSED = [
    ("entre 9 et 20 M€", "range"),
    ("< 5 M€", "range"),
    ("10-20", "range"),
    ("~5", "range"),
    ("En cadrage", "not_a_number"),
    ("Exempt under Section 43 of the Freedom of Information Act 2000", "not_a_number"),
    ("12 34", "not_a_number"),
    ("1,23,456", "not_a_number"),
    ("5 m", "not_a_number"),
    ("12 pommes", "not_a_number"),
    ("NaN", "not_a_number"),
    ("1E400", "not_a_number"),
    (float("nan"), "not_a_number"),
    (float("inf"), "not_a_number"),
    (10**400, "not_a_number"),
    (True, "not_a_number"),
]


@pytest.mark.parametrize(("written", "expected"), NUMBERS)
def test_a_number_is_read(written: object, expected: float) -> None:
    assert parse_number(written).value == pytest.approx(expected)


@pytest.mark.parametrize(("written", "code"), REFUSED)
def test_what_is_no_number_is_refused_with_a_sentence(written: object, code: str) -> None:
    with pytest.raises(CellError) as caught:
        parse_number(written)
    assert caught.value.code == code
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize("written", [None, "", "-", "n.d.", "nc", "TBC", "n/a"])
def test_what_nobody_knows_is_empty_and_never_zero(written: object) -> None:
    assert parse_number(written).value is None
    assert parse_money(written).value is None


@pytest.mark.parametrize(
    ("written", "decimal", "expected", "assumed"),
    [
        ("1,234", "", 1234, "decimal_mark"),
        ("1,234", ",", 1.234, ""),
        ("1,234", ".", 1234, ""),
        ("1.234", "", 1.234, "decimal_mark"),
        ("1.234", ",", 1234, ""),
        ("1234,567", "", 1234.567, ""),
    ],
)
def test_a_lone_mark_follows_the_file_and_is_told_when_assumed(
    written: str, decimal: str, expected: float, assumed: str
) -> None:
    cell = parse_number(written, decimal=decimal)
    assert (cell.value, cell.assumed) == (expected, assumed)


@pytest.mark.parametrize(
    ("written", "unit", "money"),
    [
        ("7", "M€", Money(7_000_000, "EUR")),
        (52.4, "M€", Money(52_400_000, "EUR")),
        ("40.299999999999997", "M€", Money(40_300_000, "EUR")),
        ("12,5 M€", "€", Money(12_500_000, "EUR")),
        ("1 200 000", "€", Money(1_200_000, "EUR")),
        ("5 000 000 €", "M€", Money(5_000_000, "EUR")),
        ("£12,131.50", "M£", Money(12_131_500_000, "GBP")),
        ("£0.00", "M£", Money(0, "GBP")),
        ("3 USD", "€", Money(3, "USD")),
        ("40 k€", "M€", Money(40_000, "EUR")),
    ],
)
def test_an_amount_keeps_its_currency_and_its_scale(
    written: object, unit: str, money: Money
) -> None:
    assert parse_money(written, unit).value == money


@pytest.mark.parametrize("written", ["45 %", "3 ETP", "Exempt", "entre 9 et 20 M€", "12 kg"])
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(CellError):
        parse_money(written, "M€")


@pytest.mark.parametrize(
    ("written", "unit", "expected"),
    [
        ("18 mois", "years", 1.5),
        ("3 ans", "years", 3),
        ("3,5", "years", 3.5),
        ("2 years", "months", 24),
        (6, "months", 6),
    ],
)
def test_a_duration_is_read_in_the_unit_it_says(
    written: object, unit: str, expected: float
) -> None:
    assert parse_duration(written, unit).value == pytest.approx(expected)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("80 %", 0.8),
        ("0,8", 0.8),
        (0.8, 0.8),
        (1, 1),
        ("100%", 1),
        (45, 0.45),
        ("45", 0.45),
        ("0.5 %", 0.005),
    ],
)
def test_a_share_is_read(written: object, expected: float) -> None:
    assert parse_ratio(written).value == pytest.approx(expected)


def test_a_bare_percentage_is_told_as_assumed() -> None:
    assert parse_ratio(45).assumed == "percent"
    assert parse_ratio("45 %").assumed == ""


@pytest.mark.parametrize("written", [-0.1, 101, "120 %", "beaucoup"])
def test_what_is_no_share_is_refused(written: object) -> None:
    with pytest.raises(CellError):
        parse_ratio(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("oui", True), ("Non", False), ("YES", True), ("no", False), ("x", True), ("vrai", True),
        ("faux", False), (1, True), (0.0, False), (True, True), ("✓", True), ("", None),
        (None, None), ("n.d.", None),
    ],
)  # fmt: skip
def test_yes_and_no_are_read(written: object, expected: bool | None) -> None:
    assert parse_bool(written).value is expected


def test_what_is_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(CellError, match="neither yes nor no"):
        parse_bool("peut-être")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("ERP ; Paie", ("ERP", "Paie")),
        ("ERP, Paie", ("ERP", "Paie")),
        ("Finance, paie; ERP", ("Finance, paie", "ERP")),
        ("ERP\nPaie", ("ERP", "Paie")),
        ("Finance, paie;", ("Finance, paie",)),
        (r"a\;b; c", ("a;b", "c")),
        (None, None),
        (" ; ", None),
    ],
)
def test_a_list_is_read(written: object, expected: tuple[str, ...] | None) -> None:
    assert parse_list(written).value == expected


def test_text_is_kept_as_it_stands() -> None:
    assert parse_text("  deux\nlignes ").value == "deux\nlignes"
    assert parse_text(12.0).value == "12"
    assert parse_text("").value is None
