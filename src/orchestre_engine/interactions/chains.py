"""The critical chain: the longest run of linked changes, durations and lags added up.

It is the longest path of the critical path method over the events of `cycles`; links inside a
loop have no length and are left out, as are changes whose dates are unknown. Days are calendar
days.
"""

from collections import defaultdict, deque

from orchestre_engine.interactions.cycles import Event, Graph
from orchestre_engine.interactions.problem import InteractionProblem
from orchestre_engine.interactions.windows import Tally, finish

CRITICAL_CHAIN = "critical-chain"

_Arrows = dict[Event, list[tuple[Event, int]]]


def find(
    problem: InteractionProblem, events: Graph, tally: Tally
) -> tuple[tuple[str, ...], int | None]:
    """Give the changes of the longest chain, first to last, and its days; `((), None)` without."""
    durations = _durations(problem)
    arrows: _Arrows = defaultdict(list)
    for source, target, link in events.links:
        if events.is_in_loop(source, target):
            tally[CRITICAL_CHAIN, "in-a-cycle"] += 1
        elif source.change not in durations or target.change not in durations:
            tally[CRITICAL_CHAIN, "no-date"] += 1
        else:
            arrows[source].append((target, link.lag_days))
    linked = {event.change for event in arrows} | {
        target.change for targets in arrows.values() for target, _ in targets
    }
    for change in linked:
        arrows[Event(change, 0)].append((Event(change, 1), durations[change]))
    days, came = _longest(arrows, linked)
    chains = [
        (-length, path)
        for event, length in days.items()
        if event.end and len(path := _path(event, came)) > 1
    ]
    if not chains:
        return (), None
    length, path = min(chains)
    return tuple(events.names[change] for change in path), -length


def _durations(problem: InteractionProblem) -> dict[int, int]:
    """Give the days of each change that has both dates; a go-live before the start lasts 0."""
    found: dict[int, int] = {}
    for at, change in enumerate(problem.changes):
        ends_on = finish(change)
        if change.starts_on is not None and ends_on is not None:
            found[at] = max((ends_on - change.starts_on).days, 0)
    return found


def _longest(arrows: _Arrows, linked: set[int]) -> tuple[dict[Event, int], dict[Event, Event]]:
    """Give the earliest day of every event, from 0, and the event that drives it."""
    waiting = {Event(change, end): 0 for change in sorted(linked) for end in (0, 1)}
    days = dict.fromkeys(waiting, 0)
    came: dict[Event, Event] = {}
    for targets in arrows.values():
        for target, _ in targets:
            waiting[target] += 1
    queue = deque(event for event, left in waiting.items() if not left)
    while queue:
        here = queue.popleft()
        for target, length in sorted(arrows[here]):
            reached = days[here] + length
            if reached > days[target] or (reached == days[target] and target not in came):
                days[target], came[target] = reached, here
            waiting[target] -= 1
            if not waiting[target]:
                queue.append(target)
    return days, came


def _path(event: Event, came: dict[Event, Event]) -> tuple[int, ...]:
    """Give the changes that lead to an event, each once in a row, first to last."""
    path = [event.change]
    while event in came:
        event = came[event]
        if event.change != path[-1]:
            path.append(event.change)
    return tuple(reversed(path))
