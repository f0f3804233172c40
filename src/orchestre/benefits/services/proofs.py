"""Evidence: a note or the fingerprint of a file, graded by somebody else than its author."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.benefits import policy
from orchestre.benefits.models import Benefit, Evidence
from orchestre.benefits.services import checks
from orchestre.journal.services import act


@dataclass(frozen=True)
class Fingerprint:
    """What is kept of a file: enough to recognise it, not its content."""

    name: str
    size: int
    sha256: str


def fingerprint(name: str, chunks: Iterable[bytes]) -> Fingerprint:
    """Read a file once and keep its name, size and SHA-256."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
    return Fingerprint(name[:250], size, digest.hexdigest())


def add_evidence(
    person: User, benefit: Benefit, note: str, file: Fingerprint | None = None
) -> Evidence:
    """Bring a piece of evidence."""
    if not policy.validates(person):
        policy.may_claim(person, benefit.initiative).require()
    if not note.strip():
        raise checks.refuse("note", _("Say what it proves."))
    label = _("Brought evidence of “%s”") % benefit.title
    with act(person, "benefits.prove", label) as done:
        return done.create(
            Evidence(
                benefit=benefit,
                note=note.strip(),
                author_id=person.pk,
                file_name=file.name if file else "",
                file_bytes=file.size if file else None,
                file_sha256=file.sha256 if file else "",
            )
        )


def review_evidence(
    person: User, evidence: Evidence, grade: str, *, expected_version: int | None = None
) -> Evidence:
    """Grade a piece of evidence that somebody else brought."""
    policy.may_review(person, evidence).require()
    if grade not in set(Evidence.Grade.values) - {Evidence.Grade.UNREVIEWED}:
        raise checks.refuse("grade", _("Choose a grade."))
    label = _("Reviewed evidence of “%s”") % evidence.benefit.title
    with act(person, "benefits.review", label, undoable=False) as done:
        values = {"grade": grade, "reviewer_id": person.pk, "reviewed_at": timezone.now()}
        done.update(evidence, values, expected_version=expected_version)
    return evidence
