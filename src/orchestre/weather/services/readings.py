"""The calculated weather of every initiative, kept while nothing is written.

A page asks `current()`: one small query tells whether anything was written since the last answer.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from orchestre.access.reach import Person
from orchestre.journal import queries as journal
from orchestre.load.services import compute as load
from orchestre.portfolio.models import Initiative
from orchestre.runs.models import Run
from orchestre.weather import queries, snapshot
from orchestre.weather.rules import AXES
from orchestre_engine.value import health as engine

if TYPE_CHECKING:
    from orchestre.weather.services.lines import Line

Key = tuple[journal.Written, int, date]


@dataclass(frozen=True)
class One:
    """The calculated weather of one initiative."""

    known: snapshot.Known
    axes: dict[str, engine.Reading]
    level: str

    def word(self, axis: str) -> str:
        """Return the level of one axis as it is stored."""
        return snapshot.WORDS[self.axes[axis].level]

    @property
    def words(self) -> dict[str, str]:
        """Return the six levels as they are stored."""
        return {axis: self.word(axis) for axis in AXES}

    def stored(self) -> dict[str, Any]:
        """Return what a report keeps: levels, figures, bounds and the counts behind them."""
        return {
            "axes": {
                axis: {
                    "level": self.word(axis),
                    "measures": [
                        [one.name, one.value, one.amber, one.red, snapshot.WORDS[one.level]]
                        for one in reading.measures
                    ],
                }
                for axis, reading in self.axes.items()
            },
            "behind": self.known.behind,
        }


@dataclass(frozen=True)
class Readings:
    """Everything under way, read with one version of the thresholds."""

    by_key: dict[int, One]
    number: int
    thresholds: engine.Thresholds
    period_days: int
    # what the lists show of each, written when first asked for
    lines: dict[int, Line] = field(default_factory=dict, compare=False, repr=False)

    def overall(self, declared: dict[str, str]) -> str:
        """Return the level of an initiative from six declared levels."""
        levels = {axis: snapshot.LEVELS.get(word) for axis, word in declared.items()}
        return snapshot.WORDS[engine.overall(levels, self.thresholds)]


# computations that end without an act, and that the readings look at
_READ = ("load", "interactions")

_lock = threading.Lock()
_reading = threading.Lock()
_kept: dict[Key, Readings] = {}


def forget() -> None:
    """Empty the memory of this process."""
    with _lock:
        _kept.clear()


def _key() -> Key | None:
    """Return what changes when anything that the readings rest on is written."""
    last = journal.written()
    if last is None:
        return None
    ended = Run.objects.filter(kind__in=_READ, status=Run.Status.DONE).order_by("-pk")
    return (last, ended.values_list("pk", flat=True).first() or 0, load.today())


def _remembered(key: Key | None) -> Readings | None:
    with _lock:
        return _kept.get(key) if key is not None else None


def current() -> Readings:
    """Return the weather of everything under way, from memory when nothing was written."""
    key = _key()
    found = _remembered(key)
    if found is not None:
        return found
    with _reading:  # those who ask meanwhile wait for the same answer
        found = _remembered(key)
        if found is not None:
            return found
        found = _read(snapshot.take(load.today()))
        if key is not None:
            with _lock:
                _kept.clear()
                _kept[key] = found
    return found


def of(initiative: Initiative) -> One | None:
    """Return the weather of one initiative as it is now; None when it is not under way."""
    kept = _remembered(_key())
    if kept is not None:
        return kept.by_key.get(initiative.pk)
    return _read(snapshot.take(load.today(), initiative.pk)).by_key.get(initiative.pk)


def awaited(person: Person) -> list[tuple[str, str]]:
    """Return the code and title of what a person has to declare in the current period.

    Nothing is asked of anybody before the organisation has published a first report.
    """
    if not queries.has_begun():
        return []
    _number, _thresholds, days = snapshot.thresholds()
    return [(code, title) for _pk, code, title in queries.awaited(person, load.today(), days)]


def frame() -> Readings:
    """Return the thresholds in force, without any reading."""
    return _read({})


def _read(known: dict[int, snapshot.Known]) -> Readings:
    number, thresholds, period_days = snapshot.thresholds()
    found = {}
    for pk, one in known.items():
        axes = engine.read(one.figures, thresholds)
        levels = {axis: reading.level for axis, reading in axes.items()}
        found[pk] = One(one, axes, snapshot.WORDS[engine.overall(levels, thresholds)])
    return Readings(found, number, thresholds, period_days)
