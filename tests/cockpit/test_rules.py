"""What comes first, what is found by which words, and our Markdown as safe HTML."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestre.cockpit.rules.guides import guide_of
from orchestre.cockpit.rules.markdown import page
from orchestre.cockpit.rules.search import Named, best
from orchestre.cockpit.rules.tasks import Task, batches

ROWS = [
    Named("CH-014", "Nouvelle caisse", "1"),
    Named("CH-141", "Écoles numériques", "2"),
    Named("SI-002", "Caisse centrale", "3"),
]


def test_the_nearest_date_comes_first_then_most_people() -> None:
    late = Task("rate", "1", due_on=date(2026, 5, 1), people=500)
    soon = Task("agree", "A:2", due_on=date(2026, 4, 1))
    many = Task("dates", "B", people=900)
    few = Task("stale", "C", people=10)
    found = batches([few, late, many, soon])
    assert [one.tasks[0].ref for one in found] == ["A:2", "1", "B", "C"]


def test_three_of_a_kind_are_one_card() -> None:
    found = batches([Task("finding", str(n)) for n in range(3)])
    assert [(one.key, one.gathered, len(one.tasks)) for one in found] == [("all:finding", True, 3)]
    assert [one.key for one in batches([Task("finding", "7")])] == ["finding:7"]


def test_what_is_put_off_is_left_out_one_by_one_or_whole() -> None:
    tasks = [Task("finding", "1"), Task("finding", "2"), Task("stale", "A")]
    assert [one.key for one in batches(tasks, frozenset({"finding:1"}))] == ["finding:2", "stale:A"]
    assert [one.key for one in batches(tasks, frozenset({"all:finding"}))] == ["stale:A"]


@pytest.mark.parametrize(
    ("text", "first"),
    [("ch-014", "1"), ("ecoles", "2"), ("ÉCOLES", "2"), ("caisse", "3"), ("nouv cais", "1")],
)
def test_names_are_found_without_accents_and_codes_first(text: str, first: str) -> None:
    assert best(ROWS, text, 5)[0].ref == first


def test_every_word_must_be_there() -> None:
    assert best(ROWS, "caisse école", 5) == []
    assert best(ROWS, "  ", 5) == []


def test_a_page_leads_to_its_own_guide_else_to_that_of_its_feature() -> None:
    there = frozenset({"load", "capacity"})
    assert guide_of("org:capacity", there) == "capacity"
    assert guide_of("load:cell", there) == "load"
    assert guide_of("strategy:list", there) == ""


def test_markdown_gives_what_guides_use() -> None:
    text = (
        "# The `load`\n\nAsked **today**, see [the method](../methods/load.md).\n\n## Steps\n\n"
        "1. First\n   of all\n2. Then\n\n- a\n- b\n\n| A | B |\n|---|---|\n| 1 | `x` |\n\n"
        "```\n<b>\n```\n\n> said\n"
    )
    found = page(text, lambda target: f"/x/{target}")
    body = found.body.replace("\n", "")
    assert found.title == "The load"
    for part in (
        '<p>Asked <strong>today</strong>, see <a href="/x/../methods/load.md">the method</a>.</p>',
        '<h2 id="steps">Steps</h2>',
        "<ol><li>Firstof all</li><li>Then</li></ol>",
        "<ul><li>a</li><li>b</li></ul>",
        "<tr><td>1</td><td><code>x</code></td></tr>",
        "<code>&lt;b&gt;</code>",
        "<blockquote><p>said</p></blockquote>",
    ):
        assert part in body


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '[x](https://a"onmouseover="alert)',
        "![<img src=x onerror=alert(1)>](x)",
        "| <script> | b |\n|---|---|\n| <script> | c |",
        "```\n<script>\n```",
        "# <script>x</script>\n\n## <script>y</script>",
    ],
)
def test_markdown_lets_no_code_through(text: str) -> None:
    found = page(text, lambda target: target if target.startswith("https://") else "")
    assert "<script" not in found.body
    assert "<img" not in found.body
    assert "javascript:" not in found.body.lower() or "href" not in found.body
    assert 'onmouseover="' not in found.body


@given(st.text(alphabet="abc<>&\"'`*_[]()#|-\n 1.!", max_size=300))
def test_markdown_never_fails_and_never_writes_foreign_tags(text: str) -> None:
    body = page(text, lambda _target: "").body
    known = {
        "p", "h2", "h3", "h4", "ul", "ol", "li", "hr", "pre", "code", "em", "strong", "table",
        "thead", "tbody", "tr", "th", "td", "div", "blockquote",
    }  # fmt: skip
    names = {part.strip("/").split(" ")[0].split(">")[0] for part in body.split("<")[1:]}
    assert names <= known
