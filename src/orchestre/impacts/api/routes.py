"""Impacts, ratings, activities and assumptions over the API."""

from __future__ import annotations

from ninja import Router

from orchestre.access.api.security import auth
from orchestre.impacts.api import activities, impacts, ratings

router = Router(tags=["impacts"], auth=auth)
for part in (impacts, ratings, activities):
    router.add_router("", part.router)
