"""From foreign tables to records: presets, refusals cell by cell, assumptions told."""

import json
from dataclasses import replace
from datetime import date

import pytest

from orchestre.sheets.cells import DateStyle
from orchestre.sheets.dataset import Dataset, build
from orchestre.sheets.mapping import Mapping, mapping_for
from orchestre.sheets.presets import PRESETS, detect_preset, preset_named
from orchestre.sheets.reading import Workbook, read

PANORAMA = """Phase du projet en cours;Coût complet estimé (en M€);Nom du projet;Date de début;\
Durée prévisionnelle en années;Ministère porteur;Zone fonctionnelle
Cadrage;12,5;Alpha;janvier 2017;2;Justice;RH
Déploiement;< 5 M€;BÉTA;mars 2018;0;Justice;Archives
Terminé;;Gamma;;1,5;Intérieur;RH
Conception / Réalisation;3;;mai 2017;1;Intérieur;RH
Cadrage;7;alpha;juin 2017;;Intérieur;RH
"""
COST = "TOTAL Baseline Whole Life Costs (£m) (including Non-Government Costs)"
GMPP = f"""Department,GMPP Project Name,IPA Delivery Confidence Assessment,Project - Start Date,\
Project - End Date,{COST}
MOD,Ship,Amber/Green,01.04.16,31.03.21,"£1,200.50"
HO,Border,Red,2019-04-01,Exempt under Section 43 of the Freedom of Information Act 2000,£0.00
HO,Lock,Green,01/02/2019,01/02/2018,Exempt under Section 26
"""
CHART = """id,parent_id,libelle,sigle
u1,,Direction,DG
u2,u1,Finances,nc.
u3,u2,Communication,nc.
u4,u2,Communication,nc.
"""


def book(text: str) -> Workbook:
    return read(text.encode(), "t.csv", in_child=False)


def built(text: str) -> Dataset:
    workbook = book(text)
    preset = detect_preset(workbook)
    assert preset is not None
    return build(workbook, preset)


def codes(dataset: Dataset) -> set[str]:
    return {notice.code for notice in dataset.notices}


def test_a_panorama_with_other_columns_in_another_order_is_recognised() -> None:
    dataset = built(PANORAMA)
    assert dataset.preset == "panorama"
    alpha = dataset.records["initiatives"][0]
    assert alpha.values == {
        "stage": "define",
        "cost_eur": 12_500_000,
        "title": "Alpha",
        "starts_on": date(2017, 1, 1),
        "duration_years": 2,
        "ends_on": date(2018, 12, 31),
        "unit": "Justice",
    }
    assert alpha.custom == {"Zone fonctionnelle": "RH"}


def test_ministries_become_units_with_one_population_of_unknown_headcount() -> None:
    dataset = built(PANORAMA)
    assert [one.values["name"] for one in dataset.records["units"]] == ["Justice", "Intérieur"]
    for one in dataset.records["populations"]:
        assert one.values["kind"] == "unit"
        assert "headcount" not in one.values


def test_a_cell_that_cannot_be_read_refuses_itself_alone() -> None:
    dataset = built(PANORAMA)
    beta = next(one for one in dataset.records["initiatives"] if one.values["title"] == "BÉTA")
    assert beta.values["stage"] == "deploy"
    assert "cost_eur" not in beta.values
    assert beta.custom["Coût complet estimé (en M€)"] == "< 5 M€"
    cost = next(one for one in dataset.refused if one.field == "cost_eur")
    assert (cost.row, cost.column, cost.value) == (3, "Coût complet estimé (en M€)", "< 5 M€")
    assert cost.reason == "“< 5 M€” is a range. Write one number, such as 12.5."


def test_a_row_without_a_title_is_refused_alone() -> None:
    dataset = built(PANORAMA)
    assert len(dataset.records["initiatives"]) == 4
    missing = next(one for one in dataset.refused if one.field == "title")
    assert (missing.row, missing.value) == (5, "")


def test_the_same_project_twice_is_told_and_kept() -> None:
    dataset = built(PANORAMA)
    assert [one.key for one in dataset.records["initiatives"]] == [
        "alpha",
        "beta",
        "gamma",
        "alpha#2",
    ]
    twice = next(notice for notice in dataset.notices if notice.code == "twice")
    assert twice.row == 6


def test_assumptions_are_told_by_column() -> None:
    dataset = built(PANORAMA)
    assert {"assumed_start_of_month", "assumed_unit", "derived_ends", "derived_units"} <= codes(
        dataset
    )
    months = next(one for one in dataset.notices if one.code == "assumed_start_of_month")
    assert months.message == (
        "“Date de début”: months read as their first day: 4. Example: “janvier 2017” → 2017-01-01."
    )


def test_amounts_already_in_euros_are_not_taken_for_millions() -> None:
    text = "Ministère;Projet;Phase;Coût\nJustice;A;Cadrage;12500000\nJustice;B;Cadrage;800000\n"
    assert built(text).records["initiatives"][0].values["cost_eur"] == 12_500_000


def test_a_government_portfolio_keeps_its_currency_and_its_ratings() -> None:
    dataset = built(GMPP)
    assert dataset.preset == "gmpp"
    ship, border, lock = dataset.records["initiatives"]
    assert ship.values["health_technical"] == "watch"
    assert ship.custom["IPA Delivery Confidence Assessment"] == "Amber/Green"
    assert ship.custom[COST] == "1200500000 GBP"
    assert (ship.values["starts_on"], ship.values["ends_on"]) == (
        date(2016, 4, 1),
        date(2021, 3, 31),
    )
    assert border.values["starts_on"] == date(2019, 4, 1)
    assert "cost_eur" not in border.values
    assert "ends_on" not in lock.values
    reasons = {one.row: one.reason for one in dataset.refused if one.field == "ends_on"}
    assert "comes before the beginning" in reasons[4]
    assert "is not a date" in reasons[3]
    assert "kept_currency" in codes(dataset)


