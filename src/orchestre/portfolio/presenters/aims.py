"""What the strategy shows of initiatives: who serves each objective, who serves none."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from orchestre.access.reach import Person
from orchestre.portfolio import policy
from orchestre.portfolio.models import Contribution, IndicatorEffect, Initiative
from orchestre.strategy.presenters.initiatives import Pushing, Serving


class Initiatives:
    """Answers the strategy about initiatives that the person may see."""

    def serving(self, person: Person, objectives: list[int]) -> dict[int, list[Serving]]:
        """Return the initiatives that serve each objective, the weightiest first."""
        found: dict[int, list[Serving]] = {}
        rows = Contribution.objects.filter(
            objective_id__in=objectives, initiative__in=_live(person)
        ).select_related("initiative")
        for row in rows.order_by("-weight", "initiative__code"):
            one = row.initiative
            found.setdefault(row.objective_id, []).append(
                Serving(one.code, one.title, _address(one), row.weight)
            )
        return found

    def pushing(self, person: Person, indicators: list[int]) -> dict[int, list[Pushing]]:
        """Return the initiatives that push each indicator, and which way."""
        found: dict[int, list[Pushing]] = {}
        rows = IndicatorEffect.objects.filter(
            indicator_id__in=indicators, initiative__in=_live(person)
        ).select_related("initiative")
        for row in rows:
            one = row.initiative
            found.setdefault(row.indicator_id, []).append(
                Pushing(one.code, _address(one), row.direction)
            )
        return found

    def orphans(self, person: Person, most: int) -> tuple[list[Serving], int]:
        """Return the first initiatives that serve no objective, and how many there are."""
        rows = _live(person).filter(contributions=None).exclude(stage="stopped").order_by("code")
        some = [Serving(one.code, one.title, _address(one), 0) for one in rows[:most]]
        return some, rows.count()


def _live(person: Person) -> QuerySet[Initiative]:
    return policy.visible_to(person).filter(archived_at=None)


def _address(initiative: Initiative) -> str:
    return reverse("portfolio:show", args=[initiative.code])
