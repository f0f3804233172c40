"""Cycles: changes that wait for each other in a loop.

Each change has two events, its start and its finish, the first before the second; a link joins
an event of its predecessor to one of its successor. A loop of events is impossible to schedule.
Links of different kinds may run both ways without a loop: B starts after A starts (SS) and ends
before A ends (FF) is a ladder, not a cycle.
"""

from collections import Counter, defaultdict, deque
from typing import NamedTuple

import numpy as np

from orchestre_engine.interactions.problem import InteractionProblem, Link
from orchestre_engine.interactions.result import (
    CHANGES,
    Finding,
    FindingKind,
    fingerprint,
)

CYCLE = "cycle"


class Event(NamedTuple):
    """The start (0) or the finish (1) of a change, by rank of the change."""

    change: int
    end: int


class Graph(NamedTuple):
    """The links as arrows between events; `loop_of` gives the knot each event is in."""

    names: tuple[str, ...]
    links: tuple[tuple[Event, Event, Link], ...]
    loop_of: dict[Event, int]

    def is_in_loop(self, source: Event, target: Event) -> bool:
        """Tell if an arrow lies inside a knot."""
        return self.loop_of[source] == self.loop_of[target]


def graph(problem: InteractionProblem) -> Graph:
    """Give the events, the arrows and the strongly connected components."""
    from scipy.sparse import coo_array  # noqa: PLC0415 # heavy, and only to compute
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 # idem

    names = tuple(change.id for change in problem.changes)
    rank = {name: at for at, name in enumerate(names)}
    links = tuple(
        (
            Event(rank[link.predecessor], int(link.kind[0] == "F")),
            Event(rank[link.successor], int(link.kind[1] == "F")),
            link,
        )
        for link in problem.links
    )
    sources = [2 * at for at in range(len(names))] + [2 * s.change + s.end for s, _, _ in links]
    targets = [2 * at + 1 for at in range(len(names))] + [2 * t.change + t.end for _, t, _ in links]
    size = 2 * len(names)
    arrows = coo_array((np.ones(len(sources)), (sources, targets)), shape=(size, size))
    _, labels = connected_components(arrows, directed=True, connection="strong")
    loop_of = {Event(at // 2, at % 2): int(label) for at, label in enumerate(labels)}
    return Graph(names, links, loop_of)


def find(events: Graph) -> list[Finding]:
    """Give one finding per knot: its shortest loop through its smallest code."""
    arrows: dict[Event, list[tuple[Event, Link | None]]] = defaultdict(list)
    tangled: dict[int, set[Event]] = defaultdict(set)
    for source, target, link in events.links:
        if events.is_in_loop(source, target):
            arrows[source].append((target, link))
            tangled[events.loop_of[source]] |= {source, target}
    findings: list[Finding] = []
    for knot in tangled.values():
        for change in {event.change for event in knot}:
            start, end = Event(change, 0), Event(change, 1)
            if events.is_in_loop(start, end):
                arrows[start].append((end, None))
        findings.append(_told(_loop(min(knot), arrows), knot))
    return findings


def _loop(origin: Event, arrows: dict[Event, list[tuple[Event, Link | None]]]) -> list[Link]:
    """Give the links of the shortest loop through an event, breadth first."""
    came: dict[Event, tuple[Event, Link | None]] = {}
    queue = deque([origin])
    while origin not in came:
        here = queue.popleft()
        for target, link in arrows[here]:
            if target not in came:
                came[target] = (here, link)
                queue.append(target)
    links: list[Link] = []
    at, link = came[origin]
    while True:
        if link:
            links.append(link)
        if at == origin:
            return _inner(links[::-1])
        at, link = came[at]


def _inner(links: list[Link]) -> list[Link]:
    """Keep the part between two visits of the same change, when a loop visits one twice."""
    seen: dict[str, int] = {}
    for at, link in enumerate(links):
        if link.predecessor in seen:
            return links[seen[link.predecessor] : at]
        seen[link.predecessor] = at
    return links


def _told(links: list[Link], knot: set[Event]) -> Finding:
    first = min(range(len(links)), key=lambda at: links[at].predecessor)
    loop = links[first:] + links[:first]
    changes = tuple(link.predecessor for link in loop)
    knotted = Counter(event.change for event in knot)
    return Finding(
        kind=FindingKind.CYCLE,
        rule=CYCLE,
        changes=changes,
        populations=(),
        starts_on=None,
        ends_on=None,
        score=float(len(knotted)),
        score_unit=CHANGES,
        facts=(
            *(("step", f"{link.predecessor} → {link.successor}") for link in loop),
            *(("link", link.kind) for link in loop),
            *(("what", link.what) for link in loop),
            ("changes_in_knot", float(len(knotted))),
        ),
        key=fingerprint(FindingKind.CYCLE, CYCLE, *changes),
    )
