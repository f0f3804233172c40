"""One wave moved by hand on the page of a scenario: by mouse, by finger, by keys, by a form."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from support import browser as browsing
from support.browser import Window

pytestmark = pytest.mark.e2e


def drafted(page: Page, name: str) -> str:
    page.goto("/scenarios/new/")
    page.fill("[name=name]", name)
    page.click("main .button-primary")
    page.wait_for_url(re.compile(r"/scenarios/\d+/$"))
    return page.url


def wave(page: Page, name: str) -> Locator:
    return page.locator(".wave[data-movable]").filter(has_text=name).first


def gauges(page: Page) -> str:
    return page.inner_text("#gauges .sc-gauges")


def held(page: Page, bar: Locator) -> tuple[float, float, float]:
    """Press the mouse on a bar; return where, and how wide a week is on the screen."""
    bar.scroll_into_view_if_needed()
    box = bar.locator(".body").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    return x, y, box["width"]  # a wave is drawn one week wide


def test_a_wave_is_dragged_alone_and_the_gauges_follow(window: Window) -> None:
    page = window("en").new_page()
    drafted(page, "One wave dragged")
    before, bar = gauges(page), wave(page, "Agences Est")
    mother = page.locator(f"[data-bar='{bar.get_attribute('data-with')}']")
    stood = mother.get_attribute("transform")
    x, y, week = held(page, bar)
    for step in range(1, 3):
        page.mouse.move(x + step * week, y)
    preview = page.locator("[data-roadmap-preview]")
    expect(preview).to_contain_text("wave “Agences Est”: 2 weeks later")
    assert mother.get_attribute("transform") == stood
    expect(page.locator("#gauges .sc-gauges")).not_to_have_text(before)
    assert page.locator(".sc-moved").count() == 0  # nothing is written while it moves
    page.mouse.up()
    expect(page.locator(".sc-moved > li")).to_contain_text("1 wave moved apart")
    expect(page.locator("#toasts .toast")).to_contain_text("the plan is unchanged")
    page.click("#toasts [data-undo]")
    page.wait_for_load_state()
    expect(page.locator(".sc-moved")).to_have_count(0)


def test_its_waves_follow_the_bar_of_an_initiative(window: Window) -> None:
    page = window("en").new_page()
    drafted(page, "All together")
    bar = wave(page, "Agences Est")
    stood = bar.get_attribute("transform")
    page.locator(f"[data-bar='{bar.get_attribute('data-with')}']").focus()
    page.keyboard.press("Alt+ArrowRight")
    assert bar.get_attribute("transform") != stood
    page.keyboard.press("Escape")
    assert bar.get_attribute("transform") == stood


def test_a_wave_moves_with_keys_only(window: Window) -> None:
    page = window("en").new_page()
    drafted(page, "One wave by keys")
    wave(page, "Grands comptes").focus()
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Alt+ArrowRight")
    # the last wave leaves the dates of its initiative, for which another one waits
    expect(page.locator(".sc-refusal")).to_contain_text("would leave the dates of IN-001")
    page.keyboard.press("Escape")
    expect(page.locator("[data-roadmap-preview] section")).to_have_count(0)
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.locator("[data-roadmap-preview]")).to_contain_text("1 week earlier")
    page.keyboard.press("Enter")
    expect(page.locator(".sc-moved > li")).to_have_count(1)
    page.wait_for_function("() => document.activeElement?.matches('.wave[data-bar]')")
    browsing.assert_focus_is_seen(page)


def test_a_refused_wave_goes_back_and_the_sentence_stays(window: Window) -> None:
    page = window("en").new_page()
    drafted(page, "Refused")
    bar = wave(page, "Agences Ouest")
    stood = bar.get_attribute("transform")
    x, y, week = held(page, bar)
    for step in range(1, 21):
        page.mouse.move(x - step * week, y)
    expect(page.locator("[data-roadmap-preview] .sc-refusal")).to_contain_text("is past")
    page.mouse.up()
    expect(bar).to_have_attribute("transform", stood or "")
    expect(page.locator(".sc-refusal")).to_contain_text("Choose a day from today on.")
    expect(page.locator(".sc-moved")).to_have_count(0)


def test_on_a_phone_a_wave_opens_and_moves_by_a_form(window: Window) -> None:
    page = window("fr", width=390, java_script_enabled=False).new_page()
    where = drafted(page, "Sans script")
    page.goto(wave(page, "Agences Est").get_attribute("href") or "")
    page.click("text=Une semaine plus tard")
    page.wait_for_url(where)
    expect(page.locator(".sc-moved > li")).to_contain_text("1 vague")
