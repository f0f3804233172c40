"""The kept data that a report reads, limited to what one person sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from orchestre.access.reach import Person
from orchestre.governance.models import Meeting
from orchestre.interactions import policy as interactions
from orchestre.interactions.models import Finding
from orchestre.interactions.queries import OPEN, ranked, with_parts
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.reports import policy
from orchestre.reports.models import Publication


@dataclass(frozen=True)
class OpenFindings:
    """The heaviest open findings, and how many more there are."""

    rows: list[Finding]
    left_out: int


def live_initiatives(person: Person) -> int:
    """Count the visible initiatives that are neither archived nor stopped."""
    rows = portfolio.visible_to(person).filter(archived_at=None)
    return rows.exclude(stage=Initiative.Stage.STOPPED).count()


def open_findings(person: Person, most: int) -> OpenFindings:
    """Return the open findings between initiatives that a person may read."""
    rows = interactions.visible_to(person).filter(present=True, state__in=OPEN)
    rows = rows.exclude(kind=Finding.Kind.OVERLOAD).distinct()
    found = list(with_parts(ranked(rows))[:most])
    total = rows.count() if len(found) == most else len(found)
    return OpenFindings(found, total - len(found))


USUAL_SINCE = timedelta(days=30)


def named_in_packs(person: Person, *, confidential: bool) -> tuple[Initiative, ...]:
    """Return the live initiatives that a pack of this person names, in the order of their codes."""
    rows = portfolio.visible_to(person).filter(archived_at=None)
    rows = rows.exclude(stage=Initiative.Stage.STOPPED)
    if not confidential:
        rows = rows.filter(confidential=False)
    return tuple(rows.select_related("programme", "unit").order_by("code"))


def left_of_packs(person: Person, *, confidential: bool) -> tuple[Initiative, ...]:
    """Return the initiatives that are stopped or put away, among those a pack may name."""
    rows = portfolio.visible_to(person)
    rows = rows.exclude(archived_at=None) | rows.filter(stage=Initiative.Stage.STOPPED)
    if not confidential:
        rows = rows.filter(confidential=False)
    return tuple(rows.order_by("code"))


def milestones_of(initiatives: Iterable[Initiative]) -> tuple[Milestone, ...]:
    """Return the milestones of some initiatives, in the order of their forecast."""
    keys = [one.pk for one in initiatives]
    return tuple(Milestone.objects.filter(initiative__in=keys).order_by("forecast_on", "pk"))


def live_count() -> int:
    """Count the initiatives under way or to come, whoever may read them."""
    rows = Initiative.objects.filter(archived_at=None)
    return rows.exclude(stage=Initiative.Stage.STOPPED).count()


def programmes() -> dict[str, str]:
    """Return the code of the programme of each initiative that has one."""
    rows = Initiative.objects.filter(programme__isnull=False)
    return dict(rows.values_list("code", "programme__code"))


def publications(person: Person) -> QuerySet[Publication]:
    """Return the packs one may open, the last first, without their content."""
    rows = policy.visible_publications(person).defer("content")
    return rows.select_related("published_by", "previous", "meeting__body")


def publication(person: Person, pk: int) -> Publication:
    """Return one visible pack; not found otherwise."""
    return get_object_or_404(policy.visible_publications(person), pk=pk)


def publication_or_none(person: Person, pk: int | None) -> Publication | None:
    """Return a visible pack, None when none is asked for or it is not there."""
    return policy.visible_publications(person).filter(pk=pk or 0).first()


def last_publication(person: Person, audience: str, *, confidential: bool) -> Publication | None:
    """Return the last visible pack given to the same readers, one that may be compared with."""
    rows = publications(person).filter(audience=audience)
    return (rows if confidential else rows.filter(confidential=False)).first()


def of_meeting(person: Person, meeting: Meeting) -> list[Publication]:
    """Return the packs of a meeting that one may open, the last first."""
    return list(publications(person).filter(meeting=meeting))
