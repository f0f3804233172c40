"""Every address of the product, by feature."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

from orchestre.config.api_root import api
from orchestre.config.health import health

PREFIXES = {
    "access": "",
    "journal": "journal/",
    "org": "people/",
    "strategy": "strategy/",
    "portfolio": "",
    "impacts": "",
    "load": "load/",
    "interactions": "load/findings/",
    "resources": "",
    "benefits": "results/",
    "selection": "selection/",
    "outlook": "outlook/",
    "weather": "weather/",
    "sequencing": "scenarios/",
    "governance": "governance/",
    "exchange": "",
    "reports": "",
    "cockpit": "",
    "runs": "runs/",
    "ui": "ui/",
    "demo": "demo/",
}

urlpatterns = [
    path("health/", health, name="health"),
    path("api/v1/", api.urls),
    *(
        path(prefix, include(f"orchestre.{feature}.web.urls"))
        for feature, prefix in PREFIXES.items()
        if find_spec(f"orchestre.{feature}.web") and find_spec(f"orchestre.{feature}.web.urls")
    ),
]

handler404 = "orchestre.config.refusals.not_found"
handler500 = "orchestre.config.refusals.our_fault"
