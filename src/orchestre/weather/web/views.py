"""Weather: the list, one initiative, its update, zombies and promises."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.access.models import User
from orchestre.kernel.errors import DomainError, StaleVersion, Text
from orchestre.load.services.compute import today
from orchestre.portfolio.models import Initiative
from orchestre.sheets.dates import parse_date
from orchestre.sheets.values import CellError
from orchestre.weather import policy, queries
from orchestre.weather.models import WeatherReport
from orchestre.weather.presenters import listing as lists
from orchestre.weather.presenters import one as sheets
from orchestre.weather.presenters import promises as kept
from orchestre.weather.presenters import update as updates
from orchestre.weather.presenters import zombies as asleep
from orchestre.weather.rules import AXES, Draft
from orchestre.weather.rules.view import read_page, read_state
from orchestre.weather.rules.zombies import read_asked
from orchestre.weather.services import promises as promising
from orchestre.weather.services import readings
from orchestre.weather.services.reporting import publish


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Show the weather of every initiative a person may see."""
    page = lists.build(request.user, read_state(request.GET.dict()))
    return render(request, "weather/list.html", {"page": page})


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show six axes, why, and what was said before."""
    initiative = queries.initiative(request.user, code)
    return render(request, "weather/show.html", {"one": sheets.build(request.user, initiative)})


@require_safe
def following(request: HttpRequest) -> HttpResponse:
    """Lead to the next initiative whose weather is awaited from the person."""
    days = readings.frame().period_days
    code = queries.next_awaited(request.user, today(), days, request.GET.get("after", ""))
    if code:
        return redirect("weather:update", code)
    return redirect(reverse("weather:list") + "?only=mine")


@require_safe
def zombies(request: HttpRequest) -> HttpResponse:
    """Show which initiatives gather reasons to ask whether they still live."""
    number = read_page(request.GET.get("page", ""))
    page = asleep.build(request.user, read_asked(request.GET.dict()), number)
    return render(request, "weather/zombies.html", {"page": page})


@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """Show what was promised at the opening of each month, and what became of it."""
    page = kept.build(request.user, read_page(request.GET.get("page", "")))
    return render(request, "weather/promises.html", {"page": page})


@require_POST
def open_month(request: HttpRequest) -> HttpResponse:
    """Freeze the promises of the current month."""
    count = promising.open_month(request.user)
    told = ngettext("%(n)s promise is frozen.", "%(n)s promises are frozen.", count)
    messages.success(request, told % {"n": count})
    return redirect("weather:promises")


@require_http_methods(["GET", "HEAD", "POST"])
def update(request: HttpRequest, code: str) -> HttpResponse:
    """Declare the weather of an initiative, then go to the next."""
    initiative = queries.initiative(request.user, code)
    policy.may_report(request.user, initiative).require()
    if request.method != "POST":
        return _page(request, initiative, updates.Filled())
    try:
        draft, after = _read(initiative, request.POST)
        publish(cast("User", request.user), initiative, draft, after=after)
    except StaleVersion as error:
        return _stale(request, initiative, error)
    except DomainError as error:
        return _page(request, initiative, _filled(request.POST, error), 422)
    messages.success(request, _("Weather of %s published.") % code)
    if request.POST.get("then") == "next":
        return redirect(f"{reverse('weather:next')}?after={initiative.code}")
    return redirect("weather:show", code)


def _page(
    request: HttpRequest, initiative: Initiative, filled: updates.Filled, status: int = 200
) -> HttpResponse:
    page = updates.build(request.user, initiative, filled)
    context = {"page": page, "errors": list(filled.errors.values())}
    return render(request, "weather/update.html", context, status=status)


def _stale(request: HttpRequest, initiative: Initiative, error: StaleVersion) -> HttpResponse:
    """Ask which to keep; when both said the same, there is nothing to ask but to read."""
    conflict = error.conflict
    if not conflict.clashes:
        messages.info(request, str(error))
        return redirect("weather:show", initiative.code)
    posted = [(name, request.POST.getlist(name)) for name in request.POST]
    panel = updates.conflict_panel(initiative, conflict, posted)
    context = {"conflict": panel, "initiative": initiative}
    return render(request, "weather/conflict.html", context, status=409)


def _read(initiative: Initiative, posted: QueryDict) -> tuple[Draft, int | None]:
    after = _number(posted.get("after", ""))
    theirs = queries.report(initiative, after)
    draft = Draft(
        declared={axis: _kept(posted, theirs, axis) for axis in AXES if axis in posted},
        reasons={axis: posted.get(f"reason-{axis}", "").replace("\x00", "") for axis in AXES},
        summary=_kept(posted, theirs, "summary").replace("\x00", ""),
        milestones=_days(posted),
    )
    return draft, after


def _kept(posted: QueryDict, theirs: WeatherReport | None, name: str) -> str:
    """Return what the person wrote, or what the other wrote when that was chosen."""
    if posted.get(f"keep-{name}") == "theirs" and theirs is not None:
        return str(getattr(theirs, name))
    return str(posted.get(name, ""))


def _days(posted: QueryDict) -> tuple[tuple[int, int | None, date | None], ...]:
    found: list[tuple[int, int | None, date | None]] = []
    refused: dict[str, list[Text]] = {}
    for name in posted:
        key = _number(name.removeprefix("day-")) if name.startswith("day-") else None
        if key is None:
            continue
        try:
            found.append((key, _number(posted.get(f"version-{key}", "")), _day(str(posted[name]))))
        except CellError as error:
            refused[f"day_{key}"] = [error.message]
    if refused:
        raise DomainError(next(iter(refused.values()))[0], code="date-unreadable", fields=refused)
    return tuple(found)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    found = parse_date(text.strip(), dayfirst=True).value
    return found if isinstance(found, date) else None


def _filled(posted: QueryDict, error: DomainError) -> updates.Filled:
    told = {name: str(sentences[0]) for name, sentences in error.fields.items()}
    return updates.Filled(
        declared={axis: str(posted[axis]) for axis in AXES if axis in posted},
        reasons={axis: posted.get(f"reason-{axis}", "") for axis in AXES},
        days={
            int(name.removeprefix("day-")): str(posted[name])
            for name in posted
            if name.startswith("day-") and name[4:].isdecimal() and len(name) < 23
        },
        summary=posted.get("summary", ""),
        errors=told or {"form": str(error)},
    )
