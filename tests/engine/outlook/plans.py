"""Small plans that the tests share."""

from collections.abc import Iterable
from datetime import date

from orchestre_engine.outlook import Kind, Law, Link, OutlookProblem, Shape, Task, Watch, fixed

MONDAY = date(2026, 1, 5)


def triangle(name: str, low: float, likely: float, high: float, *groups: str) -> Task:
    return Task(name, Law(low, likely, high, Shape.TRIANGULAR), groups=groups)


def sure(name: str, days: float, calendar: str = "") -> Task:
    return Task(name, fixed(days), calendar=calendar)


def plan(tasks: Iterable[Task], *links: Link, **more: object) -> OutlookProblem:
    return OutlookProblem(MONDAY, tuple(tasks), links, **more)  # type: ignore[arg-type]  # passed through


def diamond(**more: object) -> OutlookProblem:
    """A, then B and C side by side, then D: the merge bias of engine.md."""
    return plan(
        (
            triangle("A", 8, 10, 15), triangle("B", 15, 20, 32),
            triangle("C", 16, 19, 30), triangle("D", 4, 5, 9),
        ),
        Link("A", "B"), Link("A", "C"), Link("B", "D"), Link("C", "D"),
        **{"watches": (Watch("D", 35),), "target": "D"} | more,
    )  # fmt: skip


def linked(kind: Kind, lag: float = 0.0, *, first: float = 10, then: float = 4) -> OutlookProblem:
    return plan((sure("a", first), sure("b", then)), Link("a", "b", kind, lag))
