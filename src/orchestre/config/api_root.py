"""The REST API: one router per feature, one way to sign in, one shape of errors."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from ninja import NinjaAPI

from orchestre import __version__

api = NinjaAPI(
    title="Orchestre",
    version=__version__,
    urls_namespace="api",
    docs_url=None,
    description="Every object and computation of Orchestre, with the permissions of the pages.",
)

for feature in (
    "access",
    "journal",
    "org",
    "strategy",
    "portfolio",
    "impacts",
    "load",
    "interactions",
    "exchange",
    "reports",
    "runs",
):
    if find_spec(f"orchestre.{feature}.api") and find_spec(f"orchestre.{feature}.api.routes"):
        api.add_router("", import_module(f"orchestre.{feature}.api.routes").router)
