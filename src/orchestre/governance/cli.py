"""`orchestre meetings|decisions|actions`: what committees have ahead, decided, and ask."""

from __future__ import annotations

import json
from typing import Any

import click
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.terminal import told
from orchestre.governance.models import Action, Decision, Meeting
from orchestre.governance.presenters import marks
from orchestre.ui import formats


def _write(rows: list[dict[str, Any]], lines: list[str], nothing: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for line in lines or [nothing]:
        click.echo(line)


@click.command("meetings")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def meetings(as_json: bool) -> None:
    """List the meetings to come and under way, the next first."""
    ahead = Meeting.objects.filter(state__in=(Meeting.State.PLANNED, Meeting.State.OPEN))
    rows = list(ahead.select_related("body").order_by("starts_at"))
    found = [
        {
            "id": one.pk,
            "body": one.body.name,
            "starts_at": one.starts_at.isoformat(),
            "minutes": one.minutes,
            "state": one.state,
            "items": one.items.count(),
        }
        for one in rows
    ]
    with told(as_json=as_json):
        lines = [_meeting(one) for one in rows]
        _write(found, lines, _("No meeting is planned."), as_json=as_json)


def _meeting(one: Meeting) -> str:
    count = one.items.count()
    items = ngettext("%(n)s item", "%(n)s items", count) % {"n": count}
    when = marks.when(one.starts_at)
    return f"{when}  {one.body.name} ({items}, {one.get_state_display()})"


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
    with told(as_json=as_json):
        lines = [
            f"{one.code}  {formats.day(one.decided_on)}  {one.chosen}  [{_verdict(one)}]"
            for one in rows
        ]
        _write(found, lines, _("No decision yet."), as_json=as_json)


def _verdict(one: Decision) -> str:
    if one.verdict:
        return str(one.get_verdict_display())
    if one.review_on is None:
        return _("no effect to read again")
    return _("effect read again on %s") % formats.day(one.review_on)


@click.command("actions")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def actions(as_json: bool) -> None:
    """List the actions to do, the most overdue first."""
    open_ones = Action.objects.filter(state=Action.State.OPEN).select_related("decision", "owner")
    rows = list(open_ones.order_by(F("due_on").asc(nulls_last=True), "pk"))
    found = [
        {
            "code": one.code,
            "what": one.what,
            "owner": one.owner_name or str(one.owner or ""),
            "due_on": one.due_on.isoformat() if one.due_on else None,
            "decision": one.decision.code if one.decision else None,
            "chases": one.chases,
        }
        for one in rows
    ]
    with told(as_json=as_json):
        lines = [
            f"{one.code}  {formats.day(one.due_on)}  {one.what}"
            f" ({one.owner_name or one.owner or formats.undefined()})"
            for one in rows
        ]
        _write(found, lines, _("Nothing is waiting to be done."), as_json=as_json)


commands = [meetings, decisions, actions]
