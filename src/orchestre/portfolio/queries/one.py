"""One initiative and what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from orchestre.access.reach import Person
from orchestre.journal.models import Change
from orchestre.portfolio import policy
from orchestre.portfolio.models import (
    Contribution,
    Dependency,
    IndicatorEffect,
    Initiative,
    Milestone,
    WavePopulation,
)
from orchestre.portfolio.rules.dates import Link, Span, slack_days
from orchestre.portfolio.rules.facts import QUIET_STAGES, Known, near_titles

HISTORY_ROWS = 50
# deleted rows of these name what may be hidden: only those that stand are told
_BY_NAME = ("portfolio.dependency", "portfolio.wavepopulation")


def by_code(person: Person, code: str) -> Initiative:
    """Return a visible initiative; what one may not see does not exist."""
    found = policy.visible_to(person).filter(code=code).select_related("unit", "programme", "lead")
    initiative = found.first()
    if initiative is None:
        raise Http404
    return initiative


def known_of(initiative: Initiative) -> Known:
    """Return which facts are known."""
    healths = (
        initiative.health_human,
        initiative.health_technical,
        initiative.health_economic,
    )
    return Known(
        lead=bool(initiative.lead_name or initiative.lead_id),
        sponsor=bool(initiative.sponsor_name),
        why=bool(initiative.why.strip()),
        unit=initiative.unit_id is not None,
        family=bool(initiative.family),
        starts=initiative.starts_on is not None,
        ends=initiative.ends_on is not None,
        go_live=initiative.go_live_on is not None,
        impacts=initiative.impacts.exists(),
        objective=initiative.contributions.exists(),
        healths=sum(bool(health) for health in healths),
        under_way=initiative.stage not in QUIET_STAGES,
        mandatory_unexplained=initiative.mandatory and not initiative.mandatory_reason,
        micro=initiative.micro,
    )


def span_of(initiative: Initiative) -> Span:
    """Return the dates of an initiative as a value."""
    return Span(initiative.starts_on, initiative.ends_on, initiative.go_live_on)


@dataclass(frozen=True)
class Need:
    """One dependency seen from one of its two ends; the other end may be hidden."""

    dependency: Dependency
    other: Initiative | None
    gives: bool
    slack_days: int | None

    @property
    def is_broken(self) -> bool:
        """Tell whether the dates do not hold."""
        return self.slack_days is not None and self.slack_days < 0


def needs_of(person: Person, initiative: Initiative) -> list[Need]:
    """Return what the initiative gives and needs; a hidden end stays unnamed."""
    found = (
        Dependency.objects.filter(Q(predecessor=initiative) | Q(successor=initiative))
        .select_related("predecessor", "successor")
        .order_by("pk")
    )
    ends = {row.predecessor_id for row in found} | {row.successor_id for row in found}
    visible = set(policy.visible_to(person).filter(pk__in=ends).values_list("pk", flat=True))
    return [_need(row, initiative, visible) for row in found]


def _need(row: Dependency, initiative: Initiative, visible: set[int]) -> Need:
    gives = row.predecessor_id == initiative.pk
    other = row.successor if gives else row.predecessor
    slack = slack_days(row.kind, span_of(row.predecessor), span_of(row.successor), row.lag_days)
    return Need(row, other if other.pk in visible else None, gives, slack)


def links_around(initiative: Initiative) -> tuple[list[Link], dict[int, Span]]:
    """Return the dependencies of an initiative and the dates at their ends."""
    rows = Dependency.objects.filter(
        Q(predecessor=initiative) | Q(successor=initiative)
    ).select_related("predecessor", "successor")
    links, spans = [], {initiative.pk: span_of(initiative)}
    for row in rows:
        links.append(Link(row.pk, row.predecessor_id, row.successor_id, row.kind, row.lag_days))
        spans[row.predecessor_id] = span_of(row.predecessor)
        spans[row.successor_id] = span_of(row.successor)
    return links, spans


def milestones_of(initiative: Initiative) -> list[Milestone]:
    """Return the milestones, the undated last."""
    rows = list(initiative.milestones.all())
    return sorted(
        rows, key=lambda row: (row.forecast_on is None, row.forecast_on or row.created_at.date())
    )


def contributions_of(initiative: Initiative) -> list[Contribution]:
    """Return what the initiative brings to objectives."""
    return list(initiative.contributions.select_related("objective"))


def effects_of(initiative: Initiative) -> list[IndicatorEffect]:
    """Return the indicators that the initiative pushes."""
    return list(initiative.effects.select_related("indicator"))


def look_alikes(person: Person, title: str, *, besides: int | None = None) -> list[Initiative]:
    """Return the visible initiatives whose title says nearly the same, closest first."""
    titles = policy.visible_to(person).values_list("pk", "title")
    near = near_titles(title, [pair for pair in titles if pair[0] != besides])
    rows = Initiative.objects.in_bulk([one.key for one in near])
    return [rows[one.key] for one in near]


def history_of(person: Person, initiative: Initiative) -> list[Change]:
    """Return the last changes of an initiative and of its parts, newest first.

    A dependency whose other end is hidden from the person is left out.
    """
    seen = [need.dependency.pk for need in needs_of(person, initiative) if need.other]
    named = policy.named_in_waves(person, initiative).values("pk")
    members = WavePopulation.objects.filter(initiative=initiative, population__in=named)
    parts = {
        "portfolio.milestone": list(initiative.milestones.values_list("pk", flat=True)),
        "portfolio.wave": list(initiative.waves.values_list("pk", flat=True)),
        "portfolio.wavepopulation": list(members.values_list("pk", flat=True)),
        "portfolio.contribution": list(initiative.contributions.values_list("pk", flat=True)),
        "portfolio.indicatoreffect": list(initiative.effects.values_list("pk", flat=True)),
        "portfolio.dependency": seen,
    }
    wanted = Q(model="portfolio.initiative", object_id=initiative.pk)
    for model, keys in parts.items():
        wanted |= Q(model=model, object_id__in=keys)
    gone = Q(operation=Change.Operation.DELETED, before__initiative_id=initiative.pk)
    gone |= Q(operation=Change.Operation.CREATED, after__initiative_id=initiative.pk)
    wanted |= gone & Q(model__in=[name for name in parts if name not in _BY_NAME])
    found = Change.objects.filter(wanted).select_related("change_set__actor")
    return list(found.order_by("-pk")[:HISTORY_ROWS])
