"""Reading `.sm` files, and what is said of those that are damaged."""

import pytest

from orchestre_engine.errors import ProblemError
from orchestre_engine.sequencing.rcpsp import Limit, read_psplib, solve

FILE = """\
************************************************************************
file with basedata            : mini.bas
************************************************************************
RESOURCES
  - renewable                 :  2   R
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     3       2    0
  3      1     2       1    1
  4      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  R 2
    2    4
************************************************************************
"""


def test_a_file_is_read() -> None:
    problem = read_psplib(FILE)
    assert [one.duration for one in problem.activities] == [0, 3, 2, 0]
    assert [(one.id, one.capacity) for one in problem.resources] == [("R1", 2), ("R2", 4)]
    assert len(problem.precedences) == 4
    assert solve(problem, Limit(children=20)).makespan == 5


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  2      1     3 ", "  2      1     x ", "line 18: “x” is not a whole number"),
        ("  2      1     3 ", "  2      1     ", "line 18: 4 figures where 5 are due"),
        ("  3      1     2 ", "  2      1     2 ", "line 19: job 2 comes a second time"),
        (
            "  3      1     2 ",
            "  3      2     2 ",
            "line 19: job 3 comes a second time or has mode 2",
        ),
        ("   2        1          1 ", "   2        1          3 ", "line 10: the number of succ"),
        ("           4\n   3", "           9\n   3", "line 10: job 9 is described nowhere"),
        ("    2    4\n", "    2\n", "line 24: 1 capacities for 2 resources"),
        ("    2    4\n", "", "line 23: no capacity follows"),
        ("  R 1  R 2\n    2", "  R 1  N 1\n    2", "line 23: nonrenewable resources"),
        ("REQUESTS/DURATIONS:", "REQUESTS:", "REQUESTS/DURATIONS is missing or empty"),
        ("RESOURCES\n", "PRECEDENCE RELATIONS:\n", "PRECEDENCE RELATIONS comes a second time"),
        ("   4        1          0", "   4        1          1      1", "Links go in a circle"),
        ("       2    0\n", "       9    0\n", "uses 9 of resource R1, which has 2"),
    ],
)
def test_a_damaged_file_is_told(old: str, new: str, said: str) -> None:
    assert old in FILE
    with pytest.raises(ProblemError) as refusal:
        read_psplib(FILE.replace(old, new, 1), "mini.sm")
    assert said in str(refusal.value)
    assert str(refusal.value).startswith("mini.sm")


def test_a_file_without_jobs_is_told() -> None:
    lines = [
        line
        for line in FILE.splitlines()
        if not line.endswith(("   0    0", "   2    0", "   1    1"))
    ]
    with pytest.raises(ProblemError, match="no job is described"):
        read_psplib("\n".join(lines))
