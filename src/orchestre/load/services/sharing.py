"""A read-only door to the map, with an end date."""

from __future__ import annotations

from datetime import date

from orchestre.access.keys import share
from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.kernel.errors import CannotDo

SHARED_PAGE = "load:map"


def share_map(person: Person, query: str, title: str, expires_on: date) -> str:
    """Make a link to a state of the map; return its secret, which is kept nowhere."""
    if not isinstance(person, User):
        raise CannotDo("sign in first")
    _link, secret = share(person, SHARED_PAGE, query, title, expires_on)
    return secret
