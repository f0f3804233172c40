"""Impacts as pages show them."""

from __future__ import annotations

from orchestre.impacts.presenters.assumed import produced_sentences, sentence_of
from orchestre.impacts.presenters.page import (
    ImpactsPage,
    aspect_names,
    impacts_page,
    people_panel,
)
from orchestre.impacts.presenters.ratings import (
    choices_for,
    compared,
    figure_label,
    state_of,
    waiting_table,
)

__all__ = [
    "ImpactsPage",
    "aspect_names",
    "choices_for",
    "compared",
    "figure_label",
    "impacts_page",
    "people_panel",
    "produced_sentences",
    "sentence_of",
    "state_of",
    "waiting_table",
]
