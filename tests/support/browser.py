"""A browser that tells everything: what it refused, what it asked outside, what has the focus."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from support import serving

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSPHRASE = "quatre-vents-sur-la-jetee-42"
Window = Callable[..., BrowserContext]
LOCALES = {"fr": "fr-FR", "en": "en-GB"}
# what a page of the server may use without asking anybody
LOCAL_SCHEMES = ("data", "blob", "about")


@dataclass
class Told:
    """What must stay empty: refusals of the content policy, errors, requests to elsewhere."""

    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def check(self) -> None:
        """Fail when the browser complained or asked anything outside the server (R29)."""
        assert not self.outside, f"asked outside the server: {self.outside}"
        assert not self.complaints, f"the browser complains: {self.complaints}"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium for as long as needed."""
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        try:
            yield browser
        finally:
            browser.close()


def guard(context: BrowserContext, url: str) -> Told:
    """Stop every request that does not go to the server, and note what the browser says."""
    told = Told()

    def pass_or_stop(route: Route) -> None:
        asked = urlsplit(route.request.url)
        if asked.scheme in LOCAL_SCHEMES or route.request.url.startswith(f"{url}/"):
            route.continue_()
            return
        told.outside.append(route.request.url)
        route.abort()

    context.route("**/*", pass_or_stop)
    context.on("console", lambda said: _note(told, said.type, said.text, said.page))
    context.on("weberror", lambda error: told.complaints.append(str(error.error)))
    return told


def _note(told: Told, kind: str, text: str, page: Page | None) -> None:
    # a refused form answers 422 and an edit conflict 409: the page says so, the console too
    if kind == "error" and "the server responded with a status of 4" not in text:
        told.complaints.append(f"{page.url if page else ''}: {text}")


def window(
    browser: Browser, url: str, language: str = "fr", width: int = 1280, **options: Any
) -> tuple[BrowserContext, Told]:
    """Open a separate window, as another person would on another machine."""
    context = browser.new_context(
        base_url=url,
        locale=LOCALES[language],
        viewport={"width": width, "height": 900 if width > 500 else 800},
        reduced_motion="reduce",
        **options,
    )
    context.set_default_timeout(10_000)
    return context, guard(context, url)


def sign_in(page: Page, email: str) -> None:
    """Sign in through the page, as everybody does."""
    page.goto("/login/")
    page.fill("[name=email]", email)
    page.fill("[name=passphrase]", PASSPHRASE)
    page.click("main .button-primary")
    page.wait_for_url(lambda where: "/login/" not in where)


def focused(page: Page) -> str:
    """Tell what holds the focus: "" when it is lost."""
    found = page.evaluate(
        "() => { const e = document.activeElement; if (!e || e === document.body) return '';"
        " return e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + ' '"
        " + (e.getAttribute('aria-label') || e.textContent || '').trim().slice(0, 80); }"
    )
    return str(found)


def assert_focus_is_seen(page: Page) -> None:
    """The focus is somewhere, drawn, inside the window and not under a sticky head (2.4.11)."""
    found = page.evaluate(
        """() => {
          const e = document.activeElement;
          if (!e || e === document.body) return 'lost';
          const box = e.getBoundingClientRect();
          if (!box.width || !box.height) return 'invisible';
          if (box.bottom <= 0 || box.top >= innerHeight) return 'outside';
          const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
          const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
          const above = document.elementFromPoint(x, y);
          if (!above || !(e.contains(above) || above.contains(e))) return 'covered';
          const style = getComputedStyle(e);
          const body = e.querySelector(':scope .body'); // a bar of the roadmap draws its own
          const drawn = style.outlineStyle !== 'none' || style.boxShadow !== 'none'
            || (body && parseFloat(getComputedStyle(body).strokeWidth) > 1);
          const holder = e.matches('main, dialog, [tabindex="-1"], [role=combobox]');
          return drawn || holder ? '' : 'not drawn';
        }"""
    )
    assert found == "", f"the focus is {found}: {focused(page)} on {page.url}"


def demo(prepared: Path, folder: Path) -> serving.Server:
    """Serve the demo organisation to two administrators, one of each language."""
    server = serving.copy(prepared, folder)
    serving.orchestre(folder, "demo", "--language", "fr")
    for language in LOCALES:
        serving.orchestre(
            folder, "user", "create", f"{language}@example.org", "--name", f"Claire {language}",
            "--role", "administrator", "--language", language, "--passphrase-stdin",
            given=f"{PASSPHRASE}\n",
        )  # fmt: skip
    server.start()
    return server
