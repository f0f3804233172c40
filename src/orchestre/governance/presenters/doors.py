"""« Take to committee »: the door that committees open from a scenario and from a comparison."""

from __future__ import annotations

from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.governance import policy
from orchestre.governance.presenters import marks
from orchestre.sequencing import policy as drafts
from orchestre.sequencing.models import Scenario
from orchestre.ui.components import Button


def of_scenario(person: Person, scenario: Scenario) -> Button | None:
    """Open to who may share this scenario, when there is a committee to carry it to."""
    shared = scenario.state == Scenario.State.SHARED
    if not (drafts.may_edit(person, scenario) if shared else drafts.may_own(person, scenario)):
        return None
    if not policy.visible_bodies(person).filter(closed_at=None).exists():
        return None
    return Button(_("Take to committee"), marks.address("carry", scenario.pk), icon="governance")


def of_comparison(person: Person, scenarios: tuple[Scenario, ...]) -> Button | None:
    """Open for the first compared scenario that may be carried."""
    found = (of_scenario(person, one) for one in scenarios)
    return next((one for one in found if one is not None), None)
