"""Minutes on paper: one view model for the page, the DOCX and the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from orchestre.access.queries import organisation
from orchestre.access.reach import Person
from orchestre.governance import policy
from orchestre.governance.models import AgendaItem, Attendance, Meeting, Minutes, Opinion
from orchestre.governance.presenters import marks
from orchestre.governance.rules.meeting import Quorum
from orchestre.governance.services import minutes as services
from orchestre.ui import formats


@dataclass(frozen=True)
class Pair:
    """A term and what is said of it."""

    term: str
    text: str


@dataclass(frozen=True)
class PaperItem:
    """One item as the minutes tell it."""

    number: int
    title: str
    state: str
    pairs: tuple[Pair, ...]
    discarded: tuple[str, ...]
    opinions: tuple[str, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """Minutes, written for one reader."""

    language: str
    organisation: str
    title: str
    draft: str
    facts: tuple[Pair, ...]
    people: tuple[Pair, ...]
    items: tuple[PaperItem, ...]
    actions: tuple[str, ...]
    signature: str
    correction: str
    footer: str
    labels: dict[str, str]


def paper(person: Person, meeting: Meeting, signed: Minutes | None) -> Paper:
    """Write minutes for a reader; items closed to this person are counted, never named."""
    told = signed.content if signed else services.content(meeting)
    about = organisation()
    at = datetime.fromisoformat(told["starts_at"])
    day = formats.day(timezone.localtime(at).date())
    closed = policy.closed_initiatives(person, _about(told))
    return Paper(
        language=(get_language() or "fr")[:2],
        organisation=about.name if about else "",
        title=_("Minutes of %(body)s, %(day)s") % {"body": told["body"], "day": day},
        draft="" if signed else _("Draft, not signed"),
        facts=_facts(told),
        people=_people(told),
        items=tuple(_item(closed, one, n) for n, one in enumerate(told["items"], start=1)),
        actions=tuple(_action(one) for one in told["actions"] if _open(closed, one)),
        signature=_signature(signed),
        correction=signed.correction if signed else "",
        footer=_footer(signed),
        labels={
            "present": _("Who was there"),
            "items": _("Items"),
            "actions": _("Actions"),
            "discarded": _("Options discarded"),
            "opinions": _("Opinions before the vote"),
            "page": _("page"),
            "of": _("of"),
            "corrects": _("What this edition corrects"),
            "colon": pgettext("after a term", ":"),
        },
    )


def _facts(told: dict[str, Any]) -> tuple[Pair, ...]:
    present, needed = told["quorum"]
    found = [Pair(_("Date"), formats.instant(datetime.fromisoformat(told["starts_at"])))]
    if told["place"]:
        found.append(Pair(_("Place"), told["place"]))
    if told["opened_at"] and told["closed_at"]:
        found.append(Pair(_("Session"), _session(told["opened_at"], told["closed_at"])))
    found.append(Pair(_("Quorum"), marks.quorum(Quorum(present, present, needed))))
    if told["guests"]:
        found.append(Pair(_("Guests"), told["guests"]))
    return tuple(found)


def _session(opened: str, closed: str) -> str:
    first, last = datetime.fromisoformat(opened), datetime.fromisoformat(closed)
    if timezone.localdate(first) == timezone.localdate(last):
        values = {"day": formats.day(timezone.localdate(first)),
                  "opened": formats.hour(first), "closed": formats.hour(last)}  # fmt: skip
        return _("%(day)s, from %(opened)s to %(closed)s") % values
    values = {"opened": formats.instant(first), "closed": formats.instant(last)}
    return _("from %(opened)s to %(closed)s") % values


def _people(told: dict[str, Any]) -> tuple[Pair, ...]:
    names = {str(value): str(label) for value, label in Attendance.Presence.choices}
    return tuple(
        Pair(f"{name} ({_('chairs')})" if chairs else name, names.get(said, _("not noted")))
        for name, said, chairs in told["people"]
    )


def _about(told: dict[str, Any]) -> set[int]:
    """Return the initiatives that minutes tell of."""
    parts = [*told["items"], *told["actions"]]
    for item in told["items"]:
        parts += (item["decision"] or {}).get("actions", [])
    return {one["initiative"] for one in parts if one.get("initiative") is not None}


def _open(closed: frozenset[int], told: dict[str, Any]) -> bool:
    return told.get("initiative") not in closed


def _item(closed: frozenset[int], told: dict[str, Any], number: int) -> PaperItem:
    state = str(AgendaItem.State(told["state"]).label)
    if not _open(closed, told):
        return PaperItem(number, _("Confidential item"), state, (), (), (), ())
    decision = told["decision"] or {}
    return PaperItem(
        number=number,
        title=told["title"],
        state=state,
        pairs=tuple(one for one in _pairs(told, decision) if one.text),
        discarded=tuple(_discarded(one) for one in decision.get("discarded", [])),
        opinions=tuple(_opinion(one) for one in told["opinions"]),
        actions=tuple(_action(one) for one in decision.get("actions", []) if _open(closed, one)),
    )


def _pairs(told: dict[str, Any], decision: dict[str, Any]) -> list[Pair]:
    options = formats.clauses(
        f"{title} ({said})" if said else title for title, said in told["options"]
    )
    found = [
        Pair(_("Context"), told["context"]),
        Pair(_("Options"), options),
        Pair(_("Recommendation"), told["recommendation"]),
    ]
    if not decision:
        return found
    review = decision["review_on"]
    plan = decision.get("plan")
    return [
        *found,
        Pair(_("Decision"), f"{decision['code']} – {decision['chosen']}"),
        Pair(_("Replaces"), decision.get("replaces", "")),
        Pair(_("Decided by"), decision["decided_by"]),
        Pair(_("Why"), decision["reason"]),
        Pair(_("Dissent"), decision["dissent"]),
        Pair(_("Conditions"), decision["conditions"]),
        Pair(_("Expected effect"), decision["expected"]),
        Pair(_("To be read again on"), formats.day(date.fromisoformat(review)) if review else ""),
        Pair(_("Plan of record"), _("plan %s") % plan if plan else ""),
    ]


def _discarded(told: dict[str, str]) -> str:
    title, why = told.get("title", ""), told.get("why", "")
    return formats.labelled(title, why) if why else title


def _opinion(told: list[str]) -> str:
    name, behalf, position, text, _seal = told
    who = f"{name} ({behalf})" if behalf else name
    said = str(Opinion.Position(position).label) if position else _("not given")
    opened = formats.labelled(who, said)
    return f"{opened}. {text}".strip()


def _action(told: dict[str, Any]) -> str:
    due = formats.day(date.fromisoformat(told["due_on"])) if told["due_on"] else _("no date")
    owner = told["owner"] or _("nobody")
    return f"{told['code']} – {told['what']} ({owner}, {due})"


def _signature(signed: Minutes | None) -> str:
    if signed is None:
        return ""
    return _("Edition %(n)s, signed by %(who)s on %(at)s") % {
        "n": signed.edition,
        "who": signed.signed_name,
        "at": formats.instant(signed.signed_at),
    }


def _footer(signed: Minutes | None) -> str:
    if signed is None:
        return ""
    return _("Fingerprint %(digest)s · journal %(seq)s:%(head)s") % {
        "digest": " ".join(signed.digest[at : at + 4] for at in range(0, 16, 4)),
        "seq": signed.chain_seq,
        "head": signed.chain_hash[:16],
    }
