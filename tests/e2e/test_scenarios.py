"""Scenarios in a real browser: a bar by mouse and by keys, two people, questions, a decision."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from support import browser as browsing
from support.browser import Window

pytestmark = pytest.mark.e2e


class Counted:
    """A page whose clicks are counted, as a person would count them."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, selector: str) -> None:
        """Click, and count it."""
        self.page.click(selector)
        self.clicks += 1

    def choose(self, selector: str, **what: Any) -> None:
        """Choose in a list, and count it."""
        self.page.select_option(selector, **what)
        self.clicks += 1


def drafted(page: Page, name: str) -> str:
    page.goto("/scenarios/new/")
    page.fill("[name=name]", name)
    page.click("main .button-primary")
    page.wait_for_url(re.compile(r"/scenarios/\d+/$"))
    return page.url


def gauges(page: Page) -> str:
    return page.inner_text("#gauges .sc-sentence")


def test_a_bar_is_dragged_and_the_gauges_follow(window: Window) -> None:
    page = window("en").new_page()
    drafted(page, "Dragged")
    bar = page.locator("[data-movable]:not(.wave)").nth(6)
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(x + step * 12, y)
    page.wait_for_selector("[data-roadmap-preview] form")
    assert page.locator(".sc-moved").count() == 0  # nothing is written while it moves
    page.mouse.up()
    expect(page.locator(".sc-moved > li")).to_have_count(1)
    expect(page.locator("#toasts .toast")).to_contain_text("the plan is unchanged")
    expect(page.locator("#gauges")).to_have_count(1)
    page.click("#toasts [data-undo]")
    page.wait_for_load_state()
    expect(page.locator(".sc-moved")).to_have_count(0)


def test_a_bar_moves_with_keys_only(window: Window) -> None:
    page = window("en").new_page()
    drafted(page, "Keys")
    first = gauges(page)
    page.locator("[data-movable]:not(.wave)").nth(4).focus()
    for _press in range(6):
        page.keyboard.press("Alt+ArrowRight")
    page.wait_for_selector("[data-roadmap-preview] form")
    page.keyboard.press("Escape")
    expect(page.locator("[data-roadmap-preview] form")).to_have_count(0)
    expect(page.locator("#gauges .sc-sentence")).to_have_text(first)
    page.keyboard.press("Alt+ArrowRight")
    page.wait_for_selector("[data-roadmap-preview] form")
    page.keyboard.press("Enter")
    expect(page.locator(".sc-moved > li")).to_have_count(1)
    page.wait_for_function("() => document.activeElement?.matches('[data-bar]')")
    browsing.assert_focus_is_seen(page)


def test_two_people_on_one_bar_lose_nothing(window: Window) -> None:
    one = window("en").new_page()
    where = drafted(one, "Together")
    one.click("main details[data-menu] summary")
    one.click("text=Share with readers")
    other = window("fr").new_page()
    here = one.locator("[data-movable]:not(.wave)").nth(3)
    address = here.get_attribute("href")
    assert address
    for page in (one, other):
        page.goto(address)
    one.fill("[name=shift_days]", "3")
    one.click("main .button-primary")
    one.wait_for_url(where)
    other.fill("[name=shift_days]", "5")
    other.click("main .button-primary")
    expect(other.locator(".conflict")).to_contain_text("3 semaines plus tard")
    expect(other.locator(".conflict")).to_contain_text("5 semaines plus tard")
    other.check("[name=keep-shift_days][value=mine]")
    other.click(".conflict .button-primary")
    other.wait_for_url(where)
    expect(other.locator(".sc-moved > li")).to_contain_text("5 semaines plus tard")


@pytest.mark.parametrize(
    ("card", "field"),
    [
        ("If we add this project", "initiative"),
        ("If we stop this programme", "programme"),
        ("What does a delay", "initiative"),
    ],
)
def test_each_question_is_answered_in_three_clicks(window: Window, card: str, field: str) -> None:
    page = window("en").new_page()
    page.goto("/scenarios/")
    counted = Counted(page)
    counted.click(f".sc-questions >> text={card}")
    counted.choose(f"[name={field}]", index=1)
    counted.click("main .button-primary")
    expect(page.locator("[data-answer]")).not_to_be_empty()
    assert counted.clicks <= 3


def test_from_an_initiative_one_click_answers(window: Window) -> None:
    page = window("en").new_page()
    page.goto("/initiatives/IN-001/")
    counted = Counted(page)
    counted.click("text=If we stop it, what do we free?")
    expect(page.locator("[data-answer]")).to_contain_text("frees")
    assert counted.clicks == 1


def decided(page: Page, name: str) -> int:
    """Move one bar by two weeks and make that the plan; return the clicks of the decision."""
    where = drafted(page, name)
    page.goto(page.locator("[data-movable]:not(.wave)").nth(8).get_attribute("href") or "")
    page.fill("[name=shift_days]", "2")
    page.click("main .button-primary")
    page.wait_for_url(where)
    counted = Counted(page)
    counted.click("text=Make it the plan…")
    expect(page.locator(".sc-steps")).to_contain_text("→")
    page.fill("[name=decision]", "The committee moves it by two weeks.")
    counted.click("main .button-primary")
    page.wait_for_url(re.compile(r"/scenarios/plans/\d+/$"))
    expect(page.locator("main .lead")).to_contain_text("two weeks")
    return counted.clicks


def test_a_decision_makes_it_the_plan(window: Window) -> None:
    page = window("en").new_page()
    # the first also keeps what others moved since the last plan; the second, its own move alone
    decided(page, "Decided first")
    assert decided(page, "Decided next") == 2
    page.click("text=Differences with the plan before")
    expect(page.locator(".sc-moved > li")).to_have_count(1)
