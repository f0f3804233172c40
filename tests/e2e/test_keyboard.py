"""The product without a mouse: the focus is always somewhere, and seen (U12, WCAG 2.4.11)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from support.browser import assert_focus_is_seen, focused

pytestmark = pytest.mark.e2e
LABEL = "document.activeElement.getAttribute('aria-label')"


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other; after each, the focus is somewhere and seen."""
    for key in keys:
        page.keyboard.press(key)
        assert_focus_is_seen(page)


def tab_to(page: Page, css: str, most: int = 80) -> None:
    """Reach an element with Tab only."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("css => document.activeElement.matches(css)", css):
            assert_focus_is_seen(page)
            return
    raise AssertionError(f"Tab does not reach {css}: stopped on {focused(page)}")


def test_the_map_is_walked_opened_and_left_without_a_mouse(page: Page) -> None:
    page.goto("/load/")
    tab_to(page, "[data-grid] td a")
    first = page.evaluate(LABEL)
    press(page, "ArrowRight", "ArrowDown", "ArrowDown")
    assert page.evaluate(LABEL) != first
    press(page, "End")
    assert page.evaluate("document.activeElement.closest('td').classList.contains('ww')")
    press(page, "Home", "ArrowRight", "ArrowRight")
    opened = page.evaluate(LABEL)
    page.keyboard.press("Enter")
    expect(page.locator("#panel .load-panel h2")).to_be_visible()
    assert "/load/" in page.url
    assert page.url.rstrip("/").endswith("/load")  # the panel opens beside: one stays on the map
    tab_to(page, "#panel a, #panel summary")
    press(page, "Escape")
    assert page.evaluate(LABEL) == opened


def test_sideways_keys_show_the_periods_before_and_after(page: Page) -> None:
    page.goto("/load/")
    period = page.locator(".load-period strong").inner_text()
    tab_to(page, "[data-grid] td a")
    page.keyboard.press("]")
    expect(page.locator(".load-period strong")).not_to_have_text(period)
    tab_to(page, "[data-grid] td a")
    page.keyboard.press("[")
    expect(page.locator(".load-period strong")).to_have_text(period)


def test_the_palette_finds_a_change_and_goes_there(page: Page) -> None:
    page.goto("/portfolio/")
    address = str(page.locator("main tbody th a").first.get_attribute("href"))
    code = address.split("/")[2]
    page.keyboard.press("Control+k")
    expect(page.locator("[data-palette-dialog]")).to_be_visible()
    assert_focus_is_seen(page)
    with page.expect_response(lambda answer: answer.url.endswith(f"q={code}")):
        page.keyboard.type(code)
    page.wait_for_timeout(200)  # the last list has replaced the ones of the letters before
    expect(page.locator("#palette-list [role=option]").first).to_contain_text(code)
    chosen = page.locator("#palette-list [aria-selected=true]")
    for _step in range(8):
        if chosen.get_attribute("href") == address:
            break
        press(page, "ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_escape_leaves_the_palette_where_one_was(page: Page) -> None:
    page.goto("/portfolio/")
    tab_to(page, "main a, main button")
    before = focused(page)
    page.keyboard.press("Control+k")
    expect(page.locator("[data-palette-dialog]")).to_be_visible()
    page.keyboard.press("Escape")
    assert focused(page) == before


def test_c_then_two_facts_make_a_change(page: Page) -> None:
    page.goto("/load/")
    page.keyboard.press("c")
    page.wait_for_url("**/initiatives/new/")
    assert page.evaluate("document.activeElement.name") == "title"
    page.keyboard.type("Fermer le guichet du quai sud")
    press(page, "Tab")
    page.keyboard.type("Ines Caron")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/initiatives/(?!new)[^/]+/$"))
    expect(page.locator("h1")).to_contain_text("Fermer le guichet du quai sud")


def test_a_refused_form_takes_the_focus_to_what_is_wrong(page: Page) -> None:
    page.goto("/initiatives/new/")
    expect(page.locator("[name=title]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('.error-summary') !== null")
    assert page.title().startswith("Erreur")


def test_a_bar_is_moved_by_weeks_after_its_effect_was_read(page: Page) -> None:
    page.goto("/portfolio/roadmap/")
    tab_to(page, "[data-movable]")
    place = "document.activeElement.getAttribute('transform')"
    before = page.evaluate(place)
    press(page, "Alt+ArrowRight", "Alt+ArrowRight")
    preview = page.locator("[data-roadmap-preview] .preview")
    expect(preview).to_be_visible()
    assert page.evaluate(place) != before
    press(page, "Escape")
    expect(preview).to_have_count(0)
    assert page.evaluate(place) == before
    press(page, "Alt+ArrowRight")
    expect(preview).to_be_visible()
    tab_to(page, "[data-roadmap-preview] .button-primary", most=400)
    with page.expect_navigation(url="**/portfolio/roadmap/**"):
        page.keyboard.press("Enter")
    page.goto("/journal/")
    expect(page.locator("main tbody tr").first).to_contain_text("déplacée de +7 jours")
