"""Components escape what they are given, and render in every state and in both languages."""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template
from django.utils import translation

from orchestre.ui.component import Component
from orchestre.ui.components import (
    Badge,
    Button,
    Card,
    ConflictPanel,
    ConflictRow,
    DiffCell,
    EmptyState,
    Figure,
    Link,
    Notice,
    StatusMark,
    Tabs,
    Toast,
)
from orchestre.ui.tables import Column, DataTable, Row, first_rows
from orchestre.ui.web.views import sections

HOSTILE = "<img src=x onerror=alert(1)>\"'&"
CASES = [(name, index) for name, _layout, items in sections() for index in range(len(items))]


def sample(name: str, index: int) -> Component:
    return next(items for found, _layout, items in sections() if found == name)[index]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("name", "index"), CASES)
def test_every_sample_renders(name: str, index: int, language: str) -> None:
    with translation.override(language):
        html = sample(name, index).render("token")
    assert "<!--" not in html
    assert " style=" not in html
    assert not re.search(r"\son\w+=", html)
    assert "{{" not in html


@pytest.mark.parametrize(
    "component",
    [
        Badge(HOSTILE, "warn", HOSTILE),
        StatusMark("ok", HOSTILE),
        Button(HOSTILE, HOSTILE, described=HOSTILE, attrs=(("data-x", HOSTILE),)),
        Figure(HOSTILE, HOSTILE, HOSTILE, HOSTILE, note=HOSTILE),
        Card(HOSTILE, HOSTILE, eyebrow=HOSTILE),
        EmptyState("new", HOSTILE, HOSTILE),
        Notice("info", HOSTILE, HOSTILE),
        Tabs(HOSTILE, (Link(HOSTILE, HOSTILE),)),
        DiffCell(HOSTILE, "b"),
        Toast(HOSTILE, HOSTILE, HOSTILE, HOSTILE),
        ConflictPanel(HOSTILE, (ConflictRow("f", *(HOSTILE,) * 5),), HOSTILE, HOSTILE),
        DataTable(
            HOSTILE,
            (Column(HOSTILE), Column("b")),
            (Row((HOSTILE, HOSTILE), "1", HOSTILE),),
            selection="s",
        ),
    ],
    ids=lambda component: type(component).__name__,
)
def test_hostile_text_stays_text(component: Component) -> None:
    html = component.render("token")
    assert "<img" not in html
    assert "&lt;img" in html


def test_a_component_draws_itself_in_a_template() -> None:
    page = Template("{{ badge }}").render(Context({"badge": Badge("A < B")}))
    assert page == '<span class="badge tone-neutral">A &lt; B</span>'


def test_forms_inside_a_component_get_the_token_of_the_page() -> None:
    table = DataTable("t", (Column("a"),), (Row((Button("Go", "/go/", method="post"),)),))
    page = Template("{% load orchestre %}{% component table %}")
    html = page.render(Context({"table": table, "csrf_token": "the-token"}))
    assert 'name="csrfmiddlewaretoken" value="the-token"' in html


def test_component_tag_escapes_plain_text() -> None:
    page = Template("{% load orchestre %}{% component text %}")
    assert page.render(Context({"text": "<b>"})) == "&lt;b&gt;"


@pytest.mark.parametrize("name", ["style", "onclick", "hx-on:click"])
def test_attributes_that_carry_code_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="content policy"):
        Button("x", "/", attrs=((name, "1"),)).render()


def test_every_figure_can_be_asked_why() -> None:
    html = Figure("Load", "58", "/why/", provenance="assumed").render()
    assert html.count("data-figure") == 1
    assert '<a class="why" href="/why/">' in html
    assert "Assumed" in html


def test_half_marks_say_that_declared_and_computed_disagree() -> None:
    assert "#st-ok-half" in StatusMark("ok", "x", half=True).render()
    assert "#st-unknown-half" not in StatusMark("unknown", "x", half=True).render()


def test_sorted_column_says_so_and_rows_have_a_head() -> None:
    table = DataTable(
        "t", (Column("Name", "?s", "descending"), Column("People", numeric=True)),
        (Row(("SIRH", "260"), "14", "CH-014", "/c/"),), ("Total", "260"), "pick",
    )  # fmt: skip
    html = table.render()
    assert 'aria-sort="descending"' in html
    assert '<th scope="row"><a href="/c/">SIRH</a></th>' in html
    assert "Select CH-014" in html
    assert 'data-label="People"' in html


def test_a_row_of_the_wrong_length_is_an_error() -> None:
    table = DataTable("t", (Column("a"), Column("b")), (Row(("only one",)),))
    with pytest.raises(ValueError, match="shorter"):
        table.render()


def test_an_empty_table_says_why() -> None:
    table = DataTable("t", (Column("a"),), (), empty=EmptyState("filtered", "No result."))
    assert "No result." in table.render()
    assert "<table" not in table.render()


def test_a_table_cut_short_says_of_how_many_rows() -> None:
    rows = tuple(Row((str(at),)) for at in range(1500))
    assert first_rows(rows[:3], 3) == (rows[:3], None)
    shown, pager = first_rows(rows, 40)
    assert shown == rows[:40]
    assert pager is not None
    html = pager.render()
    assert "The first 40 of 1,500." in html
    assert "<nav" not in html
