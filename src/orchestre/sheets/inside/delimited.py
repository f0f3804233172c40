"""Reading text tables: encoding, separator and decimal mark are found, then told."""

import codecs
import csv
import io
import re
from collections import Counter as Tally

from orchestre.sheets.inside.grid import Counter, sheet_of
from orchestre.sheets.limits import Limits
from orchestre.sheets.shapes import Draft, Unreadable

SEPARATORS = (";", ",", "\t", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LIKELY = frozenset("éèêëàâäîïôöùûüçÉÈÊËÀÂÎÏÔÖÙÛÜÇñÑßœŒæÆ’‘“”«»–—…•°£€§²³½×· \u00a0áíóúãõå")
_COMMA_DECIMAL = re.compile(r"^[-+(]?[\d \u00a0\u202f.]*\d,\d{1,2}(?:\d{2,})?\s*(?:%|[kM]?€)?\)?$")
_POINT_DECIMAL = re.compile(r"^[-+(£$]*[\d,]*\d\.\d{1,2}(?:\d{2,})?\s*%?\)?$")
_HUGE = 1 << 30


def read_delimited(data: bytes, name: str, limits: Limits) -> Draft:
    """Return the one sheet of a text table."""
    draft = Draft("csv")
    text = _decode(data, draft)
    if "\x00" in text:
        raise Unreadable("nul")
    told, text = _told_separator(text)
    draft.separator = told or _separator(text)
    records = _unwrapped(_records(text, draft.separator, draft, limits), draft, limits)
    counter = Counter(limits)
    rows = [counter.row(list(row), number, name) for number, row in enumerate(records, start=1)]
    draft.sheets.append(sheet_of(name, rows))
    draft.decimal = _decimal(rows)
    return draft


def _decode(data: bytes, draft: Draft) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding, draft)
    if data[:200].count(0) > len(data[:200]) // 4:
        return _strictly(data, "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be", draft)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _one_byte(data, draft)
    draft.encoding = "utf-8"
    return text


def _strictly(data: bytes, encoding: str, draft: Draft) -> str:
    draft.encoding = encoding
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("encoding", encoding=encoding) from None


def _one_byte(data: bytes, draft: Draft) -> str:
    """Choose between the encodings of Windows and of old Macs by the letters they give."""
    tally = Tally(data)
    high = {bytes([code]): count for code, count in tally.items() if code > 127}

    def likely(encoding: str) -> int:
        return sum(
            count * _weight(code.decode(encoding, "replace")) for code, count in high.items()
        )

    draft.encoding = "mac-roman" if likely("mac-roman") > likely("cp1252") else "cp1252"
    text = data.decode(draft.encoding, "replace")
    lost = text.count("\ufffd")
    if lost:
        line = text[: text.index("\ufffd")].count("\n") + 1
        draft.notice("lost_letters", count=lost, line=line, encoding=draft.encoding)
    return text


def _weight(letter: str) -> int:
    """Return how much a letter speaks for an encoding: accented capitals are rare."""
    if letter not in _LIKELY:
        return -2
    return 1 if letter.isupper() else 2


def _told_separator(text: str) -> tuple[str, str]:
    found = re.match(r'\ufeff?"?sep=([;,\t|])"?\r?\n', text)
    if found:
        return found[1], text[found.end() :]
    return "", text.removeprefix("\ufeff")


def _separator(text: str) -> str:
    """Return the separator that cuts the first records most evenly, and most finely."""
    head = text[: 1 << 17]
    best, best_score = ",", (0.0, 0)
    for separator in SEPARATORS:
        widths: Tally[int] = Tally()
        try:
            for row, _number in zip(
                csv.reader(io.StringIO(head, newline=""), delimiter=separator),
                range(200),
                strict=False,
            ):
                if any(row):
                    widths[len(row)] += 1
        except csv.Error:
            continue
        common = [(count, width) for width, count in widths.items() if width > 1]
        if common:
            count, width = max(common)
            score = (round(count / max(1, widths.total()), 1), width)
            best, best_score = max((best, best_score), (separator, score), key=lambda one: one[1])
    return best


def _records(text: str, separator: str, draft: Draft, limits: Limits) -> list[list[str]]:
    csv.field_size_limit(_HUGE)
    if any(len(line) > limits.line_bytes for line in text.split("\n")):
        raise Unreadable("line_too_long", limit=limits.line_bytes >> 20)
    source = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return _at_most(source, limits)
    except csv.Error:
        line = source.line_num
    loose = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        records = _at_most(loose, limits)
    except csv.Error:
        raise Unreadable("quotes", line=line) from None
    widths = Tally(len(row) for row in records if row)
    if not widths or max(widths.values()) < 0.9 * widths.total():
        raise Unreadable("quotes", line=line)
    draft.notice("quotes", line=line)
    return records


def _at_most(source: object, limits: Limits) -> list[list[str]]:
    records: list[list[str]] = []
    for number, row in enumerate(source, start=1):  # type: ignore[arg-type,var-annotated]  # idem
        if any(row):
            if number > limits.rows:
                raise Unreadable("too_many_rows", limit=limits.rows, sheet="", row=number)
            records.append(row)
        elif number <= limits.rows:
            records.append([])
    return records


def _unwrapped(records: list[list[str]], draft: Draft, limits: Limits) -> list[list[str]]:
    """Open lines that were quoted as a whole, each a record inside one cell."""
    filled = [row for row in records if any(row)]
    if len(filled) < 2 or any(len(row) != 1 for row in filled):
        return records
    inner = _separator("\n".join(row[0] for row in filled))
    if sum(inner in row[0] for row in filled) < 0.9 * len(filled):
        return records
    opened = _records("\n".join(row[0] if row else "" for row in records), inner, draft, limits)
    draft.separator = inner
    draft.notice("unwrapped")
    return opened


def _decimal(rows: list[tuple[object, ...]]) -> str:
    """Return the decimal mark that the figures of the table prove, or nothing."""
    commas = points = 0
    for row in rows[:5_000]:
        for cell in row:
            if isinstance(cell, str) and len(cell) < 30:
                text = cell.strip()
                commas += _COMMA_DECIMAL.match(text) is not None
                points += _POINT_DECIMAL.match(text) is not None
    if commas == points:
        return ""
    return "," if commas > points else "."
