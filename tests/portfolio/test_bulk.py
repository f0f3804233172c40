"""One fact on many initiatives: said first, all or none, one undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

import cast
import factories
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import undo
from orchestre.kernel.errors import CannotDo, DomainError, StaleVersion
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Initiative

pytestmark = pytest.mark.django_db


def test_all_change_in_one_act_that_is_undone_as_one() -> None:
    cast.organisation()
    claire = cast.person("claire")
    rows = [factories.initiative(stage="idea") for _ in range(3)]
    rows.append(factories.initiative(stage="deploy"))
    preview = portfolio.bulk_preview(claire, rows, "stage", "deploy")
    assert (len(preview.changed), len(preview.unchanged)) == (3, 1)
    done = portfolio.bulk_update(claire, rows, "stage", "deploy")
    assert done is not None
    assert ChangeSet.objects.count() == 1
    assert Initiative.objects.filter(stage="deploy").count() == 4
    undo(claire, done)
    assert Initiative.objects.filter(stage="idea").count() == 3


def test_one_that_is_not_mine_stops_them_all() -> None:
    cast.organisation()
    mine, other = factories.initiative(), factories.initiative(code="OTHER")
    lina = cast.lead_of(mine.pk)
    with pytest.raises(CannotDo, match="OTHER"):
        portfolio.bulk_update(lina, [mine, other], "stage", "deploy")
    mine.refresh_from_db()
    assert mine.stage == "idea"


def test_one_changed_meanwhile_stops_them_all() -> None:
    cast.organisation()
    claire = cast.person("claire")
    first, second = factories.initiative(), factories.initiative()
    portfolio.update(claire, second, {"stage": "launch"})
    with pytest.raises(StaleVersion):
        portfolio.bulk_update(
            claire, [first, second], "stage", "deploy", versions={first.pk: 1, second.pk: 1}
        )
    first.refresh_from_db()
    assert first.stage == "idea"


def test_facts_that_are_one_by_one_are_refused() -> None:
    cast.organisation()
    with pytest.raises(DomainError, match="several"):
        portfolio.bulk_preview(cast.person("claire"), [factories.initiative()], "title", "Same")


def test_the_pages_ask_say_and_do(as_person: Callable[[str], Client]) -> None:
    client = as_person("claire")
    one = factories.initiative(code="A")
    two = factories.initiative(code="B", lead_name="Ada")
    chosen = f"sel={one.pk}&sel={two.pk}&field=lead_name"
    assert 'name="value"' in client.get(f"/portfolio/bulk/?{chosen}").content.decode()
    said = client.get(f"/portfolio/bulk/?{chosen}&value=Ada").content.decode()
    assert "1 initiative will be changed, 1 already has this value." in said
    posted = {"sel": [one.pk, two.pk], "field": "lead_name", "value": "Ada"}
    assert client.post("/portfolio/bulk/", posted).status_code == 302
    one.refresh_from_db()
    assert one.lead_name == "Ada"
    unit = factories.unit("Finance")
    said = client.get(f"/portfolio/bulk/?sel={one.pk}&field=unit_id&value={unit.pk}")
    assert "<strong>Finance</strong>" in said.content.decode()
    assert client.get("/portfolio/bulk/?field=lead_name").status_code == 422
    assert client.get(f"/portfolio/bulk/?sel={one.pk}&field=title").status_code == 422


def test_hidden_initiatives_cannot_be_reached(as_person: Callable[[str], Client]) -> None:
    secret = factories.initiative("Plan X", code="SECRET", confidential=True)
    answer = as_person("paul").get(f"/portfolio/bulk/?sel={secret.pk}&field=stage&value=idea")
    assert answer.status_code == 422
    assert "SECRET" not in answer.content.decode()
