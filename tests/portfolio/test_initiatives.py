"""Initiatives are created, changed, copied, stopped and put away, each in one act."""

from __future__ import annotations

from datetime import date

import pytest

import cast
import factories
from orchestre.access.models import User
from orchestre.journal.checking import verify
from orchestre.journal.models import ChangeSet, Entry
from orchestre.journal.services import undo
from orchestre.kernel.errors import CannotDo, DomainError, StaleVersion
from orchestre.portfolio import policy
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.strategy import services as strategy

pytestmark = pytest.mark.django_db


@pytest.fixture
def claire() -> User:
    cast.organisation()
    return cast.person("claire")


def test_a_title_is_enough_and_codes_follow_each_other(claire: User) -> None:
    first = portfolio.create(claire, title="  New till ")
    second = portfolio.create(claire, title="HRIS", lead_name="Ada")
    assert (first.code, first.title, first.stage) == ("IN-001", "New till", "idea")
    assert (second.code, second.lead_name) == ("IN-002", "Ada")
    assert Entry.objects.count() == 2
    assert verify() == (2, None)


def test_a_code_given_is_kept_and_one_taken_is_refused(claire: User) -> None:
    assert portfolio.create(claire, title="A", values={"code": "CH-014"}).code == "CH-014"
    with pytest.raises(DomainError, match="is taken"):
        portfolio.create(claire, title="B", values={"code": "ch-014"})
    with pytest.raises(DomainError, match="cannot be used"):
        portfolio.create(claire, title="B", values={"code": "NEW"})
    assert Initiative.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"stage": "gone"}, "stage"),
        ({"stage": ""}, "stage"),
        ({"health_human": "green"}, "health_human"),
        ({"ends_on": date(2026, 1, 5)}, "ends_on"),
        ({"starts_on": date(2026, 8, 1)}, "ends_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    claire: User, values: dict[str, object], field: str
) -> None:
    one = factories.initiative()
    with pytest.raises(DomainError) as refusal:
        portfolio.update(claire, one, values)
    assert list(refusal.value.fields) == [field]
    assert not ChangeSet.objects.exists()


def test_an_unknown_field_is_refused(claire: User) -> None:
    with pytest.raises(DomainError, match="no field “colour”"):
        portfolio.update(claire, factories.initiative(), {"colour": "red"})


def test_nothing_is_written_when_nothing_differs(claire: User) -> None:
    one = factories.initiative("HRIS")
    assert portfolio.update(claire, one, {"title": "HRIS"}) is None
    one.refresh_from_db()
    assert one.version == 1


def test_two_people_on_different_facts_are_merged(claire: User) -> None:
    one = factories.initiative("HRIS")
    portfolio.update(claire, one, {"sponsor_name": "Nadia"}, expected_version=1)
    paul = cast.person("paul")
    portfolio.update(paul, one, {"lead_name": "Karim"}, expected_version=1)
    one.refresh_from_db()
    assert (one.sponsor_name, one.lead_name, one.version) == ("Nadia", "Karim", 3)


def test_two_people_on_the_same_fact_are_told(claire: User) -> None:
    one = factories.initiative("HRIS")
    portfolio.update(claire, one, {"sponsor_name": "Nadia"}, expected_version=1)
    with pytest.raises(StaleVersion) as refusal:
        portfolio.update(cast.person("paul"), one, {"sponsor_name": "Sophie"}, expected_version=1)
    clash = refusal.value.conflict.clashes[0]
    assert (clash.field, clash.mine, clash.theirs) == ("sponsor_name", "Sophie", "Nadia")
    one.refresh_from_db()
    assert one.sponsor_name == "Nadia"


def test_a_change_is_undone_as_it_was(claire: User) -> None:
    one = factories.initiative("HRIS", stage="define")
    done = portfolio.update(claire, one, {"stage": "deploy", "title": "SIRH"})
    assert done is not None
    undo(claire, done)
    one.refresh_from_db()
    assert (one.title, one.stage) == ("HRIS", "define")


def test_a_scoped_lead_creates_and_still_sees_it() -> None:
    cast.organisation()
    lina = cast.lead_of(factories.initiative().pk)
    made = portfolio.create(lina, title="Mine")
    assert made.lead_id == lina.pk
    assert policy.may_edit(lina, made)


