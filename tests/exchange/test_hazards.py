"""What a table would refuse is a refusal of its cell, said before, never an error at the end."""

from __future__ import annotations

from typing import Any

import pytest

from exchange.tables import workbook
from orchestre.exchange.models import ImportSession
from orchestre.exchange.planning import plan
from orchestre.exchange.plans import ImportPlan
from orchestre.exchange.services import apply_dataset, dataset_of
from orchestre.impacts.models import Activity, Impact
from orchestre.org.models import CapacityRule, Population, Unit
from orchestre.portfolio.models import Dependency, Initiative

pytestmark = pytest.mark.django_db


def taken_in(**sheets: Any) -> ImportPlan:
    dataset = dataset_of(workbook(**sheets), "a.xlsx")
    planned, _act = apply_dataset(None, dataset, "a.xlsx")
    again = plan(dataset)
    assert again.counts()["created"] == {}, "the same file twice creates nothing"
    return planned


def reasons(planned: ImportPlan) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.reason) for one in planned.refused]


def test_the_end_of_the_file_before_the_beginning_of_the_table() -> None:
    first = Initiative.objects.create(code="A", title="One", starts_on="2026-06-01")
    planned = taken_in(Initiatives=[["Code", "Title", "Ends on"], ["A", "One", "2026-03-03"]])
    assert reasons(planned) == [(2, "Ends on", "End (3 March 2026) is before start (1 June 2026).")]
    first.refresh_from_db()
    assert first.ends_on is None


def test_a_title_used_twice_is_one_row_or_two_units() -> None:
    head = ["Title", "Unit", "Cost (€)"]
    rows = [head, ["Same", "North", 1], ["Same", "South", 2], ["Same", "North", 3]]
    planned = taken_in(Initiatives=rows)
    assert reasons(planned) == [(4, "Title", "Row 2 already describes “Same”. Keep one of them.")]
    costs = dict(Initiative.objects.values_list("unit__name", "cost_eur"))
    assert costs == {"North": 1, "South": 2}


@pytest.mark.parametrize(
    ("one", "other"), [("C++", "C#"), ("漢字", "かな"), ("Phase I", "Phase II"), ("A/B", "A B")]
)
def test_names_that_fold_alike_stay_two_rows(one: str, other: str) -> None:
    taken_in(Initiatives=[["Title"], [one], [other]])
    assert set(Initiative.objects.values_list("title", flat=True)) == {one, other}


def test_an_identifier_from_elsewhere_does_not_overwrite() -> None:
    kept = Initiative.objects.create(code="A", title="Ours")
    head = ["Orchestre id", "Code", "Title"]
    planned = taken_in(Initiatives=[head, [str(kept.pk), "Z9", "Theirs"]])
    assert planned.counts()["created"] == {"initiative": 1}
    assert any(one.code == "foreign-id" for one in planned.notices)
    kept.refresh_from_db()
    assert (kept.code, kept.title) == ("A", "Ours")


def test_a_code_already_taken_is_not_taken_again() -> None:
    first = Initiative.objects.create(code="A", title="First")
    Initiative.objects.create(code="B", title="Second")
    head = ["Orchestre id", "Code", "Title"]
    planned = taken_in(Initiatives=[head, [str(first.pk), "B", "First"]])
    assert "already taken" in reasons(planned)[0][2]
    first.refresh_from_db()
    assert first.code == "A"


def test_dependencies_on_oneself_and_twice() -> None:
    planned = taken_in(
        Initiatives=[["Code", "Title"], ["A", "One"], ["B", "Two"]],
        Dependencies=[["Predecessor", "Successor"], ["A", "A"], ["A", "B"], ["A", "B"]],
    )
    assert [row for row, _column, _reason in reasons(planned)] == [2, 4]
    assert "cannot depend on itself" in reasons(planned)[0][2]
    assert Dependency.objects.count() == 1


