"""What an initiative is worth, over the API: what was deleted meanwhile is not written again."""

from __future__ import annotations

import pytest

import cast
import factories
from api.world import caller
from orchestre.resources.models import Worth


@pytest.mark.django_db
def test_a_worth_deleted_meanwhile_is_not_written_again() -> None:
    cast.organisation()
    factories.initiative("Caisse", code="A")
    claire, one = caller("claire"), "/worths/A"
    assert claire.patch(one, {"delay_cost_eur_per_week": 4000}, 0).json()["version"] == 1
    assert claire.delete(one, 1).status_code == 204
    late = claire.patch(one, {"delay_cost_eur_per_week": 5000}, 1)
    assert late.status_code == 412
    assert "A Caisse" in late.json()["title"]
    assert not Worth.objects.exists()
