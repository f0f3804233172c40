"""What cannot be computed with is refused with a sentence."""

import math
from datetime import timedelta

import pytest

from engine.interactions.portfolios import cell, change, problem, session, weeks
from orchestre_engine.errors import ProblemError
from orchestre_engine.interactions.problem import (
    Fact,
    IndicatorEffect,
    Link,
    OverloadCell,
    Practice,
    PracticeMark,
)

A, B = change("A"), change("B")
T1, T2 = Practice("t1", "A", "target", "one"), Practice("t2", "B", "target", "two")
CELL = cell("till", 0, 10.0, {"A": 0.5})


def shares(*parts: tuple[str, float]) -> OverloadCell:
    return OverloadCell("till", "2026-W10", weeks(0), 1.0, 1.0, parts)


DOUBTFUL = {
    "settings: crowd": ({"crowd_changes": 0}, "crowd_changes is 0; give a number from 1"),
    "settings: infinite": ({"minimum_person_hours": math.inf}, "minimum_person_hours is inf"),
    "settings: share": ({"minimum_share_ratio": 1.5}, "give at most 1"),
    "settings: saving": ({"saving_ratios": (("training", 2.0),)}, "“training” is 2.0"),
    "cell: monday": (
        {"overloads": (OverloadCell("till", "2026-W11", weeks(0), 1.0, 1.0, ()),)},
        "2026-03-02 is not its Monday",
    ),
    "cell: tuesday": (
        {"overloads": (OverloadCell("t", "2026-W10", weeks(1 / 7), 1.0, 1.0, ()),)},
        "2026-03-03 is not its Monday",
    ),
    "cell: twice": ({"overloads": (CELL, CELL)}, "till in 2026-W10 comes twice"),
    "cell: negative": (
        {"overloads": (OverloadCell("till", "2026-W10", weeks(0), -1.0, 1.0, ()),)},
        "excess of -1.0 hours",
    ),
    "cell: unknown": ({"overloads": (shares(("Z", 0.5)),)}, "change “Z” is not in the list"),
    "cell: part twice": ({"overloads": (shares(("A", 0.5), ("A", 0.1)),)}, "add its parts"),
    "cell: part": ({"overloads": (shares(("A", 1.5)),)}, "part 1.5 of A"),
    "cell: sum": ({"overloads": (shares(("A", 0.7), ("B", 0.7)),)}, "add up to 1.400"),
    "effect: direction": ({"effects": (IndicatorEffect("A", "cost", 0),)}, "write \\+1 or -1"),
    "effect: weight": ({"effects": (IndicatorEffect("A", "cost", 1, 0.0),)}, "above 0"),
    "effect: unknown": ({"effects": (IndicatorEffect("Z", "cost", 1),)}, "not in the list"),
    "link: itself": ({"links": (Link("A", "A"),)}, "cannot depend on itself"),
    "link: kind": ({"links": (Link("A", "B", "XX"),)}, "write FS, SS, FF or SF"),
    "link: unknown": ({"links": (Link("A", "Z"),)}, "A → Z: change “Z”"),
    "session: twice": (
        {"sessions": (session("S", "A", 0), session("S", "A", 1))},
        "Session S comes twice",
    ),
    "session: hours": ({"sessions": (session("S", "A", 0, -1.0),)}, "-1.0 hours per person"),
    "practice: twice": ({"practices": (T1, T1)}, "Practice t1 comes twice"),
    "practice: kind": ({"practices": (Practice("t", "A", "old", "x"),)}, "“existing” or “target”"),
    "mark: unknown": ({"marks": (PracticeMark("t1", "t2", 1, "r"),)}, "one practice is not"),
    "mark: itself": (
        {"practices": (T1,), "marks": (PracticeMark("t1", "t1", 1, "r"),)},
        "not marked against itself",
    ),
    "mark: value": (
        {"practices": (T1, T2), "marks": (PracticeMark("t1", "t2", 2, "r"),)},
        "write -1, 0 or 1",
    ),
    "mark: twice": (
        {
            "practices": (T1, T2),
            "marks": (PracticeMark("t1", "t2", 1, "r"), PracticeMark("t2", "t1", 1, "r")),
        },
        "Rater r marks t1 and t2 twice",
    ),
    "fact: unknown": ({"facts": (Fact("Z", "till", "place", "here"),)}, "“place”: change “Z”"),
    "similar: itself": ({"similar_pairs": (("A", "A", 0.5, ()),)}, "not compared with itself"),
    "similar: twice": (
        {"similar_pairs": (("A", "B", 0.5, ()), ("B", "A", 0.6, ()))},
        "come twice",
    ),
    "similar: score": ({"similar_pairs": (("A", "B", 1.5, ()),)}, "score 1.5"),
    "headcount: twice": ({"headcounts": (("till", 1), ("till", None))}, "till comes twice"),
    "headcount: negative": ({"headcounts": (("till", -1),)}, "till is -1"),
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_a_doubtful_input_is_refused(name: str) -> None:
    fields, sentence = DOUBTFUL[name]
    with pytest.raises(ProblemError, match=sentence):
        problem(A, B, **fields)


def test_codes_and_dates_of_changes() -> None:
    with pytest.raises(ProblemError, match="comes twice"):
        problem(A, A)
    with pytest.raises(ProblemError, match="has no code"):
        problem(change(""))
    with pytest.raises(ProblemError, match="before its start"):
        problem(change("A", starts_on=weeks(1), ends_on=weeks(0)))


def test_a_session_does_not_end_before_it_starts() -> None:
    late = session("S", "A", 3)
    backwards = type(late)(
        late.id,
        late.change,
        late.population,
        late.kind,
        late.starts_on,
        late.starts_on - timedelta(days=1),
        1.0,
    )
    with pytest.raises(ProblemError, match="ends before its start"):
        problem(A, sessions=(backwards,))


def test_the_order_of_arrival_is_forgotten() -> None:
    mixed = cell("till", 0, 10.0, {"B": 0.5, "A": 0.5})
    tidy = cell("till", 0, 10.0, {"A": 0.5, "B": 0.5})
    links = (Link("A", "B"), Link("B", "A", what="data"))
    assert problem(A, B, overloads=(mixed,), links=links) == problem(
        B, A, overloads=(tidy,), links=links[::-1]
    )
