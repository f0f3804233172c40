"""`orchestre meetings|decisions|actions`: what committees have ahead, decided, and ask."""

from __future__ import annotations

import json
from typing import Any

import click
from django.db.models import F
from django.utils import timezone

from orchestre.governance.models import Action, Decision, Meeting


def _write(found: list[dict[str, Any]], as_json: bool, line: str, nothing: str) -> None:
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for one in found:
        click.echo(line.format(**{name: "-" if v in (None, "") else v for name, v in one.items()}))
    if not found:
        click.echo(nothing)


@click.command("meetings")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def meetings(as_json: bool) -> None:
    """List the meetings to come and under way, the next first."""
    rows = Meeting.objects.filter(state__in=(Meeting.State.PLANNED, Meeting.State.OPEN))
    found = [
        {
            "id": one.pk,
            "body": one.body.name,
            "starts_at": one.starts_at.isoformat(),
            "minutes": one.minutes,
            "state": one.state,
            "items": one.items.count(),
        }
        for one in rows.select_related("body").order_by("starts_at")
    ]
    _write(found, as_json, "{starts_at}  {body} ({items} items, {state})", "No meeting is planned.")


@click.command("decisions")
@click.option("--late", is_flag=True, help="Only those that wait for their verdict.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def decisions(late: bool, as_json: bool) -> None:
    """List the decisions with their verdict, the latest first."""
    rows = Decision.objects.select_related("body", "initiative", "replaces")
    if late:
        rows = rows.filter(verdict="", review_on__lt=timezone.localdate())
    found = [
        {
            "code": one.code,
            "body": one.body.name,
            "question": one.question,
            "chosen": one.chosen,
            "decided_on": one.decided_on.isoformat(),
            "decided_by": one.decided_by,
            "initiative": one.initiative.code if one.initiative else None,
            "review_on": one.review_on.isoformat() if one.review_on else None,
            "verdict": one.verdict,
            "value_then": one.value_then,
            "value_expected": one.value_expected,
            "value_now": one.value_now,
            "plan": one.plan_number,
            "replaces": one.replaces.code if one.replaces else None,
        }
        for one in rows
    ]
    line = "{code}  {decided_on}  {chosen}  [{verdict}]"
    _write(found, as_json, line, "No decision yet.")


@click.command("actions")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def actions(as_json: bool) -> None:
    """List the actions to do, the most overdue first."""
    rows = Action.objects.filter(state=Action.State.OPEN).select_related("decision", "owner")
    found = [
        {
            "code": one.code,
            "what": one.what,
            "owner": one.owner_name or str(one.owner or ""),
            "due_on": one.due_on.isoformat() if one.due_on else None,
            "decision": one.decision.code if one.decision else None,
            "chases": one.chases,
        }
        for one in rows.order_by(F("due_on").asc(nulls_last=True), "pk")
    ]
    _write(found, as_json, "{code}  {due_on}  {what} ({owner})", "Nothing is waiting to be done.")


commands = [meetings, decisions, actions]
