"""Dates and money over the API."""

from __future__ import annotations

from ninja import Router

from orchestre.access.api.security import auth
from orchestre.outlook.api import costs, reading, writing

router = Router(tags=["outlook"], auth=auth)
for part in (reading, writing, costs):
    router.add_router("", part.router)
