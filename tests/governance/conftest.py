"""A committee with its people, one meeting next week, and one question on its agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

import cast
import factories
from orchestre.access.models import User
from orchestre.governance.models import AgendaItem, Body, Meeting, Member
from orchestre.governance.services import agenda, bodies, meetings


@dataclass
class Council:
    """The rows that tests start from."""

    claire: User
    body: Body
    meeting: Meeting
    item: AgendaItem
    chair: Member

    def open(self) -> None:
        """Open the meeting with everybody there."""
        meetings.open_meeting(self.claire, self.meeting)
        said = {one.pk: "present" for one in self.body.members.all()}
        meetings.mark_presence(self.claire, self.meeting, said)
        self.meeting.refresh_from_db()

    def fresh(self, row: Any) -> Any:
        """Read a row again."""
        return type(row).objects.get(pk=row.pk)


def plan(claire: User, body: Body, days: int = 7) -> Meeting:
    at = timezone.now() + timedelta(days=days)
    return meetings.plan_meeting(claire, body, {"starts_at": at, "minutes": 60})


@pytest.fixture
def council(db: None) -> Council:
    cast.organisation()
    claire = cast.person("claire")
    body = bodies.found_body(
        claire, {"name": "COPIL Relation client", "kind": "copil", "quorum": 2}
    )
    chair = bodies.seat(claire, body, {"name": "Directrice générale", "chairs": True})
    bodies.seat(claire, body, {"name": "", "user": cast.person("rosa")})
    bodies.seat(claire, body, {"name": "Directeur financier"})
    meeting = plan(claire, body)
    item = agenda.add_item(
        claire, meeting, {"title": "Décaler la nouvelle caisse ?", "minutes": 15}
    )
    agenda.add_option(claire, item, {"title": "Décaler de six semaines", "recommended": True})
    agenda.add_option(claire, item, {"title": "Ne rien faire", "does_nothing": True})
    return Council(claire, body, meeting, item, chair)


@pytest.fixture
def secret(db: None) -> Any:
    """An initiative that few people may name."""
    return factories.initiative("Operation Canari", code="IN-9", confidential=True)
