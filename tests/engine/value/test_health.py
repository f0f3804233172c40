"""Health: published rules as vectors, our own rules, and what must always hold."""

from __future__ import annotations

import re
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestre_engine.value import health
from orchestre_engine.value.health import Level, Thresholds

G, A, R = Level.GREEN, Level.AMBER, Level.RED
DOCS = Path(__file__).parents[3] / "docs"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LEVELS = st.sampled_from([G, A, R])
MAYBE = st.none() | LEVELS


def test_micro_focus_mean_hides_a_weighty_red() -> None:
    six = [G, G, G, A, A, R]
    assert isclose(health.weighted_health(six), 0.3889, abs_tol=5e-5)
    assert health.mean_level(health.weighted_health(six)) is A
    heavy = health.weighted_health(six, [1, 1, 1, 1, 1, 5])
    assert isclose(heavy, 0.5667, abs_tol=5e-5)
    assert health.mean_level(heavy) is A


@pytest.mark.parametrize(
    ("level", "found"),
    [(health.weighted_health([G]), G), (1 / 3, A), (0.66, A), (2 / 3, R), (5 / 6, R)],
)
def test_the_bounds_of_a_mean(level: float, found: Level) -> None:
    assert health.mean_level(level) is found


@pytest.mark.parametrize(("share", "found"), [(0.29, G), (0.30, A), (0.59, A), (0.60, R)])
def test_micro_focus_exceptions(share: float, found: Level) -> None:
    assert health.exception_level(share) is found


@pytest.mark.parametrize(
    ("overrun", "found"), [(None, None), (-0.1, G), (0, G), (0.05, A), (0.051, R)]
)
def test_hcl_unica_overrun(overrun: float | None, found: Level | None) -> None:
    assert health.overrun_level(overrun) is found


@pytest.mark.parametrize(
    ("children", "found"),
    [
        (["on track", "delayed", "on track"], "delayed"),
        (["on track", "on track", "at risk"], "on track"),
        (["on track", "completed"], "at risk"),
        ([], "unknown"),
    ],
)
def test_devensoft_roll_up(children: list[str], found: str) -> None:
    assert health.child_status(children) == found


@pytest.mark.parametrize(("actual", "found"), [(95, G), (94.9, A), (75, A), (74.9, R)])
def test_upraise_pace(actual: float, found: Level) -> None:
    assert health.pace_level(actual, 100) is found


@pytest.mark.parametrize(("told", "found"), [(1, R), (3, R), (4, A), (7, A), (8, G), (10, G)])
def test_koan_confidence(told: int, found: Level) -> None:
    assert health.confidence_level(told) is found


def test_servicenow_progress_is_28_percent() -> None:
    assert isclose(health.weighted_progress([(2, 40), (3, 20)]), 28)
    with pytest.raises(ValueError, match="positive weight"):
        health.weighted_progress([(0, 40)])


def test_attainment_handles_falling_measures() -> None:
    assert health.attainment(10, 15, 20) == 0.5
    assert health.attainment(20, 15, 10) == 0.5
    assert health.attainment(10, 30, 20) == 1
    assert health.attainment(10, 0, 20) == 0
    assert health.attainment(10, 12, 10) is None


def test_a_mean_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one level"):
        health.weighted_health([])


def test_what_has_no_figure_has_no_level() -> None:
    axes = health.read({}, Thresholds())
    assert {reading.level for reading in axes.values()} == {None}
    levels = dict.fromkeys(health.AXES, None)
    assert health.overall(levels, Thresholds()) is None


def test_a_figure_without_a_red_bound_is_never_red() -> None:
    reading = health.read_axis("benefits", {"unmeasured": 1.0, "drift": 9.0}, Thresholds())
    assert reading.level is A
    assert [one.name for one in reading.measures] == ["unmeasured"]


def test_green_asks_for_half_of_the_weights() -> None:
    levels = dict.fromkeys(health.AXES) | {"schedule": G, "cost": G}
    assert health.overall(levels, Thresholds()) is None
    assert health.overall(levels | {"people": G}, Thresholds()) is G
    assert health.overall(levels, Thresholds(least_known_share=0.3)) is G
    nothing = Thresholds(weights=dict.fromkeys(health.AXES, 0.0))
    assert health.overall(levels, nothing) is None


@given(st.fixed_dictionaries(dict.fromkeys(health.AXES, MAYBE)), st.sampled_from(["worst", "mean"]))
def test_a_red_blocking_axis_is_never_hidden(levels: dict[str, Level | None], rule: str) -> None:
    thresholds = Thresholds(rule=rule)
    found = health.overall(levels, thresholds)
    blocking = [levels[axis] for axis in thresholds.blocking]
    if R in blocking:
        assert found is R if rule == "worst" else found in {A, R}
    if found is G:
        assert R not in blocking
        assert sum(level is not None for level in levels.values()) >= 3


@given(st.fixed_dictionaries(dict.fromkeys(health.AXES, LEVELS)), st.sampled_from(health.AXES))
def test_worse_on_an_axis_is_never_better_as_a_whole(levels: dict[str, Level], axis: str) -> None:
    before = health.overall(levels, Thresholds())
    after = health.overall({**levels, axis: R}, Thresholds())
    assert before is not None
    assert after is not None
    assert after >= before


@given(st.lists(st.tuples(MAYBE, MAYBE), max_size=30))
def test_watermelons_count_only_what_has_both(
    pairs: list[tuple[Level | None, Level | None]],
) -> None:
    found = health.watermelons(pairs)
    assert found.count <= found.among <= len(pairs)
    assert (found.ratio is None) == (found.among == 0)


def test_flow_tells_what_became_of_each_promise() -> None:
    promised = {1: 10, 2: 12, 3: 14, 4: 16, 5: 40, 6: 18}
    now = {
        1: (10, 10),
        2: (12, 13),
        3: (20, None),
        5: (40, None),
        6: (18, None),
        7: (15, None),
        8: (99, 20),
    }
    found = health.flow(promised, now, today=19, opens=1, closes=32)
    assert (found.met, found.slipped, found.waiting, found.dropped) == (1, 3, 1, 1)
    assert found.inserted == 2
    assert isclose(found.commitment or 0, 1 / 6)
    assert isclose(found.slip or 0, 0.5)
    empty = health.flow({}, {}, today=1, opens=1, closes=2)
    assert empty.commitment is None
    assert empty.slip is None


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_worked_example_holds(language: str) -> None:
    page = DOCS / language / "methods" / "health.md"
    blocks = BLOCK.findall(page.read_text("utf-8"))
    assert sum(block.count("assert ") for block in blocks) == 9
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(page), "exec"), names)


def test_the_page_prints_the_bounds_in_force() -> None:
    page = (DOCS / "en" / "methods" / "health.md").read_text("utf-8")
    rows = re.findall(r"^\| \w+ \| .+ \| (\S+(?: %)?) \| (\S+(?: %)?) \|$", page, re.MULTILINE)
    told = [(_number(amber), _number(red)) for amber, red in rows]
    measures = [name for axis in health.AXES for name in health.MEASURES[axis]]
    assert told == [health.DEFAULT_BOUNDS[name] for name in measures]


def _number(text: str) -> float | None:
    if text == "never":
        return None
    return float(text.removesuffix(" %")) / 100 if "%" in text else float(text)
