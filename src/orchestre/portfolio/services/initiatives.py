"""Writes of initiatives: one function, one intention, one act of the journal."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.reach import reach_of
from orchestre.access.rules import Can
from orchestre.journal.codes import with_free_code
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import Act, act
from orchestre.kernel.errors import DomainError
from orchestre.kernel.text import next_code
from orchestre.portfolio import policy
from orchestre.portfolio.models import (
    Contribution,
    IndicatorEffect,
    Initiative,
    Milestone,
    Programme,
    Wave,
    WavePopulation,
)
from orchestre.portfolio.services.checks import (
    Values,
    check_code,
    check_dates,
    check_still_visible,
    check_values,
)
from orchestre.portfolio.services.moving import copiers

PREFIX = "IN"
LEFT_BEHIND = {"id", "code", "version", "created_at", "updated_at", "archived_at"}
NOT_COPIED = LEFT_BEHIND | {"health_human", "health_technical", "health_economic", "stage"}


def create(
    user: User, *, title: str, lead_name: str = "", values: Values | None = None
) -> Initiative:
    """Write a new initiative: a title is enough; without a code it gets the next one."""
    policy.may_create(user).require()
    wanted = {"title": title.strip(), "lead_name": lead_name.strip(), **(values or {})}
    check_values(wanted)
    made = Initiative(**wanted)
    check_dates(made, {})
    if made.lead_id is None and not reach_of(user).can(Can.EDIT_PORTFOLIO):
        made.lead_id = user.pk  # else its author would not see it again

    def write(code: str) -> Initiative:
        made.code = code
        label = _("Created %(code)s %(title)s") % {"code": code, "title": made.title}
        with act(user, "portfolio.create", label) as done:
            done.create(made)
            check_still_visible(user, made)
        return made

    wanted_code = made.code
    return with_free_code(Initiative, lambda: _free_code(wanted_code), write)


def update(
    user: User,
    initiative: Initiative,
    values: Values,
    *,
    expected_version: int | None = None,
    reason: str = "",
) -> ChangeSet | None:
    """Write some facts of an initiative; None when nothing differs."""
    policy.may_change(user, initiative).require()
    check_values(values)
    if "code" in values:
        check_code(values["code"], besides=initiative.pk)
    label = _("Changed %s") % initiative.code
    with act(user, "portfolio.update", label, reason=reason) as done:
        stored = Initiative.objects.select_for_update().get(pk=initiative.pk)
        check_dates(stored, values)
        done.update(initiative, values, expected_version=expected_version)
        check_still_visible(user, initiative)
    return done.change_set


def duplicate(user: User, initiative: Initiative) -> Initiative:
    """Write a copy as an idea: its facts, milestones and aims, not its links nor its health."""
    policy.may_create(user).require()
    facts = {
        field.attname: getattr(initiative, field.attname)
        for field in Initiative._meta.concrete_fields  # noqa: SLF001 - Django's documented Meta API
        if field.attname not in NOT_COPIED
    }
    facts["title"] = (_("%s (copy)") % initiative.title)[:250]
    if not reach_of(user).can(Can.EDIT_PORTFOLIO):
        facts["lead_id"] = user.pk

    def write(code: str) -> Initiative:
        copy = Initiative(**facts, code=code)
        label = _("Duplicated %(from)s as %(to)s") % {"from": initiative.code, "to": code}
        with act(user, "portfolio.duplicate", label) as done:
            done.create(copy)
            _copy_parts(done, initiative, copy)
            _copy_waves(done, initiative, copy)
            for copier in copiers:
                copier(done, initiative, copy)
            check_still_visible(user, copy)
        return copy

    return with_free_code(Initiative, lambda: _free_code(""), write)


def _copy_parts(done: Act, source: Initiative, copy: Initiative) -> None:
    done.create_many(
        [
            Milestone(
                initiative=copy,
                name=milestone.name,
                kind=milestone.kind,
                baseline_on=milestone.baseline_on,
                forecast_on=milestone.forecast_on,
            )
            for milestone in source.milestones.all()
        ]
    )
    done.create_many(
        [
            Contribution(initiative=copy, objective_id=row.objective_id, weight=row.weight)
            for row in source.contributions.all()
        ]
    )
    done.create_many(
        [
            IndicatorEffect(initiative=copy, indicator_id=row.indicator_id, direction=row.direction)
            for row in source.effects.all()
        ]
    )


def _copy_waves(done: Act, source: Initiative, copy: Initiative) -> None:
    for wave in source.waves.all():
        made = done.create(Wave(initiative=copy, name=wave.name, go_live_on=wave.go_live_on))
        done.create_many(
            [
                WavePopulation(wave=made, initiative=copy, population_id=one.population_id)
                for one in wave.members.all()
            ]
        )


def stop(user: User, initiative: Initiative, *, reason: str) -> ChangeSet | None:
    """Stop an initiative for a reason that the journal keeps."""
    policy.may_change(user, initiative).require()
    if not reason.strip():
        sentence = _("Say why it stops: people will ask.")
        raise DomainError(sentence, fields={"reason": [sentence]})
    if initiative.stage == Initiative.Stage.STOPPED:
        raise DomainError(_("%s is already stopped.") % initiative.code)
    label = _("Stopped %s") % initiative.code
    with act(user, "portfolio.stop", label, reason=reason.strip()) as done:
        done.update(initiative, {"stage": Initiative.Stage.STOPPED})
    return done.change_set


def archive(user: User, initiative: Initiative) -> ChangeSet | None:
    """Put an initiative away: it is read only and leaves the lists."""
    policy.may_change(user, initiative).require()
    with act(user, "portfolio.archive", _("Archived %s") % initiative.code) as done:
        done.update(initiative, {"archived_at": timezone.now()})
    return done.change_set


def restore(user: User, initiative: Initiative) -> ChangeSet | None:
    """Bring an archived initiative back."""
    policy.may_edit(user, initiative).require()
    with act(user, "portfolio.restore", _("Restored %s") % initiative.code) as done:
        done.update(initiative, {"archived_at": None})
    return done.change_set


def add_programme(user: User, name: str, code: str = "") -> Programme:
    """Write a new programme, or return the one that has this name."""
    policy.may_create(user).require()
    name = name.strip()
    if not name:
        sentence = _("Give the programme a name.")
        raise DomainError(sentence, fields={"name": [sentence]})
    known = Programme.objects.filter(name__iexact=name).first()
    if known is not None:
        return known

    def free() -> str:
        return code or next_code("PG", Programme.objects.values_list("code", flat=True))

    def write(given: str) -> Programme:
        with act(user, "portfolio.add-programme", _("Added the programme “%s”") % name) as done:
            return done.create(Programme(name=name, code=given))

    return with_free_code(Programme, free, write)


def _free_code(wanted: str) -> str:
    if wanted:
        check_code(wanted)
        return wanted
    return next_code(PREFIX, Initiative.objects.values_list("code", flat=True))
