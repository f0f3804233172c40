"""Whatever a cell holds, it is read or refused with a sentence; what we write comes back."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestre.sheets.cells import (
    Cell,
    CellError,
    format_bool,
    format_date,
    format_list,
    format_number,
    parse_bool,
    parse_date,
    parse_list,
    parse_money,
    parse_number,
    parse_ratio,
    parse_text,
)
from orchestre.sheets.columns import FIELDS, Field
from orchestre.sheets.typed import parse_field
from orchestre.sheets.words import fold, header_key, match_key

ANYTHING = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="0123456789.,' -/eE%€£kMmd()T:SWQ", max_size=25),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
)
LANGUAGES = st.sampled_from(["fr", "en"])
PARSERS = [parse_date, parse_number, parse_money, parse_ratio, parse_bool, parse_list, parse_text]
EVERY_FIELD = [field for fields in FIELDS.values() for field in fields]


def outcome(read: Callable[[], Cell]) -> Cell | str:
    """Return what was read, or the sentence of the refusal; any other error goes up."""
    try:
        return read()
    except CellError as error:
        return error.message


@pytest.mark.parametrize("parse", PARSERS)
@settings(max_examples=150, deadline=None)
@given(value=ANYTHING)
def test_a_parser_reads_or_refuses_with_a_sentence(
    parse: Callable[[object], Cell], value: object
) -> None:
    told = outcome(lambda: parse(value))
    assert isinstance(told, Cell) or told.endswith(".")


@settings(max_examples=300, deadline=None)
@given(field=st.sampled_from(EVERY_FIELD), value=ANYTHING, first=st.booleans())
def test_a_field_reads_or_refuses_with_a_sentence(field: Field, value: object, first: bool) -> None:
    told = outcome(lambda: parse_field(field, value, dayfirst=first))
    assert isinstance(told, Cell) or told.endswith(".")


@given(day=st.dates(date(1900, 1, 1), date(2199, 12, 31)), language=LANGUAGES)
def test_a_written_date_comes_back(day: date, language: str) -> None:
    assert parse_date(format_date(day, language), dayfirst=language == "fr").value == day


@given(
    number=st.one_of(
        st.integers(-(10**15), 10**15),
        st.floats(-1e12, 1e12, allow_subnormal=False).filter(lambda x: x == 0 or abs(x) > 1e-90),
    ),
    language=LANGUAGES,
)
def test_a_written_number_comes_back_even_with_no_hint(number: float, language: str) -> None:
    assert parse_number(format_number(number, language)).value == number


@given(answer=st.booleans(), language=LANGUAGES)
def test_a_written_yes_or_no_comes_back(answer: bool, language: str) -> None:
    assert parse_bool(format_bool(answer, language)).value is answer


NAMES = st.text(
    alphabet=st.characters(exclude_categories=["C", "Z"], include_characters=" ,;|\\"), min_size=1
).filter(lambda name: name == name.strip() and not name.endswith("\\"))


@given(names=st.lists(NAMES, min_size=1, max_size=4))
def test_a_written_list_comes_back(names: list[str]) -> None:
    assert parse_list(format_list(tuple(names))).value == tuple(names)


@given(text=st.text())
def test_keys_are_stable(text: str) -> None:
    assert header_key(header_key(text)) == header_key(text)
    assert match_key(text) == match_key(match_key(text))
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("FRANCE CONNECT", "France Connect", True),
        ("SÉGUR-FONTENOY", "Segur - Fontenoy", True),
        ("Système d’information", "SYSTEME D'INFORMATION", True),
        ("FRANCE CONNECT", "FRANCE CONNECT PHASE II", False),
        ("DIPLOMATIE v2", "DIPLOMATIE v3", False),
    ],
)
def test_a_project_is_recognised_under_another_case_but_not_under_another_phase(
    one: str, other: str, same: bool
) -> None:
    assert (match_key(one) == match_key(other)) is same