def test_a_transposed_portfolio_gives_the_same_records() -> None:
    rows = book(GMPP).sheets[0].rows
    turned = zip(*rows, strict=True)
    text = "\n".join(";".join(f'"{cell}"' for cell in row) for row in turned)
    upright, on_its_side = built(GMPP), built(text)
    assert on_its_side.preset == "gmpp"
    assert [one.values for one in on_its_side.records["initiatives"]] == [
        one.values for one in upright.records["initiatives"]
    ]
    assert on_its_side.mapping.sheets[0].transposed


def test_an_organisation_chart_gives_units_with_parents_and_populations() -> None:
    dataset = built(CHART)
    assert dataset.preset == "org_chart"
    assert [one.values.get("parent") for one in dataset.records["units"]] == [
        None,
        "u1",
        "u2",
        "u2",
    ]
    assert [one.key for one in dataset.records["populations"]] == ["u1", "u2", "u3", "u4"]
    assert "twice" not in codes(dataset)


def test_a_unit_cannot_sit_above_itself() -> None:
    dataset = built("id,parent_id,libelle\na,c,A\nb,a,B\nc,b,C\nd,d,D\n")
    assert [one.field for one in dataset.refused] == ["parent", "parent"]
    assert len(dataset.records["units"]) == 4


def test_any_other_table_goes_through_a_mapping_by_hand() -> None:
    workbook = book("Chantier;Du;Couleur\nA;03/04/2026;bleu\nB;25/04/2026;\n")
    assert detect_preset(workbook) is None
    mapping = mapping_for(workbook, "initiatives", {"Chantier": "title", "Du": "starts_on"})
    mapping = Mapping.from_json(json.loads(json.dumps(mapping.as_json())))
    dataset = build(workbook, mapping)
    assert dataset.records["initiatives"][0].values == {"title": "A", "starts_on": date(2026, 4, 3)}
    assert dataset.records["initiatives"][0].custom == {"Couleur": "bleu"}
    assert dataset.date_style.certain


def test_the_person_settles_ambiguous_dates_and_else_is_told() -> None:
    workbook = book("Chantier;Du\nA;03/04/2026\n")
    mapping = mapping_for(workbook, "initiatives", {"Chantier": "title", "Du": "starts_on"})
    told = build(workbook, mapping)
    assert "Dates are read day first: “03/04/2026” is 2026-04-03." in [
        n.message for n in told.notices
    ]
    settled = build(workbook, mapping, date_style=DateStyle(dayfirst=False, certain=True))
    assert settled.records["initiatives"][0].values["starts_on"] == date(2026, 3, 4)
    assert "assumed_date_order" not in codes(settled)


@pytest.mark.parametrize(
    ("starts", "duration", "ends"),
    [
        ("2027-01-01", "1", date(2027, 12, 31)),
        ("2027-01-01", "0,5", date(2027, 6, 30)),
        ("2027-01-15", "1", date(2028, 1, 14)),
        ("2013-07-01", "3.16986301369863", date(2016, 8, 31)),
    ],
)
def test_the_end_follows_from_the_duration(starts: str, duration: str, ends: date) -> None:
    text = f"Ministère;Projet;Début;Durée en années;Phase\nM;A;{starts};{duration};Cadrage\n"
    assert built(text).records["initiatives"][0].values["ends_on"] == ends


def test_a_month_that_closes_means_its_last_day() -> None:
    text = "Intitulé;Début;Fin;Étape\nA;janvier 2027;T2 2027;Définir\n"
    workbook = read(text.encode(), "Initiatives.csv", in_child=False)
    preset = detect_preset(workbook)
    assert preset is not None
    assert preset.code == "portfolio"
    dataset = build(workbook, preset)
    assert dataset.records["initiatives"][0].values["ends_on"] == date(2027, 6, 30)
    assert "assumed_end_of_quarter" in codes(dataset)


def test_every_preset_has_a_name_for_people() -> None:
    for preset in PRESETS:
        assert str(preset.label)
        assert preset_named(preset.code) is preset
    assert preset_named("nothing") is None


def test_a_mapping_by_hand_reads_amounts_in_the_unit_of_their_header() -> None:
    workbook = book("Chantier;Enveloppe (M€)\nA;12,5\n")
    mapping = mapping_for(
        workbook, "initiatives", {"Chantier": "title", "Enveloppe (M€)": "cost_eur"}
    )
    assert build(workbook, mapping).records["initiatives"][0].values["cost_eur"] == 12_500_000


def test_a_remembered_mapping_fits_the_next_file_whatever_its_name() -> None:
    first = book("Chantier;Zone\nA;1\n")
    mapping = mapping_for(first, "initiatives", {"Chantier": "title"})
    second = read(b"Chantier;Zone\nB;2\n", "other.csv", in_child=False)
    assert build(second, mapping).records["initiatives"][0].values == {"title": "B"}


def test_a_mapped_sheet_that_is_missing_is_told() -> None:
    workbook = book("Chantier;Zone\nA;1\n")
    one = mapping_for(workbook, "initiatives", {"Chantier": "title"}).sheets[0]
    dataset = build(workbook, Mapping((one, replace(one, sheet="Absente"))))
    assert "Sheet “Absente” is not in this file." in [notice.message for notice in dataset.notices]
