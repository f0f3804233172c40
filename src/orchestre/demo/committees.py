"""The committees of the demo organisation: three bodies, their meetings, decisions and effects."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.demo.rules import WEEKS_BEHIND, Teller, table
from orchestre.governance.models import (
    Action,
    AgendaItem,
    Attendance,
    Body,
    Decision,
    Matter,
    Meeting,
    Member,
    Option,
    RaciRole,
)
from orchestre.journal.services import Act, act
from orchestre.portfolio.models import Initiative, Programme

Row = dict[str, str]


def load(language: str, start: date) -> None:
    """Add the committees to a portfolio that was just loaded."""
    with act(None, "demo.committees", _("Loaded the demo committees"), undoable=False) as doing:
        _Loader(doing, Teller(language, start)).run()


@dataclass
class _Loader:
    """Writes the tables of the content in order; each knows its rows by their key."""

    doing: Act
    teller: Teller
    bodies: dict[str, Body] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    items: dict[str, AgendaItem] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    matters: dict[str, Matter] = field(default_factory=dict)

    def run(self) -> None:
        """Write everything."""
        self.known = dict(Initiative.objects.values_list("code", "pk"))
        self._bodies()
        self._meetings()
        self._items()
        self._decisions()
        self._actions()
        self._matters()
        for row in table("committee_roles"):
            name = self.teller.text(row, "name")
            decision = self.decisions[row["item"]]
            self.doing.create(RaciRole(decision=decision, letter=row["letter"], name=name))

    def day(self, days: str) -> date:
        """Return the day so many days after today, as the content was placed in time."""
        return self.teller.start + timedelta(weeks=WEEKS_BEHIND, days=int(days))

    def _initiative(self, row: Row) -> int | None:
        return self.known.get(row["initiative"])

    def _bodies(self) -> None:
        programmes = {row["code"]: self.teller.text(row, "name") for row in table("programmes")}
        for row in table("committee_bodies"):
            programme = Programme.objects.filter(name=programmes.get(row["programme"])).first()
            self.bodies[row["code"]] = self.doing.create(
                Body(
                    name=self.teller.text(row, "name"),
                    kind=row["kind"],
                    mandate=self.teller.text(row, "mandate"),
                    quorum=int(row["quorum"]),
                    cadence=row["cadence"],
                    usual_minutes=int(row["minutes"]),
                    scope="programme" if programme else "all",
                    programme=programme,
                    open_to_readers=bool(row["open"]),
                )
            )
        for row in table("committee_members"):
            self.doing.create(
                Member(
                    body=self.bodies[row["body"]],
                    name=self.teller.text(row, "name"),
                    votes=bool(row["votes"]),
                    chairs=bool(row["chairs"]),
                )
            )

    def _meetings(self) -> None:
        for row in table("committee_meetings"):
            day = self.day(row["day"])
            starts_at = timezone.make_aware(datetime.combine(day, time(int(row["hour"]))))
            over = row["state"] != Meeting.State.PLANNED
            length = timedelta(minutes=int(row["minutes"]))
            meeting = self.doing.create(
                Meeting(
                    body=self.bodies[row["body"]],
                    starts_at=starts_at,
                    minutes=int(row["minutes"]),
                    place=self.teller.text(row, "place"),
                    state=row["state"],
                    opened_at=starts_at if over else None,
                    closed_at=starts_at + length if over else None,
                )
            )
            self.meetings[row["key"]] = meeting
            for member in meeting.body.members.all() if over else ():
                self.doing.create(Attendance(meeting=meeting, member=member, presence="present"))

    def _items(self) -> None:
        ranks: dict[str, int] = {}
        for row in table("committee_items"):
            rank = ranks[row["meeting"]] = ranks.get(row["meeting"], 0) + 1
            self.items[row["key"]] = self.doing.create(
                AgendaItem(
                    meeting=self.meetings[row["meeting"]],
                    rank=rank,
                    title=self.teller.text(row, "title"),
                    kind=row["kind"],
                    context=self.teller.text(row, "context").replace("\\n", "\n"),
                    recommendation=self.teller.text(row, "advice"),
                    waiting_cost=self.teller.text(row, "cost"),
                    minutes=int(row["minutes"]),
                    state=row["state"],
                    initiative_id=self._initiative(row),
                    asked_on=self.day(row["asked"]),
                    deadline_on=self.day(row["due"]) if row["due"] else None,
                )
            )
        for rank, row in enumerate(table("committee_options"), start=1):
            self.doing.create(
                Option(
                    item=self.items[row["item"]],
                    rank=rank,
                    title=self.teller.text(row, "title"),
                    consequence=self.teller.text(row, "figure"),
                    recommended=bool(row["best"]),
                    does_nothing=bool(row["nothing"]),
                )
            )

    def _decisions(self) -> None:
        options = table("committee_options")
        for number, row in enumerate(table("committee_decisions"), start=1):
            item = self.items[row["item"]]
            mine = [one for one in options if one["item"] == row["item"]]
            decided_on = self.day(row["day"])
            said = {
                name: self.teller.text(row, short)
                for name, short in (
                    ("decided_by", "by"), ("reason", "reason"), ("dissent", "dissent"),
                    ("conditions", "conditions"), ("expected", "effect"),
                    ("verdict_reason", "why"),
                )
            }  # fmt: skip
            self.decisions[row["item"]] = self.doing.create(
                Decision(
                    code=f"D-{decided_on.year}-{number:03}",
                    body=item.meeting.body,
                    meeting=item.meeting,
                    item=item,
                    initiative_id=item.initiative_id,
                    question=item.title,
                    chosen=self.teller.text(mine[0], "title"),
                    discarded=[self._discarded(one) for one in mine[1:]],
                    decided_on=decided_on,
                    present=[one.name for one in item.meeting.body.members.all()],
                    asked_on=item.asked_on,
                    due_on=item.deadline_on,
                    **said,
                    **self._effect(row),
                )
            )

    def _discarded(self, row: Row) -> dict[str, str]:
        names = {"title": "title", "consequence": "figure", "why": "why"}
        return {name: self.teller.text(row, short) for name, short in names.items()}

    def _effect(self, row: Row) -> dict[str, Any]:
        figures = {"value_then": "then", "value_expected": "wanted", "value_now": "now"}
        own = {"fr": "attente moyenne au téléphone (minutes)", "en": "average wait (minutes)"}
        return {
            "measure": row["measure"],
            "measure_name": own[self.teller.language] if row["measure"] == "own" else "",
            "review_on": self.day(row["review"]),
            "verdict": row["verdict"],
            "verdict_on": self.day(row["judged"]) if row["judged"] else None,
            **{name: float(row[key]) if row[key] else None for name, key in figures.items()},
        }

    def _actions(self) -> None:
        for number, row in enumerate(table("committee_actions"), start=1):
            decision = self.decisions.get(row["item"])
            meeting = decision.meeting if decision else self.meetings[row["meeting"]]
            due_on = self.day(row["due"])
            self.doing.create(
                Action(
                    code=f"A-{due_on.year}-{number:03}",
                    what=self.teller.text(row, "what"),
                    owner_name=self.teller.text(row, "owner"),
                    due_on=due_on,
                    state=row["state"],
                    body=meeting.body if meeting else None,
                    decision=decision,
                    meeting=meeting,
                    initiative_id=decision.initiative_id if decision else None,
                    result=self.teller.text(row, "result"),
                    closed_on=self.day(row["closed"]) if row["closed"] else None,
                    chases=int(row["chases"] or 0),
                    chased_on=self.day(row["chased"]) if row["chased"] else None,
                    chase_note=self.teller.text(row, "note"),
                )
            )

    def _matters(self) -> None:
        letters = {"risk": "R", "issue": "I", "change_request": "C"}
        counts: dict[str, int] = {}
        for row in table("committee_matters"):
            opened_on = self.day(row["day"])
            letter = letters[row["kind"]]
            number = counts[letter] = counts.get(letter, 0) + 1
            self.matters[row["key"]] = self.doing.create(
                Matter(
                    code=f"{letter}-{opened_on.year}-{number:03}",
                    kind=row["kind"],
                    title=self.teller.text(row, "title"),
                    detail=self.teller.text(row, "detail"),
                    body=self.bodies[row["body"]],
                    initiative_id=self._initiative(row),
                    owner_name=self.teller.text(row, "owner"),
                    state=row["state"],
                    opened_on=opened_on,
                    came_from=self.matters.get(row["from"]),
                )
            )
        # the issue that was carried to a meeting, where it became a decision
        asked = self.items["T2a"]
        self.doing.update(asked, {"source": "matter", "source_key": str(self.matters["I1"].pk)})
