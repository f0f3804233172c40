"""A process that dies in the middle of an act of a committee leaves all of it, or nothing."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

# the process stops where the test asks, inside the transaction of the act, and is killed there
SCRIPT = """
import sys
import django
django.setup()
from django.core.management import call_command
from django.utils import timezone
from orchestre.access.models import Grant, User
from orchestre.governance.models import AgendaItem, Decision, Meeting
from orchestre.governance.services import agenda, bodies, deciding, meetings, minutes
from orchestre.governance.services.deciding import Choice
from orchestre.journal import services as journal
call_command("migrate", verbosity=0)
act, point = sys.argv[1:]
user = User.objects.create(email="claire@example.org", name="Claire")
Grant.objects.create(user=user, role="office", scope="all")
body = bodies.found_body(user, {"name": "COPIL"})
at = timezone.now()
meeting = meetings.plan_meeting(user, body, {"starts_at": at, "minutes": 60})
item = agenda.add_item(user, meeting, {"title": "Décaler ?"})
former = deciding.record_outside(user, body, "Q", Choice(chosen="Non", decided_by="DG"))
meetings.open_meeting(user, meeting)
meeting.refresh_from_db()

def stop(wrapped):
    def told(*args, **kwargs):
        done = wrapped(*args, **kwargs)
        print("half", flush=True)
        sys.stdin.readline()
        return done
    return told

def cut():
    owner = {"create": journal.Act, "update": journal.Act, "append": journal}[point]
    setattr(owner, point, stop(getattr(owner, point)))

if act == "decide":
    item = AgendaItem.objects.get(pk=item.pk)
    cut()
    deciding.record(user, item, Choice(chosen="Oui", decided_by="DG", replaces=former))
else:
    meetings.close_meeting(user, meeting)
    meeting = Meeting.objects.get(pk=meeting.pk)
    cut()
    minutes.sign(user, meeting, "Claire")
print("whole", flush=True)
"""
STEPS = ("create", "append")


def left_by(folder: Path, act: str, point: str, *, killed: bool) -> dict[str, object]:
    """Run the act, kill it half way or let it end, and read what is on the disk."""
    base = folder / "orchestre.sqlite3"
    environment = {
        **os.environ,
        "ORCHESTRE_DATA": str(folder),
        "ORCHESTRE_DATABASE_URL": f"sqlite://{base}",
        "DJANGO_SETTINGS_MODULE": "orchestre.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, act, point],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as dying:
        assert dying.stdin is not None
        assert dying.stdout is not None
        assert dying.stdout.readline() == b"half\n"
        if killed:
            dying.send_signal(signal.SIGKILL)
        else:
            dying.stdin.write(b"\n" * 20)
            dying.stdin.close()
            assert b"whole" in dying.stdout.read()
    asked = {
        "decisions": "select count(*) from governance_decision",
        "verdicts": "select group_concat(verdict) from governance_decision",
        "items": "select group_concat(state) from governance_agendaitem",
        "meetings": "select group_concat(state) from governance_meeting",
        "minutes": "select count(*) from governance_minutes",
        "acts": "select count(*) from journal_changeset where verb = 'governance.decide'"
        " or verb = 'governance.sign-minutes'",
        "links": "select count(*) - (select seq from journal_head) from journal_entry",
        "sets": "select count(*) - (select count(*) from journal_entry where change_set_id"
        " is not null) from journal_changeset",
        "whole": "pragma integrity_check",
    }
    with closing(sqlite3.connect(base)) as read:
        return {name: read.execute(query).fetchone()[0] for name, query in asked.items()}


@pytest.mark.parametrize("point", STEPS)
def test_a_decision_cut_half_way_is_not_recorded_at_all(tmp_path: Path, point: str) -> None:
    left = left_by(tmp_path, "decide", point, killed=True)
    assert left == {
        "decisions": 1, "verdicts": "", "items": "planned", "meetings": "open", "minutes": 0,
        "acts": 1, "links": 0, "sets": 0, "whole": "ok",
    }  # fmt: skip


@pytest.mark.parametrize("point", STEPS)
def test_minutes_cut_half_way_are_not_signed_at_all(tmp_path: Path, point: str) -> None:
    left = left_by(tmp_path, "sign", point, killed=True)
    assert (left["minutes"], left["meetings"], left["acts"]) == (0, "closed", 1)
    assert (left["links"], left["sets"], left["whole"]) == (0, 0, "ok")


def test_what_is_let_end_is_whole(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    decided = left_by(tmp_path / "a", "decide", "append", killed=False)
    assert (decided["decisions"], decided["items"], decided["acts"]) == (2, "decided", 2)
    assert "replaced" in str(decided["verdicts"])
    signed = left_by(tmp_path / "b", "sign", "append", killed=False)
    assert (signed["minutes"], signed["meetings"], signed["acts"]) == (1, "minuted", 2)
