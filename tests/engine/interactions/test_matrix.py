"""The Matrix of Change: signs kept, coherence, density, instability, opposed practices."""

import pytest

from engine.interactions.portfolios import change, problem
from orchestre_engine.interactions.problem import Practice, PracticeMark
from orchestre_engine.interactions.solve import solve

CHANGES = (change("A"), change("B"))
PRACTICES = (
    Practice("e1", "A", "existing", "stock by batch"),
    Practice("e2", "B", "existing", "piece-rate pay"),
    Practice("t1", "A", "target", "flexible lines"),
    Practice("t2", "B", "target", "individual bonus"),
    Practice("t3", "B", "target", "few job titles"),
)


def marks(first: str, second: str, *values: int) -> tuple[PracticeMark, ...]:
    return tuple(
        PracticeMark(first, second, value, f"rater {at}") for at, value in enumerate(values)
    )


RATINGS = (
    *marks("e1", "e2", 1, 1),
    *marks("t1", "t2", -1, -1, 1),
    *marks("t3", "t1", 1, 1),
    *marks("t2", "t3", 1),
    *marks("e1", "t1", -1, -1),
    *marks("e2", "t2", 1, 1),
    *marks("e2", "t1", -1, -1, 0),
    *marks("e2", "t3", 1, -1, -1, 1),
)


def test_coherence_density_and_instability() -> None:
    result = solve(problem(*CHANGES, practices=PRACTICES, marks=RATINGS))
    grid = result.matrix
    assert grid is not None
    assert (grid.existing.coherence, grid.existing.density) == (1.0, 1.0)
    assert (result.coherence, result.density) == (0.0, pytest.approx(2 / 3))
    assert (grid.transition.pairs, grid.transition.rated) == (6, 4)
    assert result.instability == pytest.approx(2 / 3)
    assert grid.transition.coherence == pytest.approx(-1 / 3)
    assert ("t1", "t2", -1) in grid.signs
    assert ("e2", "t3") not in {(first, second) for first, second, _ in grid.signs}


def test_opposed_targets_of_two_changes_contradict() -> None:
    result = solve(problem(*CHANGES, practices=PRACTICES, marks=RATINGS))
    [finding] = result.findings
    assert (finding.rule, finding.changes) == ("practices-opposed", ("A", "B"))
    assert finding.fact("first_practice") == "flexible lines"
    assert finding.fact("second_practice") == "individual bonus"
    assert (finding.score, finding.fact("raters")) == (2.0, 3.0)
    assert [(one.reason, one.count) for one in result.not_judged] == [("too-few-raters", 1)]


def test_one_rater_alone_decides_nothing() -> None:
    result = solve(problem(*CHANGES, practices=PRACTICES, marks=marks("t1", "t2", -1)))
    assert result.findings == ()
    assert (result.coherence, result.density, result.instability) == (None, 0.0, None)


def test_practices_of_the_same_change_do_not_contradict_another() -> None:
    result = solve(problem(*CHANGES, practices=PRACTICES, marks=marks("t2", "t3", -1, -1)))
    assert result.findings == ()
    assert result.coherence == -1.0


def test_without_practices_there_is_no_matrix() -> None:
    result = solve(problem(*CHANGES))
    assert result.matrix is None
    assert (result.coherence, result.density, result.instability) == (None, None, None)


def test_a_single_practice_has_no_density() -> None:
    result = solve(problem(*CHANGES, practices=PRACTICES[2:3]))
    assert result.density is None
