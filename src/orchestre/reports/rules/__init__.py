"""Values that reports are made of: from which day, and the frozen document of a pack."""

from orchestre.reports.rules.reading import (
    FEWEST_WEEKS,
    MOST_WEEKS,
    WEEKS,
    AsOf,
    Span,
    choose_as_of,
    first_monday,
    is_alive,
    monday,
    plain,
    under_way,
)

__all__ = [
    "FEWEST_WEEKS",
    "MOST_WEEKS",
    "WEEKS",
    "AsOf",
    "Span",
    "choose_as_of",
    "first_monday",
    "is_alive",
    "monday",
    "plain",
    "under_way",
]
