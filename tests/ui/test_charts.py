"""The charts: budgets of the load map, bars that never touch, drawings that stay drawings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestre.ui import chart_samples
from orchestre.ui.charts.heatmap import HeatCell, HeatColumn, HeatMap, HeatRow
from orchestre.ui.charts.roadmap import Dependency, Lane, RoadBar, Roadmap
from orchestre.ui.charts.roadmap_layout import BAR, LABELS, WAVE, WIDTH, Placed, lay_out, ticks
from orchestre.ui.charts.small import Band, BandPoint, Bars, Contribution, LoadStrip, StripWeek
from orchestre.ui.charts.svg import text_width
from support.clock import typical_ms

HOSTILE = "<script>alert('x')</script>"
START = date(2026, 1, 5)


def test_the_default_map_is_light() -> None:
    html = chart_samples.heat_map(24, 13).render()
    assert len(html.encode()) <= 75_000


def test_a_very_large_map_is_drawn_fast() -> None:
    large = chart_samples.heat_map(200, 52)
    assert large.render().count('role="gridcell"') == 200 * 53 + 52
    assert typical_ms(large.render, times=3) < 1_000  # about 100 on the machine of the authors


def test_cells_say_what_they_show() -> None:
    cell = HeatCell(
        "140", 5, "Agences, semaine 12 : 140 %", "?sel=1", over=True, frozen=True, worst_child="160"
    )
    one = HeatMap(
        "c", "p", (HeatColumn("S12", "semaine 12", "mars"),), (HeatRow("Agences", (cell,)),)
    )
    html = one.render()
    assert '<td role="gridcell" class="l5 ov fr"><a href="?sel=1" ' in html
    assert 'aria-label="Agences, semaine 12 : 140 %"' in html
    assert "▴160" in html
    assert '<abbr title="semaine 12">S12</abbr>' in html


def test_missing_has_no_level() -> None:
    html = HeatMap(
        "c", "p", (HeatColumn("S1"),), (HeatRow("a", (HeatCell("?", 0, missing=True),)),)
    ).render()
    assert 'class="ms"' in html
    assert "l0" not in html


def test_differences_have_their_own_scale() -> None:
    rows = (HeatRow("a", (HeatCell("-12", -3), HeatCell("+9", 3))),)
    html = HeatMap("c", "p", (HeatColumn("S1"), HeatColumn("S2")), rows, difference=True).render()
    assert 'class="dm3"' in html
    assert 'class="dp3"' in html


def test_hostile_names_stay_text_in_every_chart() -> None:
    rows = (
        HeatRow(
            HOSTILE,
            (HeatCell(HOSTILE, 1, HOSTILE, HOSTILE, worst_child=HOSTILE),),
            HOSTILE,
            HOSTILE,
        ),
    )
    bar = RoadBar(
        HOSTILE, HOSTILE, START, START + timedelta(90), HOSTILE, HOSTILE, preview_url=HOSTILE
    )
    charts = [
        HeatMap(
            HOSTILE,
            HOSTILE,
            (HeatColumn(HOSTILE, HOSTILE, HOSTILE),),
            rows,
            table_attrs=(("data-x", HOSTILE),),
        ),
        Roadmap(HOSTILE, START, START + timedelta(300), (Lane(HOSTILE, (bar,)),)),
        LoadStrip(HOSTILE, (StripWeek(HOSTILE, HOSTILE, HOSTILE, 0.5, 1, HOSTILE),)),
        Bars(HOSTILE, (Contribution(HOSTILE, 1, HOSTILE, HOSTILE, HOSTILE),)),
        Band(HOSTILE, (BandPoint(HOSTILE, 1, 2, 3, HOSTILE),), 2, HOSTILE, HOSTILE),
    ]
    for chart in charts:
        assert "<script" not in chart.render()


@pytest.mark.parametrize(
    "chart",
    [
        chart_samples.roadmap(),
        chart_samples.small()["LoadStrip"][0],
        chart_samples.small()["Band"][0],
    ],
)
def test_drawings_are_well_formed_and_have_a_twin(chart: Roadmap | LoadStrip | Band) -> None:
    ET.fromstring(chart.drawing)
    assert chart.twin().render() in chart.render()
    assert "style=" not in chart.drawing


def roadmap_of(bars: list[tuple[int, int, str]]) -> Roadmap:
    made = tuple(
        RoadBar(
            str(i), label, START + timedelta(first), START + timedelta(first + days), "#", label
        )
        for i, (first, days, label) in enumerate(bars)
    )
    return Roadmap("r", START, START + timedelta(365), (Lane("l", made),))


def room(one: Placed) -> tuple[float, float]:
    words = text_width(one.bar.label) + 20
    left = one.x - words if one.label_side == "left" else one.x
    right = one.right + words if one.label_side == "right" else one.right
    return left, right


@given(
    st.lists(
        st.tuples(
            st.integers(-60, 380), st.integers(1, 200), st.text("abc é", min_size=1, max_size=60)
        ),
        max_size=25,
    )
)
def test_bars_and_labels_never_touch_nor_leave_the_drawing(
    bars: list[tuple[int, int, str]],
) -> None:
    placed = lay_out(roadmap_of(bars)).lanes[0].bars
    for one in placed:
        left, right = room(one)
        assert left >= LABELS - 0.1
        assert right <= WIDTH + 0.1
    for i, one in enumerate(placed):
        for other in placed[i + 1 :]:
            if one.y == other.y:
                assert room(one)[1] <= room(other)[0] or room(other)[1] <= room(one)[0]


def test_waves_are_below_their_bar_and_leave_room_for_the_next_row() -> None:
    chart = roadmap_of([(0, 90, "mother"), (10, 90, "next"), (200, 30, "far")])
    mother, *others = chart.lanes[0].bars
    waves = tuple(
        RoadBar(
            f"w{at}", f"wave {at}", START + timedelta(day), START + timedelta(day + 7), "#", "w"
        )
        for at, day in enumerate((60, 80, 500))
    )
    chart = replace(chart, lanes=(Lane("l", (replace(mother, waves=waves), *others)),))
    placed = {one.bar.bar_id: one for one in lay_out(chart).lanes[0].bars}
    assert set(placed) == {"0", "w0", "w1", "1", "2"}
    assert placed["0"].y + BAR < placed["w0"].y < placed["w1"].y
    assert placed["w1"].y + WAVE <= placed["1"].y
    assert placed["0"].y == placed["2"].y
    assert 'data-with="0"' in chart.drawing
    assert "wave 1" in chart.twin().render()


def test_a_bar_outside_the_period_is_not_drawn_but_listed() -> None:
    chart = roadmap_of([(400, 30, "later"), (10, 30, "now")])
    assert "data-bar" in chart.drawing
    assert chart.drawing.count("data-bar=") == 1
    assert "later" in chart.twin().render()


def test_a_broken_dependency_is_dashed_and_named() -> None:
    chart = replace(
        roadmap_of([(0, 90, "a"), (30, 90, "b")]),
        dependencies=(Dependency("0", "1", "b waits", broken=True),),
    )
    assert 'class="dep broken"' in chart.drawing
    assert "<title>b waits</title>" in chart.drawing
    assert "b waits" in chart.twin().render()


@pytest.mark.parametrize(("zoom", "count"), [("month", 12), ("quarter", 4), ("week", 53)])
def test_ticks_follow_the_zoom(zoom: str, count: int) -> None:
    chart = replace(roadmap_of([]), zoom=zoom)  # type: ignore[arg-type]  # the three words of the type
    assert len(ticks(chart)) == count


def test_the_longest_bar_is_full_and_nothing_is_not_an_error() -> None:
    html = Bars("c", (Contribution("a", 2, "2"), Contribution("b", 1, "1"))).render()
    assert 'width="100.0"' in html
    assert 'width="50.0"' in html
    assert "<tbody></tbody>" in Bars("c", ()).render()


def test_an_unknown_week_is_dashed_not_zero() -> None:
    html = LoadStrip("c", (StripWeek("S1", "semaine 1", "?", None),)).drawing
    assert "stroke-dasharray" in html
    assert "lv" not in html
