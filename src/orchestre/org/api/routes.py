"""Units, populations, capacity and its calendar over the API."""

from __future__ import annotations

from ninja import Router

from orchestre.access.api.security import auth
from orchestre.org.api import capacity, people

router = Router(tags=["organisation"], auth=auth)
router.add_router("", people.router)
router.add_router("", capacity.router)
