"""Waves of initiatives as the search moves them: each by its own weeks, within a spread."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from orchestre.load.rules.dates import monday
from orchestre.sequencing.services.live import Live
from orchestre_engine import sequencing as engine

Waves = dict[str, tuple[engine.Wave, ...]]
REST = "0"  # the wave of those who are in none


def has_live_wave(there: Live, code: str) -> bool:
    """Tell whether a wave of an initiative went live."""
    return any(one.go_live_on < there.today for one in there.rows.waves.get(code, ()))


def waves_of(there: Live, starts_of: Mapping[str, int], begun: Collection[str]) -> Waves:
    """Give the waves of the initiatives that have one to come; `starts_of` their go-lives."""
    found = {
        code: _waves(there, code, starts_of[code], begun=code in begun)
        for code in there.rows.waves
        if code in starts_of
    }
    return {code: some for code, some in found.items() if some}


def _waves(there: Live, code: str, start: int, *, begun: bool) -> tuple[engine.Wave, ...]:
    """Give the waves that ask something, by date, then the rest of the people as one more if any.

    Nothing when no wave is to come: the initiative is then as any other.
    """
    planned, touched = there.rows.waves[code], _touched(there, code)
    found = []
    for wave in planned:
        people = touched & wave.populations
        if people:
            week = (monday(wave.go_live_on) - monday(there.today)).days // 7
            gone = wave.go_live_on < there.today
            found.append(
                engine.Wave(str(wave.pk), tuple(people), week, apart=week - start, fixed=gone)
            )
    if all(wave.fixed for wave in found):
        return ()
    rest = touched - {people for wave in planned for people in wave.populations}
    if rest:
        found.append(engine.Wave(REST, tuple(rest), start, fixed=begun or start < 0))
    # the last one carries the dates of the initiative: the others may move up to it
    carrier = found[-1].apart
    return tuple(replace(wave, gives=max(wave.apart, carrier)) for wave in found)


def _touched(there: Live, code: str) -> frozenset[str]:
    result = there.view.result
    ids = result.state.change_ids
    if code not in ids:
        return frozenset()
    lines = result.state.changes[ids.index(code)]
    return frozenset(result.population_ids[row] for row in set(lines.population.tolist()))


def carrier(waves: tuple[engine.Wave, ...]) -> str | None:
    """Give the wave that dates, roles and euros move with: those who are in none, else the last."""
    return waves[-1].id if waves else None


def starts(waves: tuple[engine.Wave, ...], start: int) -> Callable[[str], int]:
    """Give the week of the go-live of each population."""
    of = {people: wave.current_start for wave in waves for people in wave.populations}
    return lambda population: of.get(population, start)


def spread(waves: tuple[engine.Wave, ...], asked: int) -> int | None:
    """Give the spread that was asked for, or that of today when it is already more."""
    if not waves:
        return None
    weeks = [wave.current_start for wave in waves]
    return max(asked, max(weeks) - min(weeks))


def pins(code: str, start: int, waves: tuple[engine.Wave, ...], weeks: int) -> list[engine.Pin]:
    """Say where an initiative stands: each of its waves to come, when they may move apart."""
    if not waves:
        return [engine.Pin(code, start + weeks)]
    return [
        engine.Pin(code, wave.current_start + weeks, wave.id) for wave in waves if not wave.fixed
    ]
