"""A selection turned into a draft stops what it does not keep."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from django.test import Client
from django.urls import reverse

import cast
import factories.selections
from orchestre.sequencing.models import Scenario


def test_what_is_not_kept_is_stopped_in_a_draft(
    plan: SimpleNamespace, as_person: Callable[[str], Client]
) -> None:
    made = factories.selections.whole(cast.person("claire"), plan.first)
    address = reverse("sequencing:from-selection", args=[made["selection"].pk])
    assert as_person("claire").post(address).status_code == 302
    draft = Scenario.objects.get()
    assert draft.state == Scenario.State.DRAFT
    stopped = {row.initiative.code: row.included for row in draft.overrides.all()}
    assert stopped["IN-A"] is False
