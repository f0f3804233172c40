"""Home: the sentence of state, what awaits, what moved; each for the person who looks."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

import cast
import factories
from orchestre.cockpit.models import Seen, Snooze
from orchestre.cockpit.presenters import home as presenter
from orchestre.cockpit.queries import todo_count
from orchestre.interactions.models import Finding
from orchestre.journal.services import act
from orchestre.portfolio.models import Dependency, Initiative

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def home(client: Client, query: str = "") -> str:
    answer = client.get(f"/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def finding(*initiatives: Initiative, **values: object) -> Finding:
    key = f"{Finding.objects.count():032}"
    found = Finding.objects.create(key=key, kind="duplicate", rule="similar-text", **values)
    found.initiatives.add(*initiatives)
    return found


def test_the_state_is_said_with_linked_numbers(till: Initiative, as_person: SignIn) -> None:
    finding(till)
    page = home(as_person("claire"))
    assert page.count("<h1") == 1
    assert ">1</a> initiative under way." in page
    assert ">1</a> population exceeds its capacity in the next 8 weeks." in page
    assert ">1</a> finding waits for your opinion." in page
    assert "Agences Ouest: load over capacity, week by week" in page


def test_the_first_run_offers_ways_to_start(db: None, as_person: SignIn) -> None:
    page = home(as_person("ada"))
    assert "Where shall we start?" in page
    assert "Import my file" in page
    assert "Explore sample data" in page
    assert "under way" not in page


def test_nothing_to_do_is_said(till: Initiative, as_person: SignIn) -> None:
    assert "Nothing is waiting for you." in home(as_person("claire"))


def test_who_only_reads_is_asked_nothing(till: Initiative, as_person: SignIn) -> None:
    finding(till)
    factories.initiative(
        "Sans dates", starts_on=None, ends_on=None, go_live_on=None, stage="launch"
    )
    page = home(as_person("rosa"))
    assert 'id="todo"' not in page
    assert "your opinion" not in page
    assert "Later" not in page


def test_what_awaits_is_at_most_five_cards_sorted(till: Initiative, as_person: SignIn) -> None:
    other = factories.initiative("Paie", code="PA-1", stage="launch")
    for n in range(4):
        factories.initiative(f"Vague {n}", stage="launch", starts_on=None, ends_on=None)
    Initiative.objects.filter(pk=till.pk).update(updated_at=timezone.now() - timedelta(days=60))
    Dependency.objects.create(predecessor=till, successor=other, what="données")
    finding(till, starts_on=timezone.localdate())
    page = home(as_person("claire"))
    assert page.count('class="task card"') == 5
    assert "Give dates to 4 initiatives" in page
    assert "Give news of “Nouvelle caisse”: nothing since" in page
    assert "Agree on what “Nouvelle caisse” gives to “Paie”" in page
    assert "Say whom “" in page


def test_putting_off_hides_and_comes_back(till: Initiative, as_person: SignIn) -> None:
    claire, one = as_person("claire"), finding(till)
    answer = claire.post("/todo/later/", {"key": f"finding:{one.pk}", "days": "7"})
    assert answer.status_code == 302
    assert "Nothing is waiting for you." in home(claire)
    assert Snooze.objects.get().until_on == timezone.localdate() + timedelta(days=7)
    assert "1 thing put off." in claire.get("/todo/").content.decode()
    claire.post("/todo/back/", {"next": "/todo/"})
    assert "Nothing is waiting for you." not in home(claire)
    Snooze.objects.create(
        user=cast.person("claire"), key=f"finding:{one.pk}", until_on=timezone.localdate()
    )
    assert "Nothing is waiting for you." not in home(claire)


@pytest.mark.parametrize(
    "given",
    [
        {"key": "finding:1", "days": "400"},
        {"key": "nothing:1", "days": "1"},
        {"key": "finding", "days": "1"},
        {"key": "all:x", "days": "1"},
        {"key": "finding:" + "1" * 90, "days": "1"},
    ],
)
def test_only_what_awaits_is_put_off(
    till: Initiative, as_person: SignIn, given: dict[str, str]
) -> None:
    assert as_person("claire").post("/todo/later/", given).status_code == 422
    assert not Snooze.objects.exists()


def test_later_leads_to_no_other_site(till: Initiative, as_person: SignIn) -> None:
    given = {"key": "all:stale", "days": "1", "next": "https://elsewhere.example/"}
    assert as_person("claire").post("/todo/later/", given)["Location"] == "/"


def test_what_moved_is_told_by_initiative_until_it_is_seen(
    till: Initiative, as_person: SignIn
) -> None:
    with act(cast.person("claire"), "portfolio.edit", "Edited") as doing:
        doing.update(till, {"title": "Caisse unique"})
    claire = as_person("claire")
    assert "Title Nouvelle caisse → Caisse unique" in home(claire)
    claire.post("/seen/")
    assert Seen.objects.get().user == cast.person("claire")
    assert "Nothing moved." in home(claire)


def test_many_arrivals_are_one_line_and_the_rest_is_asked_for(
    till: Initiative, as_person: SignIn
) -> None:
    claire = cast.person("claire")
    with act(claire, "exchange.import", "Imported") as doing:
        doing.create_many([Initiative(code=f"N-{n}", title=f"New {n}") for n in range(9)])
    for n in range(5):
        with act(claire, "portfolio.edit", "Edited") as doing:
            doing.update(Initiative.objects.get(code=f"N-{n}"), {"stage": "launch"})
    page = home(as_person("claire"))
    assert "See 3 more" in page
    assert "9 initiatives added" in home(as_person("claire"), "?moved=all")


def test_what_moved_in_a_confidential_initiative_stays_closed(
    till: Initiative, as_person: SignIn
) -> None:
    secret = factories.initiative("Fusion canari", code="SEC-1", confidential=True)
    factories.impact(secret, till.impacts.get().population, hours_per_person=90.0)
    finding(secret, till)
    with act(cast.person("claire"), "portfolio.edit", "Edited Fusion canari") as doing:
        doing.update(secret, {"why": "canari"})
    for name in ("paul", "rosa", "ada"):
        for path in ("/", "/?moved=all", "/todo/"):
            page = as_person(name).get(path).content.decode()
            assert "canari" not in page
            assert "SEC-1" not in page
    assert "Fusion canari" in home(as_person("claire"))


def test_a_manager_reads_the_own_team(till: Initiative, as_person: SignIn) -> None:
    factories.impact(
        factories.initiative("Ailleurs"), factories.population("Loin"), hours_per_person=99.0
    )
    cast.manager_of(till.unit.pk)
    page = home(as_person("marc"))
    assert ">1</a> initiative under way touches your team." in page
    assert "The heaviest week is" in page
    assert "Say what “Nouvelle caisse” asks of Agences Ouest" in page
    assert "Loin" not in page


def test_one_failing_block_never_blanks_the_others(
    till: Initiative, as_person: SignIn, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    def broken(*_given: object) -> None:
        raise RuntimeError("planted fault")

    monkeypatch.setattr(presenter, "strip", broken)
    with caplog.at_level(logging.ERROR):
        page = home(as_person("claire"))
    assert "This part of the page cannot be shown." in page
    assert "planted fault" not in page
    assert "planted fault" in caplog.text
    assert "initiative under way" in page


def _queries(client: Client) -> int:
    home(client)
    with CaptureQueriesContext(
        connection,
    ) as found:
        home(client)
    return len(found)


def test_the_number_of_queries_does_not_depend_on_the_rows(
    till: Initiative, as_person: SignIn
) -> None:
    claire, person = as_person("claire"), cast.person("claire")
    people = till.impacts.get().population

    def grow(count: int) -> None:
        for _n in range(count):
            one = factories.initiative(stage="launch", starts_on=None)
            factories.impact(one, people)
            finding(one, starts_on=timezone.localdate())
            Dependency.objects.create(predecessor=till, successor=one)
            factories.initiative(stage="launch")
            with act(person, "portfolio.edit", "Edited") as doing:
                doing.update(one, {"stage": "deploy"})

    grow(4)
    few = _queries(claire)
    grow(20)
    assert _queries(claire) <= few


def test_the_count_of_the_frame_is_one_query_while_nothing_is_written(
    till: Initiative, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    claire = cast.person("claire")
    finding(till)
    with act(claire, "portfolio.edit", "Edited") as doing:
        doing.update(till, {"why": "x"})
    assert todo_count(claire) == 1
    with django_assert_num_queries(1):
        assert todo_count(claire) == 1
    factories.initiative(stage="launch", starts_on=None)
    with act(claire, "portfolio.edit", "Edited") as doing:
        doing.update(till, {"why": "y"})
    assert todo_count(cast.person("claire")) == 3
