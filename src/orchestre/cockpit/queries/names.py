"""Names that the palette finds: only those of what a person may see."""

from __future__ import annotations

from orchestre.access.reach import Person
from orchestre.cockpit.rules.search import Named
from orchestre.org import policy as org
from orchestre.portfolio import policy as portfolio


def initiatives(person: Person) -> list[Named]:
    """Return the visible initiatives that are not archived."""
    rows = portfolio.visible_to(person).filter(archived_at=None).order_by()
    return [Named(code, title, code) for code, title in rows.values_list("code", "title")]


def populations(person: Person) -> list[Named]:
    """Return the visible populations."""
    rows = org.visible_populations(person).order_by().values_list("code", "name", "pk")
    return [Named(code, name, str(pk)) for code, name, pk in rows]


def units(person: Person) -> list[Named]:
    """Return the visible units."""
    rows = org.visible_units(person).order_by().values_list("code", "name", "pk")
    return [Named(code, name, str(pk)) for code, name, pk in rows]


def may_move(person: Person, code: str) -> bool:
    """Tell whether a person moves this initiative."""
    return portfolio.editable_by(person).filter(code=code).exists()
