"""What cannot be computed is refused with where, what and how to mend it."""

from datetime import date

import pytest

from orchestre_engine.errors import ProblemError
from orchestre_engine.outlook import (
    BenefitItem,
    Calendar,
    CostItem,
    Group,
    Link,
    Pair,
    Risk,
    Stop,
    Task,
    Watch,
    fixed,
)  # fmt: skip

from .plans import plan, sure


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"links": (Link("a", "z"),)}, "“z” is not given"),
        ({"target": "z"}, "Target"),
        ({"watches": (Watch("z"),)}, "Watch"),
        ({"risks": (Risk("r", 0.1, ("z",)),)}, "Risk “r”"),
        ({"stops": (Stop("s", 0.1, 0, fixed(1), ("z",)),)}, "Stop “s”"),
        ({"benefits": (BenefitItem("b", "z", 1),)}, "Benefit “b”"),
        ({"costs": (CostItem("c", fixed(1), task="z"),)}, "Cost “c”"),
        ({"costs": (CostItem("c", fixed(1), ("g",)),)}, "group “g” is not given"),
        ({"pairs": (Pair("a", "z", 0.1),)}, "Correlation"),
        ({"groups": (Group("g", 0.1), Group("g", 0.2))}, "Two groups are called “g”"),
    ],
)
def test_what_is_named_must_be_given(more: dict[str, object], words: str) -> None:
    links = more.pop("links", ())
    with pytest.raises(ProblemError, match=words):
        plan((sure("a", 1),), *links, **more)  # type: ignore[misc]  # a tuple of links


def test_tasks_with_one_name_unknown_calendars_and_groups_are_refused() -> None:
    with pytest.raises(ProblemError, match="Two tasks"):
        plan((sure("a", 1), sure("a", 2)))
    with pytest.raises(ProblemError, match="calendar “week”"):
        plan((sure("a", 1, "week"),))
    with pytest.raises(ProblemError, match="group “g”"):
        plan((Task("a", fixed(1), groups=("g",)),))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Task(" ", fixed(1)),
        lambda: Task("a", fixed(1), probability=2),
        lambda: Task("a", fixed(1), not_before=float("inf")),
        lambda: Group("g", 1.5),
        lambda: Pair("a", "a", 0.5),
        lambda: Pair("a", "b", 1.5),
        lambda: Risk("r", 1.5),
        lambda: Risk("r", 0.5, residual_probability=-1),
        lambda: Stop("s", 1.5, 0, fixed(1)),
        lambda: Calendar(" "),
        lambda: Calendar("c", days_off=tuple(range(7))),
        lambda: Calendar("c", days_off=(9,)),
        lambda: Calendar("c", stops=((date(2026, 1, 2), date(2026, 1, 2)),)),
    ],
)
def test_figures_out_of_bounds_are_refused(make: object) -> None:
    with pytest.raises(ProblemError):
        make()  # type: ignore[operator]  # a function
