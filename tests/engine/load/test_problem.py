"""What the problem refuses, and the sentence it says then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from orchestre_engine.errors import ProblemError
from orchestre_engine.load import (
    AbsorptionRule,
    Activity,
    CapacityFactor,
    ChangeUncertainty,
    Impact,
    LoadProblem,
    PhasePlan,
    Population,
    Provenance,
    Uncertainty,
    Unit,
    hours_for_intensity,
)
from orchestre_engine.load.problem import lineages
from orchestre_engine.periods import Horizon

DAY = date(2026, 3, 16)
LATER = date(2026, 3, 30)
WORLD = LoadProblem(
    Horizon(date(2026, 1, 5), 20),
    (Unit("Groupe"), Unit("Nord", "Groupe")),
    (Population("Agences", "Nord", 12), Population("Siège", "Groupe")),
    (Impact("CRM", "Agences", DAY, hours=8),),
)

REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: Unit(" "), "Unit: the identifier is empty"),
    (lambda: Population("", None), "Population: the identifier is empty"),
    (lambda: Population("A", None, -1), "headcount is -1"),
    (lambda: Population("A", None, 1, 200), "weekly hours is 200; give a figure from 0 to 168"),
    (lambda: AbsorptionRule("Nord", 1.2), "Absorption of unit “Nord”: the ratio is 1.2"),
    (lambda: AbsorptionRule(None, -0.1), "the whole organisation"),
    (lambda: CapacityFactor(DAY, DAY, 1), "not after its start on 2026-03-16"),
    (lambda: CapacityFactor(DAY, LATER, -1), "the factor is -1"),
    (lambda: CapacityFactor(DAY, LATER, 1, "", "Nord", "A"), "aims at both"),
    (lambda: PhasePlan((0.5, 0.5, 0.5, 0.5)), "the shares sum to 2"),
    (lambda: PhasePlan((0.5, 0.5), (1, 1)), "four shares and four lengths"),  # type: ignore[arg-type]  # the error under test
    (lambda: PhasePlan((0, 0, 1, 0), (1, 1, 0, 1)), "“go_live” holds hours but no week"),
    (lambda: PhasePlan((-1, 1, 1, 0)), "share of “announce” is -1"),
    (lambda: PhasePlan(weeks=(1, 1, 1, -1)), "length of “recover” is -1"),
    (lambda: Impact("", "A", DAY, hours=1), "Change: the identifier is empty"),
    (lambda: Impact("C", "A", DAY), "neither hours nor intensity"),
    (lambda: Impact("C", "A", DAY, hours=-1), "the hours is -1"),
    (lambda: Impact("C", "A", DAY, hours=float("nan")), "the hours is nan"),
    (lambda: Impact("C", "A", DAY, intensity=6), "the intensity is 6"),
    (lambda: Impact("C", "A", DAY, hours=1, reach_ratio=0), "the reach is 0"),
    (lambda: Activity("C", "A", LATER, DAY, 1), "ends on 2026-03-16"),
    (lambda: Activity("C", "A", DAY, LATER, -1), "hours per person is -1"),
    (lambda: Activity("C", "A", DAY, LATER, 1, 2), "the reach is 2"),
    (lambda: Activity("C", "A", DAY, LATER, 1, kind="learn"), "“learn” cannot be a kind"),
    (lambda: ChangeUncertainty("C", -1, 0), "weeks earlier is -1"),
    (lambda: ChangeUncertainty("C", 0, float("inf")), "weeks later is inf"),
    (lambda: Uncertainty(hours_ratio=2), "hours ratio is 2"),
    (lambda: Uncertainty(capacity_ratio=-1), "capacity ratio is -1"),
    (
        lambda: Uncertainty((ChangeUncertainty("C", 1, 1), ChangeUncertainty("C", 2, 2))),
        "Uncertainty of “C”: given 2 times",
    ),
    (lambda: hours_for_intensity(-1), "Intensity: the value is -1"),
    (lambda: replace(WORLD, units=(Unit("A"), Unit("A"))), "Unit “A”: given 2 times"),
    (
        lambda: replace(WORLD, populations=(Population("A", None), Population("A", None))),
        "Population “A”: given 2 times",
    ),
    (
        lambda: replace(WORLD, absorption=(AbsorptionRule(None, 0.1), AbsorptionRule(None, 0.2))),
        "Absorption of the whole organisation: given 2 times",
    ),
    (lambda: replace(WORLD, hours_by_intensity=(0, 1)), "give six figures"),
    (lambda: replace(WORLD, hours_by_intensity=(0, 1, 3, 2, 5, 9)), "they go down"),
    (lambda: replace(WORLD, hours_by_intensity=(-1, 1, 3, 4, 5, 9)), "one of them is -1"),
    (lambda: replace(WORLD, units=(Unit("Nord", "Monde"),)), "parent unit “Monde” is not in"),
    (lambda: replace(WORLD, units=(Unit("Groupe"),)), "“Agences”: unit “Nord” is not in"),
    (lambda: replace(WORLD, absorption=(AbsorptionRule("X", 0.1),)), "unit “X” is not in"),
    (
        lambda: replace(WORLD, factors=(CapacityFactor(DAY, LATER, 0, unit="X"),)),
        "unit “X” is not in",
    ),
    (
        lambda: replace(WORLD, factors=(CapacityFactor(DAY, LATER, 0, population="X"),)),
        "population “X” is not in",
    ),
    (
        lambda: replace(WORLD, impacts=(Impact("C", "X", DAY, hours=1),)),
        "Change “C”: population “X” is not in the problem; add it or correct the name.",
    ),
    (
        lambda: replace(WORLD, activities=(Activity("C", "X", DAY, LATER, 1),)),
        "population “X” is not in",
    ),
    (
        lambda: replace(WORLD, units=(Unit("Groupe", "Nord"), Unit("Nord", "Groupe"))),
        "“Groupe” → “Nord” → “Groupe” is a loop; cut one of these links.",
    ),
]


@pytest.mark.parametrize(("build", "sentence"), REFUSED)
def test_a_refusal_says_what_is_wrong(build: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ProblemError) as refused:
        build()
    assert sentence in str(refused.value)
    assert str(refused.value).endswith(".")


def test_intensities_are_read_on_the_line_between_their_neighbours() -> None:
    assert [hours_for_intensity(one) for one in range(6)] == [0, 1, 3, 8, 20, 45]
    assert hours_for_intensity(3.5) == 14
    assert hours_for_intensity(4.2) == pytest.approx(25)
    assert hours_for_intensity(0.5, (0, 2, 4, 6, 8, 10)) == 1


def test_explicit_hours_win_over_the_intensity() -> None:
    both = Impact("C", "Agences", DAY, hours=2, intensity=5)
    assert WORLD.hours_per_person(both) == 2
    assert not both.is_assumed
    rated = Impact("C", "Agences", DAY, intensity=5, provenance=Provenance.MEASURED)
    assert WORLD.hours_per_person(rated) == 45
    assert rated.is_assumed
    assert replace(both, provenance=Provenance.ASSUMED).is_assumed


def test_phases_stand_around_the_go_live_date() -> None:
    assert PhasePlan().bounds() == ((-70, -42), (-42, 0), (0, 14), (14, 56))


def test_a_problem_knows_its_changes_and_keeps_its_parts_in_order() -> None:
    grown = replace(
        WORLD,
        impacts=(Impact("Z", "Siège", DAY, hours=1), *WORLD.impacts),
        activities=(Activity("A", "Agences", DAY, LATER, 1),),
    )
    assert grown.change_ids == ("A", "CRM", "Z")
    assert [one.change for one in grown.impacts] == ["CRM", "Z"]
    assert [one.id for one in grown.populations] == ["Agences", "Siège"]


def test_lineages_run_from_the_unit_to_the_organisation() -> None:
    found = lineages((Unit("Lille", "Nord"), Unit("Nord", "Groupe"), Unit("Groupe")))
    assert found["Lille"] == ("Lille", "Nord", "Groupe", None)
    assert found["Groupe"] == ("Groupe", None)
    assert found[None] == (None,)
