"""What is printed is a page with words on it, not an empty sheet."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.e2e
EMPTY_SHEET_BYTES = 5_000
PRINTED = (
    "/portfolio/",
    "/portfolio/roadmap/",
    "/portfolio/dependencies/",
    "/load/",
    "/load/overloads/",
    "/load/findings/",
    "/people/capacity/",
)


def printed(page: Page) -> tuple[int, str]:
    """Return the size of the printed page and the words that stay on it."""
    page.emulate_media(media="print")
    words = page.locator("main").inner_text()
    return len(page.pdf(format="A4", print_background=True)), words


@pytest.mark.parametrize("path", PRINTED)
def test_a_page_is_printed(page: Page, path: str) -> None:
    page.goto(path)
    size, words = printed(page)
    assert size > EMPTY_SHEET_BYTES
    assert len(words.split()) > 30


def test_the_one_page_of_a_change_is_printed(page: Page) -> None:
    page.goto("/portfolio/")
    first = page.locator("main tbody a[href^='/initiatives/']").first
    page.goto(f"{first.get_attribute('href')}one-page/")
    size, words = printed(page)
    assert size > EMPTY_SHEET_BYTES
    assert len(words.split()) > 30
