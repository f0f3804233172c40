"""Reads of impacts: what a person may see of them, blind sides included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from orchestre.access.reach import Person
from orchestre.impacts import policy, rules
from orchestre.impacts.models import Activity, AssumptionSet, Impact, Rating
from orchestre.kernel.models import Provenance
from orchestre.org.models import Population
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.queries.waves import WaveDay, days_by_pair


@dataclass(frozen=True)
class SideAnswer:
    """What one side says, with who and why, once it may be read."""

    answer: rules.Answer
    comment: str
    who: str
    version: int


@dataclass(frozen=True)
class ImpactFacts:
    """An impact as one person may read it.

    `answer` is what the load counts; None when it is hidden from a unit that has not answered.
    `wave` names the wave of its people, even when a go-live of their own keeps them out of it.
    """

    id: int
    version: int
    initiative_id: int
    initiative_code: str
    initiative_title: str
    population: Population
    from_state: str
    to_state: str
    reach_ratio: float
    own_go_live_on: date | None
    go_live: rules.GoLive | None
    wave: str
    provenance: str
    side: Rating.Side | None
    answer: rules.Answer | None
    project: SideAnswer | None
    unit: SideAnswer | None
    project_answered: bool
    unit_answered: bool
    settled_at: datetime | None

    @property
    def hidden(self) -> bool:
        """Tell whether its figures wait for the person's own answer."""
        return self.answer is None

    @property
    def both_answered(self) -> bool:
        """Tell whether the two answers may be compared."""
        return self.project_answered and self.unit_answered

    @property
    def differences(self) -> tuple[rules.Difference, ...]:
        """Return where the two sides part, nothing before both have answered."""
        if not self.both_answered or self.project is None or self.unit is None:
            return ()
        return rules.differences(self.project.answer, self.unit.answer)

    @property
    def to_settle(self) -> bool:
        """Tell whether a difference waits for a decision."""
        return self.settled_at is None and bool(self.differences)

    @property
    def waits_for_me(self) -> bool:
        """Tell whether the answer of this person's side is expected."""
        if self.side == Rating.Side.UNIT:
            return not self.unit_answered
        return self.side == Rating.Side.PROJECT and self.unit_answered and not self.project_answered


def answer_of(row: Impact | Rating) -> rules.Answer:
    """Return the evaluation that a row holds."""
    return rules.Answer(dict(row.aspects), row.intensity, row.hours_per_person)


def _for_reading(rows: QuerySet[Impact]) -> QuerySet[Impact]:
    return rows.select_related("initiative", "population__unit").prefetch_related(
        "ratings__rated_by"
    )


def impacts_of(person: Person, initiative: Initiative) -> list[ImpactFacts]:
    """Return the impacts of an initiative as this person may read them."""
    rows = policy.visible_to(person).filter(initiative=initiative)
    return facts_of_many(person, rows.order_by("population__name", "pk"))


def impact(person: Person, pk: int) -> Impact:
    """Return one visible impact to act on; its figures are read through `facts_of`."""
    return get_object_or_404(_for_reading(policy.visible_to(person)), pk=pk)


def facts_of(person: Person, one: Impact) -> ImpactFacts:
    """Return one impact as this person may read it."""
    return _facts(person, [one])[0]


def facts_of_many(person: Person, rows: QuerySet[Impact]) -> list[ImpactFacts]:
    """Return visible impacts, a page of them or all, as this person may read them."""
    return _facts(person, _for_reading(rows))


def waiting_for(person: Person) -> list[ImpactFacts]:
    """Return the impacts whose rating is expected from this person's side."""
    standing = policy.standing_of(person)
    if standing.is_aside:
        return []
    rows = _for_reading(policy.visible_to(person)).exclude(_quiet("initiative__"))
    if standing.project_everywhere:
        rows = rows.filter(ratings__side=Rating.Side.UNIT)
    found = _facts(person, rows.order_by("initiative__code", "population__name"), standing)
    return [one for one in found if one.waits_for_me]


def _facts(
    person: Person, rows: Iterable[Impact], standing: policy.Standing | None = None
) -> list[ImpactFacts]:
    standing = standing or policy.standing_of(person)
    in_force = assumption_values().in_force
    found = list(rows)
    waves = days_by_pair({row.initiative_id for row in found})
    return [
        _one(
            row,
            standing,
            waves.get((row.initiative_id, row.population_id)),
            in_force=in_force,
        )
        for row in found
    ]


