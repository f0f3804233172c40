"""Reads of selections: what a person may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from orchestre.access.reach import Person
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Contribution, Initiative
from orchestre.selection import policy
from orchestre.selection.models import Driver, Order, Rater, Rating, Selection
from orchestre.strategy.models import Objective


def selection(person: Person, pk: int) -> Selection:
    """Return one visible selection; not found otherwise."""
    rows = policy.visible_to(person).select_related("owner", "programme")
    found: Selection = get_object_or_404(rows, pk=pk)
    return found


def selections(person: Person) -> list[Selection]:
    """Return the visible selections, the last first."""
    return list(policy.visible_to(person).select_related("owner").order_by("-pk"))


def latest(person: Person) -> Selection | None:
    """Return the selection that speaks for the strategy: the last finished, else the last."""
    rows = policy.visible_to(person).filter(answer__isnull=False)
    return rows.exclude(finished_at=None).order_by("-finished_at").first() or rows.first()


def driver(person: Person, pk: int) -> Driver:
    """Return one driver of a visible selection."""
    found: Driver = get_object_or_404(
        policy.visible_drivers(person).select_related("selection"), pk=pk
    )
    return found


def rater(person: Person, pk: int) -> Rater:
    """Return one rater of a visible selection."""
    found: Rater = get_object_or_404(
        policy.visible_raters(person).select_related("selection"), pk=pk
    )
    return found


def order(person: Person, pk: int) -> Order:
    """Return one order on a visible initiative."""
    rows = policy.visible_orders(person).select_related("selection", "initiative")
    found: Order = get_object_or_404(rows, pk=pk)
    return found


def orders(person: Person, chosen: Selection) -> dict[str, Order]:
    """Return the orders of a selection that a person may read, by code."""
    rows = policy.visible_orders(person).filter(selection=chosen).select_related("initiative")
    return {one.initiative.code: one for one in rows}


def candidates(person: Person, chosen: Selection) -> list[Initiative]:
    """Return the candidates that a person may see."""
    rows = policy.open_candidates(person, chosen)
    return list(rows.only("pk", "code", "title", "mandatory", "mandatory_reason", "stage"))


def levels(person: Person, chosen: Selection) -> dict[tuple[int, int], str]:
    """Return the ratings of a selection, by initiative and driver."""
    rows = policy.visible_ratings(person).filter(driver__selection=chosen)
    return {(one, two): level for one, two, level in rows.values_list(
        "initiative_id", "driver_id", "level"
    )}  # fmt: skip


def rated_counts(chosen: Selection) -> int:
    """Count the ratings of a selection."""
    return Rating.objects.filter(driver__selection=chosen).count()


@dataclass(frozen=True)
class Names:
    """What may be named to a person: the titles of visible initiatives, by code."""

    titles: dict[str, str]

    def sees(self, code: str) -> bool:
        """Tell whether an initiative may be named."""
        return code in self.titles


def names_for(person: Person) -> Names:
    """Return what may be named."""
    return Names(dict(portfolio.visible_to(person).values_list("code", "title")))


def every_name() -> Names:
    """Name everything: the command line is run by who holds the installation."""
    return Names(dict(Initiative.objects.values_list("code", "title")))


def servers(person: Person) -> list[tuple[Objective, list[tuple[str, float]]]]:
    """Return each objective with the visible initiatives that serve it and their weights."""
    found: dict[int, list[tuple[str, float]]] = {}
    rows = Contribution.objects.filter(initiative__in=portfolio.visible_to(person).values("pk"))
    for objective, code, weight in rows.values_list("objective_id", "initiative__code", "weight"):
        found.setdefault(objective, []).append((code, weight))
    return [(one, sorted(found.get(one.pk, []))) for one in Objective.objects.all()]


def hidden_candidates(chosen: Selection, seen: Sequence[Initiative]) -> int:
    """Count the candidates that a person may not see."""
    return policy.candidates_of(chosen).exclude(pk__in=[one.pk for one in seen]).count()
