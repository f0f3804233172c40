"""What people decide of a finding: each decision is versioned, journaled and undoable."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.interactions import policy
from orchestre.interactions.models import Finding
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError

State = Finding.State
_VERBS: dict[str, str] = {
    State.NEW: "interactions.reopen",
    State.CONFIRMED: "interactions.confirm",
    State.REFUSED: "interactions.refuse",
    State.SETTLED: "interactions.settle",
}


def confirm(person: Person, finding: Finding, *, expected_version: int | None = None) -> Finding:
    """Say that the rule is right: something is to be done."""
    return _decide(person, finding, State.CONFIRMED, "", _("Confirmed a finding"), expected_version)


def refuse(
    person: Person, finding: Finding, reason: str, *, expected_version: int | None = None
) -> Finding:
    """Say that the rule is wrong here, and why; it does not come back."""
    told = _given(reason)
    return _decide(person, finding, State.REFUSED, told, _("Refused a finding"), expected_version)


def settle(
    person: Person, finding: Finding, reason: str, *, expected_version: int | None = None
) -> Finding:
    """Say that it is dealt with, or accepted knowingly, and why."""
    told = _given(reason)
    return _decide(person, finding, State.SETTLED, told, _("Settled a finding"), expected_version)


def reopen(person: Person, finding: Finding, *, expected_version: int | None = None) -> Finding:
    """Put a finding back among those to look at."""
    return _decide(person, finding, State.NEW, "", _("Reopened a finding"), expected_version)


def _given(reason: str) -> str:
    told = reason.strip()
    if not told:
        sentence = _("Give the reason: it is what the next reader needs.")
        raise DomainError(sentence, code="reason-missing", fields={"reason": [sentence]})
    return told


def _decide(
    person: Person,
    finding: Finding,
    state: str,
    reason: str,
    label: str,
    expected_version: int | None,
) -> Finding:
    policy.may_settle(person, finding).require()
    if finding.state == state:
        raise DomainError(
            _("This finding is already “%(state)s”.") % {"state": finding.get_state_display()},
            code="already-so",
        )
    decided = state != State.NEW
    values: dict[str, Any] = {
        "state": state,
        "reason": reason,
        "decided_by_id": person.pk if decided and isinstance(person, User) else None,
        "decided_at": timezone.now() if decided else None,
    }
    with act(person, _VERBS[state], label, reason=reason) as doing:
        doing.update(finding, values, expected_version=expected_version)
    return finding
