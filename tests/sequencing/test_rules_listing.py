"""The list of how far go-lives may move: what was said comes first, and no row is lost quietly."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import cast
import factories as make
from orchestre.sequencing.models import PlanningRule
from orchestre.sequencing.presenters import planning

pytestmark = pytest.mark.django_db


def test_a_long_list_tells_its_rules_first_and_how_many_rows_it_leaves_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast.organisation()
    made = [
        make.initiative(f"Changement {at}", go_live_on=date(2026, 5, 4) + timedelta(weeks=at))
        for at in range(4)
    ]
    PlanningRule.objects.create(initiative=made[3], fixed=True)
    monkeypatch.setattr(planning, "MOST", 2)
    page = planning.listing(cast.person("claire"))
    assert page.sentence == "1 initiative of 4 has limits of its own."
    assert page.table is not None
    assert [row.key for row in page.table.rows] == [made[3].code, made[0].code]
    assert page.table.pager is not None
    assert page.table.pager.summary == "The first 2 of 4."
    monkeypatch.undo()
    whole = planning.listing(cast.person("claire")).table
    assert whole is not None
    assert len(whole.rows) == 4
    assert whole.pager is None
