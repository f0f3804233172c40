"""Committees over the API."""

from __future__ import annotations

from ninja import Router

from orchestre.access.api.security import auth
from orchestre.governance.api import decisions, matters, meetings, preparing

router = Router(tags=["committees"], auth=auth)
router.add_router("", meetings.router)
router.add_router("", decisions.router)
router.add_router("", preparing.router)
router.add_router("", matters.router)
