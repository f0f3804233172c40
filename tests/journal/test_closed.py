"""What is closed stays closed in the journal: rows that hang on it, blind answers, undoing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

import cast
import factories
from orchestre.impacts import services as impacts
from orchestre.impacts.models import Impact
from orchestre.impacts.rules import Answer
from orchestre.interactions.models import Finding
from orchestre.interactions.services import deciding
from orchestre.journal.models import ChangeSet
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.strategy.models import Objective

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
CANARY = "Albatros"


@pytest.fixture
def secret() -> Initiative:
    return factories.initiative("Projet Albatros", code="ALBATROS-1", confidential=True)


def last() -> ChangeSet:
    return ChangeSet.objects.latest("pk")


def told(client: Client) -> str:
    """Read every page of the journal, and the same by the API."""
    pages = ["/journal/", f"/journal/?q={CANARY}", "/api/v1/journal?limit=200"]
    for act in ChangeSet.objects.all():
        pages += [f"/journal/{act.pk}/", f"/api/v1/journal/{act.pk}"]
    return "\n".join(client.get(page).content.decode() for page in pages)


def test_what_hangs_on_a_confidential_initiative_is_not_told(
    as_person: As, secret: Initiative
) -> None:
    claire = cast.person("claire")
    people = factories.population("Guichets", at=factories.unit("Agences"))
    goal = Objective.objects.create(code="OB-1", title="Tenir")
    [impact] = impacts.record_impacts(claire, secret, [people], {"hours_per_person": 12.0})
    [activity] = impacts.record_activities(
        claire,
        secret,
        [people],
        {
            "kind": "training",
            "name": "Formation Albatros",
            "starts_on": secret.starts_on,
            "ends_on": secret.ends_on,
            "hours_per_person": 2.0,
        },
    )
    brought = portfolio.add_contribution(claire, secret, goal)
    milestone = portfolio.add_milestone(claire, secret, {"name": "Vol Albatros"})
    portfolio.remove_contribution(claire, brought)
    impacts.remove_impact(claire, impact)
    impacts.remove_activity(claire, activity)
    portfolio.remove_milestone(claire, milestone)
    for who in ("ada", "aude"):
        page = told(as_person(who))
        asked = (f'value="{CANARY}"', f"q={CANARY}")  # what the reader typed comes back
        for words in asked:
            page = page.replace(words, "")
        assert CANARY not in page, who
        assert "ALBATROS-1" not in page, who
    assert "Vol Albatros" in told(as_person("claire"))


def test_an_administrator_does_not_undo_what_is_closed(as_person: As, secret: Initiative) -> None:
    portfolio.update(cast.person("claire"), secret, {"title": "Albatros royal"})
    made = last()
    client = as_person("ada")
    for answer in (
        client.post(f"/journal/{made.pk}/undo/"),
        client.post("/journal/undo/last/", {"change_set": made.pk}),
        client.post(f"/api/v1/journal/{made.pk}/undo"),
    ):
        assert answer.status_code in {403, 404}
        assert CANARY not in answer.content.decode()
    assert last() == made
    assert Initiative.objects.get(pk=secret.pk).title == "Albatros royal"
    assert as_person("claire").post(f"/journal/{made.pk}/undo/").status_code == 302


def test_an_act_on_open_and_closed_rows_is_undone_by_who_sees_both(
    as_person: As, secret: Initiative
) -> None:
    opened = factories.initiative("Ouverte")
    portfolio.add_dependency(
        cast.person("claire"), secret, opened, {"what": "Plumes"}, side="giver"
    )
    made = last()
    client = as_person("ada")
    assert client.post(f"/journal/{made.pk}/undo/").status_code in {403, 404}
    assert "ALBATROS-1" not in told(client)
    assert last() == made


def test_ones_own_act_is_not_undone_once_its_row_is_closed(as_person: As) -> None:
    paul = cast.person("paul")
    row = factories.initiative("Ouverte")
    portfolio.update(paul, row, {"why": "Un"})
    made = last()
    Initiative.objects.filter(pk=row.pk).update(confidential=True)
    assert as_person("paul").post(f"/journal/{made.pk}/undo/").status_code == 403
    assert Initiative.objects.get(pk=row.pk).why == "Un"


def test_a_blind_answer_is_not_read_in_the_journal(as_person: As) -> None:
    unit = factories.unit("Agences")
    opened = factories.initiative("Caisse", code="NC-1")
    impact = Impact.objects.create(
        initiative=opened, population=factories.population("Guichets", at=unit)
    )
    marc, claire = cast.manager_of(unit.pk), cast.person("claire")
    impacts.rate(marc, impact, Answer({}, None, 618.75), comment="Trop lourd")
    for who in ("claire", "ada", "aude"):
        page = told(as_person(who))
        assert "618" not in page, who
        assert "Trop lourd" not in page, who
        assert "Rated the impact of NC-1" in page, who
        assert "1 change is closed to you" in page, who
    assert "618" in told(as_person("marc"))
    impacts.rate(claire, impact, Answer({}, None, 417.25))
    assert "618" in told(as_person("aude"))


def test_what_was_decided_of_a_closed_finding_is_not_told(
    as_person: As, secret: Initiative
) -> None:
    row = Finding.objects.create(key="k" * 64, kind="duplicate", rule="same-words")
    row.initiatives.set([secret, factories.initiative("Ouverte")])
    deciding.refuse(cast.person("claire"), row, "Albatros remplace tout")
    made = last()
    for who in ("ada", "aude"):
        page = told(as_person(who)).replace(f'value="{CANARY}"', "").replace(f"q={CANARY}", "")
        assert CANARY not in page, who
    assert as_person("ada").post(f"/journal/{made.pk}/undo/").status_code in {403, 404}
    assert "Albatros remplace tout" in told(as_person("claire"))
    row.initiatives.remove(secret)
    assert "Albatros remplace tout" in told(as_person("ada"))
