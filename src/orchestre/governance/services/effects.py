"""What a decision was to change, then and now, and the verdict on it."""

from __future__ import annotations

from dataclasses import asdict

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
from orchestre.sequencing.models import Scenario
from orchestre.sequencing.services import gauges

# what a person may say; that a decision was replaced is written when it is
GIVEN = tuple(one for one in Decision.Verdict.values if one != Decision.Verdict.REPLACED)


def read(measure: str) -> float | None:
    """Read a measure of the plan in force; None when nothing is known of it."""
    if not measure or measure == Decision.Measure.OWN:
        return None
    if measure == Decision.Measure.OPEN_FINDINGS:
        return float(Finding.objects.filter(present=True, state__in=OPEN).count())
    value = getattr(gauges.measure().measures, measure)
    return None if value is None else float(value)


def figures(scenario: Scenario | None = None) -> dict[str, float | None]:
    """Read every figure that a committee compares, for the plan in force or a scenario."""
    found = asdict(gauges.measure(scenario).measures)
    return {name: None if value is None else float(value) for name, value in found.items()}


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
    if decision.verdict == Decision.Verdict.REPLACED:
        sentence = _("%s was replaced: its effect is no longer judged.") % decision.code
        raise DomainError(sentence, code="replaced")
    if verdict not in GIVEN:
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
