"""A move says its effect first, then shifts everything dated in one act."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client

import cast
import factories
from orchestre.access.models import User
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import Act, undo
from orchestre.kernel.errors import DomainError, StaleVersion
from orchestre.org.models import CalendarPeriod
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Dependency, Initiative, Milestone
from orchestre.portfolio.presenters import effects
from orchestre.portfolio.rules.dates import Span

pytestmark = pytest.mark.django_db


@pytest.fixture
def claire() -> User:
    cast.organisation()
    return cast.person("claire")


@pytest.fixture
def hris() -> Initiative:
    one = factories.initiative("HRIS", code="IN-900")
    Milestone.objects.create(
        initiative=one, name="Past", forecast_on=date(2026, 2, 2), actual_on=date(2026, 2, 3)
    )
    Milestone.objects.create(
        initiative=one, name="Next", baseline_on=date(2026, 4, 6), forecast_on=date(2026, 4, 6)
    )
    Milestone.objects.create(initiative=one, name="Some day")
    return one


@pytest.fixture
def mover() -> Iterator[list[tuple[str, int]]]:
    called: list[tuple[str, int]] = []

    def register(_done: Act, one: Initiative, days: int) -> None:
        called.append((one.code, days))

    portfolio.movers.register(register)
    yield called
    portfolio.movers.unregister(register)


def test_everything_to_come_moves_together(
    claire: User, hris: Initiative, mover: list[tuple[str, int]]
) -> None:
    done = portfolio.move(claire, hris, 14, reason="HR is late")
    assert done is not None
    assert done.reason == "HR is late"
    assert (hris.starts_on, hris.ends_on, hris.go_live_on) == (
        date(2026, 1, 19),
        date(2026, 7, 20),
        date(2026, 4, 20),
    )
    rows = {row.name: row for row in hris.milestones.all()}
    assert rows["Past"].forecast_on == date(2026, 2, 2)
    assert rows["Next"].forecast_on == date(2026, 4, 20)
    assert rows["Next"].baseline_on == date(2026, 4, 6)
    assert rows["Some day"].forecast_on is None
    assert mover == [("IN-900", 14)]
    assert ChangeSet.objects.count() == 1


def test_a_move_is_undone_as_a_whole(claire: User, hris: Initiative) -> None:
    done = portfolio.move(claire, hris, -21)
    assert done is not None
    undo(claire, done)
    hris.refresh_from_db()
    assert hris.starts_on == date(2026, 1, 5)
    assert hris.milestones.get(name="Next").forecast_on == date(2026, 4, 6)


def test_a_mover_that_refuses_leaves_everything_in_place(claire: User, hris: Initiative) -> None:
    def refuse(_done: Act, _one: Initiative, _days: int) -> None:
        raise DomainError("The training rooms are booked.")

    portfolio.movers.register(refuse)
    try:
        with pytest.raises(DomainError, match="rooms"):
            portfolio.move(claire, hris, 7)
    finally:
        portfolio.movers.unregister(refuse)
    hris.refresh_from_db()
    assert hris.starts_on == date(2026, 1, 5)
    assert not ChangeSet.objects.exists()


def test_moves_that_mean_nothing_are_refused(claire: User, hris: Initiative) -> None:
    with pytest.raises(DomainError, match="0 changes nothing"):
        portfolio.move(claire, hris, 0)
    with pytest.raises(DomainError, match="calendar"):
        portfolio.move(claire, hris, 10**6)
    empty = factories.initiative(starts_on=None, ends_on=None, go_live_on=None)
    with pytest.raises(DomainError, match="no date yet"):
        portfolio.move(claire, empty, 7)


def test_a_move_on_dates_changed_meanwhile_is_refused(claire: User, hris: Initiative) -> None:
    portfolio.move(claire, hris, 7, expected_version=1)
    with pytest.raises(StaleVersion):
        portfolio.move(cast.person("paul"), hris, 14, expected_version=1)


def test_only_the_known_dates_move(claire: User) -> None:
    one = factories.initiative(ends_on=None, go_live_on=None)
    portfolio.move(claire, one, 7)
    assert (one.starts_on, one.ends_on) == (date(2026, 1, 12), None)


def preview_of(client: Client, hris: Initiative, query: str) -> dict[str, object]:
    address = f"/initiatives/{hris.code}/preview/?{query}"
    answer = client.get(address, headers={"accept": "application/json"})
    assert answer.status_code == 200
    found: dict[str, object] = answer.json()
    return found


def test_the_preview_tells_all_and_writes_nothing(
    as_person: Callable[[str], Client], hris: Initiative
) -> None:
    taker = factories.initiative("Till", starts_on=date(2026, 7, 13), ends_on=date(2026, 9, 1))
    giver = factories.initiative("Data", starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 12))
    Dependency.objects.create(predecessor=hris, successor=taker, what="Master data")
    Dependency.objects.create(predecessor=giver, successor=hris, what="Interfaces")
    CalendarPeriod.objects.create(
        kind="freeze",
        name="Closing",
        starts_on=date(2026, 4, 18),
        ends_on=date(2026, 4, 22),
        factor=0,
    )

    def effect(one: Initiative, new: Span) -> list[str]:
        return [f"{one.code} now starts on {new.starts_on}."]

    effects.register(effect)
    try:
        found = preview_of(as_person("claire"), hris, "shift=2")
    finally:
        effects.registered.unregister(effect)
    assert found["days"] == 14
    assert "Master data" in str(found["broken"])
    assert "Interfaces" in str(found["mended"])
    assert "Closing" in str(found["freezes"])
    assert "IN-900 now starts on 2026-01-19." in str(found["effects"])
    hris.refresh_from_db()
    assert hris.starts_on == date(2026, 1, 5)
    assert not ChangeSet.objects.exists()


def test_the_preview_hides_what_the_reader_may_not_see(
    as_person: Callable[[str], Client], hris: Initiative
) -> None:
    secret = factories.initiative("Plan X", code="SECRET", confidential=True)
    Dependency.objects.create(predecessor=secret, successor=hris)
    found = preview_of(as_person("paul"), hris, "shift=-2")
    told = str(found)
    assert "SECRET" not in told
    assert "Plan X" not in told


def test_the_fragment_carries_its_own_form(
    as_person: Callable[[str], Client], hris: Initiative
) -> None:
    client = as_person("claire")
    page = client.get("/initiatives/IN-900/preview/?shift=4", headers={"hx-request": "true"})
    assert 'name="days" value="28"' in page.content.decode()
    assert "4 weeks later" in page.content.decode()
    assert client.get("/initiatives/IN-900/preview/?shift=0").content == b""
    assert client.get("/initiatives/IN-900/preview/?shift=99999").status_code == 422


def test_the_page_asks_then_shows_then_moves(
    as_person: Callable[[str], Client], hris: Initiative
) -> None:
    client = as_person("claire")
    asked = client.get("/initiatives/IN-900/move/?weeks=&starts_on=")
    assert "Say by how many weeks" in asked.content.decode()
    shown = client.get("/initiatives/IN-900/move/?weeks=&starts_on=19/01/2026")
    assert "2 weeks later" in shown.content.decode()
    same = client.get("/initiatives/IN-900/move/?starts_on=2026-01-05")
    assert "nothing would change" in same.content.decode()
    posted = {"days": "14", "version": "1", "next": "https://elsewhere.example/"}
    answer = client.post("/initiatives/IN-900/move/", posted)
    assert answer["Location"] == "/initiatives/IN-900/"
    hris.refresh_from_db()
    assert hris.starts_on == date(2026, 1, 19)


def test_a_reader_gets_no_preview(as_person: Callable[[str], Client], hris: Initiative) -> None:
    assert as_person("rosa").get("/initiatives/IN-900/preview/?shift=1").status_code == 403
    assert as_person("noam").get("/initiatives/IN-900/preview/?shift=1").status_code == 404
