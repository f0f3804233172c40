"""Imports and exports over the API."""

from __future__ import annotations

from ninja import Router

from orchestre.access.api.security import auth
from orchestre.exchange.api import exports, imports

router = Router(tags=["exchange"], auth=auth)
for part in (imports, exports):
    router.add_router("", part.router)
