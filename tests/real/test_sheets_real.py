"""Real public portfolios, read as they are: every edition, and editions never seen.

The counts were read off the files; the editions never seen are made from the known ones,
with their columns shuffled and renamed as later editions do.
"""

import csv
import io
import os
import random
from datetime import date
from pathlib import Path

import pytest

from orchestre.sheets.dataset import Dataset, build
from orchestre.sheets.presets import detect_preset
from orchestre.sheets.reading import FileRefused, Workbook, read
from orchestre.sheets.words import match_key

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("ORCHESTRE_REAL_DATA") or ROOT.parent / "shared" / "data")
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not DATA.is_dir(),
        reason="the real data set is not beside the project (ORCHESTRE_REAL_DATA)",
    ),
]

# file, projects, ministries, beginnings, ends, costs, cells refused
PANORAMAS = [
    ("panorama_2016-09-09_3ecf4d8.csv", 54, 11, 52, 52, 45, 10),
    ("panorama_2016-11-18_d64b828.csv", 57, 11, 56, 49, 49, 0),
    ("panorama_2017-03-15_a50f6e7.csv", 61, 11, 61, 52, 52, 0),
    ("panorama_2017-07-18_6cc50f0.csv", 61, 11, 60, 53, 53, 0),
    ("panorama_2017-11-28_c7fd1c7.csv", 61, 12, 60, 53, 53, 0),
    ("panorama_2018-06-01_d1c28d0.csv", 61, 12, 61, 60, 59, 0),
    ("panorama_projets_si.csv", 57, 11, 56, 49, 49, 16),
    ("export_2ae0069.xlsx", 61, 12, 61, 60, 60, 0),
]
# file, projects, departments, beginnings, ends, ratings, cells refused
GMPP = [
    ("uk_2018.csv", 133, 16, 131, 128, 129, 42),
    ("uk_2019.csv", 133, 16, 131, 127, 130, 49),
    ("uk_2020.csv", 125, 16, 122, 120, 123, 34),
    ("uk_2021.csv", 184, 19, 181, 178, 176, 59),
]
RENAMED = {
    "Projet": "Nom du projet",
    "Nom du projet": "Projet",
    "Ministère porteur": "Ministère",
    "Début": "Date de début du projet",
    "Durée du projet en années": "Durée prévisionnelle (en années)",
    "Durée du projet en année": "Durée prévisionnelle totale en années",
    "Durée prévisionnelle en année": "Durée (années)",
    "Coût estimé": "Coût complet estimé (M€)",
    "Budget en coût complet (avec 2 ans de fonctionnement)": "Budget total en M€",
    "Phase du projet en cours": "Phase",
    "Description et objectifs": "Description",
    "colour_rating": "IPA Delivery Confidence Assessment ",
    "project_name": "GMPP Project Name",
    "department": "Department ",
    "start_date": "Project - Start Date ",
    "end_date": "Project - End Date",
    "description_aims": "Description / Aims",
    "wlc_baseline_incl_NCG": "TOTAL Baseline Whole Life Costs (£m) (including NGC)",
    "rating_comment": "Departmental commentary on actions planned or taken on the RAG rating.",
}
LEARNED = ("title", "unit", "stage", "cost_eur", "starts_on", "ends_on", "health_technical")


def dataset_of(workbook: Workbook, preset: str) -> Dataset:
    found = detect_preset(workbook)
    assert found is not None
    assert found.code == preset
    return build(workbook, found)


def counted(dataset: Dataset, field: str) -> int:
    return sum(field in one.values for one in dataset.records["initiatives"])


def learned(dataset: Dataset) -> list[dict[str, object]]:
    return [
        {name: one.values.get(name) for name in LEARNED} for one in dataset.records["initiatives"]
    ]


@pytest.mark.parametrize("row", PANORAMAS, ids=lambda row: row[0])
def test_every_panorama_is_read(row: tuple[str, int, int, int, int, int, int]) -> None:
    name, projects, units, starts, ends, costs, refused = row
    dataset = dataset_of(read(DATA / "panorama" / name), "panorama")
    assert len(dataset.records["initiatives"]) == counted(dataset, "title") == projects
    assert len(dataset.records["units"]) == len(dataset.records["populations"]) == units
    assert counted(dataset, "starts_on") == starts
    assert counted(dataset, "ends_on") == ends
    assert counted(dataset, "cost_eur") == costs
    assert len(dataset.refused) == refused
    assert counted(dataset, "unit") == projects


@pytest.mark.parametrize("name", [row[0] for row in PANORAMAS])
def test_what_a_panorama_refuses_is_truly_unreadable(name: str) -> None:
    dataset = dataset_of(read(DATA / "panorama" / name), "panorama")
    for one in dataset.refused:
        unreadable = one.value in {"En cadrage", "0"} or one.value.startswith(("entre", "<"))
        assert unreadable, one
        assert one.reason.endswith(".")


def test_known_projects_have_their_known_figures() -> None:
    dataset = dataset_of(read(DATA / "panorama" / PANORAMAS[5][0]), "panorama")
    by_title = {match_key(str(one.values["title"])): one for one in dataset.records["initiatives"]}
    passengers = by_title["pnr"].values
    assert passengers["cost_eur"] == 53_020_000
    assert passengers["starts_on"] == date(2011, 7, 1)
    assert passengers["stage"] == "deploy"
    assert by_title["france connect phase ii"].values["stage"] == "define"
    assert sum(one.values.get("stage") == "value" for one in dataset.records["initiatives"]) == 3


