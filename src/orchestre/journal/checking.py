"""Walking the whole chain, and what each link commits to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from orchestre.journal import rules
from orchestre.journal.models import Change, ChangeSet, Entry, Head
from orchestre.journal.services import commitment_of

CHUNK = 1000


def head_of(using: str = "default") -> rules.Anchor:
    """Return the last link, to be written down elsewhere."""
    head = Head.objects.using(using).filter(pk=1).first() or Head()
    return rules.Anchor(head.seq, head.hash)


def verify(
    anchors: Iterable[rules.Anchor] = (), using: str = "default"
) -> tuple[int, rules.Break | None]:
    """Walk the chain and the commitments; return how many links and the first break."""
    head = head_of(using)
    links = (
        Entry.objects.using(using)
        .order_by("seq")
        .values_list("seq", "body", "previous_hash", "hash")
    )
    found = rules.first_break(links.iterator(CHUNK), (head.seq, head.hash), anchors)
    return head.seq, found or _first_false_commitment(using) or _first_unlinked(using)


def _first_false_commitment(using: str) -> rules.Break | None:
    changes = Prefetch("change_set__changes", queryset=Change.objects.using(using).order_by("pk"))
    entries = (
        Entry.objects.using(using)
        .order_by("seq")
        .select_related("change_set")
        .prefetch_related(changes)
    )
    for entry in entries.iterator(CHUNK):
        if not _holds(entry, json.loads(entry.body)):
            return rules.Break(entry.seq, "values")
    return None


def _holds(entry: Entry, body: dict[str, Any]) -> bool:
    columns = (entry.at.isoformat(), entry.actor, entry.verb, entry.change_set_id)
    if columns != (body["at"], body["actor"], body["verb"], body["change_set"]):
        return False
    if body["change_set"] is None:
        return True
    if entry.change_set is None:
        return False
    kept = entry.change_set
    if kept.verb != entry.verb or (kept.actor_id and entry.actor != f"u{kept.actor_id}"):
        return False
    return bool(body["digest"] == commitment_of(kept, kept.changes.all()))


def _first_unlinked(using: str) -> rules.Break | None:
    """An act without a link was written beside the product."""
    stray = ChangeSet.objects.using(using).filter(entry=None).order_by("pk").first()
    return rules.Break(stray.pk, "unlinked") if stray else None
