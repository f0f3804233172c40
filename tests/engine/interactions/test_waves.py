"""Changes deployed in waves: each population is reached on the go-live of its wave."""

from datetime import date

import pytest

from engine.interactions.portfolios import change, found, problem, weeks
from orchestre_engine.errors import ProblemError
from orchestre_engine.interactions.problem import Change, Link, Wave
from orchestre_engine.interactions.solve import solve


def wave(name: str, week: float, people: str) -> Wave:
    return Wave(name.lower(), name, weeks(week), frozenset(people.split()))


def told(change: str, name: str, day: date) -> tuple[tuple[str, str], ...]:
    return ("wave_change", change), ("wave", name), ("wave_on", day.isoformat())


def test_the_wave_of_a_population_decides_when_a_system_is_unsettled_for_it() -> None:
    """A: weeks 28 to 42. B: −6 to 8 for the west, 24 to 38 for the east."""
    first = change("A", go_live_on=weeks(34), systems="SAP", populations="west east")
    alone = change("B", go_live_on=weeks(0), systems="SAP", populations="west east")
    assert found(problem(first, alone), "same-system") == []
    second = change(
        "B", go_live_on=weeks(0), systems="SAP", populations="west east",
        waves=(wave("Branches", 30, "east"),),
    )  # fmt: skip
    [finding] = found(problem(first, second), "same-system")
    assert (finding.starts_on, finding.ends_on, finding.score) == (weeks(28), weeks(38), 70.0)
    assert finding.populations == ("east",)
    assert finding.facts == (("system", "SAP"), ("days", 70.0), *told("B", "Branches", weeks(30)))


def test_a_change_met_twice_is_told_once_with_its_days_counted_once() -> None:
    """A lasts from week 0 to 100; B: 4 to 18, 6 to 20 and 44 to 58: 16 + 14 weeks."""
    lasting = change("A", starts_on=weeks(0), ends_on=weeks(100), processes="P2P")
    second = change(
        "B", go_live_on=weeks(12), processes="P2P", populations="west east north",
        waves=(wave("First", 10, "west"), wave("Last", 50, "east")),
    )  # fmt: skip
    [finding] = found(problem(lasting, second), "same-process")
    assert (finding.score, finding.fact("periods")) == (30 * 7.0, 2.0)
    assert (finding.starts_on, finding.ends_on) == (weeks(4), weeks(58))
    assert finding.all_facts("wave") == ("First", "Last")


def test_when_all_are_in_waves_the_date_of_the_change_is_nobody_s() -> None:
    first = change("A", go_live_on=weeks(0), systems="SAP", populations="west")
    second = change(
        "B", go_live_on=weeks(0), systems="SAP", populations="west",
        waves=(wave("Later", 40, "west"),),
    )  # fmt: skip
    assert found(problem(first, second), "same-system") == []


def test_without_an_end_a_change_is_over_with_its_last_wave() -> None:
    giver = change(
        "A", starts_on=weeks(0), go_live_on=weeks(8), populations="west east",
        waves=(wave("Branches", 12, "east"),),
    )  # fmt: skip
    taker = change("B", starts_on=weeks(10), ends_on=weeks(30))
    [finding] = found(problem(giver, taker, links=(Link("A", "B"),)), "predecessor-late")
    assert finding.score == 14.0
    assert finding.facts[-3:] == told("A", "Branches", weeks(12))
    ended = change("A", starts_on=weeks(0), ends_on=weeks(9), waves=giver.waves)
    assert found(problem(ended, taker, links=(Link("A", "B"),)), "predecessor-late") == []
    whole = solve(problem(giver, taker, links=(Link("A", "B"),)))
    assert whole.critical_chain_days == (12 + 20) * 7


def test_a_wave_on_the_day_of_the_change_itself_decides_nothing() -> None:
    """The expert is asked until week 12 whichever is read; the east is in no wave."""
    both = "west east"
    first = change(
        "A", starts_on=weeks(0), go_live_on=weeks(12), experts="legal", populations=both,
        waves=(wave("Same", 12, "west"),),
    )  # fmt: skip
    second = change("B", starts_on=weeks(8), ends_on=weeks(20), experts="legal", populations=both)
    [finding] = found(problem(first, second), "scarce-expert")
    assert (finding.score, finding.fact("wave")) == (28.0, None)


def test_a_supplier_kept_until_the_last_wave_is_told_with_it() -> None:
    first = change(
        "A", starts_on=weeks(0), suppliers="Acme", populations="west",
        waves=(wave("Late", 20, "west"),),
    )  # fmt: skip
    second = change(
        "B", starts_on=weeks(25), ends_on=weeks(40), suppliers="Acme", populations="west"
    )
    [finding] = found(problem(first, second), "same-supplier")
    assert finding.facts == (("supplier", "Acme"), *told("A", "Late", weeks(20)))


def test_a_crowd_names_the_waves_of_its_peak() -> None:
    many = [change(f"M{at}", go_live_on=weeks(at), systems="SAP") for at in range(8)]
    waved = change("W", systems="SAP", populations="west east", go_live_on=weeks(-60),
                   waves=(wave("Now", 3, "west"),))  # fmt: skip
    [finding] = found(problem(*many, waved), "same-system")
    assert finding.score == 9.0
    assert finding.all_facts("wave") == ("Now",)


def test_the_order_of_the_waves_changes_nothing() -> None:
    waves = (wave("One", 4, "west"), wave("Two", 2, "east"))
    assert Change("A", "A", waves=waves) == Change("A", "A", waves=waves[::-1])


@pytest.mark.parametrize(
    ("waves", "said"),
    [
        ((wave("One", 1, "west"), wave("One", 2, "east")), "wave one comes twice"),
        ((wave("One", 1, "west"), wave("Two", 2, "west")), "population west is in two waves"),
    ],
)
def test_doubtful_waves_are_refused(waves: tuple[Wave, ...], said: str) -> None:
    with pytest.raises(ProblemError, match=said):
        problem(change("A", waves=waves))
