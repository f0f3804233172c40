"""Rows of committees as plain values."""

from __future__ import annotations

from typing import Any

from orchestre.governance import queries
from orchestre.governance.models import Action, AgendaItem, Body, Decision, Meeting

Out = dict[str, Any]


def body_out(row: Body) -> Out:
    """Give a body."""
    names = (
        "version", "name", "kind", "mandate", "quorum", "cadence", "usual_minutes", "scope",
        "open_to_readers",
    )  # fmt: skip
    members = [one.name for one in row.members.all() if one.left_on is None]
    return {
        "id": row.pk,
        "members": members,
        "closed": row.closed_at is not None,
        **{name: getattr(row, name) for name in names},
    }


def meeting_out(row: Meeting) -> Out:
    """Give a meeting."""
    quorum = queries.quorum_of(row)
    return {
        "id": row.pk,
        "version": row.version,
        "body": row.body_id,
        "starts_at": row.starts_at,
        "minutes": row.minutes,
        "place": row.place,
        "state": row.state,
        "quorum_present": quorum.present,
        "quorum_needed": quorum.needed,
        "items": len(row.items.all()),
    }


def item_out(row: AgendaItem) -> Out:
    """Give an item; the words of opinions are read on its page, once opened."""
    names = (
        "version", "rank", "title", "kind", "state", "context", "recommendation", "deadline_on",
        "waiting_cost", "minutes", "asked_on",
    )  # fmt: skip
    option = ("title", "detail", "consequence", "does_nothing", "recommended")
    opinions = list(row.opinions.all())
    return {
        "id": row.pk,
        "meeting": row.meeting_id,
        "initiative": row.initiative.code if row.initiative else None,
        "options": [
            {"id": one.pk, "scenario": one.scenario_id}
            | {name: getattr(one, name) for name in option}
            for one in row.options.all()
        ],
        "opinions_asked": len(opinions),
        "opinions_sealed": sum(one.sealed_at is not None for one in opinions),
        **{name: getattr(row, name) for name in names},
    }


def decision_out(row: Decision) -> Out:
    """Give a decision."""
    names = (
        "version", "code", "question", "chosen", "reason", "discarded", "decided_on",
        "decided_by", "present", "dissent", "conditions", "expected", "measure", "value_then",
        "value_expected", "value_now", "review_on", "verdict", "verdict_reason", "verdict_on",
        "asked_on",
    )  # fmt: skip
    return {
        "id": row.pk,
        "body": row.body_id,
        "meeting": row.meeting_id,
        "item": row.item_id,
        "initiative": row.initiative.code if row.initiative else None,
        "plan": row.plan_number,
        "replaces": getattr(row, "replaces_open", None),
        "replaced_by": getattr(row, "replaced_by_open", None),
        **{name: getattr(row, name) for name in names},
    }


def action_out(row: Action) -> Out:
    """Give an action."""
    names = (
        "version", "code", "what", "due_on", "state", "result", "chases", "chased_on",
        "chase_note",
    )  # fmt: skip
    return {
        "id": row.pk,
        "owner": row.owner_name or str(row.owner or ""),
        "body": row.body_id,
        "decision": row.decision.code if row.decision else None,
        **{name: getattr(row, name) for name in names},
    }
