"""The weather over the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.caller import user_of
from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page, page_of
from orchestre.access.api.security import auth
from orchestre.access.api.versions import one
from orchestre.kernel.errors import DomainError
from orchestre.portfolio.models import Initiative
from orchestre.weather import policy
from orchestre.weather.api import schemas
from orchestre.weather.presenters import listing, plain, promises, zombies
from orchestre.weather.rules import AXES, Draft
from orchestre.weather.rules.view import ListState
from orchestre.weather.rules.zombies import read_asked
from orchestre.weather.services import promises as promising
from orchestre.weather.services import thresholds
from orchestre.weather.services.reporting import publish
from orchestre_engine.value import health as engine

router = Router(tags=["weather"], auth=auth)


def _seen(request: HttpRequest, code: str) -> Initiative:
    return one(policy.visible_to(request.user), code=code)


@router.get("/weather", response=Paged[schemas.WeatherOut], summary="List the weather")
def list_weather(request: HttpRequest, asked: Query[schemas.WeatherAsked]) -> dict[str, Any]:
    """Return the weather of the initiatives under way that you may see, the worst first."""
    state = ListState(only=asked.only, search=asked.q, sort=asked.sort)
    found, frame = listing.kept(request.user, state)
    cut, wrap = page_of(request, found, asked)
    return wrap([plain.line(row, frame.number) for row in cut])


@router.get(
    "/weather/{code}",
    response=schemas.OneWeatherOut,
    summary="Read the weather of an initiative",
)
def read_weather(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return six axes, each with the figures it comes from, beside the last report."""
    return plain.one(_seen(request, code))


@router.get("/weather-reports", response=Paged[schemas.ReportOut], summary="List weather reports")
def list_weather_reports(
    request: HttpRequest, asked: Query[schemas.ReportsAsked]
) -> dict[str, Any]:
    """Return what was published, corrections included, newest first."""
    rows = policy.visible_reports(request.user)
    if asked.initiative:
        rows = rows.filter(initiative__code=asked.initiative)
    return page(request, rows.select_related("initiative"), asked, plain.report, order=["-pk"])


@router.post(
    "/weather/{code}",
    response={201: schemas.ReportOut},
    summary="Publish the weather of an initiative",
)
@once
def publish_weather(
    request: HttpRequest, code: str, payload: schemas.ReportIn
) -> Status[dict[str, Any]]:
    """Publish six levels; a second report in a period corrects the first.

    A reason is required for each axis declared better than calculated. Refused when somebody
    published since the report that `after` names.
    """
    draft = Draft(
        declared={axis: getattr(payload.declared, axis) for axis in AXES},
        reasons={axis: getattr(payload.reasons, axis) for axis in AXES},
        summary=payload.summary,
        milestones=tuple((row.id, row.version, row.forecast_on) for row in payload.milestones),
    )
    made = publish(user_of(request), _seen(request, code), draft, after=payload.after)
    return Status(201, plain.report(made))


@router.get("/zombies", response=Paged[schemas.ZombieOut], summary="List what looks asleep")
def list_zombies(request: HttpRequest, asked: Query[schemas.ZombiesAsked]) -> dict[str, Any]:
    """Return the initiatives that gather reasons to ask whether they still live."""
    told = read_asked({"least": str(asked.least), "without": asked.without})
    cut, wrap = page_of(request, zombies.found(request.user, told), asked)
    return wrap([zombies.plain(one) for one in cut])


@router.get("/promises", response=Paged[schemas.PromisesOut], summary="Read the promises kept")
def list_promises(request: HttpRequest, asked: Query[schemas.PromisesAsked]) -> dict[str, Any]:
    """Return, for each frozen month, what was promised and what became of it."""
    cut, wrap = page_of(request, promises.flows(request.user), asked)
    return wrap([plain.flow(month, found) for month, found in cut])


@router.post("/promises/open", response=schemas.OpenedOut, summary="Freeze the month")
@once
def open_promises(request: HttpRequest) -> dict[str, Any]:
    """Freeze the milestones promised in the current month; done once a month."""
    return {"promises": promising.open_month(request.user)}


@router.get(
    "/weather-thresholds", response=schemas.ThresholdsOut, summary="Read the thresholds in force"
)
def read_thresholds(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - routes get a request
    """Return the bounds, weights and rules that levels are read with."""
    return plain.thresholds()


@router.post(
    "/weather-thresholds",
    response={201: schemas.ThresholdsOut},
    summary="Write a new version of the thresholds",
)
@once
def change_thresholds(
    request: HttpRequest, payload: schemas.ThresholdsIn
) -> Status[dict[str, Any]]:
    """Write a new version; reports already published keep theirs."""
    unknown = (set(payload.bounds) - set(engine.DEFAULT_BOUNDS)) | (
        (set(payload.weights) | set(payload.blocking)) - set(AXES)
    )
    if unknown:
        sentence = _("“%s” is not a figure nor an axis.") % min(unknown)
        raise DomainError(sentence, code="unknown-reference")
    bounds = dict(engine.DEFAULT_BOUNDS)
    for name, (amber, red) in payload.bounds.items():
        if amber is None:
            raise DomainError(_("Say from where “%s” is to watch.") % name, code="bound-missing")
        bounds[name] = (amber, red)
    wanted = thresholds.Wanted(
        bounds=bounds,
        weights=dict.fromkeys(AXES, 0.0) | payload.weights,
        blocking=frozenset(payload.blocking),
        rule=payload.rule,
        least_known_share=payload.least_known_share,
        period_days=payload.period_days,
    )
    thresholds.change(request.user, wanted, payload.reason, expected=payload.after)
    return Status(201, plain.thresholds())
