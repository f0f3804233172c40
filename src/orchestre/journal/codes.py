"""Codes given to new rows: two people at the same moment never get the same one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, models
from django.utils.translation import gettext as _

from orchestre.kernel.errors import DomainError

Row = TypeVar("Row", bound=models.Model)

# how often a code may be taken by somebody faster before this becomes a fault
TRIES = 20


def with_free_code(
    model: type[models.Model], free: Callable[[], str], write: Callable[[str], Row]
) -> Row:
    """Write under the code that is free; look again when somebody just took it.

    `write` is one act, so that what it wrote before the collision is gone.
    """
    for _attempt in range(TRIES):
        code = free()
        try:
            return write(code)
        except IntegrityError:
            if not model._default_manager.filter(code=code).exists():  # noqa: SLF001 - Django's documented API
                raise
    raise DomainError(_("Many rows are being created at once. Try again in a moment."))
