"""Home, what awaits me, and my team."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from orchestre.access.models import User
from orchestre.access.queries import organisation
from orchestre.cockpit import queries, services
from orchestre.cockpit.presenters import cards
from orchestre.cockpit.presenters import home as homes
from orchestre.cockpit.presenters import team as teams
from orchestre.cockpit.queries import tasks
from orchestre.cockpit.queries import team as people
from orchestre.impacts.queries import waiting_for
from orchestre.load.queries import reader_of
from orchestre.load.rules.scale import thresholds_of
from orchestre.load.services import compute
from orchestre.org.models import Unit


def user_of(request: HttpRequest) -> User:
    """Return the signed-in person; every page asks for one."""
    return cast("User", request.user)


def thresholds() -> tuple[float, ...]:
    """Return the classes that the organisation chose."""
    about = organisation()
    return thresholds_of(about.load_thresholds if about else [])


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what requires attention."""
    page = homes.home(
        user_of(request),
        timezone.localdate(),
        thresholds(),
        all_news=request.GET.get("moved") == "all",
    )
    return render(request, "cockpit/home.html", {"page": page})


@require_safe
def count(request: HttpRequest) -> HttpResponse:
    """Give the badge of the frame, asked for once the page is there."""
    return render(request, "cockpit/count.html", {"count": queries.todo_count(user_of(request))})


@require_safe
def todo(request: HttpRequest) -> HttpResponse:
    """Show everything that awaits me."""
    found = queries.todo(user_of(request))
    context = {
        "cards": cards.cards(user_of(request), found),
        "later": len(tasks.snoozed(user_of(request))),
    }
    return render(request, "cockpit/todo.html", context)


@require_POST
def later(request: HttpRequest) -> HttpResponse:
    """Put something off."""
    days = request.POST.get("days", "")
    row = services.snooze(
        user_of(request), request.POST.get("key", ""), int(days) if days.isdecimal() else 0
    )
    messages.success(
        request, _("Put off until %(day)s.") % {"day": row.until_on.strftime("%d/%m/%Y")}
    )
    return _back(request)


@require_POST
def back(request: HttpRequest) -> HttpResponse:
    """Bring back what was put off."""
    services.take_back(user_of(request))
    messages.success(request, _("Everything is back."))
    return _back(request)


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Say that what moved was seen."""
    services.mark_seen(user_of(request))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return redirect(wanted if safe else "cockpit:home")


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """Show what changes for a team in the coming weeks."""
    person = user_of(request)
    choices = people.choosable_units(person)
    units = _asked(request, choices) or people.own_units(person)
    populations = tuple(people.people_of(person, units))
    context: dict[str, object] = {"units": choices, "chosen": units[0].pk if units else None}
    if populations:
        look = teams.Looking(
            view=compute.current(),
            reader=reader_of(person),
            brought=people.brought(person, populations),
            populations=populations,
            today=timezone.localdate(),
            thresholds=thresholds(),
            to_rate={
                (one.initiative_code, one.population.code): one.id for one in waiting_for(person)
            },
        )
        context["page"] = teams.team(look)
    return render(request, "cockpit/team.html", context)


def _asked(request: HttpRequest, choices: list[Unit]) -> list[Unit]:
    wanted = request.GET.get("unit", "")
    if not wanted:
        return []
    found = [one for one in choices if str(one.pk) == wanted]
    if not found:
        raise Http404
    return found
