# ruff: noqa: INP001 - a script
"""Write the tree of `docs/development/house.md` from the packages themselves: `make docs`."""

from __future__ import annotations

import ast
import configparser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "development" / "house.md"
START, END = "<!-- tree -->", "<!-- end of tree -->"


def street() -> list[str]:
    """Return the features from the top of the street to the bottom, as the contract has them."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    return contract["importlinter:contract:street"]["layers"].split()


def said(package: Path) -> str:
    """Return the first line of what a package says of itself."""
    text = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8")))
    return text.splitlines()[0] if text else ""


def tree() -> str:
    """Return the street, then the rooms of the engine, one line each."""
    lines = [f"{name:<14}{said(ROOT / 'src' / 'orchestre' / name)}" for name in street()]
    lines += ["", "orchestre_engine"]
    rooms = sorted(p for p in (ROOT / "src/orchestre_engine").iterdir() if p.is_dir())
    lines += [f"  {p.name:<14}{said(p)}" for p in rooms if (p / "__init__.py").exists()]
    return "\n".join(lines)


def page() -> str:
    """Return the page with its tree brought up to date."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n```\n{tree()}\n```\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