def _one(
    row: Impact, standing: policy.Standing, wave: WaveDay | None, *, in_force: bool
) -> ImpactFacts:
    unit = row.population.unit
    side = standing.side(row.initiative_id, unit.path if unit else "")
    ratings = {rating.side: rating for rating in row.ratings.all()}
    theirs = ratings.get(Rating.Side.UNIT)
    ours = ratings.get(Rating.Side.PROJECT)
    project = answer_of(ours) if ours else answer_of(row)
    seen = rules.sight(
        side, project_answered=project.says_something, unit_answered=theirs is not None
    )
    go_live = rules.go_live_of(
        row.go_live_on,
        row.initiative.go_live_on,
        row.initiative.ends_on if in_force else None,
        rules.GoLive(wave.go_live_on, assumed=False, wave=wave.name) if wave else None,
    )
    return ImpactFacts(
        id=row.pk,
        version=row.version,
        initiative_id=row.initiative_id,
        initiative_code=row.initiative.code,
        initiative_title=row.initiative.title,
        population=row.population,
        from_state=row.from_state,
        to_state=row.to_state,
        reach_ratio=row.reach_ratio,
        own_go_live_on=row.go_live_on,
        go_live=go_live,
        wave=wave.name if wave else "",
        provenance=row.provenance,
        side=side,
        answer=answer_of(row) if seen.project else None,
        project=_side(ours, project) if seen.project and project.says_something else None,
        unit=_side(theirs, answer_of(theirs)) if seen.unit and theirs else None,
        project_answered=project.says_something,
        unit_answered=theirs is not None,
        settled_at=theirs.settled_at if theirs else None,
    )


def _side(rating: Rating | None, answer: rules.Answer) -> SideAnswer:
    if rating is None:
        return SideAnswer(answer, "", "", 0)
    return SideAnswer(answer, rating.comment, str(rating.rated_by or ""), rating.version)


def activities_of(person: Person, initiative: Initiative) -> list[Activity]:
    """Return the activities of an initiative, by date."""
    rows = policy.visible_activities(person).filter(initiative=initiative)
    return list(rows.select_related("population").order_by("starts_on", "pk"))


def assumption_row() -> AssumptionSet | None:
    """Return what people wrote of the assumptions, None when nobody has changed them."""
    return AssumptionSet.objects.order_by("pk").first()


def _families(said: dict[str, float]) -> tuple[tuple[str, float], ...]:
    """Return the families in the order of the default, which PostgreSQL does not keep."""
    order = [name for name, _more in rules.DEFAULTS.intensity_by_family]
    known = [(name, said[name]) for name in order if name in said]
    return (*known, *sorted((name, said[name]) for name in said if name not in order))


def assumption_values() -> rules.AssumptionValues:
    """Return the assumptions as values: what people wrote, else the defaults."""
    row = assumption_row()
    return rules.DEFAULTS if row is None else values_of(row)


def values_of(row: AssumptionSet) -> rules.AssumptionValues:
    """Return a row of assumptions as values; an empty list stands for the defaults."""
    default = rules.DEFAULTS
    return rules.AssumptionValues(
        in_force=row.in_force,
        absorption_ratio=row.absorption_ratio,
        reach_ratio=row.reach_ratio,
        intensity_by_cost=tuple((limit, level) for limit, level in row.intensity_by_cost)
        or default.intensity_by_cost,
        intensity_without_cost=row.intensity_without_cost,
        intensity_by_family=_families(row.intensity_by_family) or default.intensity_by_family,
        hours_by_intensity=tuple(row.hours_by_intensity) or default.hours_by_intensity,
        hours_margin_ratio=row.hours_margin_ratio,
        capacity_margin_ratio=row.capacity_margin_ratio,
        go_live_earlier_weeks=row.go_live_earlier_weeks,
        go_live_later_weeks=row.go_live_later_weeks,
    )


def assumed_absorption_ratio() -> float | None:
    """Return the share of working time assumed where no rule exists, None when not in force."""
    values = assumption_values()
    return values.absorption_ratio if values.in_force else None


def _quiet(prefix: str = "") -> Q:
    """Return the filter of initiatives that ask nothing any more."""
    return Q(**{f"{prefix}stage": Initiative.Stage.STOPPED}) | Q(
        **{f"{prefix}archived_at__isnull": False}
    )


