"""Two acts that cross: the second is told in a sentence, and nothing of it is half written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

import cast
import factories
from orchestre.access.models import User
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import act
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Contribution, Initiative
from orchestre.strategy import services as strategy
from orchestre.strategy.models import Objective

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
CROSSED = "Somebody wrote or deleted the same thing at the same moment."


def test_a_twin_written_meanwhile_is_told(
    as_person: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_person("claire")
    initiative = factories.initiative("Caisses", code="IN-1")
    objective = strategy.add_objective(cast.person("claire"), {"title": "Plus vite"})
    portfolio.add_contribution(cast.person("claire"), initiative, objective, 1.0)
    acts = ChangeSet.objects.count()

    def crossing(user: User, first: Initiative, aim: Objective, weight: float) -> None:
        """Write as who looked before the other had written."""
        with act(user, "portfolio.contribute", "x") as done:
            done.create(Contribution(initiative=first, objective=aim, weight=weight))

    monkeypatch.setattr(portfolio, "add_contribution", crossing)
    sent = {"objective": objective.pk, "weight": "2"}
    answer = client.post("/initiatives/IN-1/objectives/add/", sent)
    assert answer.status_code == 409
    assert CROSSED in answer.content.decode()
    assert ChangeSet.objects.count() == acts
    assert Contribution.objects.get().weight == 1.0


def test_a_row_deleted_meanwhile_is_told(
    as_person: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, claire = as_person("claire"), cast.person("claire")
    objective = strategy.add_objective(claire, {"title": "Plus vite"})
    change = strategy.change_objective

    def crossing(user: User, row: Objective, *said: object, **more: object) -> object:
        strategy.remove_objective(claire, Objective.objects.get(pk=row.pk))
        return change(user, row, *said, **more)  # type: ignore[arg-type]  # as the view says them

    monkeypatch.setattr(strategy, "change_objective", crossing)
    address = f"/strategy/objectives/{objective.pk}/"
    sent = {"title": "Encore plus vite", "version": "1"}
    answer = client.post(address, sent, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert CROSSED in answer.content.decode()
    assert not Objective.objects.exists()
