"""Every page that a link reaches, in both languages: accessible, in two themes, on a phone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from support import browser as browsing
from support import serving
from support.portfolios import forty_projects
from support.walk import ALL, Seen, faults, names, walk

pytestmark = pytest.mark.e2e
# one who is signed in has no business there: walked apart, signed out
SIGNED_OUT = frozenset({"access:login", "access:logout", "access:welcome"})

REACHED = {
    *("cockpit:home", "portfolio:list", "portfolio:roadmap", "portfolio:show", "portfolio:edit"),
    *("portfolio:plan", "portfolio:aims", "portfolio:history", "portfolio:one-page"),
    *("portfolio:move", "portfolio:stop", "impacts:of", "impacts:edit", "impacts:add"),
    *("load:map", "load:cell", "load:row", "load:why", "load:overloads", "load:overload"),
    *("interactions:list", "interactions:show", "exchange:new", "exchange:columns"),
    *("exchange:check", "journal:list", "journal:show", "org:edit-population", "strategy:list"),
}


@pytest.fixture(scope="module", params=["fr", "en"])
def seen(
    request: pytest.FixtureRequest,
    demo: serving.Server,
    browser: Browser,
    signed_in: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Seen]:
    tmp = tmp_path_factory.mktemp("file")
    context, told = browsing.window(
        browser, demo.url, request.param, storage_state=signed_in[request.param]
    )
    page = context.new_page()
    starts = ["/", *(reverse(name) for name, needs in names() if not needs), *importing(page, tmp)]
    found = walk(page, starts, skip=SIGNED_OUT)
    context.close()
    told.check()
    return found


def importing(page: Page, folder: Path) -> list[str]:
    """Leave an import on its way; return the addresses of its steps."""
    page.goto("/import/")
    page.set_input_files("[type=file]", forty_projects(folder / "projets.xlsx"))
    page.wait_for_url(re.compile(r"/import/\d+/"))
    step = re.sub(r"[a-z]+/(\?.*)?$", "", page.url)
    return [f"{step}columns/", f"{step}check/"]


def test_the_walk_reaches_the_pages_that_matter(seen: list[Seen]) -> None:
    assert {one.route for one in seen} >= REACHED


def test_axe_finds_a_planted_fault(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang=fr><title>t</title><main><h1>t</h1><img src='data:,'></main>")
    assert any("image-alt" in one for one in faults(page, "light", ALL))
    page.close()


def test_axe_finds_nothing(seen: list[Seen]) -> None:
    found = [f"{one.route} {one.path} {one.violations}" for one in seen if one.violations]
    assert not found, "\n".join(found)


def test_no_page_scrolls_sideways_on_a_phone(seen: list[Seen]) -> None:
    found = [f"{one.route} {one.path} {one.overflows}" for one in seen if one.overflows]
    assert not found, "\n".join(found)


def test_each_page_asks_one_question_and_has_one_main_act(seen: list[Seen]) -> None:
    found = [
        f"{one.route} {one.path}: {one.headings} h1, {one.primaries} main acts"
        for one in seen
        if one.headings != 1 or (one.primaries > 1 and one.route != "ui:gallery")
    ]
    assert not found, "\n".join(found)


def test_no_link_leads_to_a_fault(seen: list[Seen]) -> None:
    # a bulk change of nothing is refused by a sentence (422)
    assert [f"{one.path}: {one.status}" for one in seen if one.status not in {200, 422}] == []
