"""The verifier sees each kind of fault."""

import pytest

from engine.rcpsp.worlds import activity, capacities
from orchestre_engine.sequencing.rcpsp import Link, Precedence, Problem, Project, faults


@pytest.mark.parametrize(
    ("kind", "lag", "good", "bad"),
    [(Link.FS, 1, 3, 2), (Link.SS, 1, 1, 0), (Link.FF, 3, 2, 1), (Link.SF, 4, 1, 0)],
)
def test_links(kind: Link, lag: int, good: int, bad: int) -> None:
    problem = Problem((activity("a", 2), activity("b", 3)), (), (Precedence("a", "b", kind, lag),))
    assert faults(problem, {"a": 0, "b": good}) == []
    assert "Link a → b" in faults(problem, {"a": 0, "b": bad})[0]


def test_capacity_release_and_absence() -> None:
    problem = Problem(
        (activity("a", 2, "p", r=1), activity("b", 2, release=2, r=2)),
        capacities(r=2),
        (),
        (Project("p", 1),),
    )
    assert faults(problem, {"a": 4, "b": 2}) == []
    assert faults(problem, {"a": 1, "b": 3}) == []
    assert "3 used at 2, of 2" in faults(problem, {"a": 1, "b": 2})[0]
    assert len(faults(problem, {"a": 0, "b": 1})) == 3
    assert faults(problem, {"a": -1, "b": 2})[0].startswith("Activity a starts at -1")
    assert faults(problem, {"a": 1}) == ["Activity b has no start."]
