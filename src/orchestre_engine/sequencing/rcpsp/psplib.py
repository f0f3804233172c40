"""PSPLIB files of one mode (`.sm`): projects, links, durations, demands, capacities.

The format of ProGen (Kolisch & Sprecher 1996), whatever the number of jobs and resources.
"""

from __future__ import annotations

from dataclasses import dataclass

from orchestre_engine.errors import ProblemError
from orchestre_engine.sequencing.rcpsp.problem import (
    Activity,
    Demand,
    Precedence,
    Problem,
    Resource,
)

_LINKS, _REQUESTS, _CAPACITIES = (
    "PRECEDENCE RELATIONS",
    "REQUESTS/DURATIONS",
    "RESOURCEAVAILABILITIES",
)
_SECTIONS = (_LINKS, _REQUESTS, _CAPACITIES)


def read_psplib(text: str, name: str = "file") -> Problem:
    """Read a `.sm` file.

    Parameters
    ----------
    text
        What the file holds.
    name
        Told in refusals.

    Raises
    ------
    ProblemError
        The file and line, what is wrong there, how to mend it.
    """
    return _Reader(text, name).problem()


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    words: tuple[str, ...]


class _Reader:
    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._lines = text.splitlines()
        self._sections = self._cut()

    def problem(self) -> Problem:
        """Build the problem."""
        capacities = self._capacities()
        activities = self._activities(tuple(capacities))
        codes = {one.id for one in activities}
        links = self._links(codes)
        resources = tuple(Resource(code, capacity) for code, capacity in capacities.items())
        try:
            return Problem(activities, resources, links)
        except ProblemError as error:
            raise ProblemError(f"{self._name}: {error}") from error

    def _cut(self) -> dict[str, list[_Row]]:
        """Cut the file at its lines of stars; keep the rows of the three sections."""
        found: dict[str, list[_Row]] = {}
        current: list[_Row] | None = None
        for at, line in enumerate(self._lines, 1):
            words = line.split()
            title = line.strip().rstrip(":").strip().upper()
            if title in _SECTIONS:
                if title in found:
                    raise self._refusal(at, f"{title} comes a second time", "keep one")
                current = found[title] = []
            elif line.startswith("*"):
                current = None
            elif current is not None and words and not line.strip().startswith("---"):
                current.append(_Row(at, tuple(words)))
        for title in _SECTIONS:
            if not found.get(title):
                raise self._refusal(
                    len(self._lines), f"{title} is missing or empty", "give the whole .sm file"
                )
        return found

    def _capacities(self) -> dict[str, int]:
        rows = self._sections[_CAPACITIES]
        names = _names(rows[0])
        if len(rows) < 2:
            raise self._refusal(rows[0].line, "no capacity follows", "add the line of capacities")
        figures = self._numbers(rows[1])
        if len(figures) != len(names) or len(set(names)) != len(names):
            raise self._refusal(
                rows[1].line,
                f"{len(figures)} capacities for {len(names)} resources",
                "give one capacity per resource named above",
            )
        if any(name.startswith(("N", "D")) for name in names):
            raise self._refusal(
                rows[0].line,
                "nonrenewable resources belong to several modes",
                "give a file of one mode, with resources R only",
            )
        return dict(zip(names, figures, strict=True))

    def _activities(self, resources: tuple[str, ...]) -> tuple[Activity, ...]:
        found: dict[int, Activity] = {}
        for row in self._sections[_REQUESTS]:
            if not row.words[0].lstrip("-").isdigit():
                continue  # the line of titles
            figures = self._numbers(row)
            if len(figures) != 3 + len(resources):
                raise self._refusal(
                    row.line,
                    f"{len(figures)} figures where {3 + len(resources)} are due",
                    "give job, mode, duration and one demand per resource",
                )
            job, mode, duration, *amounts = figures
            if mode != 1 or job in found:
                raise self._refusal(
                    row.line, f"job {job} comes a second time or has mode {mode}", "give one mode"
                )
            demands = zip(resources, amounts, strict=True)
            kept = tuple(Demand(code, amount) for code, amount in demands if amount)
            found[job] = Activity(str(job), duration, kept)
        if not found:
            raise self._refusal(
                self._sections[_REQUESTS][0].line, "no job is described", "add a line per job"
            )
        return tuple(found.values())

    def _links(self, codes: set[str]) -> tuple[Precedence, ...]:
        found: list[Precedence] = []
        for row in self._sections[_LINKS]:
            if not row.words[0].lstrip("-").isdigit():
                continue
            figures = self._numbers(row)
            if len(figures) < 3 or len(figures) != 3 + figures[2]:
                raise self._refusal(
                    row.line,
                    "the number of successors is not that of the successors",
                    "give job, modes, number of successors, then each of them",
                )
            for code in map(str, (figures[0], *figures[3:])):
                if code not in codes:
                    raise self._refusal(
                        row.line, f"job {code} is described nowhere", f"describe it in {_REQUESTS}"
                    )
            found += [Precedence(str(figures[0]), str(after)) for after in figures[3:]]
        return tuple(found)

    def _numbers(self, row: _Row) -> list[int]:
        for word in row.words:
            if not word.isdecimal():
                raise self._refusal(row.line, f"“{word}” is not a whole number", "correct it")
        return [int(word) for word in row.words]

    def _refusal(self, line: int, what: str, mend: str) -> ProblemError:
        return ProblemError(f"{self._name}, line {line}: {what}; {mend}.")


def _names(row: _Row) -> list[str]:
    """Read `R 1  R 2` or `R1 R2` as R1, R2."""
    names: list[str] = []
    for word in row.words:
        if word.isdecimal() and names:
            names[-1] += word
        else:
            names.append(word)
    return names
