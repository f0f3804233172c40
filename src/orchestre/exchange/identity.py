"""Which row of the tables a line of the file is about: by id, by code, by name, by what it links.

Two lines that could be the same row, or one line that could be two rows, are never settled by
chance: the line is refused with a sentence.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orchestre.exchange.ledger import NATURAL, REPEATABLE, Book, Ledger, PlannedRow, natural_key
from orchestre.exchange.naming import NUMBERED
from orchestre.kernel.text import fold
from orchestre.sheets.dataset import Dataset, Record
from orchestre.sheets.shapes import Notice
from orchestre.sheets.words import match_key

TAKEN = gettext_lazy("The code “%(code)s” is already taken. Choose another.")
WITHIN = {
    "units": "parent_id",
    "populations": "unit_id",
    "initiatives": "unit_id",
    "benefits": "initiative_id",
}
PLACES = {"benefits": "initiatives"}  # the others are in a unit


class Unclear(Exception):  # noqa: N818 - it finishes the sentence “this line is unclear”
    """The line cannot be told to be one row; the message is the sentence people read."""


def name_in(record: Record) -> str:
    """Return what a line calls the row it describes."""
    return str(record.values.get("title") or record.values.get("name") or "").strip()


class Identity:
    """Finds the row of each line, each row being described by one line at most."""

    def __init__(self, ledger: Ledger, dataset: Dataset, notices: list[Notice]) -> None:
        self.ledger, self.notices = ledger, notices
        self.named: Counter[tuple[str, str]] = Counter()
        self.loosely: Counter[tuple[str, str]] = Counter()
        self.seen: Counter[tuple[Any, ...]] = Counter()
        for kind in WITHIN:
            for record in dataset.records.get(kind, ()):
                self.named[kind, match_key(name_in(record))] += 1
                self.loosely[kind, fold(name_in(record))] += 1

    def find(self, kind: str, record: Record, values: dict[str, Any]) -> PlannedRow | None:
        """Return the row, none when the line makes a new one; raise `Unclear`."""
        book = self.ledger.books[kind]
        row = self._by_id(book, record, values)
        if row is not None:
            return self._once(row)
        if kind in NATURAL:
            return self._by_key(book, values)
        code = str(values.get("code") or "")
        if not code:
            return self._by_name(book, record, values)
        row = book.coded(code)
        if row is not None:
            values["code"] = row.value("code")  # spelled otherwise, it is still this code
            return self._once(row)
        if book.has_code(code):
            raise Unclear(str(TAKEN) % {"code": code})
        return self._renamed(book, record, values)

    def _once(self, row: PlannedRow) -> PlannedRow:
        if row.named_at is not None:
            told = {"row": row.named_at, "what": row.label}
            raise Unclear(_("Row %(row)s already describes “%(what)s”. Keep one of them.") % told)
        return row

    def _by_id(self, book: Book, record: Record, values: dict[str, Any]) -> PlannedRow | None:
        identity = str(record.values.get("id") or "")
        row = book.by_pk.get(int(identity)) if identity.isdecimal() else None
        if row is None or self._agrees(book, row, values):
            return row
        sentence = _(
            "Row %(row)s bears the identifier of “%(what)s”, but describes something else."
        )
        told = {"row": record.row, "what": row.label}
        self.notices.append(Notice("foreign-id", sentence % told, record.sheet, record.row))
        return None

    def _agrees(self, book: Book, row: PlannedRow, values: dict[str, Any]) -> bool:
        """Tell whether a row and a line that bears its id have something else in common."""
        kind = book.target.kind
        if kind not in NATURAL:
            return any(
                match_key(str(values.get(name) or "")) == match_key(str(row.value(name)))
                for name in ("code", "title", "name")
                if values.get(name)
            )
        mine = natural_key(kind, values, self.ledger) or ()
        theirs = natural_key(kind, vars(row.stored), self.ledger) or ()
        return any(
            one == other and name != "kind"
            for name, one, other in zip(NATURAL[kind], mine, theirs, strict=True)
        )

    def _by_key(self, book: Book, values: dict[str, Any]) -> PlannedRow | None:
        kind = book.target.kind
        key = natural_key(kind, values, self.ledger) or ()
        while True:
            self.seen[kind, *key] += 1
            row = book.by_key.get((*key, self.seen[kind, *key]))
            if row is None or row.named_at is None or kind not in REPEATABLE:
                break
        first = book.by_key.get((*key, 1))
        if kind not in REPEATABLE and first is not None:
            return self._once(first)
        return row

    def _by_name(self, book: Book, record: Record, values: dict[str, Any]) -> PlannedRow | None:
        kind, name = book.target.kind, name_in(record)
        found = book.names.get(match_key(name), [])
        place = values.get(WITHIN.get(kind, ""))
        if place is None:
            return self._only(found, name)
        same = [row for row in found if self._place(kind, row) is place]
        if same:
            return self._only(same, name)
        alone = len(found) == 1 and self.named[kind, match_key(name)] == 1
        if alone and found[0].named_at is None:
            return found[0]
        return None if found else self._nearly(book, name, place)

    def _only(self, found: list[PlannedRow], name: str) -> PlannedRow | None:
        if len(found) > 1:
            raise Unclear(_("Several are called “%(name)s”: write the code.") % {"name": name})
        return self._once(found[0]) if found else None

    def _nearly(self, book: Book, name: str, place: PlannedRow) -> PlannedRow | None:
        """Accept a name that differs by its punctuation, in the same place, when it is alone."""
        kind = book.target.kind
        like = book.loose.get(fold(name), []) if fold(name) else []
        if len(like) != 1 or self.loosely[kind, fold(name)] != 1 or like[0].named_at is not None:
            return None
        return like[0] if self._place(kind, like[0]) is place else None

    def _place(self, kind: str, row: PlannedRow) -> PlannedRow | None:
        return self.ledger.row_of(PLACES.get(kind, "units"), row.value(WITHIN[kind]))

    def _renamed(self, book: Book, record: Record, values: dict[str, Any]) -> PlannedRow | None:
        """Find the one row of that name, in that place, that so far had another code.

        Units and populations keep theirs; an initiative whose code was only drawn by us takes
        the one of the file. Anything else is a new row, and is said.
        """
        kind, key = book.target.kind, match_key(name_in(record))
        like = [row for row in book.names.get(key, []) if row.stored is not None]
        if not like:
            return None
        place = values.get(WITHIN.get(kind, ""))
        free = [row for row in like if row.named_at is None]
        alone = len(like) == len(free) == 1 and self.named[kind, key] == 1
        if alone and (place is None or self._place(kind, free[0]) is place):
            if kind in {"units", "populations"}:
                book.codes[match_key(str(values.pop("code")))].append(free[0])
                return free[0]
            if kind == "initiatives" and NUMBERED.fullmatch(str(free[0].value("code"))):
                return free[0]
        sentence = _("Row %(row)s, “%(name)s”, has a new code although “%(what)s” exists.")
        told = {"row": record.row, "name": name_in(record), "what": like[0].label}
        self.notices.append(Notice("look-alike", sentence % told, record.sheet, record.row))
        return None
