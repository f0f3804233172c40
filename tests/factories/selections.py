"""Selections with their drivers, people who compare, ratings, an order and an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from orchestre.access.models import User
from orchestre.portfolio.models import Initiative
from orchestre.selection.models import Driver, Judgement, Order, Rater, Rating, Selection
from orchestre.selection.services import computing

START = date(2026, 3, 1)


def selection(owner: User | None, **values: Any) -> Selection:
    """An exercise over a year, valued by drivers, without a limit of money unless told."""
    values = {"name": "Choix", "starts_on": START, "months": 12, **values}
    return Selection.objects.create(owner=owner, **values)


def drivers(chosen: Selection, *names: str) -> list[Driver]:
    """Name the drivers."""
    return [Driver.objects.create(selection=chosen, name=name) for name in names]


def rated(driver: Driver, **levels: str) -> None:
    """Rate initiatives, each named by its code with `_` for `-`."""
    for code, level in levels.items():
        row = Initiative.objects.get(code=code.replace("_", "-"))
        Rating.objects.create(driver=driver, initiative=row, level=level)


def whole(owner: User, initiative: Initiative, **values: Any) -> dict[str, Any]:
    """One of everything that a selection holds, and its answer."""
    chosen = selection(owner, shared=True, **values)
    first, second = drivers(chosen, "Clients", "Coûts")
    rater = Rater.objects.create(selection=chosen, name="Direction")
    idle = Rater.objects.create(selection=chosen, name="Ateliers")
    judgement = Judgement.objects.create(rater=rater, first=first, second=second, ratio=3.0)
    rating = Rating.objects.create(driver=second, initiative=initiative, level="low")
    row = Order.objects.create(
        selection=chosen, initiative=initiative, way=Order.Way.OUT, reason="Plus tard"
    )
    computing.computed(chosen, owner)
    return {
        "selection": chosen, "driver": first, "second_driver": second, "rater": rater,
        "idle_rater": idle, "judgement": judgement, "rating": rating, "order": row,
    }  # fmt: skip
