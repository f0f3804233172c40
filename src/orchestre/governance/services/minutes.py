"""Minutes: what a meeting decided, frozen and signed; a correction is a new edition."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.governance import policy, queries
from orchestre.governance.models import Action, AgendaItem, Meeting, Minutes
from orchestre.governance.rules import seals
from orchestre.journal.checking import head_of
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError

Content = dict[str, Any]


def content(meeting: Meeting) -> Content:
    """Return everything that minutes hold, in no language: the words of people, dates, figures."""
    quorum = queries.quorum_of(meeting)
    following = Prefetch("decision__actions", Action.objects.select_related("owner").order_by("pk"))
    items = meeting.items.select_related("decision__replaces").prefetch_related(
        "options", "opinions", following
    )
    return {
        "body": meeting.body.name,
        "kind": meeting.body.kind,
        "starts_at": meeting.starts_at.isoformat(),
        "opened_at": meeting.opened_at.isoformat() if meeting.opened_at else None,
        "closed_at": meeting.closed_at.isoformat() if meeting.closed_at else None,
        "place": meeting.place,
        "guests": meeting.guests,
        "people": [
            [one.name, said.presence if said else "", one.chairs]
            for one, said in queries.sitting(meeting)
        ],
        "quorum": [quorum.present, quorum.needed],
        "items": [_item(one) for one in items.order_by("rank", "pk")],
        "actions": [
            _action(one)
            for one in meeting.actions.filter(decision=None).select_related("owner").order_by("pk")
        ],
    }


def _item(item: AgendaItem) -> Content:
    decision = getattr(item, "decision", None)
    return {
        "title": item.title,
        "kind": item.kind,
        "state": item.state,
        "initiative": item.initiative_id,
        "context": item.context,
        "recommendation": item.recommendation,
        "options": [[one.title, one.consequence] for one in item.options.all()],
        "opinions": [
            [one.name, one.on_behalf_of, one.position, one.text, one.seal]
            for one in item.opinions.all()
            if one.opened_at is not None
        ],
        "decision": None
        if decision is None
        else {
            "code": decision.code,
            "chosen": decision.chosen,
            "reason": decision.reason,
            "discarded": decision.discarded,
            "decided_by": decision.decided_by,
            "dissent": decision.dissent,
            "conditions": decision.conditions,
            "expected": decision.expected,
            "review_on": decision.review_on.isoformat() if decision.review_on else None,
            "plan": decision.plan_number,
            "actions": [_action(one) for one in decision.actions.all()],
        }
        # only where there is something to say: minutes signed before this was kept still hold
        | ({"replaces": decision.replaces.code} if decision.replaces else {}),
    }


def _action(action: Action) -> Content:
    return {
        "code": action.code,
        "what": action.what,
        "owner": action.owner_name or str(action.owner or ""),
        "due_on": action.due_on.isoformat() if action.due_on else None,
        "initiative": action.initiative_id,
    }


def sign(person: Person, meeting: Meeting, name: str, correction: str = "") -> Minutes:
    """Freeze the minutes as they read now, with a name and a time; the chain keeps their print."""
    policy.may_run(person, meeting.body).require()
    if not name.strip():
        sentence = _("Write your name: it is the signature.")
        raise DomainError(sentence, fields={"name": [sentence]})
    label = _("Signed the minutes of %s") % meeting
    with act(person, "governance.sign-minutes", label, undoable=False) as doing:
        stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if stored.state not in {Meeting.State.CLOSED, Meeting.State.MINUTED}:
            raise DomainError(_("Close the meeting before signing its minutes."), code="not-closed")
        last = stored.signed.first()
        if last is not None and not correction.strip():
            sentence = _("Say what this edition corrects.")
            raise DomainError(sentence, fields={"correction": [sentence]})
        frozen = content(stored)
        digest = seals.digest(frozen)
        anchor = head_of()
        signed = doing.create(
            Minutes(
                meeting=stored,
                edition=last.edition + 1 if last else 1,
                language=(get_language() or "fr")[:2],
                content=frozen,
                digest=digest,
                correction=correction.strip(),
                signed_by=person if isinstance(person, User) else None,
                signed_name=name.strip()[:150],
                signed_at=timezone.now(),
                chain_seq=anchor.seq,
                chain_hash=anchor.hash,
            )
        )
        if stored.state != Meeting.State.MINUTED:
            doing.update(meeting, {"state": Meeting.State.MINUTED})
        doing.note(minutes=digest, edition=signed.edition)
    return signed


def holds(signed: Minutes) -> bool:
    """Tell whether signed minutes are still those that were signed."""
    return seals.digest(signed.content) == signed.digest


def changed_since(signed: Minutes) -> bool:
    """Tell whether the meeting now reads otherwise than its signed minutes."""
    return seals.digest(content(signed.meeting)) != signed.digest
