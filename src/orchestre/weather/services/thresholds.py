"""Changing the thresholds: a new version each time, the old ones stay readable."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.journal.services import act
from orchestre.kernel.errors import Conflict, DomainError, StaleVersion, Text
from orchestre.weather import policy, snapshot
from orchestre.weather.models import ThresholdSet
from orchestre.weather.rules import AXES
from orchestre_engine.value import health as engine

LONGEST_PERIOD = 92


@dataclass(frozen=True)
class Wanted:
    """Thresholds as a person writes them."""

    bounds: dict[str, tuple[float, float | None]]
    weights: dict[str, float]
    blocking: frozenset[str]
    rule: str
    least_known_share: float
    period_days: int


def change(person: Person, wanted: Wanted, reason: str, *, expected: int) -> ThresholdSet:
    """Write a new version of the thresholds; `expected` is the number that was read."""
    policy.may_set_thresholds(person).require()
    _check(wanted, reason)
    number, _thresholds, _days = snapshot.thresholds()
    if number != expected:
        raise StaleVersion(
            _("The thresholds were changed by somebody else meanwhile; nothing was saved."),
            Conflict(object_label=f"health/1 v{number}", current_version=number, clashes=()),
        )
    values = snapshot.stored_of(
        engine.Thresholds(
            wanted.bounds, wanted.weights, wanted.blocking, wanted.rule, wanted.least_known_share
        ),
        wanted.period_days,
    )
    label = _("Changed the thresholds of the weather: version %s") % (number + 1)
    with act(person, "weather.thresholds", label, reason=reason, undoable=False) as doing:
        return doing.create(
            ThresholdSet(
                number=number + 1,
                values=values,
                reason=reason.strip(),
                author_id=person.pk if isinstance(person, User) else None,
            )
        )


def _check(wanted: Wanted, reason: str) -> None:
    refused: dict[str, str] = {}
    if not reason.strip():
        refused["reason"] = _("Say why: readings before and after do not compare.")
    for name, (amber, red) in wanted.bounds.items():
        if amber < 0 or (red is not None and red <= amber):
            refused[name] = _("Red begins above amber, and both above zero.")
    if not any(wanted.weights.get(axis, 0) > 0 for axis in AXES):
        refused["weights"] = _("Give at least one axis a weight.")
    if any(weight < 0 for weight in wanted.weights.values()):
        refused["weights"] = _("A weight is zero or more.")
    if wanted.rule not in {"worst", "mean"}:
        refused["rule"] = _("Choose one of the two rules.")
    if not 0 <= wanted.least_known_share <= 1:
        refused["least_known_share"] = _("Give a share from 0 to 1.")
    if not 1 <= wanted.period_days <= LONGEST_PERIOD:
        refused["period_days"] = _("Give a period of 1 to %s days.") % LONGEST_PERIOD
    if refused:
        first = next(iter(refused.values()))
        fields: dict[str, list[Text]] = {name: [told] for name, told in refused.items()}
        raise DomainError(first, code="thresholds-refused", fields=fields)
