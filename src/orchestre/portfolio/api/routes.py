"""The portfolio over the API."""

from __future__ import annotations

from ninja import Router

from orchestre.access.api.security import auth
from orchestre.portfolio.api import aims, initiatives, moves, plan, waves

router = Router(tags=["portfolio"], auth=auth)
for part in (initiatives, moves, plan, waves, aims):
    router.add_router("", part.router)
