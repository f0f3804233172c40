"""Random small organisations with their changes, for the property tests."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from orchestre_engine.load import (
    AbsorptionRule,
    Activity,
    CapacityFactor,
    Impact,
    LoadProblem,
    PhasePlan,
    Population,
    Provenance,
    Unit,
)
from orchestre_engine.periods import Horizon

START = date(2026, 1, 5)
WEEKS = 30
UNITS = (Unit("Groupe"), Unit("Nord", "Groupe"), Unit("Sud", "Groupe"), Unit("Lille", "Nord"))
PEOPLE = ("Agences", "Caisses", "Paie", "Siège")

days = st.integers(-120, 7 * WEEKS + 120).map(lambda day: START + timedelta(days=day))
inner_days = st.integers(70, 7 * WEEKS - 57).map(lambda day: START + timedelta(days=day))
reaches = st.floats(0.01, 1)
hours = st.floats(0, 200)
origins = st.sampled_from(Provenance)
changes = st.sampled_from(("CRM", "Fusion", "Paie", "SIRH"))
people = st.sampled_from(PEOPLE)
plans = st.sampled_from(
    (
        None,
        PhasePlan((0, 0.5, 0.5, 0), (0, 3, 1, 0)),
        PhasePlan((0.1, 0.2, 0.3, 0.4), (1, 2, 1.5, 6)),
    )
)


@st.composite
def impacts(draw: DrawFn, dates: SearchStrategy[date] = days) -> Impact:
    """An impact with hours, an intensity, or both."""
    known = draw(st.one_of(st.none(), hours))
    rated = draw(st.floats(0, 5)) if known is None else draw(st.one_of(st.none(), st.floats(0, 5)))
    return Impact(
        draw(changes),
        draw(people),
        draw(dates),
        hours=known,
        intensity=rated,
        reach_ratio=draw(reaches),
        provenance=draw(origins),
        phases=draw(plans),
    )


@st.composite
def activities(draw: DrawFn, dates: SearchStrategy[date] = days) -> Activity:
    """A training or a meeting of 1 to 60 days."""
    starts_on = draw(dates)
    return Activity(
        draw(changes),
        draw(people),
        starts_on,
        starts_on + timedelta(days=draw(st.integers(1, 57))),
        draw(hours),
        draw(reaches),
        draw(st.sampled_from(("training", "meeting"))),
        draw(origins),
    )


@st.composite
def factors(draw: DrawFn) -> CapacityFactor:
    """A factor on everyone, a unit or a population."""
    starts_on = draw(days)
    unit = draw(st.sampled_from((None, "Groupe", "Nord", "Lille")))
    return CapacityFactor(
        starts_on,
        starts_on + timedelta(days=draw(st.integers(1, 60))),
        draw(st.sampled_from((0.0, 0.5, 0.8, 1.25))),
        unit=unit,
        population=None if unit else draw(st.one_of(st.none(), people)),
    )


def rules() -> SearchStrategy[list[AbsorptionRule]]:
    """Zero to three absorption rules, one per target."""
    ratios = st.floats(0, 0.3)
    made = st.builds(AbsorptionRule, st.sampled_from((None, "Groupe", "Nord", "Lille")), ratios)
    return st.lists(made, max_size=3, unique_by=lambda rule: rule.unit)


@st.composite
def worlds(draw: DrawFn, dates: SearchStrategy[date] = days) -> LoadProblem:
    """A whole problem over thirty weeks."""
    homes = st.sampled_from((None, "Groupe", "Nord", "Sud", "Lille"))
    heads = st.one_of(st.none(), st.integers(0, 500))
    populations = [
        Population(name, draw(homes), draw(heads), draw(st.sampled_from((0.0, 28.0, 35.0, 39.0))))
        for name in PEOPLE
    ]
    return LoadProblem(
        Horizon(START, WEEKS),
        UNITS,
        tuple(populations),
        tuple(draw(st.lists(impacts(dates), max_size=6))),
        tuple(draw(st.lists(activities(dates), max_size=4))),
        tuple(draw(rules())),
        tuple(draw(st.lists(factors(), max_size=4))),
    )
