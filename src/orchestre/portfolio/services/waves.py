"""Waves of deployment: added, changed, deleted; who is in one goes live with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import Act, act
from orchestre.kernel.errors import Clash, Conflict, DomainError, StaleVersion
from orchestre.org.models import Population
from orchestre.portfolio import policy
from orchestre.portfolio.models import Initiative, Wave, WavePopulation
from orchestre.portfolio.rules.dates import FIRST_DAY, LAST_DAY
from orchestre.portfolio.services.moving import carry_wave

MOST_WAVES = 30


def add_wave(
    user: User,
    initiative: Initiative,
    *,
    name: str,
    go_live_on: date | None,
    populations: Sequence[Population],
) -> Wave:
    """Write a wave and who goes live with it."""
    policy.may_change(user, initiative).require()
    label = _("Added the wave “%(name)s” to %(code)s") % {
        "name": name.strip(),
        "code": initiative.code,
    }
    with act(user, "portfolio.add-wave", label) as done:
        _locked(initiative)
        if Wave.objects.filter(initiative=initiative).count() >= MOST_WAVES:
            raise DomainError(
                _("An initiative has at most %d waves: put several populations in one.")
                % MOST_WAVES
            )
        made = Wave(initiative=initiative, name=_named(initiative, name, None))
        made.go_live_on = _dated(go_live_on)
        _check_free(initiative, populations, None)
        done.create(made)
        _join(done, made, populations)
    return made


def change_wave(
    user: User,
    wave: Wave,
    values: dict[str, Any],
    *,
    expected_version: int | None = None,
) -> ChangeSet | None:
    """Write the name, the go-live or the populations of a wave.

    What hangs on the go-live of its people moves by as many days, as when an initiative moves.
    """
    initiative = wave.initiative
    policy.may_change(user, initiative).require()
    label = _("Changed the wave “%(name)s” of %(code)s") % {
        "name": wave.name,
        "code": initiative.code,
    }
    with act(user, "portfolio.change-wave", label) as done:
        _locked(initiative)
        told: dict[str, Any] = {}
        if "name" in values:
            told["name"] = _named(initiative, values["name"], wave)
        if "go_live_on" in values:
            told["go_live_on"] = _dated(values["go_live_on"])
        stored = Wave.objects.select_for_update().get(pk=wave.pk)
        before = stored.go_live_on
        if "populations" in values:
            _check_free(initiative, values["populations"], wave)
            _serve(done, stored, values["populations"], expected_version)
        done.update(wave, told, expected_version=expected_version)
        days = (wave.go_live_on - before).days
        if days:
            carry_wave(done, wave, days)
    wave.refresh_from_db()
    return done.change_set


def remove_wave(user: User, wave: Wave) -> ChangeSet | None:
    """Delete a wave: its populations follow the go-live of the initiative again."""
    policy.may_change(user, wave.initiative).require()
    label = _("Deleted the wave “%(name)s” of %(code)s") % {
        "name": wave.name,
        "code": wave.initiative.code,
    }
    with act(user, "portfolio.remove-wave", label) as done:
        for one in wave.members.all():
            done.delete(one)
        done.delete(wave)
    return done.change_set


def _locked(initiative: Initiative) -> None:
    """Hold the initiative until the act ends: two people share populations one after the other."""
    Initiative.objects.select_for_update().get(pk=initiative.pk)


def _named(initiative: Initiative, name: str, wave: Wave | None) -> str:
    told = name.strip()[:120]
    if not told:
        sentence = _("Give the wave a name, such as “Pilot” or “Branches”.")
        raise DomainError(sentence, fields={"name": [sentence]})
    others = Wave.objects.filter(initiative=initiative, name__iexact=told)
    if (others.exclude(pk=wave.pk) if wave else others).exists():
        sentence = _("A wave of this initiative is already called “%s”: choose another name.")
        raise DomainError(sentence % told, fields={"name": [sentence % told]})
    return told


def _dated(day: date | None) -> date:
    if day is None:
        sentence = _("Say when this wave goes live.")
        raise DomainError(sentence, fields={"go_live_on": [sentence]})
    if not FIRST_DAY <= day <= LAST_DAY:
        sentence = _("This day is outside the calendar: choose another.")
        raise DomainError(sentence, fields={"go_live_on": [sentence]})
    return day


def _check_free(
    initiative: Initiative, populations: Sequence[Population], wave: Wave | None
) -> None:
    if not populations:
        sentence = _("Choose at least one population: a wave is people who go live together.")
        raise DomainError(sentence, fields={"populations": [sentence]})
    taken = WavePopulation.objects.filter(initiative=initiative, population__in=populations)
    first = (
        taken.exclude(wave=wave).select_related("wave", "population").order_by("population__name")
    ).first()
    if first is not None:
        sentence = _(
            "“%(people)s” already goes live with the wave “%(wave)s”: a population is in one "
            "wave at most. Take it out of that wave first."
        ) % {"people": first.population.name, "wave": first.wave.name}
        raise DomainError(sentence, code="already-there", fields={"populations": [sentence]})


def _join(done: Act, wave: Wave, populations: Iterable[Population]) -> None:
    done.create_many(
        [
            WavePopulation(wave=wave, initiative_id=wave.initiative_id, population=one)
            for one in {one.pk: one for one in populations}.values()
        ]
    )


def _serve(
    done: Act, stored: Wave, populations: Sequence[Population], expected_version: int | None
) -> None:
    """Write who goes live with a wave; its version tells those who opened it before."""
    members = {one.population_id: one for one in stored.members.select_related("population")}
    wanted = {one.pk: one for one in populations}
    gone = [row for pk, row in members.items() if pk not in wanted]
    new = [one for pk, one in wanted.items() if pk not in members]
    if not gone and not new:
        return
    if expected_version is not None and stored.version != expected_version:
        raise _stale(stored, populations, [one.population for one in members.values()])
    for row in gone:
        done.delete(row)
    _join(done, stored, new)
    done.touch(stored)  # its version tells who opened it before that it is no longer the same


def _stale(stored: Wave, mine: Iterable[Population], theirs: Iterable[Population]) -> StaleVersion:
    said = [", ".join(sorted(one.name for one in some)) for some in (mine, theirs)]
    return StaleVersion(
        _("“%(what)s” was changed by somebody else meanwhile; nothing was saved.")
        % {"what": stored.name},
        Conflict(
            object_label=stored.name,
            current_version=stored.version,
            clashes=(Clash("populations", mine=said[0], theirs=said[1]),),
        ),
    )
