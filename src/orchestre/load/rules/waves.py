"""Waves of deployment: the day that each impact is laid around."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from orchestre.impacts.rules import GoLive
from orchestre.load.rules.rows import ImpactRow
from orchestre.portfolio.queries.waves import Pair, WaveDay

Waves = dict[Pair, WaveDay]


def last_days(waves: Waves) -> dict[int, date]:
    """Return the day of the last wave of each initiative that has some."""
    found: dict[int, date] = {}
    for (initiative, _population), wave in waves.items():
        found[initiative] = max(found.get(initiative, wave.go_live_on), wave.go_live_on)
    return found


def by_code(
    waves: Waves, initiatives: Mapping[int, str], populations: Mapping[int, str]
) -> dict[tuple[str, str], WaveDay]:
    """Return the waves of some initiatives by the codes of an initiative and of a population."""
    return {
        (initiatives[initiative], populations[population]): wave
        for (initiative, population), wave in waves.items()
        if initiative in initiatives
    }


def laid(row: ImpactRow, go_live: GoLive | None, waves: Waves) -> GoLive | None:
    """Return the day an entered impact is laid around: the nearest that somebody said."""
    if row.go_live_on is not None:
        return GoLive(row.go_live_on, assumed=False)
    wave = waves.get((row.initiative_id, row.population_id))
    if wave is not None:
        return GoLive(wave.go_live_on, assumed=False, wave=wave.name)
    return go_live
