"""Reads of roles, money and value: what a person may see of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from orchestre.access.reach import Person
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.resources import policy, rules, snapshot
from orchestre.resources.models import (
    CostLine,
    Envelope,
    Role,
    RoleCapacity,
    RoleDemand,
    Worth,
)
from orchestre.resources.rules import Ask, Cost, Floats


@dataclass(frozen=True, eq=False)
class Board:
    """Every role over some months: what is asked, what can be given, and whom one may name.

    `asked` and `available` have the shape (roles, months); `available` is nan where nobody said.
    """

    means: snapshot.Means
    roles: tuple[Role, ...]
    months: tuple[date, ...]
    asked: Floats
    available: Floats
    titles: dict[str, str]

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the roles, in the order of the rows."""
        return tuple(role.code for role in self.roles)

    def asks_in(self, role: str, month: date) -> list[tuple[Ask, float]]:
        """Return who asks for a role in a month and how much of it, the largest first."""
        found = [
            (ask, float(rules.fte_by_month([ask], [role], [month])[0, 0]))
            for ask in self.means.asks
            if ask.role == role
        ]
        return sorted((one for one in found if one[1] > 0), key=lambda one: -one[1])


def board(person: Person, first: date, count: int) -> Board:
    """Return what is asked and available of every role over some months."""
    titles = dict(portfolio.visible_to(person).values_list("code", "title"))
    return _board(policy.visible_roles(person), titles, first, count)


def whole_board(first: date, count: int) -> Board:
    """Return the same for who keeps the installation, and may name everything."""
    titles = dict(Initiative.objects.values_list("code", "title"))
    return _board(Role.objects.all(), titles, first, count)


def _board(rows: QuerySet[Role], titles: dict[str, str], first: date, count: int) -> Board:
    means = snapshot.take()
    months = rules.months_from(first, count)
    roles = tuple(rows.select_related("unit"))
    codes = tuple(role.code for role in roles)
    return Board(
        means=means,
        roles=roles,
        months=months,
        asked=rules.fte_by_month(means.asks, codes, months),
        available=snapshot.available_by_month(means, codes, months),
        titles=titles,
    )


def programme_codes() -> dict[str, str]:
    """Return the programme of each initiative that has one, by their codes."""
    rows = Initiative.objects.filter(programme__isnull=False)
    return dict(rows.values_list("code", "programme__code"))


def costs_of_envelope(
    costs: Iterable[Cost], programme: str | None, programmes: dict[str, str]
) -> list[Cost]:
    """Return the costs that an envelope is meant for."""
    return [
        one for one in costs if programme is None or programmes.get(one.initiative) == programme
    ]


def envelopes(person: Person) -> list[Envelope]:
    """Return the envelopes that a person sees."""
    return list(policy.visible_envelopes(person).select_related("programme"))


def all_envelopes() -> list[Envelope]:
    """Return every envelope, for who keeps the installation."""
    return list(Envelope.objects.select_related("programme"))


def role(person: Person, pk: int) -> Role:
    """Return one role."""
    return get_object_or_404(policy.visible_roles(person).select_related("unit"), pk=pk)


def capacity(person: Person, pk: int) -> RoleCapacity:
    """Return one capacity of a role."""
    return get_object_or_404(policy.visible_capacities(person).select_related("role"), pk=pk)


def demand(person: Person, pk: int) -> RoleDemand:
    """Return one visible demand."""
    rows = policy.visible_demands(person).select_related("initiative", "role")
    return get_object_or_404(rows, pk=pk)


def cost(person: Person, pk: int) -> CostLine:
    """Return one visible cost line."""
    return get_object_or_404(policy.visible_costs(person).select_related("initiative"), pk=pk)


def envelope(person: Person, pk: int) -> Envelope:
    """Return one visible envelope."""
    return get_object_or_404(policy.visible_envelopes(person), pk=pk)


def demands_of(initiative: Initiative) -> list[RoleDemand]:
    """Return what an initiative asks of roles, by date."""
    rows = RoleDemand.objects.filter(initiative=initiative).select_related("role", "initiative")
    return list(rows.order_by("starts_on", "role__name", "pk"))


def costs_of(initiative: Initiative) -> list[CostLine]:
    """Return the cost lines of an initiative, by date."""
    return list(CostLine.objects.filter(initiative=initiative).order_by("starts_on", "pk"))


def worth_of(initiative: Initiative) -> Worth | None:
    """Return what an initiative is said to be worth, None when nobody said."""
    return Worth.objects.filter(initiative=initiative).first()


def worths(ids: Iterable[int]) -> dict[int, Worth]:
    """Return the worth of each of these initiatives that has one."""
    return {row.initiative_id: row for row in Worth.objects.filter(initiative__in=list(ids))}


def demands_on(person: Person, role: Role) -> QuerySet[RoleDemand]:
    """Return what the initiatives one sees ask of a role."""
    rows = policy.visible_demands(person).filter(role=role)
    live = rows.filter(initiative__archived_at=None).exclude(
        initiative__stage=Initiative.Stage.STOPPED
    )
    return live.select_related("initiative").order_by("starts_on", "initiative__code")
