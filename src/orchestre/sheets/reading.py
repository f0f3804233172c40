"""Reading a file people send: what it holds, or the sentence that says why not."""

import logging
import re
from pathlib import Path, PurePath

from orchestre.sheets.child import read_in_child
from orchestre.sheets.inside.door import read_draft
from orchestre.sheets.inside.kinds import check_size, kind_of
from orchestre.sheets.limits import LIMITS, Limits
from orchestre.sheets.sentences import notice_sentence, refusal_sentence
from orchestre.sheets.shapes import Draft, Notice, Sheet, Unreadable, Workbook

__all__ = ["LIMITS", "FileRefused", "Limits", "Notice", "Sheet", "Workbook", "read"]


logger = logging.getLogger(__name__)


class FileRefused(Exception):  # noqa: N818 - it finishes the sentence “this file is refused”
    """The file cannot be read; the message tells which rule and how to pass it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def read(
    source: Path | str | bytes,
    filename: str = "",
    *,
    limits: Limits = LIMITS,
    in_child: bool = True,
) -> Workbook:
    """Read a workbook, a text table, a plan or a ZIP of text tables.

    The content decides of the kind; the name serves to name the sheet of a text table.
    Files from people are always read in the limited child; `in_child=False` serves files
    that the product itself has just written.
    """
    name = PurePath(filename or (source if isinstance(source, str | Path) else "")).name
    try:
        data = source if isinstance(source, bytes) else _bytes_of(Path(source), limits)
        kind = kind_of(data, limits)
        check_size(len(data), kind, limits)
        stem = _stem(name)
        draft = read_in_child(data, stem, limits) if in_child else read_draft(data, stem, limits)
    except Unreadable as refusal:
        if refusal.__cause__ is not None:
            logger.info("A file could not be read.", exc_info=refusal)
        message = refusal_sentence(refusal.code, refusal.details)
        raise FileRefused(refusal.code, message) from None
    return _workbook(draft)


def _bytes_of(path: Path, limits: Limits) -> bytes:
    most = max(limits.xlsx_bytes, limits.csv_bytes, limits.mspdi_bytes)
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError:
        raise Unreadable("missing") from None
    if len(data) > most:
        raise Unreadable("too_big", limit=most >> 20)
    return data


def _stem(name: str) -> str:
    stem = re.sub(r"\.(csv|tsv|txt|xml|xlsx|zip)$", "", name, flags=re.IGNORECASE)
    return "".join(letter for letter in stem if letter.isprintable())[:100]


def _workbook(draft: Draft) -> Workbook:
    notices = tuple(
        Notice(code, notice_sentence(code, details), str(details.get("sheet", "")))
        for code, details in draft.notices
    )
    return Workbook(
        kind=draft.kind,
        sheets=tuple(draft.sheets),
        encoding=draft.encoding,
        separator=draft.separator,
        decimal=draft.decimal,
        notices=notices,
    )
