"""Blocks of a page that fail alone: the others stay, and what failed is said and logged."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from orchestre.ui.components import Notice

logger = logging.getLogger("orchestre.cockpit")
Content = TypeVar("Content")


@dataclass(frozen=True)
class Block(Generic[Content]):
    """What a block shows, or the sentence that says that it cannot be shown."""

    content: Content | None
    failure: Notice | None = None


def block(name: str, make: Callable[[], Content]) -> Block[Content]:
    """Make a block; a fault of ours in it never blanks the page."""
    try:
        return Block(make())
    except Exception:  # the fault is logged whole and told on the page
        number = secrets.token_hex(3).upper()
        logger.exception("incident %s in block %s", number, name)
        return Block(
            None,
            Notice(
                "danger",
                _("This part of the page cannot be shown."),
                _("The error is ours; the rest of the page is right. Number: %(number)s")
                % {"number": number},
            ),
        )
