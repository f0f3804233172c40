"""Writes of scenarios: `from orchestre.sequencing import services as scenarios`."""

from orchestre.sequencing.services.drafting import (
    draft,
    drop,
    duplicate,
    rebase,
    rename,
    share,
)
from orchestre.sequencing.services.overriding import clear_override, override, override_many
from orchestre.sequencing.services.publishing import publish
from orchestre.sequencing.services.returning import draft_return
from orchestre.sequencing.services.selecting import from_selection
from orchestre.sequencing.services.waves import move_wave

__all__ = [
    "clear_override",
    "draft",
    "draft_return",
    "drop",
    "duplicate",
    "from_selection",
    "move_wave",
    "override",
    "override_many",
    "publish",
    "rebase",
    "rename",
    "share",
]
