"""Random small portfolios whose best order can be found by trying them all."""

from datetime import date
from itertools import product

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from orchestre_engine.periods import Horizon
from orchestre_engine.sequencing import (
    Change,
    Demand,
    Dependency,
    Envelope,
    Evaluation,
    Figures,
    Footprint,
    Freeze,
    LegalStep,
    Level,
    Link,
    Objective,
    Pin,
    Plan,
    Population,
    Recovery,
    Role,
    SequencingProblem,
    Spending,
    Wave,
    compare,
    plan_of,
)
from orchestre_engine.sequencing.evaluate import OwnRules, criteria_of
from orchestre_engine.sequencing.tables import POSTPONED, candidates_of, waves_of

WEEKS = 12
MONDAY = date(2026, 1, 5)
PEOPLE = ("Agences", "Paie", "Siège")
CHANGES = ("A", "B", "C", "D", "E")

quarters = st.integers(0, 12).map(lambda one: one / 4)
"""Hours that computers add without error."""


def horizon(weeks: int = WEEKS) -> Horizon:
    """The horizon of these worlds."""
    return Horizon(MONDAY, weeks)


def population(
    identifier: str = "Agences", hours: float = 2.0, headcount: int | None = 10, weeks: int = WEEKS
) -> Population:
    """People with the same capacity every week."""
    return Population(identifier, (hours,) * weeks, headcount)


@st.composite
def footprints(draw: DrawFn) -> tuple[Footprint, ...]:
    """What one change asks of one or two populations."""
    touched = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2, unique=True))
    return tuple(
        Footprint(
            one,
            draw(st.integers(-2, 0)),
            tuple(draw(st.lists(quarters, min_size=1, max_size=3))),
            heavy=draw(st.booleans()),
        )
        for one in touched
    )


@st.composite
def changes(draw: DrawFn, identifier: str) -> Change:
    """One change with a window of at most five weeks."""
    start = draw(st.integers(2, WEEKS - 4))
    asked = draw(footprints())
    touched = sorted({one.population for one in asked})
    split = len(touched) == 2 and draw(st.booleans())
    waves = tuple(
        Wave(
            f"w{at}",
            (one,),
            start + at,
            apart=draw(st.integers(0, at)),
            gives=draw(st.integers(0, at)),
            fixed=draw(st.sampled_from((False, False, True))),
        )
        for at, one in enumerate(touched if split else ())
    )
    return Change(
        identifier,
        start,
        asked,
        demands=draw(st.sampled_from(((), (Demand("Formateur", -1, (1.0, 0.5)),)))),
        spending=draw(st.sampled_from(((), (Spending(0, (100.0, 50.0)),)))),
        earliest=start - draw(st.integers(0, 2)),
        latest=start + draw(st.integers(0, 2)),
        fixed=draw(st.sampled_from((False, False, False, True))),
        postponed_value_eur=draw(st.sampled_from((None, None, 500.0))),
        delay_cost_eur_per_week=draw(st.sampled_from((0.0, 10.0))),
        waves=waves,
        max_spread_weeks=2 if split else None,
        carrier=draw(st.sampled_from((None, "w0"))) if split else None,
    )


@st.composite
def links(draw: DrawFn, names: tuple[str, ...]) -> Dependency:
    """A dependency between two of these changes."""
    one, other = draw(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True))
    return Dependency(
        min(one, other),
        max(one, other),
        draw(st.sampled_from(Link)),
        draw(st.integers(-2, 1)),
        draw(st.sampled_from((None, None, 5.0))),
    )


@st.composite
def problems(draw: DrawFn, most: int = 4) -> SequencingProblem:
    """A portfolio of two to `most` changes."""
    names = CHANGES[: draw(st.integers(2, most))]
    made = tuple(draw(changes(name)) for name in names)
    weights = draw(st.sampled_from((None, None, (50.0, 50.0, 20.0, 30.0))))
    price = draw(st.sampled_from((1.0, None)))
    return SequencingProblem(
        horizon=horizon(),
        populations=tuple(
            population(one, draw(st.sampled_from((1.0, 2.0))), draw(st.sampled_from((4, 10, None))))
            for one in PEOPLE
        ),
        changes=made,
        roles=(Role("Formateur", (1.0,) * (WEEKS - 1) + (None,)),),
        envelopes=(Envelope("Semestre", 0, 8, 200.0, draw(st.sampled_from((None, ("A", "B"))))),),
        dependencies=tuple(draw(st.lists(links(names), max_size=2, unique=True))),
        freezes=draw(st.sampled_from(((), (Freeze("Clôture", 5, 6, ("Agences",)),)))),
        legal_steps=draw(st.sampled_from(((), (LegalStep("CSE", "A", 1, 3),)))),
        recovery=Recovery(draw(st.sampled_from((0, 3))), price),
        movable=draw(st.sampled_from((None, None, names[1:]))),
        pins=draw(st.sampled_from(((), ()) if made[0].waves else ((), (Pin("A", 5),)))),
        objective=Objective(
            order=draw(st.sampled_from((tuple(Level), tuple(reversed(Level))))), weights=weights
        ),
    )


def every_plan(problem: SequencingProblem) -> list[Plan]:
    """All plans a search may choose from."""
    rules = OwnRules(problem)
    choices = [
        [None if one == POSTPONED else one for one in candidates_of(problem, wave, rules)]
        for wave in waves_of(problem)
    ]
    return [plan_of(problem, starts) for starts in product(*choices)]


def best_by_trying(problem: SequencingProblem) -> Figures:
    """Figures of the best of all plans."""
    criteria = criteria_of(problem)
    best: Figures | None = None
    for plan in every_plan(problem):
        figures = Evaluation(problem, plan).figures
        if best is None or compare(criteria, figures, best) < 0:
            best = figures
    assert best is not None
    return best
