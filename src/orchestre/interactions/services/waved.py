"""Waves that decide an overload: those whose go-live the load of its people is laid around."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from orchestre.interactions.services.overloads import Proposal
from orchestre.load.services.answer import LoadView
from orchestre.portfolio.queries.waves import WaveDay

_Facts = list[list[str | float]]


def with_waves(view: LoadView, found: Iterable[Proposal]) -> list[Proposal]:
    """Tell the waves behind the worst week of each overload; the engine tells its own."""
    laid = _laid(view)
    return [_told(one, laid) for one in found] if laid else list(found)


def _laid(view: LoadView) -> dict[str, dict[int, WaveDay]]:
    """Give, by population, the wave of each initiative that lays something on its day.

    An impact with a day of its own keeps it: its wave decides nothing.
    """
    waves, taken = view.snapshot.waves, view.snapshot
    found: defaultdict[str, dict[int, WaveDay]] = defaultdict(dict)
    if not waves:
        return found
    for one in taken.problem.impacts:
        wave = waves.get((one.change, one.population))
        if wave is not None and one.go_live_on == wave.go_live_on:
            found[str(taken.groups[one.population].pk)][taken.askings[one.change].pk] = wave
    return found


def _told(one: Proposal, laid: dict[str, dict[int, WaveDay]]) -> Proposal:
    worst = next((str(value) for name, value in one.facts if name == "worst_population"), "")
    of = laid.get(worst, {})
    more: _Facts = []
    for pk in one.initiatives:
        if pk in of:
            wave = of[pk]
            more += [["wave_change", str(pk)], ["wave", wave.name]]
            more.append(["wave_on", wave.go_live_on.isoformat()])
    return replace(one, facts=[*one.facts, *more]) if more else one
