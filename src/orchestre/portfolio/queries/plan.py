"""Dependencies of the whole portfolio, and the initiatives of a roadmap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from orchestre.access.reach import Person
from orchestre.portfolio import policy
from orchestre.portfolio.models import Dependency, Initiative, Milestone, SavedView, Wave
from orchestre.portfolio.queries.listing import Light, ordered, whole
from orchestre.portfolio.queries.one import Need, span_of
from orchestre.portfolio.rules.dates import cycles, slack_days
from orchestre.portfolio.rules.view import View
from orchestre.portfolio.rules.window import Window, beginning_at

WINDOW_ROWS = 60


# long fields that a table of dependencies does not show: a thousand rows are read at once
_UNSAID = tuple(
    f"{end}__{name}"
    for end in ("predecessor", "successor")
    for name in (
        "why",
        "custom",
        "systems",
        "processes",
        "suppliers",
        "experts",
        "deliverables",
    )
)


def all_dependencies(person: Person) -> list[Need]:
    """Return the dependencies whose two ends are visible, the broken first."""
    live = policy.visible_to(person).filter(archived_at=None)
    visible = set(live.values_list("pk", flat=True))
    every = Dependency.objects.select_related("predecessor", "successor")
    rows = [
        row
        for row in every.defer("custom", *_UNSAID)
        if row.predecessor_id in visible and row.successor_id in visible
    ]
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

    window: Window
    rows: tuple[Initiative, ...]
    lanes: tuple[str, ...]
    milestones: dict[int, list[Milestone]]
    waves: dict[int, list[Wave]]
    dependencies: tuple[Dependency, ...]
    total: int
    undated: int
    outside: int
    page: int
    pages: int


def drawn(person: Person, view: View, window: Window) -> Drawn:
    """Return the initiatives that touch a period; the undated and the others are counted.

    When nobody chose the period and nothing touches it, it begins where initiatives begin.
    """
    found = ordered(person, view)
    spans = [(one, one.starts_on, one.ends_on) for one in found]
    dated = [(one, first, until) for one, first, until in spans if first and until]
    shown = _touching(dated, window)
    if dated and not shown and not window.chosen:
        window = beginning_at(min(first for _one, first, _until in dated), window.zoom)
        shown = _touching(dated, window)
    pages = max(1, -(-len(shown) // WINDOW_ROWS))
    page = min(view.page, pages)
    cut = shown[(page - 1) * WINDOW_ROWS : page * WINDOW_ROWS]
    keys = [one.pk for one in cut]
    marks: dict[int, list[Milestone]] = {}
    for milestone in Milestone.objects.filter(initiative_id__in=keys):
        marks.setdefault(milestone.initiative_id, []).append(milestone)
    waves: dict[int, list[Wave]] = {}
    for wave in Wave.objects.filter(initiative_id__in=keys):
        waves.setdefault(wave.initiative_id, []).append(wave)
    links = Dependency.objects.filter(
        predecessor_id__in=keys, successor_id__in=keys
    ).select_related("predecessor", "successor")
    return Drawn(
        window=window,
        rows=whole(keys),
        lanes=tuple(one.group for one in cut),
        milestones=marks,
        waves=waves,
        dependencies=tuple(links),
        total=len(shown),
        undated=len(found) - len(dated),
        outside=len(dated) - len(shown),
        page=page,
        pages=pages,
    )


def _touching(dated: list[tuple[Light, date, date]], window: Window) -> list[Light]:
    return [
        one for one, first, until in dated if first < window.ends_on and until > window.starts_on
    ]


def saved_views(person: Person, page: str = "portfolio") -> list[SavedView]:
    """Return one's own views and the shared ones."""
    found = SavedView.objects.filter(page=page).filter(Q(shared=True) | Q(owner_id=person.pk))
    return list(found.select_related("owner"))
