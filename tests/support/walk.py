"""Walk every page that a link reaches, once per route, and note what is wrong with each."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Page

PHONES = (360, 390)
ALL: dict[str, Any] = {"resultTypes": ["violations"]}
# dark and light pages are the same document: only what is drawn differs
DRAWN = {**ALL, "runOnly": ["color-contrast", "link-in-text-block"]}
LINKS = "() => [...document.querySelectorAll('a[href]')].map((a) => a.href)"
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
ROLES = "() => [document.querySelectorAll('h1').length,"
ROLES += " document.querySelectorAll('main .button-primary').length]"
WIDEST = """() => [...document.querySelectorAll('main *')]
  .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 3).map((e) => e.outerHTML.slice(0, 120))"""


@dataclass
class Seen:
    """What one page showed."""

    route: str
    path: str
    status: int
    violations: list[str] = field(default_factory=list)
    overflows: list[str] = field(default_factory=list)
    headings: int = 1
    primaries: int = 0


def names(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, bool]]:
    """Give every named route, and whether its address needs arguments."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (space, pattern.namespace) if part)
            yield from names(pattern, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            name = f"{space}:{pattern.name}" if space else pattern.name
            yield name, bool(pattern.pattern.regex.groups)


def route_of(path: str) -> str:
    """Name the route of an address; "" when it is nobody's."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def walk(page: Page, starts: list[str], *, skip: frozenset[str] = frozenset()) -> list[Seen]:
    """Visit one address of every route that can be reached, breadth first."""
    known: set[str] = set()
    waiting = deque(starts)
    found = []
    while waiting:
        address = waiting.popleft()
        path = urlsplit(address).path
        route = route_of(path)
        if not route or route in known or route in skip or route.startswith("api:"):
            continue
        known.add(route)
        seen = _visit(page, route, address)
        if seen is not None:
            found.append(seen)
            waiting.extend(_inside(page))
    return found


def _inside(page: Page) -> list[str]:
    here = urlsplit(page.url)
    links = [urlsplit(str(link)) for link in page.evaluate(LINKS)]
    return [
        link.path + (f"?{link.query}" if link.query else "")
        for link in links
        if link.netloc == here.netloc
    ]


def _visit(page: Page, route: str, address: str) -> Seen | None:
    answer = page.request.get(address)
    is_page = "text/html" in answer.headers.get("content-type", "")
    is_file = "attachment" in answer.headers.get("content-disposition", "")
    is_fragment = is_page and not answer.text().lstrip().lower().startswith("<!doctype")
    if not is_page or is_fragment or is_file or answer.status == 405:
        return None
    response = page.goto(address)
    seen = Seen(route, address, response.status if response else 0)
    page.emulate_media(color_scheme="light")
    seen.violations = faults(page, "light", ALL)
    page.emulate_media(color_scheme="dark")
    seen.violations += faults(page, "dark", DRAWN)
    page.emulate_media(color_scheme="light")
    seen.headings, seen.primaries = page.evaluate(ROLES)
    before = page.viewport_size
    for width in PHONES:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate(OVERFLOW) > 0:
            seen.overflows.append(f"{width}: {page.evaluate(WIDEST)}")
    if before:
        page.set_viewport_size(before)
    return seen


def faults(page: Page, theme: str, options: dict[str, Any]) -> list[str]:
    """Say what axe finds on the page as it is shown."""
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{theme} {one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found
    ]
