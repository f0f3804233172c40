"""Drivers, those who compare them, comparisons and ratings, over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page
from orchestre.access.api.versions import expected, keyed, needed, numbered, one, removed
from orchestre.selection import policy, queries
from orchestre.selection.api import schemas
from orchestre.selection.models import Driver, Judgement, Rater, Rating
from orchestre.selection.services import saying
from orchestre.strategy.policy import visible_to as visible_objectives

router = Router()
OF = "/selections/{int:selection_id}"


def _driver_out(row: Driver) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "selection": row.selection_id,
        "name": row.name,
        "meaning": row.meaning,
        "objective": row.objective.code if row.objective else None,
        "weight": row.weight,
    }


def _rater_out(row: Rater) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "selection": row.selection_id,
        "name": row.name,
    }


def _judgement_out(row: Judgement) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "rater": row.rater_id,
        "first": row.first_id,
        "second": row.second_id,
        "ratio": row.ratio,
    }


def _rating_out(row: Rating) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "driver": row.driver_id,
        "initiative": row.initiative.code,
        "level": row.level,
    }


def _drivers(request: HttpRequest) -> QuerySet[Driver]:
    return policy.visible_drivers(request.user).select_related("selection", "objective")


def _raters(request: HttpRequest) -> QuerySet[Rater]:
    return policy.visible_raters(request.user).select_related("selection")


def _judgements(request: HttpRequest) -> QuerySet[Judgement]:
    rows = policy.visible_judgements(request.user)
    return rows.select_related("rater__selection", "first", "second")


def _ratings(request: HttpRequest) -> QuerySet[Rating]:
    rows = policy.visible_ratings(request.user)
    return rows.select_related("driver__selection", "initiative")


@router.get(f"{OF}/drivers", response=Paged[schemas.DriverOut], summary="List drivers")
def list_selection_drivers(
    request: HttpRequest, selection_id: int, asked: Query[schemas.DriversAsked]
) -> dict[str, Any]:
    """Return what the organisation wants more of, in the order it was named."""
    found = queries.selection(request.user, selection_id)
    return page(request, _drivers(request).filter(selection=found), asked, _driver_out)


@router.post(f"{OF}/drivers", response={201: schemas.DriverOut}, summary="Add a driver")
@once
def add_selection_driver(
    request: HttpRequest, selection_id: int, payload: schemas.DriverIn
) -> Status[dict[str, Any]]:
    """Name a driver; seven at most. Declared weights speak while nobody compares."""
    found = queries.selection(request.user, selection_id)
    values = keyed(visible_objectives(request.user), "objective", payload.said())
    return Status(201, _driver_out(saying.add_driver(request.user, found, values)))


@router.get(
    "/selection-drivers/{int:driver_id}", response=schemas.DriverOut, summary="Read a driver"
)
def read_selection_driver(request: HttpRequest, driver_id: int) -> dict[str, Any]:
    """Return one driver."""
    return _driver_out(one(_drivers(request), pk=driver_id))


@router.patch(
    "/selection-drivers/{int:driver_id}", response=schemas.DriverOut, summary="Change a driver"
)
def change_selection_driver(
    request: HttpRequest, driver_id: int, payload: schemas.DriverPatch
) -> dict[str, Any]:
    """Change what a driver is called, means, serves or is declared to weigh."""
    row = one(_drivers(request), pk=driver_id)
    version = expected(request)
    values = keyed(visible_objectives(request.user), "objective", payload.said())
    saying.change_driver(request.user, row, values, expected_version=version)
    return _driver_out(one(_drivers(request), pk=driver_id))


@router.delete(
    "/selection-drivers/{int:driver_id}", response={204: None}, summary="Delete a driver"
)
def remove_selection_driver(request: HttpRequest, driver_id: int) -> Status[None]:
    """Delete a driver, with the comparisons and the ratings that name it."""
    return removed(request, one(_drivers(request), pk=driver_id), saying.remove_driver)


@router.get(f"{OF}/raters", response=Paged[schemas.RaterOut], summary="List who compares")
def list_selection_raters(
    request: HttpRequest, selection_id: int, asked: Query[schemas.RatersAsked]
) -> dict[str, Any]:
    """Return who compares the drivers: people of a workshop, with or without an account."""
    found = queries.selection(request.user, selection_id)
    return page(request, _raters(request).filter(selection=found), asked, _rater_out)


@router.post(f"{OF}/raters", response={201: schemas.RaterOut}, summary="Add who compares")
@once
def add_selection_rater(
    request: HttpRequest, selection_id: int, payload: schemas.RaterIn
) -> Status[dict[str, Any]]:
    """Add somebody, or a team, that compares the drivers."""
    found = queries.selection(request.user, selection_id)
    return Status(201, _rater_out(saying.add_rater(request.user, found, payload.name)))


@router.get(
    "/selection-raters/{int:rater_id}", response=schemas.RaterOut, summary="Read who compares"
)
def read_selection_rater(request: HttpRequest, rater_id: int) -> dict[str, Any]:
    """Return one of those who compare."""
    return _rater_out(one(_raters(request), pk=rater_id))


@router.delete(
    "/selection-raters/{int:rater_id}", response={204: None}, summary="Delete who compares"
)
def remove_selection_rater(request: HttpRequest, rater_id: int) -> Status[None]:
    """Take somebody out, with what they compared."""
    return removed(request, one(_raters(request), pk=rater_id), saying.remove_rater)


@router.get(
    f"{OF}/judgements", response=Paged[schemas.JudgementOut], summary="List comparisons of drivers"
)
def list_selection_judgements(
    request: HttpRequest, selection_id: int, asked: Query[schemas.JudgementsAsked]
) -> dict[str, Any]:
    """Return what each rater said of each pair; `first` counts `ratio` times `second`."""
    found = queries.selection(request.user, selection_id)
    rows = _judgements(request).filter(rater__selection=found)
    if asked.rater:
        rows = rows.filter(rater=asked.rater)
    return page(request, rows, asked, _judgement_out)


@router.post(
    f"{OF}/judgements", response={201: schemas.JudgementOut}, summary="Compare two drivers"
)
@once
def add_selection_judgement(
    request: HttpRequest, selection_id: int, payload: schemas.JudgementIn
) -> Status[dict[str, Any]]:
    """Answer a pair for a rater: 9, 7, 5, 3, 1, or their inverses.

    It is kept with the smaller number first, its ratio turned accordingly.
    """
    found = queries.selection(request.user, selection_id)
    rater = numbered(found.raters.all(), "rater", payload.rater)
    first = numbered(found.drivers.all(), "first", payload.first)
    second = numbered(found.drivers.all(), "second", payload.second)
    made = saying.add_judgement(request.user, rater, first, second, payload.ratio)
    return Status(201, _judgement_out(made))


@router.get(
    "/selection-judgements/{int:judgement_id}",
    response=schemas.JudgementOut,
    summary="Read a comparison of drivers",
)
def read_selection_judgement(request: HttpRequest, judgement_id: int) -> dict[str, Any]:
    """Return one comparison."""
    return _judgement_out(one(_judgements(request), pk=judgement_id))


@router.patch(
    "/selection-judgements/{int:judgement_id}",
    response=schemas.JudgementOut,
    summary="Change a comparison of drivers",
)
def change_selection_judgement(
    request: HttpRequest, judgement_id: int, payload: schemas.JudgementPatch
) -> dict[str, Any]:
    """Answer a pair again."""
    row = one(_judgements(request), pk=judgement_id)
    version = expected(request)
    ratio = payload.said().get("ratio", row.ratio)
    made = saying.judge(
        request.user, row.rater, row.first, row.second, ratio, expected_version=version
    )
    return _judgement_out(made)


@router.delete(
    "/selection-judgements/{int:judgement_id}",
    response={204: None},
    summary="Delete a comparison of drivers",
)
def remove_selection_judgement(request: HttpRequest, judgement_id: int) -> Status[None]:
    """Take an answer back: the pair is then to be answered again."""
    return removed(request, one(_judgements(request), pk=judgement_id), saying.remove_judgement)


@router.get(f"{OF}/ratings", response=Paged[schemas.RatingOut], summary="List ratings on drivers")
def list_selection_ratings(
    request: HttpRequest, selection_id: int, asked: Query[schemas.RatingsAsked]
) -> dict[str, Any]:
    """Return how much each initiative you may see moves each driver; blanks are left out."""
    found = queries.selection(request.user, selection_id)
    rows = _ratings(request).filter(driver__selection=found)
    if asked.driver:
        rows = rows.filter(driver=asked.driver)
    if asked.initiative:
        rows = rows.filter(initiative__code=asked.initiative)
    return page(request, rows, asked, _rating_out)


@router.post(
    f"{OF}/ratings", response={201: schemas.RatingOut}, summary="Rate an initiative on a driver"
)
@once
def add_selection_rating(
    request: HttpRequest, selection_id: int, payload: schemas.RatingIn
) -> Status[dict[str, Any]]:
    """Say how much a candidate moves a driver: none is a rating, a blank is not."""
    found = queries.selection(request.user, selection_id)
    driver = numbered(found.drivers.all(), "driver", payload.driver)
    among = policy.open_candidates(request.user, found)
    initiative = needed(among, "initiative", payload.initiative)
    made = saying.add_rating(request.user, driver, initiative, payload.level)
    return Status(201, _rating_out(made))


@router.get(
    "/selection-ratings/{int:rating_id}",
    response=schemas.RatingOut,
    summary="Read a rating on a driver",
)
def read_selection_rating(request: HttpRequest, rating_id: int) -> dict[str, Any]:
    """Return one rating."""
    return _rating_out(one(_ratings(request), pk=rating_id))


@router.patch(
    "/selection-ratings/{int:rating_id}",
    response=schemas.RatingOut,
    summary="Change a rating on a driver",
)
def change_selection_rating(
    request: HttpRequest, rating_id: int, payload: schemas.RatingPatch
) -> dict[str, Any]:
    """Say otherwise how much a candidate moves a driver."""
    row = one(_ratings(request), pk=rating_id)
    version = expected(request)
    level = payload.said().get("level", row.level)
    return _rating_out(saying.change_rating(request.user, row, level, expected_version=version))


@router.delete(
    "/selection-ratings/{int:rating_id}",
    response={204: None},
    summary="Delete a rating on a driver",
)
def remove_selection_rating(request: HttpRequest, rating_id: int) -> Status[None]:
    """Leave a blank, which never counts as none."""
    return removed(request, one(_ratings(request), pk=rating_id), saying.remove_rating)