def test_nobody_locks_themselves_out() -> None:
    cast.organisation()
    paul = cast.person("paul")
    one = factories.initiative()
    with pytest.raises(CannotDo, match="no longer see"):
        portfolio.update(paul, one, {"confidential": True})
    one.refresh_from_db()
    assert not one.confidential
    assert not ChangeSet.objects.exists()


@pytest.mark.parametrize("name", ["rosa", "aude", "noam"])
def test_readers_write_nothing(name: str) -> None:
    cast.organisation()
    one, user = factories.initiative(), cast.person(name)
    for act in (
        lambda: portfolio.create(user, title="No"),
        lambda: portfolio.update(user, one, {"title": "No"}),
        lambda: portfolio.move(user, one, 7),
        lambda: portfolio.stop(user, one, reason="No"),
        lambda: portfolio.archive(user, one),
        lambda: portfolio.restore(user, one),
        lambda: portfolio.duplicate(user, one),
        lambda: portfolio.add_milestone(user, one, {"name": "No"}),
        lambda: portfolio.add_programme(user, "No"),
    ):
        with pytest.raises(CannotDo):
            act()
    assert not ChangeSet.objects.exists()


def test_an_archived_initiative_is_read_only_until_restored(claire: User) -> None:
    one = factories.initiative()
    portfolio.archive(claire, one)
    for act in (
        lambda: portfolio.update(claire, one, {"title": "No"}),
        lambda: portfolio.move(claire, one, 7),
        lambda: portfolio.archive(claire, one),
    ):
        with pytest.raises(CannotDo, match="archived"):
            act()
    portfolio.restore(claire, one)
    assert portfolio.update(claire, one, {"title": "Yes"}) is not None


def test_stopping_keeps_the_reason(claire: User) -> None:
    one = factories.initiative()
    with pytest.raises(DomainError, match="Say why"):
        portfolio.stop(claire, one, reason="  ")
    done = portfolio.stop(claire, one, reason="Budget cut")
    assert done is not None
    assert done.reason == "Budget cut"
    assert one.stage == "stopped"
    with pytest.raises(DomainError, match="already stopped"):
        portfolio.stop(claire, one, reason="Again")


def test_a_copy_is_an_idea_with_the_parts_but_not_the_health(claire: User) -> None:
    one = factories.initiative("HRIS", stage="deploy", health_human="off", systems=["SAP"])
    Milestone.objects.create(
        initiative=one, name="Pilot", forecast_on=date(2026, 3, 2), actual_on=date(2026, 3, 3)
    )
    objective = strategy.add_objective(claire, {"title": "Faster"})
    portfolio.add_contribution(claire, one, objective, 2)
    indicator = strategy.add_indicator(claire, {"name": "Days"})
    portfolio.add_effect(claire, one, indicator, "down")
    seen = []

    def copier(done: object, source: Initiative, copy: Initiative) -> None:
        seen.append((source.pk, copy.pk))

    portfolio.copiers.register(copier)
    try:
        copy = portfolio.duplicate(claire, one)
    finally:
        portfolio.copiers.unregister(copier)
    assert seen == [(one.pk, copy.pk)]
    assert (copy.title, copy.stage, copy.health_human, copy.systems) == (
        "HRIS (copy)",
        "idea",
        "",
        ["SAP"],
    )
    assert [row.actual_on for row in copy.milestones.all()] == [None]
    assert [row.weight for row in copy.contributions.all()] == [2]
    assert [row.direction for row in copy.effects.all()] == ["down"]
    undo(claire, ChangeSet.objects.get(verb="portfolio.duplicate"))
    assert not Initiative.objects.filter(pk=copy.pk).exists()


def test_a_programme_is_not_written_twice(claire: User) -> None:
    first = portfolio.add_programme(claire, "Horizon 2028")
    assert portfolio.add_programme(claire, " horizon 2028 ") == first
    assert portfolio.add_programme(claire, "Other").code == "PG-002"
    with pytest.raises(DomainError, match="a name"):
        portfolio.add_programme(claire, " ")
