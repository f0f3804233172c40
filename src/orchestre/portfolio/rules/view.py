"""The state of the list of initiatives, read from an address and written back to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

PAGE_ROWS = 100
GROUPS = ("unit", "programme", "stage", "family", "axis")
SORTS = ("code", "title", "stage", "sponsor", "lead", "starts", "ends", "updated", "cost")
COLUMNS = (
    "stage",
    "dates",
    "health",
    "human",
    "technical",
    "economic",
    "lead",
    "sponsor",
    "people",
    "milestone",
    "updated",
    "family",
    "unit",
    "programme",
    "cost",
)
SHOWN_FIRST = ("stage", "dates", "health", "lead", "people")
CHOICES = ("stage", "family", "kind")
NUMBERS = ("unit", "programme", "objective")
TEXTS = ("sponsor", "lead")
DATES = ("starts_after", "ends_before")
FLAGS: Mapping[str, tuple[str, ...]] = {
    "dates": ("missing",),
    "news": ("stale",),
    "health": ("off", "watch", "unknown"),
    "mandatory": ("1",),
    "micro": ("1",),
    "confidential": ("1",),
    "archived": ("1",),
    "objective": ("none",),
}
QUALITIES = ("dates", "news", "health", "mandatory", "micro", "confidential", "archived")
FILTERS = (*CHOICES, *NUMBERS, *TEXTS, *DATES, *QUALITIES)
TEXT_LIMIT = 200


@dataclass(frozen=True)
class Filter:
    """One condition; several values of one name widen it, several names narrow the list."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """Everything that an address says of a list."""

    text: str = ""
    filters: tuple[Filter, ...] = ()
    group: str = ""
    sort: str = ""
    descending: bool = False
    columns: tuple[str, ...] = ()
    page: int = 1
    saved: int | None = None
    refused: tuple[tuple[str, str], ...] = ()

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values wanted for one name."""
        return next((found.values for found in self.filters if found.name == name), ())

    @property
    def is_narrowed(self) -> bool:
        """Tell whether something is hidden by choice."""
        return bool(self.text or self.filters)

    def without(self, name: str) -> View:
        """Return the same list with one condition less (`q` is the searched text)."""
        if name == "q":
            return replace(self, text="", page=1)
        kept = tuple(found for found in self.filters if found.name != name)
        return replace(self, filters=kept, page=1)

    def having(self, name: str, *values: str) -> View:
        """Return the same list with one condition more, or other values for it."""
        return replace(
            self.without(name), filters=(*self.without(name).filters, Filter(name, values))
        )

    def sorted_by(self, sort: str) -> View:
        """Return the same list in another order; the same order twice is reversed."""
        again = sort == self.sort and not self.descending
        return replace(self, sort=sort, descending=again, page=1)

    def query(self) -> str:
        """Write the state as the query string that reads back to it."""
        pairs: list[tuple[str, str]] = [("q", self.text)] if self.text else []
        pairs += [(found.name, value) for found in self.filters for value in found.values]
        if self.group:
            pairs.append(("group", self.group))
        if self.sort:
            pairs.append(("sort", f"-{self.sort}" if self.descending else self.sort))
        pairs += [("col", name) for name in self.columns]
        if self.saved is not None:
            pairs.append(("v", str(self.saved)))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return urlencode(pairs)


def read_view(asked: Mapping[str, Sequence[str]], choices: Mapping[str, Iterable[str]]) -> View:
    """Read an address: unknown names are ignored, impossible values are told, never guessed.

    `choices` gives the values that the fields with a closed list may have.
    """
    refused: list[tuple[str, str]] = []
    possible = {name: frozenset(values) for name, values in choices.items()}
    filters = [_filter(name, asked.get(name, ()), possible, refused) for name in FILTERS]
    sort = _last(asked, "sort")
    group = _last(asked, "group")
    page = _last(asked, "page")
    return View(
        text=" ".join(_last(asked, "q").split())[:TEXT_LIMIT],
        filters=tuple(found for found in filters if found.values),
        group=_one_of(group, GROUPS, "group", refused),
        sort=_one_of(sort.removeprefix("-"), SORTS, "sort", refused),
        descending=sort.startswith("-"),
        columns=tuple(dict.fromkeys(name for name in asked.get("col", ()) if name.isidentifier())),
        page=max(1, int(page)) if page.isdecimal() and len(page) < 7 else 1,
        saved=int(v) if (v := _last(asked, "v")).isdecimal() and len(v) < 12 else None,
        refused=tuple(refused),
    )


def _last(asked: Mapping[str, Sequence[str]], name: str) -> str:
    values = asked.get(name, ())
    return values[-1].strip() if values else ""


def _one_of(value: str, possible: Iterable[str], name: str, refused: list[tuple[str, str]]) -> str:
    if value and value not in possible:
        refused.append((name, value[:60]))
        return ""
    return value


def _filter(
    name: str,
    values: Sequence[str],
    choices: Mapping[str, frozenset[str]],
    refused: list[tuple[str, str]],
) -> Filter:
    kept = []
    for value in dict.fromkeys(value.strip() for value in values):
        if not value:
            continue
        if value in choices.get(name, ()) or _is_possible(name, value):
            kept.append(value[:TEXT_LIMIT])
        else:
            refused.append((name, value[:60]))
    return Filter(name, tuple(kept))


def _is_possible(name: str, value: str) -> bool:
    if value in FLAGS.get(name, ()):
        return True
    if name in NUMBERS:
        return value.isdecimal() and len(value) < 12
    if name in DATES:
        return _is_day(value)
    return name in TEXTS


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
