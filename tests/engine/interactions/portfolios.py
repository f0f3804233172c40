"""Small portfolios for the tests of interactions: made by hand, or drawn at random."""

from datetime import date, timedelta

from hypothesis import strategies as st

from orchestre_engine.interactions.problem import (
    Change,
    Fact,
    IndicatorEffect,
    InteractionProblem,
    Link,
    OverloadCell,
    Session,
)
from orchestre_engine.interactions.result import Finding
from orchestre_engine.interactions.solve import solve
from orchestre_engine.periods import week_label

MONDAY = date(2026, 3, 2)


def weeks(count: float) -> date:
    """Give the day so many weeks after the first Monday."""
    return MONDAY + timedelta(days=round(7 * count))


def change(code: str, **fields: object) -> Change:
    """Make a change whose sets may be written as lists of words: `systems="SAP CRM"`."""
    sets = {name: frozenset(v.split()) if isinstance(v, str) else v for name, v in fields.items()}
    sets.pop("text", None)
    return Change(id=code, title=code, text=str(fields.get("text", "")), **sets)


def cell(
    population: str, week: int, excess: float | None, shares: dict[str, float]
) -> OverloadCell:
    """Make an overloaded cell; one person's excess is a hundredth of the population's."""
    monday = weeks(week)
    person_hours = excess if excess is None else float(excess)
    hours = 0.5 if excess is None else excess / 100
    return OverloadCell(
        population, week_label(monday), monday, person_hours, hours, tuple(shares.items())
    )


def session(code: str, owner: str, week: float, hours: float = 4.0, **fields: str) -> Session:
    """Make a one-day training on tools for the tellers, unless told otherwise."""
    starts_on = weeks(week)
    return Session(
        id=code,
        change=owner,
        population=fields.get("population", "tellers"),
        kind=fields.get("kind", "training"),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=1),
        hours_per_person=hours,
        aspect=fields.get("aspect", "tools"),
    )


def found(problem: InteractionProblem, rule: str) -> list[Finding]:
    """Give the findings of one rule."""
    return [finding for finding in solve(problem).findings if finding.rule == rule]


def problem(*changes: Change, **fields: object) -> InteractionProblem:
    """Make a problem of these changes."""
    return InteractionProblem(changes=changes, **fields)


_CODES = [f"C{number}" for number in range(7)]
_words = st.frozensets(st.sampled_from(["p", "q", "r"]), max_size=2)
_days = st.one_of(st.none(), st.integers(0, 300).map(lambda d: MONDAY + timedelta(days=d)))


@st.composite
def a_change(draw: st.DrawFn, code: str) -> Change:
    """Draw a change that shares a few words with the others."""
    first, last = sorted([draw(st.integers(0, 300)), draw(st.integers(0, 300))])
    dated = draw(st.booleans())
    return Change(
        id=code,
        title=code,
        starts_on=MONDAY + timedelta(days=first) if dated else None,
        ends_on=MONDAY + timedelta(days=last) if dated else None,
        go_live_on=draw(_days),
        populations=draw(_words),
        systems=draw(_words),
        processes=draw(_words),
        objectives=draw(_words),
        suppliers=draw(_words),
        experts=draw(_words),
        deliverables=draw(_words),
    )


@st.composite
def a_session(draw: st.DrawFn, number: int) -> Session:
    """Draw a training or a message of one of the changes."""
    starts_on = MONDAY + timedelta(days=draw(st.integers(0, 200)))
    return Session(
        id=f"S{number}",
        change=draw(st.sampled_from(_CODES)),
        population=draw(st.sampled_from(["p", "q"])),
        kind=draw(st.sampled_from(["training", "message"])),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=draw(st.integers(0, 10))),
        hours_per_person=draw(st.integers(0, 12)) / 2,
        aspect=draw(st.sampled_from([None, "tools", "role"])),
    )


@st.composite
def a_cell(draw: st.DrawFn, at: tuple[str, int]) -> OverloadCell:
    """Draw an overloaded cell; sometimes the headcount is unknown."""
    population, week = at
    fed = draw(st.dictionaries(st.sampled_from(_CODES), st.integers(1, 50), min_size=1))
    total = sum(fed.values())
    excess = draw(st.one_of(st.none(), st.integers(1, 400)))
    return cell(population, week, excess, {code: part / total for code, part in fed.items()})


_links = st.builds(
    lambda ends, kind, lag: Link(ends[0], ends[1], kind, lag),
    st.lists(st.sampled_from(_CODES), min_size=2, max_size=2, unique=True),
    st.sampled_from(["FS", "SS", "FF", "SF"]),
    st.integers(-10, 30),
)
_effects = st.builds(
    IndicatorEffect,
    st.sampled_from(_CODES),
    st.sampled_from(["cost", "delay"]),
    st.sampled_from([-1, 1]),
    st.integers(1, 3).map(float),
)
_facts = st.builds(
    Fact,
    st.sampled_from(_CODES),
    st.sampled_from(["p", "q"]),
    st.sampled_from(["hours", "Hours"]),
    st.sampled_from(["8-18", "9-17"]),
)
_places = st.lists(
    st.tuples(st.sampled_from(["p", "q"]), st.integers(0, 20)), max_size=6, unique=True
)


@st.composite
def portfolios(draw: st.DrawFn) -> InteractionProblem:
    """Draw a portfolio of seven changes where every rule may find something."""
    places = draw(_places)
    return InteractionProblem(
        changes=tuple(draw(a_change(code)) for code in _CODES),
        overloads=tuple(draw(a_cell(at)) for at in places),
        effects=tuple(draw(st.lists(_effects, max_size=5))),
        links=tuple(draw(st.lists(_links, max_size=8))),
        sessions=tuple(draw(a_session(at)) for at in range(draw(st.integers(0, 8)))),
        facts=tuple(draw(st.lists(_facts, max_size=4))),
        similar_pairs=(("C0", "C1", 0.8, ("tool",)),),
        headcounts=(("p", 100), ("q", None)),
        crowd_changes=draw(st.sampled_from([2, 8])),
    )
