"""From a scenario to a recorded decision, in the room: clicks are counted (flow A, 13 to 17)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from support.browser import Window, assert_focus_is_seen
from support.walk import ALL, faults

pytestmark = pytest.mark.e2e
CARRY_TO_DECISION = 8


class Clicks:
    """Counts what a hand does."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def on(self, selector: str) -> None:
        """Click once, and wait for the page that comes."""
        self.count += 1
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()


def test_a_scenario_becomes_a_decision_in_few_clicks(window: Window) -> None:
    page = window("fr").new_page()
    page.goto("/scenarios/new/")
    page.fill("[name=name]", "Décaler les achats")
    page.click("main form .button-primary")
    page.wait_for_load_state()
    clicks = Clicks(page)
    clicks.on("text=Porter en comité")
    clicks.on("text=Mettre à l’ordre du jour")
    meeting = page.url.split("?")[0]
    expect(page.locator("#agenda-title")).to_be_visible()
    assert "/governance/meetings/" in meeting
    for seat in page.locator("select[name^=member]").all():
        seat.select_option("present")
    page.click("text=Noter les présences")
    clicks.on("text=Ouvrir la séance")
    assert page.url.endswith("/screen/")
    assert not faults(page, "light", ALL)
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/screen/?item=*")
    page.keyboard.press("ArrowLeft")
    page.wait_for_load_state()
    clicks.on("text=Ouvrir cette question")
    expect(page.locator("[data-elapsed]")).to_contain_text("/")
    clicks.on("[name=option] >> nth=1")
    clicks.on("text=Enregistrer la décision")
    assert not faults(page, "light", ALL)
    clicks.on("text=Confirmer la décision")
    assert "/governance/decisions/" in page.url
    assert clicks.count < CARRY_TO_DECISION
    expect(page.locator("h1")).to_contain_text("Garder la date")
    # what was decided last time is answered by the first sentence, without a click
    page.goto("/governance/")
    expect(page.locator(".lead")).to_contain_text("La dernière fois")


def test_the_agenda_is_ordered_from_the_keyboard(window: Window) -> None:
    page = window("en").new_page()
    page.goto("/governance/")
    page.locator("#meetings-title + ul a").last.click()
    page.wait_for_load_state()
    meeting = page.url
    for title in ("Premier", "Second"):
        page.goto(meeting)
        page.get_by_role("link", name="Write an item").press("Enter")
        page.wait_for_url("**/items/new/")
        page.fill("[name=title]", title)
        page.locator("[name=title]").press("Enter")
        page.wait_for_url("**/governance/items/*/")
    page.goto(meeting)
    up = page.get_by_role("button", name="Move “Second” up")
    up.focus()
    assert_focus_is_seen(page)
    up.press("Enter")
    page.wait_for_url("**#item-*")
    titles = page.locator(".gov-item-title").all_text_contents()
    assert titles.index("Second") < titles.index("Premier")
