"""The import on public files as published: editions in order, transposed, charts, plans."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest

from orchestre.exchange.planning import plan
from orchestre.exchange.plans import ImportPlan
from orchestre.exchange.services import apply_file, dataset_of, moved_since
from orchestre.org.models import Population, Unit
from orchestre.portfolio.models import Initiative, Milestone

DATA = Path(os.environ.get("ORCHESTRE_REAL_DATA", Path(__file__).parents[3] / "shared" / "data"))
pytestmark = [
    pytest.mark.real,
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real data set is not beside the project"),
]
EDITIONS = (
    "panorama_2016-09-09_3ecf4d8.csv", "panorama_2016-11-18_d64b828.csv",
    "panorama_2017-03-15_a50f6e7.csv", "panorama_2017-07-18_6cc50f0.csv",
    "panorama_2017-11-28_c7fd1c7.csv", "panorama_2018-06-01_d1c28d0.csv",
)  # fmt: skip


def applied(path: Path) -> ImportPlan:
    """Import a file, then check that the same file again changes nothing."""
    content = path.read_bytes()
    dataset = dataset_of(content, path.name)
    planned, _act = apply_file(content, path.name, dataset)
    again = plan(dataset_of(content, path.name))
    assert not again.writes(), f"{path.name} read twice differs"
    return planned


def test_editions_in_order_are_updates_and_tell_what_moved() -> None:
    moved = []
    for name in EDITIONS:
        planned = applied(DATA / "panorama" / name)
        counts = planned.counts()
        moved.append(len(moved_since(planned)))
        if name != EDITIONS[0]:
            assert counts["changed"]["initiative"] > counts["created"].get("initiative", 0)
            assert planned.absent, "projects left the panorama between two editions"
    assert moved == [0, 42, 53, 41, 51, 61]
    assert Initiative.objects.filter(title__iexact="PNR").count() == 1


def test_a_moved_end_is_told_in_days() -> None:
    for name in EDITIONS[1:3]:
        planned = applied(DATA / "panorama" / name)
    ends = [one for one in moved_since(planned) if one["field"] == "ends_on" and one["days"]]
    assert ends
    for one in ends:
        assert one["days"] == (one["after"] - one["before"]).days


def test_every_published_panorama_is_recognised() -> None:
    for path in sorted((DATA / "panorama").iterdir()):
        dataset = dataset_of(path.read_bytes(), path.name)
        assert dataset.preset == "panorama", path.name
        assert len(dataset.records["initiatives"]) >= 50


@pytest.mark.parametrize("year", [2018, 2019, 2020, 2021])
def test_british_portfolios_normal_and_transposed_give_the_same(year: int) -> None:
    path = DATA / "gmpp" / f"uk_{year}.csv"
    planned = applied(path)
    number = planned.counts()["created"]["initiative"]
    assert number > 100
    text = path.read_bytes().decode("utf-8", "replace")
    mark = ";" if text.splitlines()[0].count(";") > 3 else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=mark))
    width = max(map(len, rows))
    turned = zip(*(row + [""] * (width - len(row)) for row in rows[:120]), strict=True)
    stream = io.StringIO()
    csv.writer(stream).writerows(turned)
    dataset = dataset_of(stream.getvalue().encode(), path.name, preset_code="gmpp")
    again = plan(dataset)
    assert again.counts()["created"] == {}, "one project per column is the same portfolio"
    assert len(dataset.records["initiatives"]) == len(rows[:120]) - 1


def test_an_organisation_chart_becomes_units_and_populations() -> None:
    planned = applied(DATA / "org" / "ministere_culture_2016.csv")
    assert planned.refused == []
    assert Unit.objects.count() == Population.objects.count() == 349
    assert Unit.objects.exclude(parent=None).count() > 300
    assert all(unit.path.endswith(f"/{unit.pk}/") for unit in Unit.objects.all())


def test_plans_become_initiatives_with_milestones() -> None:
    for path in sorted((DATA / "msproject").glob("*.xml")):
        planned = applied(path)
        assert planned.refused == []
        assert planned.counts()["created"]["initiative"] >= 1, path.name
    assert Milestone.objects.exclude(forecast_on=None).exists()
