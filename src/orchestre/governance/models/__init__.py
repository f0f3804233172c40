"""Committees from agenda to effect."""

from orchestre.governance.models.actions import Action, Matter, RaciRole
from orchestre.governance.models.bodies import Body, Member
from orchestre.governance.models.decisions import Decision
from orchestre.governance.models.documents import CalendarFeed, Minutes
from orchestre.governance.models.meetings import (
    AgendaItem,
    Attendance,
    Carried,
    Meeting,
    Opinion,
    Option,
    SetAside,
)

__all__ = [
    "Action",
    "AgendaItem",
    "Attendance",
    "Body",
    "CalendarFeed",
    "Carried",
    "Decision",
    "Matter",
    "Meeting",
    "Member",
    "Minutes",
    "Opinion",
    "Option",
    "RaciRole",
    "SetAside",
]
