"""Flow A: from a server nobody has used to the heaviest week of one's own file, clicks counted."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from support import serving
from support.browser import PASSPHRASE
from support.portfolios import forty_projects

pytestmark = pytest.mark.e2e
MOST_TO_THE_MAP = 12  # U2: from the file to the load map
MOST_TO_THE_DEMO = 3  # U1
MOST_TO_WHO = 3  # from the map to who entered the figure
PROJECTS = 40
# what the engine says of the heaviest cell, computed again in another process
HEAVIEST = """
import json, sys
from orchestre.load.services import compute
view = compute.current()
group = next(g for g in view.snapshot.groups.values() if g.pk == int(sys.argv[1]))
from orchestre.load.rules import dates
row = view.result.population_row(group.code)
at = view.week_index(dates.parse_week(sys.argv[2]))
print(json.dumps({"name": group.name, "ratio": float(view.result.load_ratio[row, at])}))
"""


@dataclass
class Counter:
    """Counts what a person does: a click, a drop, a choice in a menu. Typing is not counted."""

    page: Page
    clicks: int = 0

    def click(self, target: str | Locator, patience: float | None = None) -> None:
        """`patience` (ms) is for what works before it shows another page."""
        found = self.page.locator(target) if isinstance(target, str) else target
        found.click(timeout=patience)
        self.clicks += 1

    def drop(self, path: Path) -> None:
        self.page.set_input_files("[type=file]", path)
        self.clicks += 1


def welcome(page: Page, counter: Counter) -> None:
    """Create the first account and the organisation."""
    page.goto("/")
    page.wait_for_url("**/welcome/")
    page.fill("[name=name]", "Claire Morel")
    page.fill("[name=email]", "claire@example.org")
    page.fill("[name=passphrase]", PASSPHRASE)
    page.fill("[name=organisation]", "Maison Morel")
    counter.click("main .button-primary")
    page.wait_for_url("**/welcome/start/")


def darkest(page: Page) -> Locator:
    """Find the cell of the highest class on the map; the worst-week column is a summary."""
    for level in range(6, 0, -1):
        found = page.locator(f"[data-grid] tbody td.l{level}:not(.ww) > a[href*='/load/p']")
        if found.count():
            return found.first
    raise AssertionError("no cell of the map is coloured")


def percent(text: str) -> int:
    found = re.search(r"(\d[\d\s\u00a0\u202f]*)(?:,\d+)?[\s\u00a0\u202f]*%", text)
    assert found, f"no percentage in {text!r}"
    return int(re.sub(r"\D", "", found.group(1)))


def test_a_file_becomes_a_load_map_and_can_be_undone(
    fresh: Page, empty: serving.Server, tmp_path: Path
) -> None:
    counter = Counter(fresh)
    welcome(fresh, counter)
    counter.click("main a[href='/import/']")
    fresh.wait_for_url("**/import/")
    before = counter.clicks
    counter.drop(forty_projects(tmp_path / "Portefeuille 2026.xlsx"))
    fresh.wait_for_url(re.compile(r"/import/\d+/"))
    if "/columns/" in fresh.url:  # skipped when every column is sure
        counter.click("main .button-primary")
        fresh.wait_for_url("**/check/**")
    importing = fresh.locator("main .button-primary")
    expect(importing).to_contain_text(str(PROJECTS))
    counter.click(importing)
    fresh.wait_for_url("**/done/")
    done = fresh.url
    counter.click("main a.button-primary")
    fresh.wait_for_url("**/load/**")
    assert counter.clicks - before <= MOST_TO_THE_MAP
    to_the_cell(fresh, counter, empty)
    fresh.goto(done)
    fresh.locator("main form[action$='/undo/'] button").click()
    expect(fresh.locator("h1")).to_contain_text("annulé")
    fresh.goto("/portfolio/")
    assert fresh.locator("main a[href^='/initiatives/P']").count() == 0


def to_the_cell(page: Page, counter: Counter, server: serving.Server) -> None:
    """Open the darkest cell, compare its figure with the engine's, and ask why."""
    cell = darkest(page)
    address = str(cell.get_attribute("href"))
    counter.click(cell)
    panel = page.locator("#panel .load-panel")
    expect(panel).to_be_visible()
    shown = panel.locator("[data-figure]").inner_text()
    key, week = address.split("/load/p")[1].split("/")[:2]
    engine = json.loads(serving.script(server.folder, HEAVIEST, key, week))
    assert percent(shown) == round(100 * engine["ratio"])
    expect(panel.locator("h2")).to_have_text(engine["name"])
    counter.click(panel.locator("a.why"))
    page.wait_for_url("**/load/why/**")
    assert f"{percent(shown)}" in page.locator("main").inner_text()


def test_the_demo_is_on_the_map_within_three_clicks(fresh: Page) -> None:
    counter = Counter(fresh)
    welcome(fresh, counter)
    counter.click("main form[action='/demo/load/'] button", patience=60_000)
    fresh.wait_for_url("**/load/**")
    assert counter.clicks <= MOST_TO_THE_DEMO
    expect(darkest(fresh)).to_be_visible()


def test_from_the_map_to_who_entered_the_figure(page: Page) -> None:
    counter = Counter(page)
    page.goto("/load/")
    counter.click(darkest(page))
    source = page.locator("#panel details.load-source").first
    counter.click(source.locator("summary"))
    expect(source.locator(".load-formula").first).to_be_visible()
    assert counter.clicks <= MOST_TO_WHO
    who = source.locator(".load-formula .muted").first.inner_text()
    assert re.search(r"20\d\d|supposé|import", who), who
