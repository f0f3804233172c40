"""The weather in a browser: an unchanged update in four acts, the zombies in three clicks."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from support import serving

pytestmark = pytest.mark.e2e


class Acts:
    """Counts what a person does: each key pressed and each click is one."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def click(self, name: str | re.Pattern[str], role: str = "link") -> None:
        self.count += 1
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]  # a role of ARIA

    def press(self, key: str) -> None:
        self.count += 1
        self.page.keyboard.press(key)


def test_an_unchanged_update_takes_at_most_four_acts(page: Page, demo: serving.Server) -> None:
    page.goto(f"{demo.url}/weather/initiatives/IN-010/")
    reports = page.locator(".wx-reports > li").count()
    acts = Acts(page)
    acts.click("Mettre la météo à jour")
    expect(page.locator("input[name=schedule]:checked")).to_be_focused()
    acts.press("Control+Enter")
    expect(page.get_by_text("Météo de IN-010 publiée.")).to_be_visible()
    assert acts.count <= 4
    page.goto(f"{demo.url}/weather/initiatives/IN-010/")
    assert page.locator(".wx-reports > li").count() == reports
    expect(page.get_by_text("correction 2")).to_have_count(1)


def test_keys_answer_and_a_reason_is_asked_only_when_better(
    page: Page, demo: serving.Server
) -> None:
    page.goto(f"{demo.url}/weather/initiatives/IN-017/update/")
    page.keyboard.press("1")
    expect(page.locator("input[name=cost]:checked")).to_be_focused()
    better = page.locator("[data-weather]").nth(1).locator(".wx-better")
    page.keyboard.press("3")
    expect(better).to_be_hidden()
    page.locator("input[name=cost][value=ok]").focus()
    page.keyboard.press("1")
    expect(better).to_be_visible()


def test_which_projects_are_zombies_in_three_clicks(page: Page, demo: serving.Server) -> None:
    page.goto(f"{demo.url}/")
    acts = Acts(page)
    acts.click("Portefeuille")
    acts.click("Météo")
    acts.click("Quels sont les projets zombies ?".replace(" ?", "\u202f?"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("zombies")
    for code in ("IN-025", "IN-043", "IN-046"):
        expect(page.locator(".wx-zombies h2 .code", has_text=code)).to_have_count(1)
    expect(page.get_by_text("Aucun jalon n’est prévu.").first).to_be_visible()
    assert acts.count <= 3
