"""Problems for the tests: by hand with a known answer, and drawn."""

import itertools
from collections.abc import Sequence

from hypothesis import strategies as st

from orchestre_engine.sequencing.rcpsp import (
    Activity,
    Demand,
    Link,
    Precedence,
    Problem,
    Project,
    Resource,
)

LINKS = tuple(Link)


def activity(
    code: str, duration: int, project: str = "", release: int = 0, **uses: int
) -> Activity:
    demands = tuple(Demand(resource, amount) for resource, amount in uses.items())
    return Activity(code, duration, demands, project, release)


def capacities(**units: int) -> tuple[Resource, ...]:
    return tuple(Resource(code, capacity) for code, capacity in units.items())


def chain(*codes: str) -> tuple[Precedence, ...]:
    return tuple(Precedence(a, b) for a, b in itertools.pairwise(codes))


#: A rule that starts the longest first ends at 9; the best order needs 8.
BENCH = Problem(
    (
        activity("a", 4, r=1),
        activity("b", 3, r=1),
        activity("c", 3, r=1),
        activity("d", 3, r=1),
        activity("e", 3, r=1),
    ),
    capacities(r=2),
    chain("b", "c"),
)
SHORTEST_BENCH = 9


def all_at_once(count: int, capacity: int) -> Problem:
    """`count` activities of one period for `capacity` at a time."""
    return Problem(tuple(activity(f"t{at}", 1, r=1) for at in range(count)), capacities(r=capacity))


@st.composite
def problems(draw: st.DrawFn, kinds: Sequence[Link] = LINKS, most: int = 9) -> Problem:
    """Draw a problem that can be scheduled: links go from low to high numbers."""
    count = draw(st.integers(1, most))
    units = draw(st.lists(st.integers(1, 9), max_size=3))
    resources = {f"r{at}": capacity for at, capacity in enumerate(units)}
    activities = tuple(
        activity(
            f"t{at}",
            draw(st.integers(0, 5)),
            draw(st.sampled_from(["", "p", "q"])),
            draw(st.integers(0, 3)),
            **{code: draw(st.integers(0, capacity)) for code, capacity in resources.items()},
        )
        for at in range(count)
    )
    pairs = [(i, j) for i in range(count) for j in range(i + 1, count)]
    tied = draw(st.lists(st.sampled_from(pairs), max_size=count, unique=True)) if pairs else []
    links = tuple(
        Precedence(f"t{i}", f"t{j}", draw(st.sampled_from(list(kinds))), draw(st.integers(-3, 3)))
        for i, j in tied
    )
    projects = (Project("p", draw(st.integers(0, 4))), Project("q"))
    return Problem(activities, capacities(**resources), links, projects)
