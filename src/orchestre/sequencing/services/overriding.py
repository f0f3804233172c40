"""What a scenario says of an initiative: dates, inclusion, rank, allocation and amount only."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.journal.models import Change
from orchestre.journal.rows import model_of, plain
from orchestre.journal.services import Act, act
from orchestre.kernel.errors import Clash, Conflict, DomainError, StaleVersion
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.rules.dates import FIRST_DAY, LAST_DAY, Span, can_shift
from orchestre.sequencing import policy
from orchestre.sequencing.models import Override, Scenario
from orchestre.sequencing.queries.scenarios import edit_of, edits
from orchestre.sequencing.rules.edits import days_moved, new_span
from orchestre.sequencing.services.wave_bounds import check_waves

Values = Mapping[str, Any]
DATES = ("starts_on", "ends_on", "go_live_on")
NEUTRAL: dict[str, Any] = {
    "shift_days": None, "starts_on": None, "ends_on": None, "go_live_on": None, "included": True,
    "rank": None, "allocation_ratio": None, "amount_ratio": None, "amount_eur": None, "waves": {},
    "note": "",
}  # fmt: skip
HIGHEST_RATIO = 10.0


def override(
    user: User,
    scenario: Scenario,
    initiative: Initiative,
    values: Values,
    *,
    expected_version: int | None = None,
) -> Override | None:
    """Write what a scenario says of an initiative; None when it is the plan again.

    `expected_version` is that of the override, 0 when there was none: what somebody else wrote
    meanwhile is merged when it differs in field, refused with both values when it is the same.
    """
    policy.may_edit(user, scenario).require()
    label = _("%(scenario)s: changed %(code)s") % {
        "scenario": scenario.name[:150],
        "code": initiative.code,
    }
    with act(user, "scenarios.override", label) as done:
        hold(user, scenario)
        return write(done, user, scenario, initiative, values, expected_version)


def override_many(
    user: User, scenario: Scenario, wanted: Mapping[Initiative, Values], *, label: str = ""
) -> list[Override]:
    """Write what a scenario says of several initiatives, in one act."""
    policy.may_edit(user, scenario).require()
    told = label or _("%(scenario)s: changed %(n)d initiatives") % {
        "scenario": scenario.name[:150],
        "n": len(wanted),
    }
    with act(user, "scenarios.override", told) as done:
        hold(user, scenario)
        written = [
            write(done, user, scenario, initiative, values, None, checked=False)
            for initiative, values in wanted.items()
        ]
    return [one for one in written if one is not None]


def clear_override(
    user: User, scenario: Scenario, initiative: Initiative, *, expected_version: int | None = None
) -> None:
    """Take back what a scenario says of an initiative: it is as in the plan again."""
    policy.may_edit(user, scenario).require()
    label = _("%(scenario)s: %(code)s as in the plan") % {
        "scenario": scenario.name[:150],
        "code": initiative.code,
    }
    with act(user, "scenarios.clear", label) as done:
        hold(user, scenario)
        row = Override.objects.filter(scenario=scenario, initiative=initiative).first()
        if row is None:
            return
        if expected_version is not None and row.version != expected_version:
            raise _stale(row, NEUTRAL, _written(row))
        done.delete(row)


def hold(user: User, scenario: Scenario) -> None:
    """Hold the scenario until the act ends: two people write one after the other."""
    stored = Scenario.objects.select_for_update().get(pk=scenario.pk)
    policy.may_edit(user, stored).require()


def write(
    done: Act,
    user: User,
    scenario: Scenario,
    initiative: Initiative,
    values: Values,
    expected_version: int | None,
    *,
    checked: bool = True,
) -> Override | None:
    """Write within an act; `checked` when a wave may not go where something forbids it.

    What a search or a copy brings was weighed already, or was accepted with its price.
    """
    _check_initiative(user, initiative)
    row = Override.objects.filter(scenario=scenario, initiative=initiative).first()
    wanted = _complete(row, _checked(values))
    if row is None and expected_version:
        gone = Override(scenario=scenario, initiative=initiative, version=0)
        raise _stale(gone, wanted, {name for name in wanted if wanted[name] != NEUTRAL[name]})
    if row is not None and expected_version == 0:
        _check_birth(row, wanted)
        expected_version = None
    made = row or Override(scenario=scenario, initiative=initiative)
    future = Override(**{**{name: getattr(made, name) for name in NEUTRAL}, **wanted})
    future.scenario, future.initiative = scenario, initiative
    _check_dates(future, initiative)
    _check_waves(future, initiative)
    if checked and "waves" in wanted:
        check_waves(user, initiative, edits(scenario), edit_of(future))
    if row is None:
        if edit_of(future).says_nothing and not future.note:
            return None
        return done.create(future)
    with transaction.atomic():
        done.update(row, wanted, expected_version=expected_version)
    if edit_of(row).says_nothing and not row.note:
        done.delete(row)
        return None
    return row


def _complete(row: Override | None, values: dict[str, Any]) -> dict[str, Any]:
    """Let a shift and dates replace each other, and so an amount and its share."""
    found = dict(values)
    if found.get("shift_days") is not None:
        found |= dict.fromkeys(DATES)
    elif row is not None and any(found.get(name) for name in DATES):
        found.setdefault("shift_days", None)
    if found.get("amount_eur") is not None:
        found["amount_ratio"] = None
    elif found.get("amount_ratio") is not None:
        found["amount_eur"] = None
    return found


def _checked(values: Values) -> dict[str, Any]:
    for name, value in values.items():
        if name not in NEUTRAL:
            raise DomainError(
                _("A scenario does not override “%s”.") % str(name)[:60], code="unknown-field"
            )
        if name in {"allocation_ratio", "amount_ratio"} and value is not None:
            _check_ratio(name, value)
        if name == "waves":
            _check_numbers(value)
        if name == "amount_eur" and value is not None and value < 0:
            sentence = _("An amount is 0 or more.")
            raise DomainError(sentence, fields={name: [sentence]})
    found = dict(values)
    if found.get("shift_days") == 0:
        found["shift_days"] = None
    if isinstance(found.get("amount_eur"), float | int):
        found["amount_eur"] = Decimal(str(found["amount_eur"]))
    return found


def _check_numbers(waves: Mapping[str, int]) -> None:
    for number in waves:
        if not (number.isascii() and number.isdecimal() and len(number) < 18):
            sentence = _("“%s” is not the number of a wave.") % number[:20]
            raise DomainError(sentence, code="unknown-reference", fields={"waves": [sentence]})


def _check_ratio(name: str, value: float) -> None:
    if not 0 <= value <= HIGHEST_RATIO:
        sentence = _("Give a share from 0 to 1,000 %.")
        raise DomainError(sentence, fields={name: [sentence]})


def _check_initiative(user: User, initiative: Initiative) -> None:
    if not portfolio.visible_to(user).filter(pk=initiative.pk).exists():
        raise DomainError(
            _("This initiative does not exist, or is not open to you."), code="unknown-reference"
        )
    if initiative.archived_at is not None or initiative.stage == Initiative.Stage.STOPPED:
        raise DomainError(
            _("%s is stopped or archived: take it up again in the portfolio first.")
            % initiative.code,
            code="not-in-the-plan",
        )


def _check_dates(row: Override, initiative: Initiative) -> None:
    span = Span(initiative.starts_on, initiative.ends_on, initiative.go_live_on)
    known = (span.starts_on, span.ends_on, span.go_live_on)
    if row.shift_days:
        if not any(known):
            raise DomainError(
                _("%s has no date yet: give it dates before moving it.") % initiative.code
            )
        if not can_shift(known, row.shift_days):
            raise DomainError(_("This move leaves the calendar. Choose fewer days."))
    new = new_span(edit_of(row), span)
    given = [day for day in (row.starts_on, row.ends_on, row.go_live_on) if day]
    if not all(FIRST_DAY <= day <= LAST_DAY for day in given):
        raise DomainError(_("This move leaves the calendar. Choose fewer days."))
    if new.starts_on and new.ends_on and new.ends_on <= new.starts_on:
        sentence = _("The end comes before the start. Change one of the two dates.")
        raise DomainError(sentence, fields={"ends_on": [sentence]})


def _check_waves(row: Override, initiative: Initiative) -> None:
    days = {pk: some for pk, some in row.waves.items() if some}
    if not days:
        return
    known = {str(one.pk): one for one in initiative.waves.all()}
    unknown = sorted(set(days) - set(known))
    if unknown:
        sentence = _("%(code)s has no wave with the number %(number)s.") % {
            "code": initiative.code,
            "number": unknown[0][:20],
        }
        raise DomainError(sentence, code="unknown-reference", fields={"waves": [sentence]})
    span = Span(initiative.starts_on, initiative.ends_on, initiative.go_live_on)
    common = days_moved(edit_of(row), span)
    if not all(can_shift((known[pk].go_live_on,), common + some) for pk, some in days.items()):
        raise DomainError(_("This move leaves the calendar. Choose fewer days."))


def _check_birth(row: Override, wanted: dict[str, Any]) -> None:
    """Refuse what somebody else wrote since the person saw no override at all."""
    theirs = _written(row)
    clashing = {
        name
        for name, value in wanted.items()
        if name in theirs and plain(getattr(row, name)) != plain(value)
    }
    if clashing:
        raise _stale(row, wanted, clashing)


def _written(row: Override) -> set[str]:
    return {name for name, none in NEUTRAL.items() if getattr(row, name) != none}


def _stale(row: Override, wanted: Mapping[str, Any], names: set[str]) -> StaleVersion:
    clashes = {name: (wanted[name], getattr(row, name)) for name in sorted(names)}
    rest = {k: plain(v) for k, v in wanted.items() if k not in names}
    return stale(row, clashes, version=row.version, mergeable=rest)


def stale(
    row: Override,
    clashes: Mapping[str, tuple[object, object]],
    *,
    version: int,
    mergeable: Mapping[str, Any] | None = None,
) -> StaleVersion:
    """Say what somebody else wrote meanwhile: mine and theirs, who and when."""
    last = (
        Change.objects.filter(model=model_of(row), object_id=row.pk)
        .select_related("change_set__actor")
        .last()
    )
    return StaleVersion(
        _("“%(what)s” was changed by somebody else meanwhile; nothing was saved.")
        % {"what": row.initiative.code},
        Conflict(
            object_label=str(row)[:250],
            current_version=version,
            clashes=tuple(
                Clash(name, mine=plain(mine), theirs=plain(theirs))
                for name, (mine, theirs) in clashes.items()
            ),
            who=str(last.change_set.actor or "") if last else "",
            at=last.change_set.created_at if last else None,
            mergeable=dict(mergeable or {}),
        ),
    )