def initiatives_without_impacts(
    among: QuerySet[Initiative] | None = None,
) -> list[rules.InitiativeFacts]:
    """Return the live initiatives that nobody has described: the assumptions speak for them."""
    rows = Initiative.objects.all() if among is None else among
    described = Impact.objects.filter(initiative=OuterRef("pk"))
    found = rows.exclude(_quiet()).exclude(Exists(described)).order_by("pk")
    return [
        rules.InitiativeFacts(pk, path or "", cost, family, go_live_on, ends_on)
        for pk, path, cost, family, go_live_on, ends_on in found.values_list(
            "pk", "unit__path", "cost_eur", "family", "go_live_on", "ends_on"
        )
    ]


def populations_by_unit_path() -> dict[str, list[int]]:
    """Return the populations of each unit that has some."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    rows = Population.objects.filter(unit__isnull=False).order_by("pk")
    for path, pk in rows.values_list("unit__path", "pk"):
        found[path].append(pk)
    return dict(found)


@dataclass(frozen=True)
class Produced:
    """What the assumptions make of the initiatives a person sees."""

    initiatives: int
    without_impacts: int
    assumed: tuple[rules.AssumedImpact, ...]
    touching_nobody: tuple[int, ...]
    without_dates: tuple[int, ...]


def produced(person: Person, values: rules.AssumptionValues) -> Produced:
    """Return what these assumptions would produce today."""
    among = portfolio.visible_to(person)
    facts = initiatives_without_impacts(among)
    people = populations_by_unit_path()
    return Produced(
        initiatives=among.exclude(_quiet()).count(),
        without_impacts=len(facts),
        assumed=tuple(rules.assumed_impacts(facts, people, values)),
        touching_nobody=tuple(rules.touching_nobody(facts, people)),
        without_dates=tuple(rules.without_dates(facts)),
    )


@dataclass(frozen=True, slots=True)
class LoadImpact:
    """One impact as the load counts it.

    `hours_per_person` when it is known, else `intensity`; both None when nobody rated it and
    nothing is assumed. `go_live_on` None cannot be placed in time. `assumed` tells whether the
    hours or the date rest on an assumption.
    """

    id: int
    initiative_id: int
    population_id: int
    hours_per_person: float | None
    intensity: float | None
    reach_ratio: float
    go_live_on: date | None
    go_live_assumed: bool
    provenance: str


@dataclass(frozen=True, slots=True)
class LoadActivity:
    """One activity as the load counts it; the end is not included."""

    id: int
    initiative_id: int
    population_id: int
    kind: str
    aspect: str
    starts_on: date
    ends_on: date
    hours_per_person: float
    reach_ratio: float
    provenance: str


def impacts_for_load(values: rules.AssumptionValues | None = None) -> list[LoadImpact]:
    """Return every impact of a live initiative in one query, for the whole organisation.

    An impact nobody rated takes the assumed intensity of its initiative while the assumptions
    are in force; its provenance is then `assumed`.
    """
    values = values or assumption_values()
    rows = Impact.objects.exclude(_quiet("initiative__")).order_by("pk")
    return [
        _load_impact(row, values)
        for row in rows.values_list(
            "pk",
            "initiative_id",
            "population_id",
            "hours_per_person",
            "intensity",
            "aspects",
            "reach_ratio",
            "go_live_on",
            "provenance",
            "initiative__go_live_on",
            "initiative__ends_on",
            "initiative__cost_eur",
            "initiative__family",
        )
    ]


def _load_impact(row: tuple[Any, ...], values: rules.AssumptionValues) -> LoadImpact:
    pk, initiative_id, population_id, hours, explicit, aspects, reach, own, provenance = row[:9]
    go_live_on, ends_on, cost_eur, family = row[9:]
    intensity = rules.intensity_of(aspects, explicit)
    if hours is None and intensity is None and values.in_force:
        intensity, _why = rules.assumed_intensity(cost_eur, family, values)
        provenance = Provenance.ASSUMED
    go_live = rules.go_live_of(own, go_live_on, ends_on if values.in_force else None)
    return LoadImpact(
        id=pk,
        initiative_id=initiative_id,
        population_id=population_id,
        hours_per_person=hours,
        intensity=intensity,
        reach_ratio=reach,
        go_live_on=go_live.on if go_live else None,
        go_live_assumed=bool(go_live and go_live.assumed),
        provenance=str(provenance),
    )


def activities_for_load() -> list[LoadActivity]:
    """Return every activity of a live initiative in one query, for the whole organisation."""
    rows = Activity.objects.exclude(_quiet("initiative__")).order_by("pk")
    names = [field.name for field in fields(LoadActivity)]
    return [LoadActivity(*row) for row in rows.values_list(*names)]
