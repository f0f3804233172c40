"""The journal's pages: who reads what, and what undoing shows before it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

import cast
from factories import initiative, population
from orchestre.access.models import User
from orchestre.journal import policy, queries
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import act
from orchestre.org.models import Population
from orchestre.portfolio.models import Initiative

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def write(who: User | None, label: str, **values: Any) -> ChangeSet:
    row = Population.objects.filter(name="Agences").first() or population("Agences", headcount=10)
    with act(who, "org.edit", label) as doing:
        doing.update(row, values)
    assert doing.change_set is not None
    return doing.change_set


@pytest.fixture
def three_acts() -> list[ChangeSet]:
    claire, rosa = cast.person("claire"), cast.person("rosa")
    return [
        write(claire, "Counted the agencies", headcount=260, headcount_on=date(2026, 3, 12)),
        write(rosa, "Renamed the site", site="Lyon"),
        write(None, "Imported", shift="nuit"),
    ]


def test_the_office_reads_all_and_others_their_own(
    as_person: As, three_acts: list[ChangeSet]
) -> None:
    page = as_person("claire").get("/journal/").content.decode()
    assert all(act.label in page for act in three_acts)
    assert "Orchestre" in page
    mine = as_person("rosa").get("/journal/").content.decode()
    assert "Renamed the site" in mine
    assert "Counted the agencies" not in mine
    counted = reverse("journal:show", args=[three_acts[0].pk])
    assert as_person("rosa").get(counted).status_code == 404
    assert as_person("noam").get("/journal/").status_code == 200
    assert as_person("noam").get(counted).status_code == 404
    assert as_person("aude").get(counted).status_code == 200


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("q=agencies", ["Counted the agencies"]),
        ("q=agences", ["Counted the agencies", "Renamed the site", "Imported"]),
        ("act=org", ["Counted the agencies", "Renamed the site", "Imported"]),
        ("act=access", ["Counted the agencies", "Renamed the site", "Imported"]),
        ("first=2026-11-22", ["Counted the agencies", "Renamed the site", "Imported"]),
        ("last=2020-01-01", []),
        ("first=nonsense&who=999999", ["Counted the agencies", "Renamed the site", "Imported"]),
        ("page=99", ["Counted the agencies", "Renamed the site", "Imported"]),
    ],
)
def test_filters_keep_what_was_asked(as_person: As, query: str, shown: list[str]) -> None:
    with time_machine.travel("2026-11-22T12:00:00Z"):
        claire, rosa = cast.person("claire"), cast.person("rosa")
        write(claire, "Counted the agencies", headcount=260)
        write(rosa, "Renamed the site", site="Lyon")
        write(None, "Imported", shift="nuit")
        page = as_person("claire").get(f"/journal/?{query}").content.decode()
    everything = ["Counted the agencies", "Renamed the site", "Imported"]
    assert [label for label in everything if label in page] == shown


def test_long_journals_are_paged(as_person: As) -> None:
    claire = cast.person("claire")
    for number in range(60):
        write(claire, f"Act number {number}.", headcount=number)
    client = as_person("claire")
    first, second = (client.get(f"/journal/?page={n}").content.decode() for n in (1, 2))
    assert "1–50 of 60" in first
    assert "Act number 59." in first
    assert "Act number 3." not in first
    assert "Act number 3." in second


def test_an_act_is_told_field_by_field_in_the_words_of_the_reader(
    as_person: As, three_acts: list[ChangeSet]
) -> None:
    page = as_person("claire").get(reverse("journal:show", args=[three_acts[0].pk]))
    text = page.content.decode()
    for said in ("Headcount", '<td data-label="Before">10</td>', "260", "12 March 2026", "empty"):
        assert said in text, said
    assert three_acts[0].entry.hash[:16] in text


def test_undo_from_the_page_then_nothing_more_to_undo(
    as_person: As, three_acts: list[ChangeSet]
) -> None:
    client = as_person("claire")
    address = reverse("journal:undo", args=[three_acts[0].pk])
    assert client.post(address).status_code == 302
    assert Population.objects.get(name="Agences").headcount == 10
    page = client.get(reverse("journal:show", args=[three_acts[0].pk])).content.decode()
    assert "This act was undone" in page
    assert address not in page
    refused = client.post(address)
    assert refused.status_code == 422
    assert "already undone" in refused.content.decode()


def test_what_would_be_overwritten_is_shown_and_asked(
    as_person: As, three_acts: list[ChangeSet]
) -> None:
    write(cast.person("rosa"), "Counted again", headcount=300)
    client = as_person("claire")
    page = client.get(reverse("journal:show", args=[three_acts[0].pk])).content.decode()
    assert "300" in page
    assert "Undo and overwrite" in page
    address = reverse("journal:undo", args=[three_acts[0].pk])
    assert client.post(address).status_code == 422
    assert client.post(address, {"overwrite": "yes"}).status_code == 302
    assert Population.objects.get(name="Agences").headcount == 10


def test_who_may_undo(as_person: As, three_acts: list[ChangeSet]) -> None:
    counted, renamed, imported = (reverse("journal:undo", args=[act.pk]) for act in three_acts)
    assert as_person("aude").post(counted).status_code == 403  # reads all, writes nothing
    assert as_person("rosa").post(counted).status_code == 404
    # who lost every right to write does not write by undoing
    assert as_person("rosa").post(renamed).status_code == 403
    assert as_person("claire").post(renamed).status_code == 302
    assert as_person("ada").post(imported).status_code == 302


def test_the_key_u_undoes_ones_last_fresh_act(as_person: As) -> None:
    client = as_person("claire")
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False) as clock:
        claire = cast.person("claire")
        write(claire, "First", headcount=1)
        last = write(claire, "Second", headcount=2)
        assert queries.last_undoable(claire) == last
        client.force_login(claire)
        origin = {"referer": "http://testserver/journal/?q=x"}
        gone = client.post("/journal/undo/last/", headers=origin)
        assert gone.headers["Location"] == "/journal/?q=x"
        assert Population.objects.get(name="Agences").headcount == 1
        named = write(claire, "Third", headcount=3)
        write(claire, "Fourth", site="Lyon")
        client.post("/journal/undo/last/", {"change_set": named.pk})
        assert Population.objects.get(name="Agences").headcount == 1
        clock.shift(timedelta(minutes=10))
        assert client.post("/journal/undo/last/").status_code == 422
        for wrong in ("x", "999999", "-1"):
            answer = client.post("/journal/undo/last/", {"change_set": wrong})
            assert answer.status_code in {404, 422}


@pytest.fixture
def guarded() -> Iterator[None]:
    from orchestre.portfolio.policy import visible_to  # noqa: PLC0415 - a policy of above

    before = dict(policy._guarded)
    policy.guard("portfolio.initiative", visible_to)
    yield
    policy._guarded.clear()
    policy._guarded.update(before)


def test_a_confidential_initiative_does_not_leak_by_the_journal(
    as_person: As, guarded: None
) -> None:
    secret = initiative("Projet Albatros", confidential=True)
    with act(cast.person("claire"), "portfolio.edit", "Moved Projet Albatros") as doing:
        doing.update(secret, {"why": "Fermer le site de Lens"})
    made = doing.change_set
    assert made is not None
    for who in ("ada", "aude"):
        client = as_person(who)
        for address in ("/journal/", "/journal/?q=Albatros", f"/journal/{made.pk}/"):
            page = client.get(address).content.decode()
            assert "Lens" not in page
            assert "Projet Albatros" not in page, address
        assert "Act on a confidential initiative" in client.get("/journal/").content.decode()
        api = client.get("/api/v1/journal").content.decode()
        assert "Albatros" not in api
    assert "Projet Albatros" in as_person("claire").get("/journal/").content.decode()
    # deleted, it stays closed
    with act(cast.person("claire"), "portfolio.delete", "Deleted Projet Albatros") as doing:
        doing.delete(Initiative.objects.get(pk=secret.pk))
    assert "Albatros" not in as_person("ada").get("/journal/").content.decode()


def test_the_api_tells_the_same_acts(as_person: As, three_acts: list[ChangeSet]) -> None:
    client = as_person("claire")
    acts = client.get("/api/v1/journal?limit=2").json()["items"]
    assert [one["what"] for one in acts] == ["Imported", "Renamed the site"]
    older = client.get("/api/v1/journal?limit=2&offset=2").json()["items"]
    assert [one["what"] for one in older] == ["Counted the agencies"]
    detail = client.get(f"/api/v1/journal/{older[0]['id']}").json()
    assert {"label": "Headcount", "before": "10", "after": "260"} in detail["rows"][0]["fields"]
    head = client.get("/api/v1/journal/head").json()
    assert (head["seq"], head["hash"]) == (3, three_acts[2].entry.hash)
    wrong = client.get("/api/v1/journal?limit=0")
    assert wrong.status_code == 422
    assert "limit" in str(list(wrong.json()["fields"]))
    assert as_person("rosa").get(f"/api/v1/journal/{older[0]['id']}").status_code == 404
