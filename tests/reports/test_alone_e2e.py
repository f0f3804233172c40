"""The file that stands alone, opened from the disk in a real browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright

from orchestre.portfolio.models import Initiative
from orchestre.reports.presenters import alone
from orchestre.reports.presenters.frame import Subject
from orchestre.reports.presenters.report import build

pytestmark = pytest.mark.e2e
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        chromium = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def written(frozen: Initiative, subject: Callable[..., Subject], tmp_path: Path) -> dict[str, Path]:
    found = {}
    for language in ("fr", "en"):
        with translation.override(language):
            found[language] = tmp_path / f"{language}.html"
            found[language].write_text(alone.page(build(subject(104))), encoding="utf-8")
    return found


@pytest.mark.django_db
def test_no_fault_of_access_nor_request_in_any_language_or_theme(
    written: dict[str, Path], browser: Browser
) -> None:
    for language, path in written.items():
        for scheme in ("light", "dark"):
            for width in (1280, 390):
                page = browser.new_page(
                    color_scheme=scheme, viewport={"width": width, "height": 900}
                )
                asked: list[str] = []
                page.on("request", lambda request, asked=asked: asked.append(request.url))
                page.goto(path.as_uri())
                found = Axe().run(page)
                assert found.violations_count == 0, (
                    f"{language} {scheme}: {found.generate_report()}"
                )
                assert asked == [path.as_uri()]
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                page.close()
