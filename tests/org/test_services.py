"""What people do to the organisation, and how it is undone."""

from __future__ import annotations

from datetime import date

import pytest

import cast
import factories
from orchestre.access.models import Grant
from orchestre.access.rules import Role
from orchestre.journal import services as journal
from orchestre.journal.models import ChangeSet
from orchestre.kernel.errors import CannotDo, DomainError, StaleVersion
from orchestre.org import queries, rules, services
from orchestre.org.models import CalendarPeriod, CapacityRule, Population, Unit

pytestmark = pytest.mark.django_db


def undo_last() -> None:
    journal.undo(cast.person("claire"), ChangeSet.objects.latest("pk"))


def consistent() -> bool:
    links = dict(Unit.objects.values_list("pk", "parent_id"))
    return dict(Unit.objects.values_list("pk", "path")) == rules.paths_from_parents(links)


def test_a_unit_gets_its_code_and_path() -> None:
    office = cast.person("claire")
    top = services.create_unit(office, {"name": "Direction des achats"})
    below = services.create_unit(office, {"name": "Direction des achats", "parent_id": top.pk})
    assert top.code == "DIRECTION-DES-ACHATS"
    assert below.code == "DIRECTION-DES-ACHATS-2"
    assert below.path == f"/{top.pk}/{below.pk}/"
    undo_last()
    assert not Unit.objects.filter(pk=below.pk).exists()


def test_a_code_is_used_once() -> None:
    factories.unit(code="ACH")
    other = factories.unit()
    with pytest.raises(DomainError, match="already used") as refused:
        services.create_unit(cast.person("claire"), {"name": "Achats", "code": "ACH"})
    assert "code" in refused.value.fields
    with pytest.raises(DomainError, match="already used"):
        services.change_unit(cast.person("claire"), other, {"code": "ACH"})
    services.change_unit(cast.person("claire"), other, {"code": other.code, "name": "Same"})
    assert other.name == "Same"


def test_moving_a_unit_rewrites_its_subtree_in_one_act_and_is_undone_as_one() -> None:
    a, b = factories.unit("A"), factories.unit("B")
    child = factories.unit("Child", parent=a)
    leaf = factories.unit("Leaf", parent=child)
    services.move_unit(cast.person("claire"), child, b)
    leaf.refresh_from_db()
    assert leaf.path == f"/{b.pk}/{child.pk}/{leaf.pk}/"
    assert consistent()
    assert ChangeSet.objects.count() == 1
    undo_last()
    leaf.refresh_from_db()
    assert leaf.path == f"/{a.pk}/{child.pk}/{leaf.pk}/"
    assert consistent()


def test_a_unit_does_not_go_under_itself() -> None:
    top = factories.unit("Top")
    leaf = factories.unit("Leaf", parent=factories.unit("Middle", parent=top))
    for target in (top, leaf):
        with pytest.raises(DomainError, match="cannot go under itself"):
            services.move_unit(cast.person("claire"), top, target)
    top.refresh_from_db()
    assert top.parent_id is None
    assert consistent()


def test_a_tree_too_deep_is_refused_and_nothing_is_written() -> None:
    top = factories.unit()
    Unit.objects.filter(pk=top.pk).update(path="/" + "1/" * 127)
    with pytest.raises(DomainError, match="too deep"):
        services.create_unit(cast.person("claire"), {"name": "Deep", "parent_id": top.pk})
    assert not Unit.objects.filter(name="Deep").exists()


def test_two_people_who_change_the_same_field_are_told() -> None:
    unit = factories.unit("Old")
    services.change_unit(cast.person("paul"), unit, {"name": "Paul's"}, expected_version=1)
    with pytest.raises(StaleVersion) as conflict:
        services.change_unit(cast.person("claire"), unit, {"name": "Claire's"}, expected_version=1)
    assert conflict.value.conflict.clashes[0].theirs == "Paul's"
    services.change_unit(cast.person("claire"), unit, {"manager_name": "Zoé"}, expected_version=1)
    unit.refresh_from_db()
    assert (unit.name, unit.manager_name) == ("Paul's", "Zoé")


def test_a_unit_that_still_holds_something_is_not_deleted() -> None:
    unit = factories.unit("Full")
    factories.unit(parent=unit)
    factories.population(at=unit)
    factories.population(at=unit)
    factories.initiative(unit=unit)
    cast.manager_of(unit.pk)
    with pytest.raises(DomainError) as refused:
        services.delete_unit(cast.person("claire"), unit)
    assert "1 unit below, 2 populations, 1 initiative, 1 role given on it" in str(refused.value)


