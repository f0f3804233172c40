"""What moved in the initiatives a person sees, gathered by initiative."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.cockpit.models import Seen
from orchestre.journal.models import Change, ChangeSet
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative, Milestone

USUAL = timedelta(days=7)
MOST_CHANGES = 400
MANY = 4
NOT_NEWS = {"version", "created_at", "updated_at", "custom", "archived_at"}


@dataclass
class Moved:
    """Everything that happened to one initiative: the first value before, the last one after."""

    initiative: Initiative
    act: ChangeSet
    created: bool = False
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    milestones: int = 0

    @property
    def at(self) -> datetime:
        """When the last of it happened."""
        return self.act.created_at


@dataclass(frozen=True)
class Arrived:
    """Many initiatives added by one act."""

    count: int
    act: ChangeSet

    @property
    def at(self) -> datetime:
        """When they arrived."""
        return self.act.created_at


@dataclass(frozen=True)
class News:
    """What moved since an instant; `cut` tells that older changes were not read."""

    since: datetime
    moved: tuple[Moved, ...]
    arrived: tuple[Arrived, ...]
    cut: bool


def since_of(person: Person) -> datetime:
    """Return up to when a person has seen everything, a week ago by default."""
    if isinstance(person, User):
        seen = Seen.objects.filter(user=person).values_list("at", flat=True).first()
        if seen is not None:
            return seen
    return timezone.now() - USUAL


def news(person: Person) -> News:
    """Return what moved since a person last said to have seen everything, last first."""
    since = since_of(person)
    visible = portfolio.visible_to(person).values("pk")
    milestones = portfolio.visible_milestones(person).values("pk")
    wanted = Q(model="portfolio.initiative", object_id__in=visible) | Q(
        model="portfolio.milestone", object_id__in=milestones
    )
    rows = list(
        Change.objects.filter(wanted, change_set__created_at__gt=since)
        .filter(change_set__undone_by=None, change_set__undoes=None)
        .select_related("change_set__actor")
        .order_by("-pk")[: MOST_CHANGES + 1]
    )
    cut = len(rows) > MOST_CHANGES
    arrived, rest = _arrivals(rows[:MOST_CHANGES])
    return News(since, _gathered(rest), arrived, cut)


def _arrivals(rows: list[Change]) -> tuple[tuple[Arrived, ...], list[Change]]:
    """Tell the initiatives that one act added by the handful in one line."""
    by_act: defaultdict[int, list[Change]] = defaultdict(list)
    for row in rows:
        if row.model == "portfolio.initiative" and row.operation == Change.Operation.CREATED:
            by_act[row.change_set_id].append(row)
    many = {act: some for act, some in by_act.items() if len(some) >= MANY}
    arrived = tuple(Arrived(len(some), some[0].change_set) for some in many.values())
    new = {row.object_id for some in many.values() for row in some}
    # the milestones that came along are no news of their own
    rest = [
        row
        for row in rows
        if row.change_set_id not in many
        or (row.operation != Change.Operation.CREATED and row.object_id not in new)
    ]
    return arrived, rest


def _gathered(rows: list[Change]) -> tuple[Moved, ...]:
    marks = [row.object_id for row in rows if row.model == "portfolio.milestone"]
    owners = dict(Milestone.objects.filter(pk__in=marks).values_list("pk", "initiative_id"))
    keys = {
        owners.get(row.object_id) if row.model == "portfolio.milestone" else row.object_id
        for row in rows
    }
    known = Initiative.objects.in_bulk([key for key in keys if key is not None])
    found: dict[int, Moved] = {}
    for row in rows:  # the last first
        milestone = row.model == "portfolio.milestone"
        key = owners.get(row.object_id) if milestone else row.object_id
        if key is None or key not in known:
            continue
        one = found.setdefault(key, Moved(known[key], row.change_set))
        _add(one, row, milestone=milestone)
    return tuple(one for one in found.values() if one.created or one.after or one.milestones)


def _add(one: Moved, row: Change, *, milestone: bool) -> None:
    if milestone:
        one.milestones += 1
    elif row.operation == Change.Operation.CREATED:
        one.created = True
    else:
        for name, value in row.after.items():
            if name not in NOT_NEWS:
                one.before[name] = row.before.get(name)
                one.after.setdefault(name, value)
