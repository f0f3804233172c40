"""What leaves comes back as it left, and one edited cell is one difference."""

from __future__ import annotations

import io
import json
import string
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cast
from orchestre.demo.services import load
from orchestre.exchange.exporting import every_row, rows_for, write_to
from orchestre.exchange.planning import plan
from orchestre.exchange.plans import ImportPlan
from orchestre.exchange.services import apply_dataset, dataset_of
from orchestre.org.models import CalendarPeriod, CapacityRule, Population, Unit
from orchestre.portfolio.models import Initiative

pytestmark = pytest.mark.django_db


def back(form: str, language: str, rows: dict[str, Any] | None = None) -> ImportPlan:
    content = write_to(rows if rows is not None else every_row(), form, language)
    return plan(dataset_of(content, f"whole.{form}"))


def differences(planned: ImportPlan) -> list[tuple[str, str, list[Any]]]:
    return [
        (kind, row.action, [(d.attname, d.before, d.after) for d in row.diffs])
        for kind, rows in planned.rows.items()
        for row in rows
        if row.action != "unchanged"
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("form", ["xlsx", "zip"])
def test_the_demo_comes_back_as_it_left(form: str, language: str) -> None:
    load(None, "fr")
    planned = back(form, language)
    assert planned.refused == []
    assert differences(planned) == []
    assert planned.counts()["unchanged"]["initiative"] == Initiative.objects.count()
    assert back(form, language, rows_for(cast.person("claire"))).refused == []


def edited(column: str, value: object, row: int = 2, sheet: str = "Initiatives") -> ImportPlan:
    book = openpyxl.load_workbook(io.BytesIO(write_to(every_row(), "xlsx", "en")))
    page = book[sheet]
    headers = [cell.value for cell in page[1]]
    page.cell(row, headers.index(column) + 1).value = value
    stream = io.BytesIO()
    book.save(stream)
    planned, _act = apply_dataset(None, dataset_of(stream.getvalue(), "edited.xlsx"), "edited")
    return planned


def test_one_edited_cell_is_one_difference() -> None:
    load(None, "en")
    first = Initiative.objects.order_by("code").first()
    assert first is not None
    planned = edited("Title", "Another title")
    assert differences(planned) == [
        ("initiatives", "changed", [("title", first.title, "Another title")])
    ]
    first.refresh_from_db()
    assert first.title == "Another title"


def test_an_emptied_cell_is_emptied_and_a_missing_row_stays() -> None:
    load(None, "en")
    first = Initiative.objects.exclude(lead_name="").order_by("code").first()
    assert first is not None
    codes = list(Initiative.objects.order_by("code").values_list("code", flat=True))
    planned = edited("Lead", None, row=codes.index(first.code) + 2)
    assert [diff[0] for _k, _a, diffs in differences(planned) for diff in diffs] == ["lead_name"]
    first.refresh_from_db()
    assert first.lead_name == ""
    rows = every_row()
    rows["initiatives"] = rows["initiatives"][1:]
    for kind in ("impacts", "activities", "milestones", "dependencies"):
        rows[kind] = []
    planned = back("xlsx", "en", rows)
    assert differences(planned) == []
    assert [row.stored.code for row in planned.absent] == [codes[0]]  # type: ignore[union-attr]


TEXTS = st.text(
    alphabet=string.ascii_letters + string.digits + "éàçœŒ ,;|\\'\"=+-@()&<>%…«»漢字\n", max_size=25
).map(str.strip)
NAMES = TEXTS.filter(bool).map(lambda text: " ".join(text.split()))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    titles=st.lists(NAMES, min_size=1, max_size=4),
    why=TEXTS,
    systems=st.lists(NAMES, max_size=3),
    note=TEXTS,
    cost=st.none() | st.decimals(0, 10**9, places=2),
    days=st.none() | st.dates(),
    language=st.sampled_from(["fr", "en"]),
    form=st.sampled_from(["xlsx", "zip"]),
)
def test_any_text_and_figure_come_back(
    *,
    titles: list[str],
    why: str,
    systems: list[str],
    note: str,
    cost: Any,
    days: Any,
    language: str,
    form: str,
) -> None:
    for model in (Initiative, CapacityRule, CalendarPeriod, Population):
        model.objects.all().delete()
    Unit.objects.exclude(parent=None).delete()
    Unit.objects.all().delete()
    unit = Unit.objects.create(code="U-1", name="Unité « une »")
    Unit.objects.create(code="U 1", name="Unité « une »", parent=unit)
    CapacityRule.objects.create(unit=None, absorption_ratio=0.05)
    in_range = days if days is not None and 1900 <= days.year < 2199 else None
    for number, title in enumerate(titles):
        Initiative.objects.create(
            code=f"X-{number}", title=title, why=why, systems=systems, cost_eur=cost,
            starts_on=in_range, unit=unit, custom={"Note": note} if note else {},
        )  # fmt: skip
    planned = back(form, language)
    assert planned.refused == []
    assert differences(planned) == []


def test_the_pages_give_the_same_files(as_person: Callable[[str], Client]) -> None:
    load(None, "fr")
    client = as_person("claire")
    answer = client.get("/export/portfolio.xlsx?language=en")
    assert answer["Content-Disposition"] == 'attachment; filename="portfolio-en.xlsx"'
    assert differences(plan(dataset_of(answer.content, "p.xlsx"))) == []
    told = json.loads(client.get("/export/portfolio.json").content)
    assert len(told["initiatives"]) == Initiative.objects.count()
    listed = client.get("/export/initiatives.csv?language=fr").content
    assert differences(plan(dataset_of(listed, "Initiatives.csv"))) == []
    assert client.get("/export/secrets.csv").status_code == 404
    assert client.get("/export/periods.exe").status_code == 404
