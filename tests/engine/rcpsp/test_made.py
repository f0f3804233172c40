"""Drawn problems are what they are said to be."""

import pytest

from orchestre_engine.codec import fingerprint
from orchestre_engine.errors import ProblemError
from orchestre_engine.sequencing.rcpsp.made import Difficulty, made
from orchestre_engine.sequencing.rcpsp.plan import layout


def test_the_same_seed_draws_the_same_problem() -> None:
    one, other = made(60, Difficulty(), 1), made(60, Difficulty(), 2)
    assert fingerprint(one) == fingerprint(made(60, Difficulty(), 1)) != fingerprint(other)


@pytest.mark.parametrize("complexity", [1.5, 1.8])
def test_links_are_as_many_as_asked_and_none_follows_from_others(complexity: float) -> None:
    problem = made(60, Difficulty(complexity), 3)
    assert len(problem.precedences) == round(complexity * 60)
    after: dict[str, set[str]] = {}
    for link in problem.precedences:
        after.setdefault(link.before, set()).add(link.after)
    for link in problem.precedences:
        reached, waiting = set(), list(after[link.before] - {link.after})
        for code in waiting:
            if code not in reached:
                reached.add(code)
                waiting += after.get(code, set())
        assert link.after not in reached


def test_strength_goes_from_one_at_a_time_to_no_wait() -> None:
    loose = layout(made(30, Difficulty(strength=1.0), 1))
    tight = made(30, Difficulty(strength=0.0), 1)
    assert not loose.capacities.size or loose.critical_path > 0
    for resource in tight.resources:
        most = max(
            need.amount
            for one in tight.activities
            for need in one.demands
            if need.resource == resource.id
        )
        assert resource.capacity == most


def test_every_activity_uses_something() -> None:
    assert all(one.demands for one in made(60, Difficulty(factor=0.01), 1).activities)


@pytest.mark.parametrize(
    ("count", "difficulty"),
    [(5, Difficulty()), (30, Difficulty(factor=0.0)), (30, Difficulty(strength=1.5))],
)
def test_what_cannot_be_drawn_is_refused(count: int, difficulty: Difficulty) -> None:
    with pytest.raises(ProblemError):
        made(count, difficulty, 1)