def test_deleting_a_unit_takes_its_capacity_along_and_undo_brings_all_back() -> None:
    unit = factories.unit("Empty")
    key = unit.pk
    services.set_absorption(cast.person("claire"), unit, 0.07)
    CalendarPeriod.objects.create(
        unit=unit, name="Peak", starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 12)
    )
    services.delete_unit(cast.person("claire"), unit)
    assert not CapacityRule.objects.exists()
    undo_last()
    assert CapacityRule.objects.get().unit_id == key
    assert CalendarPeriod.objects.get().name == "Peak"


def test_populations() -> None:
    office = cast.person("claire")
    unit = factories.unit()
    made = services.create_population(
        office, {"name": "Guichets", "unit_id": unit.pk, "headcount": None}
    )
    assert made.headcount is None
    services.change_population(office, made, {"headcount": 40}, expected_version=1)
    assert made.headcount == 40
    services.delete_population(office, made)
    assert not Population.objects.exists()
    undo_last()
    assert Population.objects.get().headcount == 40


def test_a_population_that_changes_touch_is_not_deleted() -> None:
    population = factories.population()
    factories.impact(factories.initiative(), population)
    with pytest.raises(DomainError, match="1 impact"):
        services.delete_population(cast.person("claire"), population)


def test_only_the_office_changes_the_organisation() -> None:
    unit = factories.unit()
    manager = cast.manager_of(unit.pk)
    for who in (cast.person("rosa"), cast.person("aude"), cast.person("noam"), manager):
        with pytest.raises(CannotDo):
            services.create_unit(who, {"name": "Mine"})
        with pytest.raises(CannotDo):
            services.delete_population(who, factories.population())


def test_a_manager_says_the_capacity_of_the_own_subtree_only() -> None:
    own = factories.unit()
    below, other = factories.unit(parent=own), factories.unit()
    manager = cast.manager_of(own.pk)
    services.set_absorption(manager, below, 0.03, reason="Sous-effectif")
    assert CapacityRule.objects.get().reason == "Sous-effectif"
    for place in (other, None):
        with pytest.raises(CannotDo):
            services.set_absorption(manager, place, 0.5)
    with pytest.raises(CannotDo):
        services.inherit_absorption(manager, other)


def test_shares_are_set_changed_and_given_up() -> None:
    office = cast.person("claire")
    unit = factories.unit()
    services.set_absorption(office, None, 0.06)
    services.set_absorption(office, unit, 0.03)
    services.set_absorption(office, unit, 0.04, reason="Accord", expected_version=1)
    assert queries.shares().at(unit.path) == rules.Absorption(0.04, unit.pk)
    services.inherit_absorption(office, unit)
    assert queries.shares().at(unit.path) == rules.Absorption(0.06)
    with pytest.raises(CannotDo, match="no share of its own"):
        services.inherit_absorption(office, unit)
    with pytest.raises(DomainError, match="0 % to 100 %"):
        services.set_absorption(office, unit, 1.5)


def period(**values: object) -> dict[str, object]:
    return {
        "name": "Gel",
        "kind": "freeze",
        "starts_on": date(2026, 12, 14),
        "ends_on": date(2027, 1, 4),
        "factor": 0.0,
    } | values


def test_periods() -> None:
    office, own, other = cast.person("claire"), factories.unit(), factories.unit()
    made = services.create_period(office, period())
    services.change_period(office, made, {"factor": 0.5, "unit_id": own.pk}, expected_version=1)
    assert made.unit_id == own.pk
    with pytest.raises(DomainError, match="before the first day"):
        services.change_period(office, made, {"ends_on": date(2026, 12, 14)})
    with pytest.raises(DomainError, match="200 %"):
        services.create_period(office, period(factor=3.0))
    manager = cast.manager_of(own.pk)
    services.change_period(manager, made, {"factor": 0.4})
    with pytest.raises(CannotDo):
        services.change_period(manager, made, {"unit_id": other.pk})
    with pytest.raises(CannotDo):
        services.create_period(manager, period(unit_id=other.pk))
    services.delete_period(manager, made)
    undo_last()
    assert CalendarPeriod.objects.get().factor == pytest.approx(0.4)


def test_a_role_that_ended_gives_nothing() -> None:
    unit = factories.unit()
    Grant.objects.create(
        user=cast.person("marc"),
        role=Role.UNIT_MANAGER,
        scope=Grant.Scope.UNIT,
        scope_id=unit.pk,
        valid_until=date(2020, 1, 1),
    )
    with pytest.raises(CannotDo):
        services.set_absorption(cast.person("marc"), unit, 0.1)


def test_assumed_share_comes_from_above_the_street() -> None:
    unit = factories.unit()
    assert queries.shares().at(unit.path) == rules.Absorption(0.05, assumed=True)
