"""Dates and money beside an initiative."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.outlook.presenters import words
from orchestre.outlook.services import compute
from orchestre.outlook.services import known as known_rows
from orchestre.outlook.services.quality import check
from orchestre.outlook.snapshot.chain import live_id
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.presenters.panels import Panel

MOST_INITIATIVES = 300
"""Beyond, reading the whole network would slow the page of an initiative; its tab is there."""


def outlook_panel(person: Person, initiative: Initiative) -> Panel | None:  # noqa: ARG001 - the signature of panels
    """Tell, beside an initiative, when it is likely to be live."""
    if initiative.archived_at is not None or initiative.stage == Initiative.Stage.STOPPED:
        return None
    if Initiative.objects.count() > MOST_INITIATIVES:
        return None
    inputs = known_rows.inputs()
    known = inputs.known.get(initiative.code)
    if known is None or known.live_on is not None:
        return None
    url = reverse("outlook:show", args=[initiative.code])
    plan = compute.undrawn(initiative.code, inputs=inputs)
    if check(inputs, plan.built, initiative.code).refuses:
        body = _("The plan does not allow a simulation yet.")
        return Panel(_("Dates and money"), body, url, _("See why"))
    view = compute.of_initiative(initiative.code, inputs=inputs)
    if view.result is None:
        return None
    seen = view.result.of(live_id(initiative.code))
    body = words.promise(view, seen, known.promised_on)
    return Panel(_("Dates and money"), body, url, _("See what drives the date"))
