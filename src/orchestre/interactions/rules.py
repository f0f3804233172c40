"""Facts of findings: what a rule told, read by name; and the filters of the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

Fact = str | float
PER_PAGE = 30
STATES = ("open", "new", "confirmed", "refused", "settled", "gone", "all")


@dataclass(frozen=True)
class Facts:
    """Named figures and words of a finding; a name may come several times."""

    told: tuple[tuple[str, Fact], ...]

    def word(self, name: str) -> str:
        """First value of a name as text, empty when it is not told."""
        return next((str(value) for known, value in self.told if known == name), "")

    def words(self, name: str) -> tuple[str, ...]:
        """Every value of a name as text."""
        return tuple(str(value) for known, value in self.told if known == name)

    def number(self, name: str) -> float | None:
        """First value of a name as a figure, None when it is not told."""
        value = next((value for known, value in self.told if known == name), None)
        return float(value) if isinstance(value, int | float) else None


def facts_of(stored: Mapping[str, object]) -> Facts:
    """Read the facts as they are stored."""
    told = stored.get("told", [])
    some = told if isinstance(told, list) else []
    return Facts(tuple((str(name), value) for name, value in some))


@dataclass(frozen=True)
class ListState:
    """What the list shows, read from an address and written back to it."""

    kind: str = ""
    state: str = "open"
    unit: int | None = None
    population: int | None = None
    initiative: str = ""
    page: int = 1

    def query(self, **changes: object) -> str:
        """Write the state as the end of an address; what is usual is left out."""
        values = {**self.__dict__, **changes}
        names = {"unit": "unit", "population": "pop", "initiative": "initiative"}
        told = [
            (names.get(name, name), str(value))
            for name, value in values.items()
            if value not in (None, "", 1) and (name, value) != ("state", "open")
        ]
        return urlencode(told)


def read_state(parameters: Mapping[str, str], kinds: Iterable[str]) -> ListState:
    """Read a state; what makes no sense is left aside."""

    def number(name: str) -> int | None:
        value = parameters.get(name, "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None

    kind, state = parameters.get("kind", ""), parameters.get("state", "open")
    return ListState(
        kind=kind if kind in set(kinds) else "",
        state=state if state in STATES else "open",
        unit=number("unit"),
        population=number("pop"),
        initiative=parameters.get("initiative", "")[:40],
        page=max(number("page") or 1, 1),
    )
