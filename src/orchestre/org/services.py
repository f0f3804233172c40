"""What people do to the organisation: one function, one intention, one undo."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.models import Grant
from orchestre.access.reach import Person
from orchestre.journal.codes import with_free_code
from orchestre.journal.services import Act, act
from orchestre.kernel.errors import CannotDo, DomainError
from orchestre.kernel.models import Provenance
from orchestre.kernel.text import slug_code
from orchestre.org import rules
from orchestre.org.models import CalendarPeriod, CapacityRule, Population, Unit
from orchestre.org.policy import may_edit_capacity, may_edit_org


def _free_code(model: type[Unit | Population], wanted: str, name: str, own: int | None) -> str:
    code = wanted.strip() or slug_code(name) or model.__name__.upper()
    taken = model._default_manager.all()  # noqa: SLF001 - Django's documented API
    if own is not None:
        taken = taken.exclude(pk=own)
    if not taken.filter(code=code).exists():
        return code
    if wanted.strip():
        sentence = _("The code “%(code)s” is already used. Give another one.") % {"code": code}
        raise DomainError(sentence, code="code-taken", fields={"code": [sentence]})
    used = set(taken.filter(code__startswith=f"{code}-").values_list("code", flat=True))
    return next(f"{code}-{n}" for n in range(2, len(used) + 3) if f"{code}-{n}" not in used)


def create_unit(person: Person, values: dict[str, Any]) -> Unit:
    """Add a unit below another, or at the top; without a code it gets one from its name."""
    may_edit_org(person).require()

    def write(code: str) -> Unit:
        with act(person, "org.create-unit", _("Added unit %(name)s") % values) as done:
            unit = Unit(**values | {"code": code})
            done.create(unit)
            above = Unit.objects.get(pk=unit.parent_id) if unit.parent_id else None
            path = rules.path_of(above.path if above else None, unit.pk)
            _check_depth([path])
            done.update(unit, {"path": path})
        return unit

    return with_free_code(Unit, lambda: _new_code(Unit, values), write)


def _new_code(model: type[Unit | Population], values: dict[str, Any]) -> str:
    return _free_code(model, values.get("code") or "", values["name"], None)


def change_unit(
    person: Person, unit: Unit, values: dict[str, Any], *, expected_version: int | None = None
) -> Unit:
    """Change what is said of a unit; a new parent moves everything below it as well."""
    may_edit_org(person).require()
    values = {**values}
    if "code" in values:
        values["code"] = _free_code(Unit, values["code"], values.get("name", unit.name), unit.pk)
    moves = "parent_id" in values and values["parent_id"] != unit.parent_id
    label = _("Moved unit %(name)s") if moves else _("Changed unit %(name)s")
    with act(person, "org.change-unit", label % {"name": unit.name}) as done:
        done.update(unit, values, expected_version=expected_version)
        if moves:
            _rewrite_paths(done, unit)
    return unit


def move_unit(
    person: Person, unit: Unit, parent: Unit | None, *, expected_version: int | None = None
) -> Unit:
    """Hang a unit and all below it under another one."""
    values = {"parent_id": parent.pk if parent else None}
    return change_unit(person, unit, values, expected_version=expected_version)


def _rewrite_paths(done: Act, unit: Unit) -> None:
    # every row is locked in one order, so that two moves cannot make a loop together
    rows = {row.pk: row for row in Unit.objects.select_for_update().order_by("pk")}
    paths = {pk: row.path for pk, row in rows.items()}
    found = rules.moved_paths(paths, unit.pk, unit.parent_id)
    if found is None:
        sentence = _("“%(unit)s” cannot go under itself or under a unit below it.") % {
            "unit": unit.name
        }
        raise DomainError(sentence, code="cannot-move", fields={"parent": [sentence]})
    _check_depth(found.values())
    for pk, path in found.items():
        done.update(rows[pk], {"path": path})
    unit.refresh_from_db()


def _check_depth(paths: Iterable[str]) -> None:
    if any(len(path) > rules.MAX_PATH_LENGTH for path in paths):
        raise DomainError(
            _("The tree would be too deep here. Hang the unit higher."), code="too-deep"
        )


def delete_unit(person: Person, unit: Unit) -> None:
    """Delete a unit on which nothing hangs any more, with its own capacity and periods."""
    may_edit_org(person).require()
    roles = Grant.objects.filter(scope=Grant.Scope.UNIT, scope_id=unit.pk).count()
    children, groups = unit.children.count(), unit.populations.count()
    owned = unit.initiatives.count()
    hanging = [
        (children, ngettext("%d unit below", "%d units below", children)),
        (groups, ngettext("%d population", "%d populations", groups)),
        (owned, ngettext("%d initiative", "%d initiatives", owned)),
        (roles, ngettext("%d role given on it", "%d roles given on it", roles)),
    ]
    _refuse_when_needed(unit.name, [words % n for n, words in hanging if n])
    with act(person, "org.delete-unit", _("Deleted unit %(name)s") % {"name": unit.name}) as done:
        for rule in CapacityRule.objects.filter(unit=unit):
            done.delete(rule)
        for period in CalendarPeriod.objects.filter(unit=unit):
            done.delete(period)
        done.delete(unit)


def _refuse_when_needed(name: str, hanging: list[str]) -> None:
    if hanging:
        raise DomainError(
            _("“%(name)s” still holds: %(what)s. Move or delete these first.")
            % {"name": name, "what": ", ".join(hanging)},
            code="still-needed",
        )


def create_population(person: Person, values: dict[str, Any]) -> Population:
    """Add a group of people."""
    may_edit_org(person).require()

    def write(code: str) -> Population:
        with act(person, "org.create-population", _("Added population %(name)s") % values) as done:
            return done.create(Population(**values | {"code": code}))

    return with_free_code(Population, lambda: _new_code(Population, values), write)


def change_population(
    person: Person,
    population: Population,
    values: dict[str, Any],
    *,
    expected_version: int | None = None,
) -> Population:
    """Change what is said of a group of people."""
    may_edit_org(person).require()
    values = {**values}
    if "code" in values:
        name = values.get("name", population.name)
        values["code"] = _free_code(Population, values["code"], name, population.pk)
    label = _("Changed population %(name)s") % {"name": population.name}
    with act(person, "org.change-population", label) as done:
        done.update(population, values, expected_version=expected_version)
    return population


def delete_population(person: Person, population: Population) -> None:
    """Delete a group that no change touches any more."""
    may_edit_org(person).require()
    hanging = []
    if impacts := population.impacts.count():
        hanging.append(ngettext("%d impact", "%d impacts", impacts) % impacts)
    if activities := population.activities.count():
        hanging.append(ngettext("%d activity", "%d activities", activities) % activities)
    _refuse_when_needed(population.name, hanging)
    label = _("Deleted population %(name)s") % {"name": population.name}
    with act(person, "org.delete-population", label) as done:
        done.delete(population)


def _place(unit: Unit | None) -> str:
    return unit.name if unit else _("the whole organisation")


def set_absorption(
    person: Person,
    unit: Unit | None,
    ratio: float,
    *,
    reason: str | None = None,
    expected_version: int | None = None,
) -> CapacityRule:
    """Say which share of working time the people of a unit can give to change."""
    may_edit_capacity(person, unit).require()
    if not 0 <= ratio <= 1:
        sentence = _("Give a share from 0 % to 100 %.")
        raise DomainError(sentence, fields={"absorption_ratio": [sentence]})
    label = _("Set the capacity of %(place)s") % {"place": _place(unit)}
    with act(person, "org.set-capacity", label, reason=reason or "") as done:
        stored = CapacityRule.objects.select_for_update().filter(unit=unit).first()
        if stored is None:
            return done.create(CapacityRule(unit=unit, absorption_ratio=ratio, reason=reason or ""))
        values: dict[str, Any] = {
            "absorption_ratio": ratio,
            "provenance": Provenance.DECLARED,
        }
        if reason is not None:
            values["reason"] = reason
        done.update(stored, values, expected_version=expected_version)
        return stored


def inherit_absorption(person: Person, unit: Unit | None) -> None:
    """Forget the share of a unit: the one above applies again."""
    may_edit_capacity(person, unit).require()
    rule = CapacityRule.objects.filter(unit=unit).first()
    if rule is None:
        raise CannotDo(_("%(place)s has no share of its own.") % {"place": _place(unit)})
    label = _("The capacity of %(place)s is inherited again") % {"place": _place(unit)}
    with act(person, "org.inherit-capacity", label) as done:
        done.delete(rule)


def create_period(person: Person, values: dict[str, Any]) -> CalendarPeriod:
    """Add a stretch of days when capacity differs; `ends_on` is not included."""
    period = CalendarPeriod(**values)
    may_edit_capacity(person, period.unit).require()
    _check_period(period.starts_on, period.ends_on, period.factor)
    with act(person, "org.create-period", _("Added period %(name)s") % values) as done:
        return done.create(period)


def change_period(
    person: Person,
    period: CalendarPeriod,
    values: dict[str, Any],
    *,
    expected_version: int | None = None,
) -> CalendarPeriod:
    """Change a period where one may change capacity, before and after."""
    may_edit_capacity(person, period.unit).require()
    if "unit_id" in values:
        target = Unit.objects.filter(pk=values["unit_id"]).first()
        may_edit_capacity(person, target).require()
    with act(
        person, "org.change-period", _("Changed period %(name)s") % {"name": period.name}
    ) as done:
        current = CalendarPeriod.objects.select_for_update().get(pk=period.pk)
        _check_period(
            values.get("starts_on", current.starts_on),
            values.get("ends_on", current.ends_on),
            values.get("factor", current.factor),
        )
        done.update(period, values, expected_version=expected_version)
    return period


def _check_period(starts_on: date, ends_on: date, factor: float) -> None:
    if ends_on <= starts_on:
        sentence = _("The last day comes before the first day. Correct one of them.")
        raise DomainError(sentence, code="ends-before-start", fields={"ends_on": [sentence]})
    if not 0 <= factor <= rules.MAX_FACTOR:
        sentence = _("Give what is left of capacity, from 0 % to 200 %.")
        raise DomainError(sentence, fields={"factor": [sentence]})


def delete_period(person: Person, period: CalendarPeriod) -> None:
    """Delete a period."""
    may_edit_capacity(person, period.unit).require()
    with act(
        person, "org.delete-period", _("Deleted period %(name)s") % {"name": period.name}
    ) as done:
        done.delete(period)
