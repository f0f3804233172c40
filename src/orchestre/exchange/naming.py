"""Codes that nobody bears yet."""

from __future__ import annotations

import re
from collections import Counter

from orchestre.exchange.ledger import Ledger
from orchestre.kernel.text import next_code, slug_code

NUMBERED = re.compile(r"IN-(\d{1,9})")


class Codes:
    """Gives new rows a code: numbers to initiatives, their name to the others."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.last: Counter[str] = Counter()
        taken = ledger.books["initiatives"]
        named = [*taken.by_code, *(code.upper() for code in taken.reserved)]
        numbers = [int(found[1]) for code in named if (found := NUMBERED.fullmatch(code))]
        self.number = max(numbers, default=0)
        gains = ledger.books["benefits"]
        self.benefits = [*gains.by_code, *(code.upper() for code in gains.reserved)]

    def free(self, kind: str, name: str) -> str:
        """Return a code that no row of this table bears."""
        book = self.ledger.books[kind]
        if kind == "initiatives":
            while True:
                self.number += 1
                code = f"IN-{self.number:03}"
                if not book.has_code(code):
                    return code
        if kind == "benefits":
            self.benefits.append(next_code("B", self.benefits, 2))
            return self.benefits[-1]
        stem = slug_code(name) or kind.upper()[:3]
        code = stem
        while book.has_code(code):
            self.last[f"{kind} {stem}"] += 1
            code = f"{stem}-{self.last[f'{kind} {stem}'] + 1}"
        return code
