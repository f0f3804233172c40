"""Two people edit the same change at once: told, asked, and nothing that was typed is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from support.browser import Window

pytestmark = pytest.mark.e2e


def made(page: Page, title: str) -> str:
    """Create a change and return its address."""
    page.goto("/initiatives/new/")
    page.fill("[name=title]", title)
    page.click("main .button-primary")
    page.wait_for_url(lambda where: "/initiatives/" in where and "/new/" not in where)
    return page.url


def save(page: Page) -> None:
    page.click("main form .button-primary")
    page.wait_for_load_state()


@pytest.fixture
def two(window: Window) -> tuple[Page, Page]:
    """Claire reads French and works on one machine, the other person reads English elsewhere."""
    return window("fr").new_page(), window("en").new_page()


@pytest.mark.parametrize("kept", ["mine", "theirs"])
def test_the_same_fact_written_twice_is_a_choice(two: tuple[Page, Page], kept: str) -> None:
    one, other = two
    address = made(one, f"Regrouper les achats, on garde {kept}")
    for page in two:
        page.goto(f"{address}edit/")
    one.fill("[name=sponsor_name]", "Sponsor d’abord")
    save(one)
    other.fill("[name=sponsor_name]", "Sponsor ensuite")
    other.fill("[name=lead_name]", "Ines Caron")
    save(other)
    panel = other.locator(".conflict")
    expect(panel).to_contain_text("Sponsor d’abord")
    expect(panel).to_contain_text("Sponsor ensuite")
    expect(panel).to_contain_text("Claire fr")
    panel.locator(f"[type=radio][value={kept}]").check()
    save(other)
    other.goto(f"{address}edit/")
    wanted = "Sponsor ensuite" if kept == "mine" else "Sponsor d’abord"
    assert other.input_value("[name=sponsor_name]") == wanted
    assert other.input_value("[name=lead_name]") == "Ines Caron"  # typed beside, not lost


def test_different_facts_are_both_kept_without_a_question(two: tuple[Page, Page]) -> None:
    one, other = two
    address = made(one, "Refondre les badges du siège")
    for page in two:
        page.goto(f"{address}edit/")
    one.fill("[name=sponsor_name]", "Hugo Vasseur")
    save(one)
    other.fill("[name=lead_name]", "Ines Caron")
    save(other)
    assert other.locator(".conflict").count() == 0
    other.goto(f"{address}edit/")
    assert other.input_value("[name=sponsor_name]") == "Hugo Vasseur"
    assert other.input_value("[name=lead_name]") == "Ines Caron"
