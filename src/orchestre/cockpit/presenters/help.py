"""Pages of help: an index, and one guide or method rendered safely."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from orchestre.cockpit.queries import guides
from orchestre.cockpit.queries.guides import Guide
from orchestre.cockpit.rules.markdown import Page, page
from orchestre.load.presenters import words

PAGES = {"guide": "cockpit:guide", "methods": "cockpit:method", "admin": "cockpit:manual"}


@dataclass(frozen=True)
class Shelf:
    """Pages of one sort."""

    title: str
    links: tuple[tuple[str, str], ...]


def index() -> tuple[Shelf, ...]:
    """List every page of help in the language of the reader."""
    titles = {
        "guide": _("Page by page"),
        "methods": _("How the figures are computed"),
        "admin": _("Running Orchestre"),
    }
    found = (Shelf(titles[shelf], _links(shelf)) for shelf in guides.SHELVES)
    return tuple(shelf for shelf in found if shelf.links)


def _links(shelf: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (one.title, words.address(PAGES[shelf], one.slug)) for one in guides.guides(shelf).values()
    )


def shown(one: Guide) -> Page:
    """Render a page; its links lead to other pages of help, or outside."""
    return page(one.text(), lambda target: resolved(one.shelf, target))


def resolved(shelf: str, target: str) -> str:
    """Turn the target of a link of the documentation into an address, empty when there is none."""
    if target.startswith(("https://", "http://", "#", "mailto:")):
        return target
    path, _hash, anchor = target.partition("#")
    parts = [part for part in path.split("/") if part not in {"", ".", ".."}]
    if not parts or not parts[-1].endswith(".md"):
        return ""
    where = parts[-2] if len(parts) > 1 and parts[-2] in PAGES else shelf
    slug = parts[-1].removesuffix(".md")
    if slug not in guides.guides(where):
        return ""
    return words.address(PAGES[where], slug) + (f"#{anchor}" if anchor else "")
