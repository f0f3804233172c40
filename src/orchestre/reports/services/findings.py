"""The findings of a scratch base, as the rules see them from the day it is read."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from orchestre.interactions import snapshot
from orchestre.interactions.services import similar
from orchestre.interactions.services.refresh import proposals, write
from orchestre.kernel.errors import DomainError
from orchestre.load.services.answer import LoadView
from orchestre_engine import interactions as engine
from orchestre_engine.errors import ProblemError


def look(view: LoadView, day: date) -> dict[str, int]:
    """Write the findings of the scratch base; return how many of each kind were left out."""
    try:
        taken = snapshot.take(view, day, similar.compare)
        answer = engine.solve(taken.problem)
    except ProblemError as error:
        raise DomainError(
            _("The findings cannot be computed: %(why)s") % {"why": error}, code="cannot-compute"
        ) from error
    proposed, left_out = proposals(view, taken, answer, day)
    write(None, proposed)
    return left_out
