"""Writes of scenarios: `from orchestre.sequencing import services as scenarios`."""

from orchestre.sequencing.services.drafting import draft, drop, duplicate, rename, share
from orchestre.sequencing.services.overriding import clear_override, override, override_many
from orchestre.sequencing.services.publishing import publish

__all__ = [
    "clear_override",
    "draft",
    "drop",
    "duplicate",
    "override",
    "override_many",
    "publish",
    "rename",
    "share",
]
