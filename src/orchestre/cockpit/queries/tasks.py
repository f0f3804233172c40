"""What awaits a person, source by source; the number of queries does not depend on the rows."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from orchestre.access.models import User
from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.cockpit.models import Snooze
from orchestre.cockpit.rules.tasks import Task
from orchestre.governance import queries as committees
from orchestre.impacts import queries as impacts
from orchestre.interactions import policy as interactions
from orchestre.interactions.models import Finding
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.queries.beside import People, people_affected
from orchestre.portfolio.rules.facts import QUIET_STAGES, STALE_AFTER_DAYS
from orchestre.weather.services import readings as weather

# after that, people live the change already: their evaluation comes too late to plan by
RATED_UNTIL = timedelta(weeks=8)
NAMED = 200


def everything(person: Person) -> list[Task]:
    """Return everything that awaits a person."""
    if not isinstance(person, User):
        return []
    return [
        *_committees(person),
        *_to_rate(person),
        *_findings(person),
        *_to_agree(person),
        *_own(person),
        *_weather(person),
        *_assumed(person),
    ]


def snoozed(person: Person) -> frozenset[str]:
    """Return what a person put off and that is still put off today."""
    if not isinstance(person, User):
        return frozenset()
    rows = Snooze.objects.filter(user=person, until_on__gt=timezone.localdate())
    return frozenset(rows.values_list("key", flat=True))


def _committees(person: User) -> list[Task]:
    """Return the opinions one was asked for, one's actions, and the verdicts one gives."""
    opinions, actions, verdicts = committees.awaits(person)
    return [
        *(Task("opinion", str(one.pk), one.item.title) for one in opinions),
        *(Task("action", str(one.pk), one.what, due_on=one.due_on) for one in actions),
        *(Task("verdict", str(one.pk), str(one), due_on=one.review_on) for one in verdicts),
    ]


def _to_rate(person: User) -> list[Task]:
    earliest = timezone.localdate() - RATED_UNTIL
    return [
        Task(
            "rate",
            str(one.id),
            one.initiative_title,
            one.population.name,
            one.go_live.on if one.go_live else None,
            None
            if one.population.headcount is None
            else round(one.population.headcount * one.reach_ratio),
        )
        for one in impacts.waiting_for(person)
        if one.go_live is None or one.go_live.on >= earliest
    ]


def findings_to_settle(person: Person) -> QuerySet[Finding]:
    """Return the findings that nobody has looked at and that this person may settle."""
    reach = reach_of(person)
    rows = interactions.visible_to(person).filter(present=True, state=Finding.State.NEW)
    if not reach.can(Can.SETTLE_FINDINGS):
        named = reach.initiatives(Can.SETTLE_FINDINGS)
        rows = rows.filter(initiatives__in=named) if named else rows.none()
    return rows.order_by("pk").distinct()


def _findings(person: User) -> list[Task]:
    rows = findings_to_settle(person).values_list("pk", "starts_on", "kind")
    return [Task("finding", str(pk), detail=kind, due_on=day) for pk, day, kind in rows]


def speaks_for(person: Person) -> QuerySet[Initiative]:
    """Return the initiatives a person answers for; the office, for those without an account."""
    rows = portfolio.editable_by(person).filter(archived_at=None)
    if reach_of(person).can(Can.EDIT_PORTFOLIO):
        own = Q(lead=None)
        if isinstance(person, User):
            own |= Q(lead_id=person.pk)
        return rows.filter(own)
    return rows


def _to_agree(person: User) -> list[Task]:
    mine = speaks_for(person).values("pk")
    rows = (
        portfolio.visible_dependencies(person)
        .filter(
            Q(agreed_by_giver=False, predecessor__in=mine)
            | Q(agreed_by_taker=False, successor__in=mine)
        )
        .exclude(predecessor__stage=Initiative.Stage.STOPPED)
        .exclude(successor__stage=Initiative.Stage.STOPPED)
        .filter(predecessor__archived_at=None, successor__archived_at=None)
        .order_by("pk")
        .values_list(
            "pk", "predecessor__title", "successor__code", "successor__title",
            "successor__starts_on",
        )
    )  # fmt: skip
    return [
        Task("agree", f"{code}:{pk}", giver, taker, starts_on)
        for pk, giver, code, taker, starts_on in rows
    ]


def _own(person: User) -> list[Task]:
    """Return initiatives one answers for that lack dates, or of which nobody has had news."""
    limit = timezone.now() - timedelta(days=STALE_AFTER_DAYS)
    mine = portfolio.editable_by(person).filter(archived_at=None).exclude(stage__in=QUIET_STAGES)
    undated = Q(starts_on=None) | Q(ends_on=None)
    rows = list(
        mine.filter(undated | Q(updated_at__lt=limit))
        .order_by("pk")
        .values_list("pk", "code", "title", "starts_on", "ends_on", "go_live_on", "updated_at")
    )
    people = people_affected([row[0] for row in rows]) if rows else {}
    found = []
    for pk, code, title, starts_on, ends_on, go_live_on, updated_at in rows:
        heads = _heads(people.get(pk))
        if starts_on is None or ends_on is None:
            found.append(Task("dates", code, title, people=heads))
        if updated_at < limit:
            day = timezone.localdate(updated_at).isoformat()
            found.append(Task("stale", code, title, day, go_live_on, heads))
    return found


def _weather(person: User) -> list[Task]:
    """Return the initiatives whose weather of the period is awaited from this person."""
    return [Task("weather", code, title) for code, title in weather.awaited(person)]


def _heads(people: People | None) -> int | None:
    return people.persons if people else None


def _assumed(person: User) -> list[Task]:
    """Return the initiatives nobody has described, the most expensive first."""
    mine = portfolio.editable_by(person).exclude(stage__in=QUIET_STAGES)
    facts = impacts.initiatives_without_impacts(mine)
    facts.sort(key=lambda one: (one.cost_eur is None, -(one.cost_eur or 0), one.id))
    ids = [one.id for one in facts[:NAMED]]
    names = {
        pk: (code, title)
        for pk, code, title in Initiative.objects.filter(pk__in=ids).values_list(
            "pk", "code", "title"
        )
    }
    return [
        Task("assumed", *names.get(one.id, (str(one.id), "")), detail=f"{rank:04}")
        for rank, one in enumerate(facts)
    ]
