"""Writes of the portfolio: `from orchestre.portfolio import services as portfolio`."""

from orchestre.portfolio.services.aims import (
    add_contribution,
    add_effect,
    remove_contribution,
    remove_effect,
)
from orchestre.portfolio.services.bulk import bulk_preview, bulk_update
from orchestre.portfolio.services.initiatives import (
    add_programme,
    archive,
    create,
    duplicate,
    restore,
    stop,
    update,
)
from orchestre.portfolio.services.moving import carry, copiers, move, movers, wave_movers
from orchestre.portfolio.services.plan import (
    add_dependency,
    add_milestone,
    agree,
    change_dependency,
    change_milestone,
    detachers,
    remove_dependency,
    remove_milestone,
)
from orchestre.portfolio.services.views import remove_view, save_view
from orchestre.portfolio.services.waves import add_wave, change_wave, remove_wave

__all__ = [
    "add_contribution",
    "add_dependency",
    "add_effect",
    "add_milestone",
    "add_programme",
    "add_wave",
    "agree",
    "archive",
    "bulk_preview",
    "bulk_update",
    "carry",
    "change_dependency",
    "change_milestone",
    "change_wave",
    "copiers",
    "create",
    "detachers",
    "duplicate",
    "move",
    "movers",
    "remove_contribution",
    "remove_dependency",
    "remove_effect",
    "remove_milestone",
    "remove_view",
    "remove_wave",
    "restore",
    "save_view",
    "stop",
    "update",
    "wave_movers",
]
