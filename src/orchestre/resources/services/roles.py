"""Roles, what can be given of them, and what initiatives ask."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.journal.codes import numbered, with_free_code
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError
from orchestre.portfolio.models import Initiative
from orchestre.resources import policy
from orchestre.resources.models import Role, RoleCapacity, RoleDemand
from orchestre.resources.services import checks

Values = dict[str, Any]


def add_role(person: Person, values: Values) -> Role:
    """Write a new role; without a code it gets the next one."""
    policy.may_edit_means(person).require()
    checks.check_name(values)
    made = Role(**values)
    wanted = made.code

    def write(code: str) -> Role:
        made.code = code
        with act(person, "resources.add-role", _("Added the role “%s”") % made.name) as done:
            return done.create(made)

    return with_free_code(Role, numbered(Role, "RO", wanted, width=2), write)


def change_role(
    person: Person, role: Role, values: Values, *, expected_version: int | None = None
) -> bool:
    """Write some facts of a role; False when nothing differs."""
    policy.may_edit_means(person).require()
    checks.check_name({"name": role.name, **values})
    with act(person, "resources.change-role", _("Changed the role “%s”") % role.name) as done:
        return done.update(role, values, expected_version=expected_version)


def remove_role(person: Person, role: Role) -> None:
    """Delete a role and its capacity; refused while initiatives ask for it."""
    policy.may_edit_means(person).require()
    if role.demands.exists():
        raise DomainError(
            _("Initiatives ask for “%s”: delete or change what they ask first.") % role.name,
            code="in-use",
        )
    with act(person, "resources.remove-role", _("Deleted the role “%s”") % role.name) as done:
        for capacity in role.capacities.all():
            done.delete(capacity)
        done.delete(role)


def say_capacity(person: Person, role: Role, values: Values) -> RoleCapacity:
    """Say how many full-time equivalents of a role can be given, from when and until when."""
    policy.may_edit_means(person).require()
    _check_effort(values)
    with act(person, "resources.say-capacity", _("Said the capacity of “%s”") % role.name) as done:
        _check_no_overlap(role, values)
        return done.create(RoleCapacity(role=role, **values))


def _check_effort(values: Values) -> None:
    checks.check_range(values)
    checks.check_fte(values)


def _check_no_overlap(role: Role, values: Values, but: int | None = None) -> None:
    """Two figures for the same day would be added without anybody wanting it.

    The role is locked: two people who write at once do not both find the dates free.
    """
    Role.objects.select_for_update().get(pk=role.pk)
    over = role.capacities.filter(starts_on__lt=values["ends_on"], ends_on__gt=values["starts_on"])
    if (over if but is None else over.exclude(pk=but)).exists():
        sentence = _("The capacity of this role is already said for part of these dates.")
        raise checks.refuse("starts_on", sentence, "overlap")


def change_capacity(
    person: Person, capacity: RoleCapacity, values: Values, *, expected_version: int | None = None
) -> RoleCapacity:
    """Change what can be given of a role."""
    policy.may_edit_means(person).require()
    label = _("Changed the capacity of “%s”") % capacity.role.name
    with act(person, "resources.change-capacity", label) as done:
        stored = RoleCapacity.objects.select_for_update().get(pk=capacity.pk)
        said = {"starts_on": stored.starts_on, "ends_on": stored.ends_on} | values
        _check_effort(said)
        _check_no_overlap(capacity.role, said, capacity.pk)
        done.update(capacity, values, expected_version=expected_version)
    return capacity


def remove_capacity(person: Person, capacity: RoleCapacity) -> None:
    """Delete what was said of the capacity of a role."""
    policy.may_edit_means(person).require()
    label = _("Deleted a capacity of “%s”") % capacity.role.name
    with act(person, "resources.remove-capacity", label) as done:
        done.delete(capacity)


def ask_role(person: Person, initiative: Initiative, role: Role, values: Values) -> RoleDemand:
    """Say that an initiative needs so many full-time equivalents of a role."""
    policy.may_say(person, initiative).require()
    _check_effort(values)
    label = _("%(code)s asks for “%(role)s”") % {"code": initiative.code, "role": role.name}
    with act(person, "resources.ask-role", label) as done:
        return done.create(RoleDemand(initiative=initiative, role=role, **values))


def change_demand(
    person: Person, demand: RoleDemand, values: Values, *, expected_version: int | None = None
) -> RoleDemand:
    """Change what an initiative asks of a role."""
    policy.may_say(person, demand.initiative).require()
    label = _("Changed what %(code)s asks of “%(role)s”") % {
        "code": demand.initiative.code,
        "role": demand.role.name,
    }
    with act(person, "resources.change-demand", label) as done:
        stored = RoleDemand.objects.select_for_update().get(pk=demand.pk)
        _check_effort({"starts_on": stored.starts_on, "ends_on": stored.ends_on} | values)
        done.update(demand, values, expected_version=expected_version)
    return demand


def remove_demand(person: Person, demand: RoleDemand) -> None:
    """Delete what an initiative asks of a role."""
    policy.may_say(person, demand.initiative).require()
    label = _("Deleted what %(code)s asks of “%(role)s”") % {
        "code": demand.initiative.code,
        "role": demand.role.name,
    }
    with act(person, "resources.remove-demand", label) as done:
        done.delete(demand)
