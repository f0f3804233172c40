"""Dependencies of the whole portfolio, and the initiatives of a roadmap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from orchestre.access.queries import Person
from orchestre.portfolio import policy
from orchestre.portfolio.models import Dependency, Initiative, Milestone, SavedView
from orchestre.portfolio.queries.listing import ordered, whole
from orchestre.portfolio.queries.one import Need, span_of
from orchestre.portfolio.rules.dates import cycles, slack_days
from orchestre.portfolio.rules.view import View

WINDOW_ROWS = 60


def all_dependencies(person: Person) -> list[Need]:
    """Return the dependencies whose two ends are visible, the broken first."""
    visible = policy.visible_to(person).filter(archived_at=None).values("pk")
    rows = Dependency.objects.filter(predecessor__in=visible, successor__in=visible).select_related(
        "predecessor", "successor"
    )
    found = [
        Need(
            row,
            row.successor,
            gives=True,
            slack_days=slack_days(
                row.kind, span_of(row.predecessor), span_of(row.successor), row.lag_days
            ),
        )
        for row in rows
    ]
    return sorted(found, key=lambda need: (need.slack_days is None, need.slack_days or 0))


def knots(needs: list[Need]) -> list[list[Initiative]]:
    """Return the initiatives that wait for each other in a circle."""
    known: dict[int, Initiative] = {}
    for need in needs:
        known[need.dependency.predecessor_id] = need.dependency.predecessor
        known[need.dependency.successor_id] = need.dependency.successor
    edges = [(need.dependency.predecessor_id, need.dependency.successor_id) for need in needs]
    return [[known[key] for key in path] for path in cycles(edges)]


@dataclass(frozen=True)
class Drawn:
    """What a roadmap draws: one window of initiatives with dates, and their links."""

    rows: tuple[Initiative, ...]
    lanes: tuple[str, ...]
    milestones: dict[int, list[Milestone]]
    dependencies: tuple[Dependency, ...]
    total: int
    undated: int
    page: int
    pages: int


def drawn(person: Person, view: View, first: date, until: date) -> Drawn:
    """Return the initiatives of a window that touch a period; the undated are counted apart."""
    found = ordered(person, view)
    undated = sum(one.starts_on is None or one.ends_on is None for one in found)
    dated = [
        one
        for one in found
        if one.starts_on and one.ends_on and one.starts_on < until and one.ends_on > first
    ]
    pages = max(1, -(-len(dated) // WINDOW_ROWS))
    page = min(view.page, pages)
    cut = dated[(page - 1) * WINDOW_ROWS : page * WINDOW_ROWS]
    keys = [one.pk for one in cut]
    marks: dict[int, list[Milestone]] = {}
    for milestone in Milestone.objects.filter(initiative_id__in=keys):
        marks.setdefault(milestone.initiative_id, []).append(milestone)
    links = Dependency.objects.filter(
        predecessor_id__in=keys, successor_id__in=keys
    ).select_related("predecessor", "successor")
    return Drawn(
        rows=whole(keys),
        lanes=tuple(one.group for one in cut),
        milestones=marks,
        dependencies=tuple(links),
        total=len(dated),
        undated=undated,
        page=page,
        pages=pages,
    )


def saved_views(person: Person, page: str = "portfolio") -> list[SavedView]:
    """Return one's own views and the shared ones."""
    found = SavedView.objects.filter(page=page).filter(Q(shared=True) | Q(owner_id=person.pk))
    return list(found.select_related("owner"))
