"""A selection becomes a draft: what it does not keep is stopped in the scenario, nothing else."""

from __future__ import annotations

from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.kernel.errors import DomainError
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.selection.models import Selection
from orchestre.selection.services import computing
from orchestre.sequencing.models import Scenario
from orchestre.sequencing.services.drafting import draft
from orchestre.sequencing.services.overriding import override_many


def from_selection(user: User, selection: Selection) -> Scenario:
    """Open a private draft that stops the candidates which the selection does not keep."""
    found = computing.outcomes(selection)
    if found is None:
        raise DomainError(_("Compute the selection first: nothing is kept yet."))
    refused = {one.id for one in found.result.refused}
    rows = portfolio.visible_to(user).filter(archived_at=None, code__in=refused)
    out = list(rows.exclude(stage=Initiative.Stage.STOPPED).order_by("code"))
    if not out:
        raise DomainError(_("This selection keeps everything: there is nothing to draft."))
    made = draft(user, str(selection)[:200])
    override_many(user, made, {one: {"included": False} for one in out})
    return made
