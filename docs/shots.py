# ruff: noqa: INP001 - a script
"""Take the screenshots of the README and of the guide: `make shots`.

Serves the demo organisation from a scratch folder, as of one fixed day, in French then in English,
and writes docs/images/<what>-<language>.png, 1,280 pixels wide. The day does not move with the
calendar, so that a picture changes only when the product does.
"""

from __future__ import annotations

import os
import shutil
import struct
import sys
import tempfile
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import time_machine
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
IMAGES = ROOT / "docs" / "images"
AS_OF = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
WIDTH, HEIGHT = 1280, 800
MOST_BYTES = 300_000
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
LOCALES = {"fr": "fr-FR", "en": "en-GB"}
# pages that need no act before the picture
PLAIN = {
    "home": "/",
    "load": "/load/",
    "roadmap": "/portfolio/roadmap/",
    "findings": "/load/findings/",
    "initiative": "/initiatives/IN-003/",
    "portfolio": "/portfolio/",
    "scenario": "/scenarios/1/",
    "selection": "/selection/1/",
    "results": "/results/",
    "weather": "/weather/",
    "outlook": "/outlook/",
    "governance": "/governance/",
}


def database(folder: Path, language: str) -> str:
    """Fill an installation with the demo organisation; return the key of a session."""
    os.environ["ORCHESTRE_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "orchestre.config.settings_test"
    import django  # noqa: PLC0415 - set up on the scratch folder

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - idem
    from django.db import connections  # noqa: PLC0415 - idem
    from django.test import Client  # noqa: PLC0415 - idem

    from orchestre.access.models import Grant, User  # noqa: PLC0415 - idem
    from orchestre.access.rules import Role  # noqa: PLC0415 - idem
    from orchestre.demo import services as demo  # noqa: PLC0415 - idem
    from orchestre.interactions.services import refresh  # noqa: PLC0415 - idem

    connections.close_all()
    connections["default"].settings_dict["NAME"] = str(folder / f"{language}.sqlite3")
    call_command("migrate", verbosity=0)
    person = User.objects.create_user(
        "claire@example.org", "Claire Morel", None, language=language, theme=User.Theme.LIGHT
    )
    Grant.objects.create(user=person, role=Role.ADMINISTRATOR, scope=Grant.Scope.ALL)
    demo.load(None, language)
    refresh.look_again(None)
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


@contextmanager
def served() -> Iterator[str]:
    """Serve the pages from this process, so that its clock is theirs."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: PLC0415 - once set up
    from django.core.servers.basehttp import (  # noqa: PLC0415 - idem
        ThreadedWSGIServer,
        WSGIRequestHandler,
    )
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 - idem

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature
            """Say nothing."""

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def smaller(path: Path) -> int:
    """Compress the pixels again, harder; return the size of the file."""
    data = path.read_bytes()
    kept, pixels, at = [], b"", 8
    while at < len(data):
        length = struct.unpack(">I", data[at : at + 4])[0]
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if kind == b"IDAT":
            pixels += body
        else:
            kept.append((kind, body))
        at += 12 + length
    last = kept.pop()
    kept += [(b"IDAT", zlib.compress(zlib.decompress(pixels), 9)), last]
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in kept
    )
    packed = data[:8] + b"".join(chunks)
    if len(packed) < len(data):
        path.write_bytes(packed)
    return path.stat().st_size


def keep(page: Page, name: str, language: str) -> None:
    """Take one picture and refuse a heavy one."""
    path = IMAGES / f"{name}-{language}.png"
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path, animations="disabled")
    size = smaller(path)
    sys.stderr.write(f"{path.relative_to(ROOT)}  {size // 1024} kB\n")
    if size > MOST_BYTES:
        raise SystemExit(f"{path.name} is too heavy: {size} bytes")


def take(page: Page, language: str, folder: Path) -> None:
    """Take every picture of one language."""
    for name, path in PLAIN.items():
        page.goto(path)
        keep(page, name, language)
    page.goto("/load/?show=over")
    darkest(page)
    page.locator("#panel .load-panel").wait_for()
    page.evaluate("scrollTo(0, 0)")
    keep(page, "cell", language)
    importing(page, folder)
    keep(page, "import", language)
    analysed(page, folder, language)
    keep(page, "analysis", language)


def darkest(page: Page) -> None:
    """Open the first cell of the highest class among the populations."""
    for level in range(6, 0, -1):
        cell = page.locator(f"[data-grid] tbody td.l{level}:not(.ww) > a[href*='/load/p']")
        if cell.count():
            cell.first.click()
            return


def importing(page: Page, folder: Path) -> None:
    """Bring the page that shows what a file would change."""
    from support.portfolios import forty_projects  # noqa: PLC0415 - once the path is set

    page.goto("/import/")
    page.set_input_files("[type=file]", forty_projects(folder / "Portefeuille 2027.xlsx"))
    page.wait_for_url(lambda where: "/columns/" in where or "/check/" in where)
    if "/columns/" in page.url:
        page.locator("main .button-primary").click()
        page.wait_for_url(lambda where: "/check/" in where)


def analysed(page: Page, folder: Path, language: str) -> None:
    """Download the report and open it as its reader will: a file, without a server."""
    answer = page.request.get("/report/download/html/")
    if not answer.ok:
        raise SystemExit(f"the report answers {answer.status}")
    path = folder / f"report-{language}.html"
    path.write_bytes(answer.body())
    page.goto(path.as_uri())


def main() -> None:
    """Take the pictures of both languages."""
    IMAGES.mkdir(exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    with tempfile.TemporaryDirectory(prefix="orchestre-shots-") as scratch:
        folder = Path(scratch)
        with time_machine.travel(AS_OF, tick=True), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGS)
            for language, locale in LOCALES.items():
                session = database(folder, language)
                with served() as url:
                    context = browser.new_context(
                        base_url=url,
                        locale=locale,
                        viewport={"width": WIDTH, "height": HEIGHT},
                        reduced_motion="reduce",
                        color_scheme="light",
                    )
                    context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
                    take(context.new_page(), language, folder)
                    context.close()
            browser.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    main()
