"""Waves of deployment: who goes live together, at most once, and what moves with them."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

import cast
import factories as make
from orchestre.impacts.models import Activity
from orchestre.journal import checking
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import undo
from orchestre.kernel.errors import CannotDo, DomainError, StaleVersion
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Wave, WavePopulation
from orchestre.portfolio.queries.waves import waves_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march")]
MAY, JUNE = date(2026, 5, 4), date(2026, 6, 1)


@pytest.fixture
def in_march() -> object:
    import time_machine  # noqa: PLC0415 - only here

    with time_machine.travel("2026-03-02T09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def till() -> SimpleNamespace:
    cast.organisation()
    unit = make.unit("Réseau", code="NET")
    west, east = (make.population(f"Agences {one}", unit, code=one) for one in ("WEST", "EAST"))
    one = make.initiative("Caisse", code="IN-700", unit=unit)
    for people in (west, east):
        make.impact(one, people, hours_per_person=8.0)
    return SimpleNamespace(
        claire=cast.person("claire"), unit=unit, west=west, east=east, initiative=one
    )


def wave(till: SimpleNamespace, name: str = "Ouest", day: date = MAY) -> Wave:
    return portfolio.add_wave(
        till.claire, till.initiative, name=name, go_live_on=day, populations=[till.west]
    )


def test_a_population_is_in_one_wave_at_most_and_is_told_where(till: SimpleNamespace) -> None:
    wave(till)
    with pytest.raises(DomainError, match="“Agences WEST” already goes live with the wave “Ouest”"):
        portfolio.add_wave(
            till.claire, till.initiative, name="Est", go_live_on=JUNE,
            populations=[till.east, till.west],
        )  # fmt: skip
    assert Wave.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"name": " "}, "a name"),
        ({"name": "OUEST"}, "already called"),
        ({"go_live_on": None}, "when this wave"),
        ({"go_live_on": date(1900, 1, 1)}, "outside the calendar"),
        ({"populations": []}, "at least one population"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    till: SimpleNamespace, said: dict[str, object], told: str
) -> None:
    wave(till)
    values = {"name": "Est", "go_live_on": JUNE, "populations": [till.east]} | said
    with pytest.raises(DomainError, match=told):
        portfolio.add_wave(till.claire, till.initiative, **values)  # type: ignore[arg-type]  # wrong on purpose


def test_a_new_day_carries_the_trainings_of_its_people_and_is_undone_as_a_whole(
    till: SimpleNamespace,
) -> None:
    made = wave(till)
    kept, moved = (
        Activity.objects.create(
            initiative=till.initiative, population=one, starts_on=date(2026, 4, 20),
            ends_on=date(2026, 4, 22), hours_per_person=2,
        )
        for one in (till.east, till.west)
    )  # fmt: skip
    done = portfolio.change_wave(till.claire, made, {"go_live_on": JUNE}, expected_version=1)
    moved.refresh_from_db()
    kept.refresh_from_db()
    assert (moved.starts_on, moved.ends_on) == (date(2026, 5, 18), date(2026, 5, 20))
    assert kept.starts_on == date(2026, 4, 20)
    assert isinstance(done, ChangeSet)
    undo(till.claire, done)
    made.refresh_from_db()
    moved.refresh_from_db()
    assert (made.go_live_on, moved.starts_on) == (MAY, date(2026, 4, 20))


def test_a_move_takes_the_waves_to_come_and_leaves_those_that_went_live(
    till: SimpleNamespace,
) -> None:
    coming = wave(till)
    past = portfolio.add_wave(
        till.claire, till.initiative, name="Pilote", go_live_on=date(2026, 2, 2),
        populations=[till.east],
    )  # fmt: skip
    late = Activity.objects.create(
        initiative=till.initiative, population=till.east, starts_on=date(2026, 4, 1),
        ends_on=date(2026, 4, 2), hours_per_person=1,
    )  # fmt: skip
    portfolio.move(till.claire, till.initiative, 14)
    coming.refresh_from_db()
    past.refresh_from_db()
    late.refresh_from_db()
    assert (coming.go_live_on, past.go_live_on) == (date(2026, 5, 18), date(2026, 2, 2))
    assert late.starts_on == date(2026, 4, 1)


def test_two_people_never_lose_what_the_other_said_of_who_is_in(till: SimpleNamespace) -> None:
    made = wave(till)
    portfolio.change_wave(
        till.claire, made, {"populations": [till.west, till.east]}, expected_version=1
    )
    assert made.version == 2
    with pytest.raises(StaleVersion, match="somebody else"):
        portfolio.change_wave(till.claire, made, {"populations": [till.west]}, expected_version=1)
    assert WavePopulation.objects.count() == 2
    portfolio.change_wave(till.claire, made, {"name": "Réseau"}, expected_version=1)
    assert made.name == "Réseau"


def joined(till: SimpleNamespace, made: Wave) -> ChangeSet:
    done = portfolio.change_wave(till.claire, made, {"populations": [till.west, till.east]})
    assert isinstance(done, ChangeSet)
    return done


def test_joining_a_wave_is_a_change_of_the_wave_in_the_journal_and_is_undone(
    till: SimpleNamespace,
) -> None:
    made = wave(till)
    done = joined(till, made)
    told = list(done.changes.order_by("pk").values_list("model", "operation", "version"))
    assert told == [("portfolio.wavepopulation", "created", 1), ("portfolio.wave", "updated", 2)]
    assert checking.verify()[1] is None
    undo(till.claire, done)
    made.refresh_from_db()
    assert [one.population for one in made.members.all()] == [till.west]
    assert made.version == 3  # who opened it with both is told that it changed again
    with pytest.raises(StaleVersion):
        portfolio.change_wave(till.claire, made, {"populations": [till.east]}, expected_version=2)


def test_what_others_said_of_the_wave_since_stays_when_a_join_is_undone(
    till: SimpleNamespace,
) -> None:
    made = wave(till)
    done = joined(till, made)
    portfolio.change_wave(till.claire, made, {"go_live_on": JUNE})
    undo(till.claire, done)
    made.refresh_from_db()
    assert (made.go_live_on, made.members.get().population) == (JUNE, till.west)


def test_a_return_to_a_wave_that_somebody_prevented_is_refused_by_name(
    till: SimpleNamespace,
) -> None:
    made = wave(till)
    joined(till, made)
    left = portfolio.change_wave(till.claire, made, {"populations": [till.east]})
    assert isinstance(left, ChangeSet)
    portfolio.add_wave(
        till.claire, till.initiative, name="Siège", go_live_on=JUNE, populations=[till.west]
    )
    with pytest.raises(DomainError, match="Changed since, so not undone: Ouest: "):
        undo(till.claire, left)
    assert WavePopulation.objects.count() == 2


def test_the_journal_page_shows_who_joined(till: SimpleNamespace, client: Client) -> None:
    joined(till, wave(till))
    client.force_login(till.claire)
    page = client.get("/initiatives/IN-700/history/").content.decode()
    assert "Changed the wave “Ouest” of IN-700" in page


def test_deleted_its_people_follow_the_initiative_and_undo_brings_them_back(
    till: SimpleNamespace,
) -> None:
    made = wave(till)
    done = portfolio.remove_wave(till.claire, made)
    assert not Wave.objects.exists()
    assert not WavePopulation.objects.exists()
    assert isinstance(done, ChangeSet)
    undo(till.claire, done)
    assert Wave.objects.get().members.get().population == till.west


def test_a_copy_has_the_waves_of_its_source(till: SimpleNamespace) -> None:
    wave(till)
    copy = portfolio.duplicate(till.claire, till.initiative)
    found = copy.waves.get()
    assert (found.name, found.go_live_on) == ("Ouest", MAY)
    assert found.members.get().population == till.west


def test_only_who_changes_the_initiative_writes_its_waves(till: SimpleNamespace) -> None:
    rosa = cast.person("rosa")
    with pytest.raises(CannotDo):
        portfolio.add_wave(
            rosa, till.initiative, name="Est", go_live_on=MAY, populations=[till.east]
        )
    with pytest.raises(CannotDo):
        portfolio.remove_wave(rosa, wave(till))


def test_who_reads_one_unit_counts_the_others_without_their_names(till: SimpleNamespace) -> None:
    far = make.unit("Siège", code="HQ")
    people = make.population("Comptables", far, code="ACC")
    make.impact(till.initiative, people)
    made = wave(till)
    portfolio.change_wave(till.claire, made, {"populations": [till.west, people]})
    manager = cast.manager_of(till.unit.pk)
    (served,) = waves_of(manager, till.initiative)
    assert [one.name for one in served.populations] == ["Agences WEST"]
    assert served.closed == 1


def test_the_pages_add_change_and_delete(till: SimpleNamespace) -> None:
    client = Client()
    client.force_login(till.claire)
    page = client.get("/initiatives/IN-700/plan/")
    assert b"Add a wave" in page.content
    told = {"name": "Ouest", "go_live_on": "04/05/2026", "populations": [till.west.pk]}
    assert client.post("/initiatives/IN-700/waves/new/", told).status_code == 302
    made = Wave.objects.get()
    again = client.post("/initiatives/IN-700/waves/new/", {**told, "name": "Est"})
    assert "already goes live with the wave “Ouest”" in again.content.decode()
    address = f"/initiatives/IN-700/waves/{made.pk}/"
    told |= {"name": "Réseau", "version": "1", "populations": [till.west.pk, till.east.pk]}
    assert client.post(address, told).status_code == 302
    plan = client.get("/initiatives/IN-700/plan/").content.decode()
    assert "Agences EAST, Agences WEST" in plan
    assert "1 wave, on 4 May 2026." in plan
    assert client.post(address, {"delete": "1"}).status_code == 302
    assert not Wave.objects.exists()
    assert client.get(address).status_code == 404
    history = client.get("/initiatives/IN-700/history/").content.decode()
    assert "Deleted the wave" in history
