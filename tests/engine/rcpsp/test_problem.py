"""What is refused, and the sentence that says why."""

import pytest

from engine.rcpsp.worlds import activity, capacities, chain
from orchestre_engine.codec import decode, encode, fingerprint
from orchestre_engine.errors import ProblemError
from orchestre_engine.sequencing.rcpsp import (
    Activity,
    Demand,
    Limit,
    Link,
    Precedence,
    Problem,
    Project,
    Resource,
    solve,
)
from orchestre_engine.sequencing.rcpsp.problem import LONGEST

A, B = activity("a", 2, r=1), activity("b", 3, r=1)
R = capacities(r=1)


def test_the_order_of_the_parts_changes_nothing() -> None:
    one = Problem((A, B), capacities(r=1, s=2), (*chain("a", "b"), Precedence("a", "b")))
    other = Problem((B, A), capacities(s=2, r=1), chain("a", "b"))
    assert one == other
    assert fingerprint(one) == fingerprint(other)
    assert decode(encode(one))["$type"] == "Problem"


def test_demands_are_put_in_order() -> None:
    first = Activity("a", 1, (Demand("s", 1), Demand("r", 1)))
    second = Activity("a", 1, (Demand("r", 1), Demand("s", 1)))
    assert Problem((first,), capacities(r=1, s=1)) == Problem((second,), capacities(r=1, s=1))


@pytest.mark.parametrize(
    ("activities", "resources", "links", "projects", "said"),
    [
        ((A, A), R, (), (), "Activity a comes 2 times; keep one."),
        ((activity("", 1),), R, (), (), "Activity without a code"),
        ((activity("a", -1),), R, (), (), "The duration of activity a is -1"),
        ((activity("a", True),), R, (), (), "The duration of activity a is True"),
        ((activity("a", 1, release=-1),), R, (), (), "The release of activity a is -1"),
        ((activity("a", 1, "p"),), R, (), (), "belongs to project p, which is not given"),
        ((activity("a", 1, z=1),), R, (), (), "uses resource z, which is not given"),
        ((activity("a", 1, r=-1),), R, (), (), "What activity a uses of r is -1"),
        ((activity("a", 1, r=2),), R, (), (), "uses 2 of resource r, which has 1"),
        ((A,), (Resource("r", -1),), (), (), "The capacity of resource r is -1"),
        ((A,), R, (), (Project("p", -2),), "The release of project p is -2"),
        ((A, B), R, (Precedence("a", "z"),), (), "there is no activity z"),
        ((A, B), R, (Precedence("a", "b", Link.FS, 1.5),), (), "the lag is 1.5"),
        ((A, B), R, (*chain("a", "b", "a"),), (), "Links go in a circle: "),
        ((activity("a", LONGEST + 1),), R, (), (), "count in longer periods"),
        (
            (Activity("a", 1, (Demand("r", 1), Demand("r", 1))),),
            R,
            (),
            (),
            "In activity a, resource r comes 2 times",
        ),
    ],
)
def test_refusals_say_what_and_how(
    activities: tuple[Activity, ...],
    resources: tuple[Resource, ...],
    links: tuple[Precedence, ...],
    projects: tuple[Project, ...],
    said: str,
) -> None:
    with pytest.raises(ProblemError) as refusal:
        Problem(activities, resources, links, projects)
    assert said.split(";", maxsplit=1)[0] in str(refusal.value)
    assert ";" in str(refusal.value)


def test_a_milestone_may_ask_for_anything() -> None:
    milestone = activity("a", 0, r=5)
    assert solve(Problem((milestone,), R), Limit(children=1)).makespan == 0


@pytest.mark.parametrize(
    ("seconds", "children", "proof"), [(None, None, 1.0), (1.0, 1, 1.0), (-1.0, None, 1.0)]
)
def test_a_limit_is_one_of_two(seconds: float | None, children: int | None, proof: float) -> None:
    with pytest.raises(ProblemError):
        Limit(seconds, children, proof)
