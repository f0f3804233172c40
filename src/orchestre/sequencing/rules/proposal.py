"""What a search found, as values that a page words: kept with the run, the same next year."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from pydantic import TypeAdapter

from orchestre.sequencing.rules.edits import Edit
from orchestre.sequencing.rules.measures import Measures


@dataclass(frozen=True, slots=True)
class Spot:
    """Weeks of a population beyond capacity: hours per person × people, and until when."""

    population: str
    first_monday: date
    weeks: int
    person_hours: float


@dataclass(frozen=True, slots=True)
class Barrier:
    """Why a go-live is not one week earlier: a rule, or people who would overflow.

    `kind` is the word of the engine (`window_opens`, `dependency`, `legal_step`, `freeze`,
    `people`, `means`, `benefits`, `dates`…); `other` the other initiative, `name` the freeze, the
    step, the role or the envelope; `amount` in person-hours, weeks or euros as the kind says.
    """

    kind: str
    other: str = ""
    name: str = ""
    population: str = ""
    monday: date | None = None
    amount: float | None = None


Waved = tuple[tuple[str, tuple[int, ...]], ...]
"""Waves that may move apart, by initiative: their numbers by date, last 0 for those in none."""


def key_of(code: str, wave: int | None) -> str:
    """Return what a move is accepted by: a code, with the number of the wave when it is one."""
    return code if wave is None else f"{code}#{wave}"


def edits_of(moves: Iterable[tuple[str, int | None, int | None]], waves: Waved) -> dict[str, Edit]:
    """Return the overrides of some moves: code, number of the wave, weeks; None: postponed.

    The initiative itself moves with those who are in no wave; when all are in one, with the last
    wave.
    """
    found: dict[str, Edit] = {}
    apart: dict[str, dict[int, int]] = {}
    for code, wave, weeks in moves:
        if weeks is None:
            found[code] = Edit(included=False)
        elif wave is None:
            found[code] = Edit(shift_days=7 * weeks)
        else:
            apart.setdefault(code, {})[wave] = 7 * weeks
    known = dict(waves)
    for code, days in apart.items():
        every = {pk: days.get(pk, 0) for pk in known[code]}
        common = every[known[code][-1]]
        beyond = tuple(
            (pk, some - common) for pk, some in sorted(every.items()) if pk and some != common
        )
        found[code] = Edit(shift_days=common or None, waves=beyond)
    return found


@dataclass(frozen=True, slots=True)
class MoveTold:
    """One go-live that moves, why, why not earlier, and what it costs.

    `wave` is the number of the wave that moves, 0 for those who are in none, None for everybody;
    `wave_name` its name.
    """

    code: str
    weeks: int | None
    before_on: date
    people: float
    spots: tuple[Spot, ...] = ()
    reasons: tuple[Barrier, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    delay_cost_eur: float = 0.0
    saved_person_hours: float = 0.0
    wave: int | None = None
    wave_name: str = ""

    @property
    def key(self) -> str:
        """What one accepts or refuses it by."""
        return key_of(self.code, self.wave)


@dataclass(frozen=True, slots=True)
class Remedy:
    """The smallest thing that removes what is left of an overload, verified by computing it.

    `rule`: let `change` go `amount` weeks against its rule; `capacity`: `amount` more of it;
    `lighter`: `amount` fewer hours of `change`, both as ratios.
    """

    kind: str
    change: str = ""
    amount: float = 0.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Leftover:
    """An overload that the order leaves: who, when, which changes meet there.

    `proved`: whatever their allowed dates, these cannot all pass without overload.
    """

    population: str
    first_monday: date
    weeks: int
    person_hours: float
    together: tuple[str, ...]
    proved: bool = True
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposalTold:
    """One order: its moves and its figures, against those of the plan it started from."""

    name: str
    status: str
    moves: tuple[MoveTold, ...]
    measures: Measures
    leftovers: tuple[Leftover, ...]
    gap: float | None
    seconds: float
    rounds: int
    replayable: bool
    criteria: tuple[tuple[int, tuple[float, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """Rules that contradict each other, in words-ready data, and what loosens them."""

    rules: tuple[Barrier, ...]
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a search found."""

    first_monday: date
    months: int
    before: Measures
    proposals: tuple[ProposalTold, ...]
    clashes: tuple[Clash, ...]
    derived_delay: tuple[str, ...]
    free_delay: tuple[str, ...]
    windowless: tuple[str, ...]
    broken_links: int
    without_headcount: tuple[str, ...]
    roles_unlimited: tuple[str, ...]
    computation: str
    seed: int
    stopped: bool = False
    waves: Waved = ()


@cache
def _adapter() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


def freeze(answer: Answer) -> bytes:
    """Write an answer as compressed JSON."""
    return zlib.compress(_adapter().dump_json(answer), 6)


def plain(content: bytes) -> bytes:
    """Return the JSON of what is kept."""
    return zlib.decompress(content)


def thaw(content: bytes) -> Answer:
    """Read it again."""
    return _adapter().validate_json(plain(content))
