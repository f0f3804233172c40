"""Every page that a link reaches, in both languages: accessible, in two themes, on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from support import browser as browsing
from support import serving
from support.walk import Seen, names, walk

pytestmark = pytest.mark.e2e
# one who is signed in has no business there: walked apart, signed out
SIGNED_OUT = frozenset({"access:login", "access:logout", "access:welcome"})


@pytest.fixture(scope="module", params=["fr", "en"])
def seen(
    request: pytest.FixtureRequest,
    demo: serving.Server,
    browser: Browser,
    signed_in: dict[str, Any],
) -> list[Seen]:
    context, told = browsing.window(
        browser, demo.url, request.param, storage_state=signed_in[request.param]
    )
    starts = ["/", *(reverse(name) for name, needs in names() if not needs)]
    found = walk(context.new_page(), starts, skip=SIGNED_OUT)
    context.close()
    told.check()
    return found


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
