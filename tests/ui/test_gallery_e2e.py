"""The gallery in a real browser: no accessibility fault, no policy violation, keys that work."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        chromium = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_gallery(
    browser: Browser, live_server: LiveServer, as_person: Callable[[str], Client]
) -> Iterator[Open]:
    session = as_person("claire").cookies[settings.SESSION_COOKIE_NAME].value
    contexts = []

    def open_it(theme: str = "light", width: int = 1280) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(f"{live_server.url}/ui/gallery/", wait_until="networkidle")
        return page

    yield open_it
    for context in contexts:
        context.close()


def complaints(page: Page) -> list[str]:
    """What the browser refused while the page is loaded again."""
    said: list[str] = []
    page.on(
        "console", lambda message: said.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    page.reload(wait_until="networkidle")
    return said


def label(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label')"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(open_gallery: Open, theme: str) -> None:
    found = Axe().run(open_gallery(theme)).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_the_browser_refuses_nothing(open_gallery: Open) -> None:
    assert complaints(open_gallery()) == []


@pytest.mark.parametrize("width", [320, 390, 1024, 1440])
def test_no_page_scrolls_sideways(open_gallery: Open, width: int) -> None:
    page = open_gallery(width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_map_is_one_tab_stop_that_arrows_walk(open_gallery: Open) -> None:
    page = open_gallery()
    assert page.locator("[data-grid] tbody a[tabindex='0']").count() == 1
    page.focus("[data-grid] tbody td a")
    first = label(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert label(page) != first
    page.keyboard.press("Control+Home")
    assert label(page) == first
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.closest('td').classList.contains('ww')")
    assert page.locator("[data-grid] tbody a[tabindex='0']").count() == 1


def test_menus_close_on_escape_and_give_the_focus_back(open_gallery: Open) -> None:
    page = open_gallery()
    page.click("details.menu:not(.account) summary >> nth=0")
    assert page.locator("details[data-menu][open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("details[data-menu][open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_question_mark_opens_help_but_not_inside_a_field(open_gallery: Open) -> None:
    page = open_gallery()
    page.focus("#id_name")
    page.keyboard.press("?")
    assert page.locator("[data-help-dialog][open]").count() == 0
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.locator("[data-help-dialog][open]").count() == 1


def test_shift_click_ticks_a_range(open_gallery: Open) -> None:
    page = open_gallery()
    boxes = page.locator("[data-select] tbody [type=checkbox]")
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    assert page.locator("[data-select] tbody :checked").count() == 3


def test_a_bar_moves_by_weeks_and_escape_brings_it_back(open_gallery: Open) -> None:
    page = open_gallery()
    place = "document.activeElement.getAttribute('transform')"
    page.focus("[data-movable]")
    before = page.evaluate(place)
    page.keyboard.press("Alt+ArrowRight")
    assert page.evaluate(place) != before
    page.keyboard.press("Escape")
    assert page.evaluate(place) == before
