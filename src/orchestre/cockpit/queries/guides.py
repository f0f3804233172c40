"""The pages of help: the guides and methods of the documentation, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

from orchestre.cockpit.rules.markdown import plain

SHELVES = ("guide", "methods", "admin")
# beside the sources, or inside the installed package
FOLDERS = (
    Path(__file__).resolve().parents[4] / "docs",
    Path(__file__).resolve().parents[2] / "docs",
)


@dataclass(frozen=True)
class Guide:
    """One page of help."""

    shelf: str
    slug: str
    title: str
    path: Path

    def text(self) -> str:
        """Read it."""
        return self.path.read_text(encoding="utf-8")


def language() -> str:
    """Return the language of the pages of help that the reader gets."""
    return "fr" if (get_language() or "fr").startswith("fr") else "en"


def guides(shelf: str, tongue: str = "") -> dict[str, Guide]:
    """Return the pages of a shelf by name, by title."""
    folder = _folder()
    if folder is None or shelf not in SHELVES:
        return {}
    found = _read(folder / (tongue or language()) / shelf, shelf)
    return {one.slug: one for one in sorted(found, key=lambda one: one.title.casefold())}


def names() -> frozenset[str]:
    """Return the names of the guides that exist."""
    return frozenset(guides("guide"))


def _folder() -> Path | None:
    return next((folder for folder in FOLDERS if folder.is_dir()), None)


@lru_cache(maxsize=12)
def _read(folder: Path, shelf: str) -> tuple[Guide, ...]:
    return tuple(
        Guide(shelf, path.stem, _title(path), path) for path in sorted(folder.glob("*.md"))
    )


def _title(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith("# "):
                return plain(line[2:].strip())
    return path.stem
