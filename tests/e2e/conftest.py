"""A browser, and two real servers: one that shows the demo, and empty ones to be filled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from support import browser as browsing
from support import serving
from support.browser import Told, Window
from support.committed import committed

__all__ = ["committed"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsing.chromium() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty installation: copied, never served."""
    return serving.prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="session")
def demo(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[serving.Server]:
    """One server with the demo organisation, shared by every journey that starts from it."""
    server = browsing.demo(prepared, tmp_path_factory.mktemp("demo"))
    yield server
    server.stop()


@pytest.fixture
def empty(prepared: Path, tmp_path: Path) -> Iterator[serving.Server]:
    """A server nobody has used yet."""
    server = serving.copy(prepared, tmp_path / "empty")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def signed_in(demo: serving.Server, browser: Browser) -> dict[str, Any]:
    """Return the session of one administrator of each language."""
    states: dict[str, Any] = {}
    for language in browsing.LOCALES:
        context, told = browsing.window(browser, demo.url, language)
        browsing.sign_in(context.new_page(), f"{language}@example.org")
        states[language] = context.storage_state()
        told.check()
        context.close()
    return states


@pytest.fixture
def window(demo: serving.Server, browser: Browser, signed_in: dict[str, Any]) -> Iterator[Window]:
    """Open windows signed in on the demo; what the browser complains of fails the test."""
    opened: list[tuple[BrowserContext, Told]] = []

    def open_it(language: str = "fr", **options: Any) -> BrowserContext:
        context, told = browsing.window(
            browser, demo.url, language, storage_state=signed_in[language], **options
        )
        opened.append((context, told))
        return context

    yield open_it
    for context, told in opened:
        context.close()
        told.check()


@pytest.fixture
def page(window: Window) -> Page:
    """One page of the demo, in French."""
    return window().new_page()


@pytest.fixture
def fresh(empty: serving.Server, browser: Browser) -> Iterator[Page]:
    """One page on a server nobody has used yet."""
    context, told = browsing.window(browser, empty.url)
    yield context.new_page()
    context.close()
    told.check()