def test_projects_of_two_editions_meet_by_name() -> None:
    first, second = (
        {
            one.key
            for one in dataset_of(read(DATA / "panorama" / name), "panorama").records["initiatives"]
        }
        for name in (PANORAMAS[2][0], PANORAMAS[3][0])
    )
    assert len(first & second) >= 50


@pytest.mark.parametrize("row", GMPP, ids=lambda row: row[0])
def test_every_year_of_government_projects_is_read(
    row: tuple[str, int, int, int, int, int, int],
) -> None:
    name, projects, units, starts, ends, ratings, refused = row
    dataset = dataset_of(read(DATA / "gmpp" / name), "gmpp")
    assert len(dataset.records["initiatives"]) == projects
    assert len(dataset.records["units"]) == units
    assert counted(dataset, "starts_on") == starts
    assert counted(dataset, "ends_on") == ends
    assert counted(dataset, "health_technical") == ratings
    assert counted(dataset, "cost_eur") == 0
    assert len(dataset.refused) == refused
    for one in dataset.refused:
        assert len(one.value) > 15 or "comes before" in one.reason, one


def renamed_and_shuffled(rows: list[tuple[object, ...]], seed: int) -> list[list[str]]:
    order = list(range(len(rows[0])))
    random.Random(seed).shuffle(order)
    table = [
        ["" if row[i : i + 1] in ((), (None,)) else str(row[i]) for i in order] for row in rows
    ]
    table[0] = [RENAMED.get(header.strip(), header) for header in table[0]]
    return table


def as_csv(table: list[list[str]], separator: str, encoding: str) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator).writerows(table)
    return stream.getvalue().encode(encoding, "replace")


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    ("folder", "preset", "name"),
    [("panorama", "panorama", row[0]) for row in PANORAMAS]
    + [("gmpp", "gmpp", row[0]) for row in GMPP],
)
def test_an_edition_never_seen_gives_the_same_records(
    folder: str, preset: str, name: str, seed: int
) -> None:
    known = read(DATA / folder / name)
    encoding = "utf-8-sig" if seed == 1 else "cp1252"
    table = renamed_and_shuffled(list(known.sheets[0].rows), seed)
    unseen = read(as_csv([["Édition 2027"], [], *table], ";", encoding), "2027.csv")
    expected, found = dataset_of(known, preset), dataset_of(unseen, preset)
    if seed == 1:
        assert learned(found) == learned(expected)
    assert len(found.records["initiatives"]) == len(expected.records["initiatives"])
    assert len(found.refused) == len(expected.refused)


@pytest.mark.parametrize("name", [row[0] for row in GMPP])
def test_a_portfolio_with_one_project_per_column_gives_the_same_records(name: str) -> None:
    known = read(DATA / "gmpp" / name)
    rows = [[str(cell or "") for cell in row] for row in known.sheets[0].rows]
    width = max(map(len, rows))
    turned = [[row[i] if i < len(row) else "" for row in rows] for i in range(width)]
    expected, found = (
        dataset_of(known, "gmpp"),
        dataset_of(read(as_csv(turned, ",", "utf-8")), "gmpp"),
    )
    assert found.mapping.sheets[0].transposed
    assert learned(found) == learned(expected)
    assert len(found.refused) == len(expected.refused)


def test_the_organisation_chart_of_a_ministry_is_read() -> None:
    dataset = dataset_of(read(DATA / "org" / "ministere_culture_2016.csv"), "org_chart")
    units = dataset.records["units"]
    assert len(units) == len(dataset.records["populations"]) == 349
    codes = {one.values["code"] for one in units}
    assert sum(one.values.get("parent") is None for one in units) == 1
    assert all(one.values["parent"] in codes for one in units if one.values.get("parent"))
    assert dataset.refused == ()


@pytest.mark.parametrize(
    ("name", "initiatives", "milestones"),
    [
        ("mspdirelations.xml", 1, 5),
        ("sample.xml", 4, 16),
        ("task-baselines-project2019-mspdi.xml", 1, 110),
        ("task-links-project2019-mspdi.xml", 1, 16),
    ],
)
def test_plans_of_real_tools_are_read(name: str, initiatives: int, milestones: int) -> None:
    dataset = dataset_of(read(DATA / "msproject" / name), "mspdi")
    assert len(dataset.records["initiatives"]) == initiatives
    assert len(dataset.records["milestones"]) == milestones
    assert dataset.refused == ()


def test_links_and_baselines_of_real_plans_are_kept() -> None:
    links = dataset_of(read(DATA / "msproject" / "mspdirelations.xml"), "mspdi")
    told = [one.custom.get("Links") for one in links.records["milestones"]]
    assert told == [None, "1FS", "2SS+1d", "3FF", "4SF"]
    weeks = dataset_of(read(DATA / "msproject" / "task-links-project2019-mspdi.xml"), "mspdi")
    assert [one.custom.get("Links") for one in weeks.records["milestones"]][9] == "9FS+10d"
    plan = read(DATA / "msproject" / "task-baselines-project2019-mspdi.xml")
    dated = [
        one
        for one in dataset_of(plan, "mspdi").records["milestones"]
        if "baseline_on" in one.values
    ]
    assert date(2014, 3, 1) in {one.values["baseline_on"] for one in dated}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("mpp14baseline.mpp", "mpp"),
        ("PredecessorCalendar.xer", "xer"),
        ("ProjectDefaultCalendar.xer", "xer"),
    ],
)
def test_plans_in_closed_formats_are_refused_with_the_way_round(name: str, code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        read(DATA / "msproject" / name)
    assert caught.value.code == code
    assert "XML" in caught.value.message
