"""Who reads and writes impacts, and which side of a rating a person stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.access.models import User
from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.impacts.models import Activity, Impact, Rating
from orchestre.kernel.decisions import Allowed, Decision, Denied
from orchestre.org.models import Population, Unit
from orchestre.org.policy import subtree_filter, visible_populations
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative

Row = TypeVar("Row", Impact, Activity)


def visible_to(person: Person) -> QuerySet[Impact]:
    """Return the impacts one sees: those of one's own initiatives, and on one's own people."""
    return _seen(person, Impact.objects.all())


def visible_activities(person: Person) -> QuerySet[Activity]:
    """Return the activities one sees, by the same rule."""
    return _seen(person, Activity.objects.all())


def _seen(person: Person, rows: QuerySet[Row]) -> QuerySet[Row]:
    found = rows.filter(initiative__in=portfolio.visible_to(person).values("pk"))
    reach = reach_of(person)
    if reach.can(Can.READ):
        return found
    own = Q(initiative__in=reach.initiatives(Can.READ))
    if isinstance(person, User):
        own |= Q(initiative__lead_id=person.pk)
    owned = subtree_filter(person, Can.READ, "initiative__unit__") or Q(pk__in=[])
    people = subtree_filter(person, Can.READ, "population__unit__") or Q(pk__in=[])
    return found.filter(own | owned | people)


def may_record(person: Person, initiative: Initiative) -> Decision:
    """Tell who says what an initiative asks of people: those who change it, or rate for it."""
    if initiative.archived_at is not None:
        return portfolio.may_change(person, initiative)
    if _rates_for(person, initiative) or portfolio.may_change(person, initiative):
        return Allowed()
    return Denied(_("Only the project and the transformation office say whom the change touches."))


def _rates_for(person: Person, initiative: Initiative) -> bool:
    return standing_of(person).rates_for_project(initiative.pk)


def choosable_populations(person: Person, initiative: Initiative) -> QuerySet[Population]:
    """Return the populations an impact may name: all, for who records impacts."""
    if may_record(person, initiative):
        return Population.objects.all()
    return visible_populations(person)


@dataclass(frozen=True)
class Standing:
    """On which side of the ratings a person stands; resolved in few queries, for many impacts.

    Who sees what the project says cannot answer blind for the unit: the sides exclude each other.
    """

    project_everywhere: bool
    initiative_ids: frozenset[int]
    unit_everywhere: bool
    unit_paths: tuple[str, ...]

    @property
    def is_aside(self) -> bool:
        """Tell whether the person speaks for nobody: nothing is read for who only reads."""
        sides = (
            self.project_everywhere,
            self.initiative_ids,
            self.unit_everywhere,
            self.unit_paths,
        )
        return not any(sides)

    def rates_for_project(self, initiative_id: int) -> bool:
        """Tell whether the person speaks for the project."""
        return self.project_everywhere or initiative_id in self.initiative_ids

    def side(self, initiative_id: int, unit_path: str) -> Rating.Side | None:
        """Return the side of the person for an impact on people of a unit."""
        if self.rates_for_project(initiative_id):
            return Rating.Side.PROJECT
        if self.unit_everywhere or any(unit_path.startswith(path) for path in self.unit_paths):
            return Rating.Side.UNIT
        return None


def standing_of(person: Person) -> Standing:
    """Resolve the sides of a person."""
    reach = reach_of(person)
    if reach.can(Can.EDIT_PORTFOLIO) or reach.can(Can.RATE_AS_PROJECT):
        return Standing(
            project_everywhere=True,
            initiative_ids=frozenset(),
            unit_everywhere=False,
            unit_paths=(),
        )
    rating = Q(pk__in=reach.initiatives(Can.RATE_AS_PROJECT))
    rating |= subtree_filter(person, Can.RATE_AS_PROJECT, "unit__") or Q(pk__in=[])
    rating |= Q(pk__in=portfolio.editable_by(person).values("pk"))
    tops = Unit.objects.filter(pk__in=reach.units(Can.RATE_AS_UNIT))
    return Standing(
        project_everywhere=False,
        initiative_ids=frozenset(Initiative.objects.filter(rating).values_list("pk", flat=True)),
        unit_everywhere=reach.can(Can.RATE_AS_UNIT),
        unit_paths=tuple(tops.values_list("path", flat=True)),
    )


def side_of(person: Person, impact: Impact) -> Rating.Side | None:
    """Return the side on which a person rates an impact, None when on none."""
    unit = impact.population.unit
    return standing_of(person).side(impact.initiative_id, unit.path if unit else "")


def may_rate(person: Person, impact: Impact) -> Decision:
    """Tell who rates an impact."""
    if impact.initiative.archived_at is not None:
        return Denied(_("This initiative is archived. Restore it before changing it."))
    if side_of(person, impact) is None:
        return Denied(_("Only the project and the impacted unit rate an impact."))
    return Allowed()


def reads_assumptions(person: Person) -> bool:
    """Tell who reads what is assumed for everybody: whoever may read something."""
    return reach_of(person).can_somewhere(Can.READ)


def named_ratings(person: Person) -> QuerySet[Rating]:
    """Return the ratings that exist for a person; what they say is in `readable_ratings`."""
    return Rating.objects.filter(impact__in=visible_to(person).values("pk"))


def readable_impacts(person: Person) -> QuerySet[Impact]:
    """Return the impacts whose figures a person may read: the same rule as `rules.sight`."""
    waiting = _unit_side(standing_of(person)) & ~_both_answered("pk")
    return visible_to(person).exclude(pk__in=Impact.objects.filter(waiting).values("pk"))


def readable_ratings(person: Person) -> QuerySet[Rating]:
    """Return the ratings that a person may read: both once answered, else one's side's."""
    unit_side = Impact.objects.filter(_unit_side(standing_of(person))).values("pk")
    own = Q(impact__in=unit_side, side=Rating.Side.UNIT)
    own |= ~Q(impact__in=unit_side) & Q(side=Rating.Side.PROJECT)
    return named_ratings(person).filter(own | _both_answered("impact"))


def _unit_side(standing: Standing) -> Q:
    """Return the filter of the impacts for which a person answers for the unit."""
    if standing.project_everywhere:
        return Q(pk__in=[])
    unit = Q() if standing.unit_everywhere else Q(pk__in=[])
    for path in standing.unit_paths:
        unit |= Q(population__unit__path__startswith=path)
    return unit & ~Q(initiative__in=standing.initiative_ids)


def _both_answered(impact: str) -> Q:
    said = ~Q(aspects={}) | Q(intensity__isnull=False) | Q(hours_per_person__isnull=False)
    sides = Rating.objects.filter(impact=OuterRef(impact))
    project = sides.filter(side=Rating.Side.PROJECT)
    in_impact = Impact.objects.filter(said, pk=OuterRef(impact))
    answered = Exists(project.filter(said)) | (~Exists(project) & Exists(in_impact))
    return Q(Exists(sides.filter(side=Rating.Side.UNIT))) & Q(answered)


def may_edit_assumptions(person: Person) -> Decision:
    """Tell who changes what is assumed for everybody."""
    reach = reach_of(person)
    if reach.can(Can.EDIT_PORTFOLIO) and reach.can(Can.EDIT_CAPACITY):
        return Allowed()
    return Denied(_("Only the transformation office changes what is assumed."))
