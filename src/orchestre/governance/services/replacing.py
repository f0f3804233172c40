"""A decision that replaces another: the former keeps its record, its effect is judged no more."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.governance import policy
from orchestre.governance.models import Decision
from orchestre.journal.services import Act
from orchestre.kernel.errors import DomainError


def check(person: Person, former: Decision | None, decided_on: date) -> None:
    """Refuse who may not replace a decision, and a replacement older than what it replaces."""
    if former is None:
        return
    policy.may_replace(person, former).require()
    if decided_on < former.decided_on:
        sentence = _("It replaces %(code)s, which was decided later: check the day.")
        raise _refused("decided_on", sentence % {"code": former.code})


def hold(former: Decision | None) -> None:
    """Lock the former decision, inside an act; it is replaced once only."""
    if former is None:
        return
    stored = Decision.objects.select_for_update().get(pk=former.pk)
    if stored.replaced_by.exists():
        sentence = _("%s was already replaced: replace the later decision instead.")
        raise _refused("replaces", sentence % stored.code, "already-replaced")


def close(doing: Act, person: Person, decision: Decision) -> None:
    """Close the review of the effect of the former decision, unless its verdict was given.

    Why it was replaced stays with the decision that replaces it, which not everybody may read.
    """
    former = decision.replaces
    if former is None:
        return
    doing.note(replaces=former.code)
    former.refresh_from_db()
    if former.verdict:
        return
    values = {
        "verdict": Decision.Verdict.REPLACED,
        "verdict_on": timezone.localdate(),
        "verdict_by_id": person.pk if isinstance(person, User) else None,
    }
    doing.update(former, values)


def _refused(field: str, sentence: str, code: str = "not-valid") -> DomainError:
    return DomainError(sentence, code=code, fields={field: [sentence]})
