"""Drafts are private, overrides are locked one by one, and nothing is lost between two people."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import cast
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import undo
from orchestre.kernel.errors import CannotDo, DomainError, StaleVersion
from orchestre.sequencing import policy, services
from orchestre.sequencing.models import Override, Scenario


@pytest.fixture
def draft(plan: SimpleNamespace) -> Scenario:
    return services.draft(cast.person("claire"), "Later", why="Too much in April")


def test_a_draft_is_private_until_shared(draft: Scenario) -> None:
    for name in ("paul", "rosa", "ada"):
        assert not policy.visible_to(cast.person(name)).exists()
    services.share(cast.person("claire"), draft)
    assert policy.visible_to(cast.person("rosa")).get() == draft
    assert not policy.visible_to(cast.person("noam")).exists()
    assert policy.may_edit(cast.person("paul"), draft)
    assert not policy.may_edit(cast.person("rosa"), draft)


def test_readers_do_not_draft(plan: SimpleNamespace) -> None:
    with pytest.raises(CannotDo):
        services.draft(cast.person("rosa"), "No")


def test_a_shift_replaces_dates_and_back(draft: Scenario, plan: SimpleNamespace) -> None:
    claire = cast.person("claire")
    services.override(claire, draft, plan.second, {"shift_days": 14})
    row = services.override(
        claire, draft, plan.second, {"ends_on": plan.second.ends_on.replace(day=20)}
    )
    assert row is not None
    assert row.shift_days is None
    row = services.override(claire, draft, plan.second, {"shift_days": 7})
    assert row is not None
    assert row.ends_on is None


def test_saying_nothing_is_the_plan(draft: Scenario, plan: SimpleNamespace) -> None:
    claire = cast.person("claire")
    assert services.override(claire, draft, plan.second, {"shift_days": 0}) is None
    services.override(claire, draft, plan.second, {"shift_days": 7})
    assert services.override(claire, draft, plan.second, {"shift_days": 0}) is None
    assert not Override.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"title": "No"},
        {"allocation_ratio": -1.0},
        {"amount_eur": -5},
        {"shift_days": 999_999},
        {"ends_on": "before"},
    ],
)
def test_what_cannot_be_is_refused(
    draft: Scenario, plan: SimpleNamespace, values: dict[str, object]
) -> None:
    if values.get("ends_on") == "before":
        values = {"ends_on": plan.second.starts_on}
    with pytest.raises(DomainError):
        services.override(cast.person("claire"), draft, plan.second, values)
    assert not Override.objects.exists()


def test_two_people_lose_nothing(draft: Scenario, plan: SimpleNamespace) -> None:
    claire, paul = cast.person("claire"), cast.person("paul")
    services.share(claire, draft)
    services.override(claire, draft, plan.second, {"shift_days": 7}, expected_version=0)
    # another fact of the same initiative, read before: merged
    row = services.override(paul, draft, plan.second, {"rank": 3}, expected_version=0)
    assert row is not None
    assert (row.shift_days, row.rank) == (7, 3)
    # the same fact: refused with both values
    with pytest.raises(StaleVersion) as refused:
        services.override(paul, draft, plan.second, {"shift_days": 21}, expected_version=0)
    clash = refused.value.conflict.clashes[0]
    assert (clash.field, clash.mine, clash.theirs) == ("shift_days", 21, 7)
    assert refused.value.conflict.who == str(paul)
    row.refresh_from_db()
    assert row.shift_days == 7


def test_what_was_cleared_meanwhile_does_not_come_back_in_silence(
    draft: Scenario, plan: SimpleNamespace
) -> None:
    claire = cast.person("claire")
    row = services.override(claire, draft, plan.second, {"shift_days": 7})
    assert row is not None
    services.clear_override(claire, draft, plan.second, expected_version=row.version)
    with pytest.raises(StaleVersion):
        services.override(claire, draft, plan.second, {"shift_days": 14}, expected_version=1)


def test_an_override_is_undone(draft: Scenario, plan: SimpleNamespace) -> None:
    claire = cast.person("claire")
    services.override(claire, draft, plan.second, {"shift_days": 7})
    undo(claire, ChangeSet.objects.get(verb="scenarios.override"))
    assert not Override.objects.exists()


def test_a_copy_is_a_private_draft(draft: Scenario, plan: SimpleNamespace) -> None:
    claire, paul = cast.person("claire"), cast.person("paul")
    plan.first.confidential = True
    plan.first.save()
    services.override(claire, draft, plan.first, {"shift_days": 7})
    services.override(claire, draft, plan.second, {"shift_days": 14})
    services.share(claire, draft)
    copy = services.duplicate(paul, draft)
    assert copy.state == Scenario.State.DRAFT
    assert [row.initiative.code for row in copy.overrides.all()] == ["IN-B"]


def test_a_hidden_initiative_is_not_overridden(draft: Scenario, plan: SimpleNamespace) -> None:
    plan.first.confidential = True
    plan.first.save()
    services.share(cast.person("claire"), draft)
    with pytest.raises(DomainError):
        services.override(cast.person("paul"), draft, plan.first, {"shift_days": 7})
