"""Everything that matters works without JavaScript: forms and links do it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from support.browser import Window
from support.portfolios import forty_projects

pytestmark = pytest.mark.e2e


@pytest.fixture
def plain(window: Window) -> Page:
    return window(java_script_enabled=False).new_page()


def test_the_list_is_filtered_and_opened(plain: Page) -> None:
    plain.goto("/portfolio/")
    rows = plain.locator("main table tbody tr")
    before = rows.count()
    plain.goto("/portfolio/?stage=prepare")
    assert 0 < rows.count() < before
    rows.first.locator("th a").first.click()
    expect(plain.locator("h1")).to_be_visible()
    assert "/initiatives/" in plain.url


def test_a_change_is_moved_after_its_effect_was_read(plain: Page) -> None:
    plain.goto("/portfolio/")
    plain.locator("main table tbody th a").nth(3).click()
    plain.goto(f"{plain.url.rstrip('/')}/move/")
    plain.fill("[name=weeks]", "2")
    plain.locator("main form[method=get] button.button-primary").click()
    expect(plain.locator(".preview")).to_be_visible()
    plain.locator(".preview .button-primary").click()
    assert "/move/" not in plain.url
    expect(plain.locator("#messages, .toasts").first).to_be_attached()


def test_a_cell_of_the_map_is_a_page(plain: Page) -> None:
    plain.goto("/load/")
    plain.locator("[data-grid] tbody td a").nth(2).click()
    expect(plain.locator("main h1")).to_be_visible()
    expect(plain.locator(".load-panel")).to_be_visible()
    plain.locator("a.why").click()
    assert "/load/why/" in plain.url


def test_a_file_is_imported_then_given_up(plain: Page, tmp_path: Path) -> None:
    plain.goto("/import/")
    plain.set_input_files("[type=file]", forty_projects(tmp_path / "projets.xlsx"))
    plain.locator("main form[enctype] .button-primary").first.click()
    plain.wait_for_url(re.compile(r"/import/\d+/"))
    plain.goto(re.sub(r"/check/.*", "/columns/", plain.url))
    expect(plain.locator("main select[name]").first).to_be_visible()
    plain.locator("main .button-primary").click()
    plain.wait_for_url("**/check/**")
    expect(plain.locator("main .button-primary")).to_contain_text("40")
    plain.locator("main button[formaction$='/abandon/']").click()
    assert "/check/" not in plain.url


def test_the_language_changes_both_ways(plain: Page) -> None:
    plain.goto("/settings/me/")
    html = plain.locator("html")
    expect(html).to_have_attribute("lang", "fr")
    for language in ("en", "fr"):
        form = plain.locator("main form[action='/settings/me/']")
        form.locator(f"[name=language][value={language}]").check()
        form.locator("button.button").click()
        expect(html).to_have_attribute("lang", language)