def test_figures_out_of_bounds_are_refused_one_by_one() -> None:
    planned = taken_in(
        Initiatives=[["Code", "Title", "Priority"], ["A", "One", 99_999]],
        Populations=[["Code", "Population", "Weekly hours", "Headcount"], ["P", "All", 90, -4]],
        Impacts=[
            ["Initiative", "Population", "Intensity (0 to 5)", "Share reached", "Hours per person"],
            ["A", "P", 7, "0 %", -3],
        ],
    )
    columns = {column for _row, column, _reason in reasons(planned)}
    assert columns == {
        "Priority", "Weekly hours", "Headcount", "Intensity (0 to 5)", "Share reached",
        "Hours per person",
    }  # fmt: skip
    impact = Impact.objects.get()
    assert (impact.intensity, impact.reach_ratio, impact.hours_per_person) == (None, 1.0, None)
    assert Population.objects.get().weekly_hours == 35


def test_a_row_without_what_it_needs_is_left_out_with_a_sentence() -> None:
    planned = taken_in(
        Initiatives=[["Code", "Title"], ["A", "One"]],
        Populations=[["Code", "Population"], ["P", "All"]],
        Activities=[
            ["Initiative", "Population", "Starts on", "Ends on", "Hours per person"],
            ["A", "P", None, "2026-03-03", 2],
            ["A", "P", "2026-03-03", "2026-03-03", 2],
        ],
    )
    assert [(row, column) for row, column, _reason in reasons(planned)] == [(2, "Starts on")]
    assert Activity.objects.count() == 1


def test_an_unknown_unit_never_becomes_the_whole_organisation() -> None:
    planned = taken_in(
        Units=[["Code", "Unit"], ["N", "North"]],
        Capacities=[
            ["Unit", "Share of time for change"], ["Nrth", "5 %"], ["N", "6 %"], ["*", "7 %"]
        ],
        Periods=[
            ["Unit", "Period", "Starts on", "Ends on"], ["X", "Peak", "2026-01-01", "2026-02-01"]
        ],
    )  # fmt: skip
    assert len(planned.refused) == 2
    ratios = dict(CapacityRule.objects.values_list("unit__code", "absorption_ratio"))
    assert ratios == {"N": 0.06, None: 0.07}


def test_a_loop_across_the_file_and_the_table_is_refused() -> None:
    taken_in(Units=[["Code", "Unit", "Parent unit"], ["A", "Top", None], ["B", "Low", "A"]])
    planned = taken_in(Units=[["Code", "Unit", "Parent unit"], ["A", "Top", "B"]])
    assert [column for _row, column, _reason in reasons(planned)] == ["Parent unit"]
    assert Unit.objects.get(code="A").parent is None


def test_a_unit_moved_under_a_new_one_is_placed() -> None:
    taken_in(Units=[["Code", "Unit"], ["A", "Old"]])
    rows = [
        ["Code", "Unit", "Parent unit"],
        ["A", "Old", "C"],
        ["B", "New", None],
        ["C", "Mid", "B"],
    ]
    taken_in(Units=rows)
    moved, top = Unit.objects.get(code="A"), Unit.objects.get(code="B")
    assert moved.path.startswith(top.path)
    assert moved.parent == Unit.objects.get(code="C")


def test_long_texts_are_refused_not_cut() -> None:
    planned = taken_in(
        Initiatives=[["Code", "Title", "Lead"], ["A", "T" * 300, "L"], ["B", "Fine", "L" * 200]]
    )
    assert {column for _row, column, _reason in reasons(planned)} == {"Title", "Lead"}
    assert list(Initiative.objects.values_list("code", "lead_name")) == [("B", "")]


def test_absent_rows_are_those_of_the_same_source() -> None:
    from orchestre.exchange.services import apply_file  # noqa: PLC0415 - used here only

    Initiative.objects.create(code="OURS", title="Made by hand")
    for edition, names in (("1", ("a", "b")), ("2", ("b", "c"))):
        rows = [
            ["Nom du projet", "Ministère", "Début", "Durée prévisionnelle en année", "Coût estimé"]
        ]
        rows += [[name, "Justice", "janvier 2017", "2", "10"] for name in names]
        content = workbook(Feuil1=rows)
        dataset = dataset_of(content, f"{edition}.xlsx", preset_code="panorama")
        planned, _act = apply_file(content, f"{edition}.xlsx", dataset)
    assert [row.stored.title for row in planned.absent] == ["a"]  # type: ignore[union-attr]
    assert ImportSession.objects.count() == 2
