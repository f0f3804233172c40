"""Codes given to new rows: two people at the same moment never get the same one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, models
from django.utils.translation import gettext as _

from orchestre.kernel.errors import DomainError
from orchestre.kernel.text import next_code

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


def numbered(
    model: type[models.Model], prefix: str, wanted: str, width: int = 3
) -> Callable[[], str]:
    """Give the code asked for when nobody has it, or the next number when none was asked for."""

    def free() -> str:
        known = list(model._default_manager.values_list("code", flat=True))  # noqa: SLF001 - Django's documented API
        if not wanted:
            return next_code(prefix, known, width)
        if wanted in known:
            sentence = _("The code %s is taken; choose another or leave it empty.") % wanted
            raise DomainError(sentence, code="code-taken", fields={"code": [sentence]})
        return wanted

    return free
