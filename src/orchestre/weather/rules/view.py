"""What the weather list shows, read from an address and written back to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

PER_PAGE = 100
SORTS = ("level", "name", "age", "gap", "declared")
FILTERS = ("", "off", "watch", "ok", "unknown", "gap", "stale", "mine")


@dataclass(frozen=True)
class ListState:
    """Filter, order and page of the list."""

    only: str = ""
    search: str = ""
    sort: str = "level"
    backwards: bool = False
    page: int = 1

    def url(self, **changes: object) -> str:
        """Write the state as the end of an address; what is usual is left out."""
        now = replace(self, **changes)  # type: ignore[arg-type]  # names are those of the fields
        pairs = {
            "only": now.only,
            "q": now.search,
            "sort": "" if now.sort == "level" else now.sort,
            "back": "1" if now.backwards else "",
            "page": str(now.page) if now.page > 1 else "",
        }
        return "?" + urlencode([(name, value) for name, value in pairs.items() if value])


def read_state(parameters: Mapping[str, str]) -> ListState:
    """Read a state; what makes no sense is left aside."""
    only, sort = parameters.get("only", ""), parameters.get("sort", "level")
    return ListState(
        only=only if only in FILTERS else "",
        search=parameters.get("q", "")[:80].replace("\x00", "").strip(),
        sort=sort if sort in SORTS else "level",
        backwards=parameters.get("back", "") == "1",
        page=read_page(parameters.get("page", "")),
    )


def read_page(text: str) -> int:
    """Read the number of a page; the first one when it makes no sense."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
