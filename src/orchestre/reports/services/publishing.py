"""Asking for a pack, and freezing it: one run, one publication, even when a worker dies."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.governance import policy as committees
from orchestre.governance.models import Meeting
from orchestre.journal import queries as journal
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError
from orchestre.reports import policy, queries
from orchestre.reports.models import Publication, Quote
from orchestre.reports.rules.asked import MONTHS, PackAsked
from orchestre.reports.rules.document import SCHEMA, Pack, fingerprint, freeze
from orchestre.runs.models import Run
from orchestre.runs.services import OPEN, find_or_start

KIND = "pack"


def ask(user: User, asked: PackAsked, known: tuple[str, ...]) -> tuple[Run, bool]:
    """Start a pack, or find the one that the same request on the same data already made.

    `known` are the parts that exist. Returns the run, and whether it waits to be computed.
    """
    policy.may_publish(user).require()
    if asked.confidential:
        policy.may_name_confidential(user).require()
    _check(user, asked, known)
    problem = asked.as_json()
    return find_or_start(
        KIND,
        _digest(problem),
        engine_version=f"pack/{SCHEMA}",
        seed=user.pk,
        problem=problem,
        requested_by=user,
    )


def for_meeting(
    person: Person, meeting: Meeting, parts: tuple[str, ...], language: str
) -> PackAsked:
    """Return the usual pack of a meeting: all its parts, compared with the last of its body."""
    with translation.override(language):
        title = str(meeting)
    last = queries.last_publication(person, meeting.body.name, confidential=False)
    return PackAsked(
        title=title[:200],
        audience=meeting.body.name,
        language=language,
        parts=parts,
        previous=last.pk if last else None,
        meeting=meeting.pk,
    )


def as_last(person: Person, parts: tuple[str, ...], language: str) -> PackAsked:
    """Return a pack like the last one that a person may open."""
    rows = queries.publications(person)
    last, compared = rows.first(), rows.filter(confidential=False).first()
    return PackAsked(
        title=last.title if last else "",
        audience=last.audience if last else "",
        language=language,
        parts=parts,
        previous=compared.pk if compared else None,
    )


def being_written(meeting: Meeting) -> Run | None:
    """Return the computation that writes the pack of a meeting now, None when there is none."""
    rows = Run.objects.filter(kind=KIND, status__in=OPEN).exclude(problem=None).order_by("-pk")
    return next((one for one in rows if _asked(one).meeting == meeting.pk), None)


def _asked(run: Run) -> PackAsked:
    return PackAsked.from_json(bytes(run.problem or b""))


def _digest(problem: bytes) -> str:
    about = f"{journal.last_act()}|{timezone.localdate().isoformat()}|".encode()
    return hashlib.sha256(about + problem).hexdigest()


def _check(user: User, asked: PackAsked, known: tuple[str, ...]) -> None:
    if not asked.title.strip():
        sentence = _("Give the pack a title.")
        raise DomainError(sentence, fields={"title": [sentence]})
    unknown = [part for part in asked.parts if part not in known]
    if unknown or not asked.parts:
        sentence = _("Choose at least one part among: %(parts)s.") % {"parts": ", ".join(known)}
        raise DomainError(sentence, fields={"parts": [sentence]})
    if asked.months_ahead not in MONTHS:
        sentence = _("A pack looks 3, 6 or 12 months ahead.")
        raise DomainError(sentence, fields={"months_ahead": [sentence]})
    if asked.language not in {"fr", "en"}:
        sentence = _("A pack is written in French (fr) or in English (en).")
        raise DomainError(sentence, fields={"language": [sentence]})
    if asked.previous is not None:
        seen = policy.visible_publications(user).filter(pk=asked.previous).first()
        if seen is None:
            sentence = _("The pack to compare with is not there.")
            raise DomainError(sentence, fields={"previous": [sentence]})
        if seen.confidential and not asked.confidential:
            # its figures of last time, less those of today, would tell what is not named
            sentence = _(
                "That pack names confidential initiatives: name them here too, or choose another"
                " pack to compare with."
            )
            raise DomainError(sentence, fields={"previous": [sentence]})
    if asked.meeting is not None:
        meeting = committees.visible_meetings(user).filter(pk=asked.meeting).first()
        if meeting is None:
            sentence = _("The meeting this pack is for is not there.")
            raise DomainError(sentence, fields={"meeting": [sentence]})
        policy.may_publish_for(user, meeting).require()


def store(run: Run, asked: PackAsked, pack: Pack) -> Publication:
    """Freeze a pack; a computation that was taken up again finds what it had already frozen."""
    content = freeze(pack)
    label = _("Published the pack “%(title)s”") % {"title": asked.title}
    with transaction.atomic():
        Run.objects.select_for_update().get(pk=run.pk)
        known = Publication.objects.filter(run=run).first()
        if known is not None:
            return known
        meeting = Meeting.objects.filter(pk=asked.meeting or 0).first()
        if asked.meeting and meeting is None:
            raise DomainError(_("The meeting was cancelled meanwhile: nothing was published."))
        # a pack of a meeting bears its name: it is open to who may read that committee
        quoted = sorted({*pack.bodies, *([meeting.body_id] if meeting else [])})
        with act(run.requested_by, "reports.publish", label, undoable=False) as done:
            made = done.create(
                Publication(
                    title=asked.title,
                    audience=asked.audience,
                    language=asked.language,
                    as_of=pack.as_of,
                    confidential=asked.confidential,
                    content=content,
                    fingerprint=fingerprint(content),
                    previous_id=asked.previous,
                    meeting_id=asked.meeting,
                    run=run,
                    published_by=run.requested_by,
                )
            )
            done.create_many([Quote(publication=made, body_id=body) for body in quoted])
            done.note(fingerprint=made.fingerprint, parts=list(asked.parts))
    return made
