"""Who may read which figures, and the facts behind one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from orchestre.access.models import User
from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.impacts import policy as impact_policy
from orchestre.impacts import rules as impact_rules
from orchestre.impacts.models import Activity, Impact, Rating
from orchestre.journal.models import Change
from orchestre.org import policy as org
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative


@dataclass(frozen=True)
class Reader:
    """What one person may read of the load. None stands for all of them.

    `hidden` are initiatives that count but are never named to this person.
    """

    populations: frozenset[str] | None
    units: frozenset[str] | None
    hidden: frozenset[str]

    def sees_population(self, code: str) -> bool:
        """Tell whether the figures of a population are open to this person."""
        return self.populations is None or code in self.populations

    def sees_unit(self, code: str) -> bool:
        """Tell whether a unit is open to this person."""
        return self.units is None or code in self.units

    def names(self, code: str) -> bool:
        """Tell whether an initiative may be named to this person."""
        return code not in self.hidden


def reader_of(person: Person) -> Reader:
    """Resolve what a person may read, in at most four queries."""
    reach = reach_of(person)
    hidden = frozenset[str]()
    if not (reach.can(Can.READ) and reach.can(Can.READ_CONFIDENTIAL)):
        seen = portfolio.visible_to(person).values("pk")
        codes = Initiative.objects.exclude(pk__in=seen).values_list("code", flat=True)
        hidden = frozenset(codes)
    if reach.can(Can.READ):
        return Reader(None, None, hidden)
    return Reader(
        frozenset(org.visible_populations(person).values_list("code", flat=True))
        | _touched_by_own(person),
        frozenset(org.visible_units(person).values_list("code", flat=True)),
        hidden,
    )


def _touched_by_own(person: Person) -> frozenset[str]:
    """Populations that the initiatives one is named on touch: a lead plans with their load."""
    named = Q(initiative__in=reach_of(person).initiatives(Can.READ))
    if isinstance(person, User) and person.is_active:
        named |= Q(initiative__lead_id=person.pk)
    return frozenset(Impact.objects.filter(named).values_list("population__code", flat=True))


def public_reader(person: Person) -> Reader:
    """Return what a link shared by a person shows: their populations, no confidential name."""
    own = reader_of(person)
    secret = Initiative.objects.filter(confidential=True).values_list("code", flat=True)
    return Reader(own.populations, own.units, own.hidden | frozenset(secret))


@dataclass(frozen=True)
class Author:
    """Who wrote a figure, and when."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Entered:
    """Impacts and activities of some initiatives on one population, with their authors."""

    impacts: tuple[Impact, ...]
    activities: tuple[Activity, ...]
    authors: dict[tuple[str, int], Author]
    blind: frozenset[int]

    def author(self, row: Impact | Activity) -> Author | None:
        """Return who wrote a row last, None when the journal does not know."""
        return self.authors.get((_table(row), row.pk))


def _table(row: Impact | Activity) -> str:
    return "impacts.impact" if isinstance(row, Impact) else "impacts.activity"


def entered(person: Person, initiatives: Iterable[int], populations: Iterable[int]) -> Entered:
    """Read what was entered for some initiatives on some populations, and by whom.

    `blind` are the impacts whose figures wait for this person's own answer.
    """
    where = {"initiative_id__in": list(initiatives), "population_id__in": list(populations)}
    impacts = tuple(
        Impact.objects.filter(**where)
        .select_related("initiative", "population__unit")
        .prefetch_related("ratings")
        .order_by("go_live_on", "pk")
    )
    activities = tuple(Activity.objects.filter(**where).order_by("starts_on", "pk"))
    return Entered(impacts, activities, _authors((*impacts, *activities)), _blind(person, impacts))


def _blind(person: Person, impacts: Iterable[Impact]) -> frozenset[int]:
    standing = impact_policy.standing_of(person)
    found = set()
    for row in impacts:
        unit = row.population.unit
        side = standing.side(row.initiative_id, unit.path if unit else "")
        answered = {rating.side for rating in row.ratings.all()}
        seen = impact_rules.sight(
            side, project_answered=True, unit_answered=Rating.Side.UNIT in answered
        )
        if not seen.project:
            found.add(row.pk)
    return frozenset(found)


def _authors(rows: Iterable[Impact | Activity]) -> dict[tuple[str, int], Author]:
    wanted: dict[str, list[int]] = {}
    for row in rows:
        wanted.setdefault(_table(row), []).append(row.pk)
    found = {}
    for table, ids in wanted.items():
        changes = (
            Change.objects.filter(model=table, object_id__in=ids)
            .select_related("change_set__actor")
            .only("model", "object_id", "change_set__created_at", "change_set__actor__name",
                  "change_set__actor__email")
            .order_by("pk")
        )  # fmt: skip
        for change in changes:
            actor = change.change_set.actor
            found[table, change.object_id] = Author(
                str(actor) if actor else "", change.change_set.created_at
            )
    return found
