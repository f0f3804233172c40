"""What a decision was to change, then and now, and the verdict on it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.governance import policy
from orchestre.governance.models import Decision
from orchestre.interactions.models import Finding
from orchestre.interactions.queries import OPEN
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError
from orchestre.load.services import compute
from orchestre.load.services.answer import LoadView

WEEKS_AHEAD = 13
Floats = npt.NDArray[np.float64]


def read(measure: str) -> float | None:
    """Read a measure of the whole organisation over the coming quarter; None when unknown."""
    if measure == Decision.Measure.OPEN_FINDINGS:
        return float(Finding.objects.filter(present=True, state__in=OPEN).count())
    reader = _OF_THE_LOAD.get(measure)
    return None if reader is None else reader(compute.undrawn())


def _excess(view: LoadView) -> Floats:
    first = view.week_index(compute.today()) or 0
    found: Floats = np.nan_to_num(view.result.excess_hours[:, first : first + WEEKS_AHEAD])
    return found


def _heads(view: LoadView) -> Floats:
    """People of each population; one whose headcount is unknown counts nobody."""
    groups = view.snapshot.groups
    heads = [groups[code].headcount or 0 for code in view.result.population_ids]
    return np.array(heads, dtype=float)


def _people_above(view: LoadView) -> float:
    return float((_heads(view) * (_excess(view) > 0).any(axis=1)).sum())


def _excess_hours(view: LoadView) -> float:
    return float((_heads(view)[:, None] * _excess(view)).sum())


def _populations_above(view: LoadView) -> float:
    return float((_excess(view) > 0).any(axis=1).sum())


_OF_THE_LOAD: dict[str, Callable[[LoadView], float]] = {
    Decision.Measure.PEOPLE_ABOVE: _people_above,
    Decision.Measure.EXCESS_HOURS: _excess_hours,
    Decision.Measure.POPULATIONS_ABOVE: _populations_above,
}


def give_verdict(
    person: Person,
    decision: Decision,
    verdict: str,
    reason: str,
    *,
    value: float | None = None,
    expected_version: int | None = None,
) -> Decision:
    """Say what a decision changed, with the figure of today beside that of then, and why."""
    policy.may_review(person, decision).require()
    if verdict not in Decision.Verdict.values:
        sentence = _("Choose a verdict.")
        raise DomainError(sentence, fields={"verdict": [sentence]})
    if not reason.strip():
        sentence = _("Say what makes you say so: the next reader needs it.")
        raise DomainError(sentence, code="reason-missing", fields={"reason": [sentence]})
    measured = read(decision.measure) if decision.measure != Decision.Measure.OWN else value
    label = _("Said what decision %(code)s changed") % {"code": decision.code}
    with act(person, "governance.verdict", label, reason=reason) as doing:
        values = {
            "verdict": verdict,
            "verdict_reason": reason.strip(),
            "value_now": measured,
            "verdict_on": timezone.localdate(),
            "verdict_by_id": person.pk if isinstance(person, User) else None,
        }
        doing.update(decision, values, expected_version=expected_version)
    return decision
