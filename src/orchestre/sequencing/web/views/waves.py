"""One wave of an initiative in a scenario: the preview while its bar moves, and the form."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from orchestre.kernel.errors import DomainError
from orchestre.org.entry import Attempt, attempt, posted
from orchestre.portfolio.models import Wave
from orchestre.portfolio.queries.waves import wave_of
from orchestre.portfolio.rules.dates import can_shift
from orchestre.sequencing import policy, services
from orchestre.sequencing.models import Scenario
from orchestre.sequencing.presenters import wave as presenter
from orchestre.sequencing.presenters.roadmap import bar_id
from orchestre.sequencing.queries.scenarios import override_of
from orchestre.sequencing.rules.edits import LONGEST_DAYS
from orchestre.sequencing.web.asking import (
    initiative_of,
    is_fragment,
    scenario_of,
    user_of,
    whole,
)
from orchestre.sequencing.web.forms import WaveForm
from orchestre.sequencing.web.views.scenarios import context_of


@require_http_methods(["GET", "HEAD", "POST"])
def wave(request: HttpRequest, pk: int, code: str, wave: int) -> HttpResponse:
    """Show where a scenario puts a wave, and put it elsewhere: by a form, or by its bar."""
    scenario, one = scenario_of(request, pk), wave_of(initiative_of(request, code), wave)
    page = presenter.page(
        user_of(request), scenario, one, override_of(user_of(request), scenario, code)
    )
    form = WaveForm(posted(request), initial={"go_live_on": page.on, "version": page.seen})
    tried = None
    if request.method == "POST":
        policy.may_edit(user_of(request), scenario).require()
        tried = _written(request, scenario, one, form, page) if form.is_valid() else None
        if tried and tried.done:
            return _done(request, page, one)
        if is_fragment(request) and not (tried and tried.conflict):
            raise DomainError(
                " ".join(str(text) for texts in form.errors.values() for text in texts)
            )
    context = {"page": page, "form": form, "conflict": tried.conflict if tried else None}
    if tried and is_fragment(request):
        answer = render(request, "sequencing/parts/conflict.html", context)
        answer.headers["HX-Retarget"] = "[data-roadmap-preview]"
        answer.headers["HX-Reswap"] = "innerHTML"
        return answer
    status = tried.http_status if tried else 200
    return render(request, "sequencing/wave.html", context, status=status)


def _written(
    request: HttpRequest, scenario: Scenario, one: Wave, form: WaveForm, page: presenter.WavePage
) -> Attempt:
    if form.keeps_theirs("go_live_on"):
        return Attempt(done=True)
    seen = form.expected_version
    return attempt(
        form,
        lambda: services.move_wave(
            user_of(request),
            scenario,
            one,
            form.cleaned_data["go_live_on"],
            seen_on=None if seen is None else date.fromordinal(seen),
        ),
        action_url=page.url,
        cancel_url=page.back_url,
    )


def _done(request: HttpRequest, page: presenter.WavePage, one: Wave) -> HttpResponse:
    messages.success(request, _("Moved in the scenario; the plan is unchanged."))
    if not is_fragment(request):
        return redirect(page.back_url)
    context = {**context_of(request, page.scenario.pk), "moved": bar_id(one)}
    return render(request, "sequencing/parts/body.html", context)


@require_safe
def preview(request: HttpRequest, pk: int, code: str, wave: int) -> HttpResponse:
    """Say what a further move of one wave would do to the three gauges; nothing is written."""
    scenario, one = scenario_of(request, pk), wave_of(initiative_of(request, code), wave)
    policy.may_edit(user_of(request), scenario).require()
    days = whole(request.GET.get("shift", ""), most=LONGEST_DAYS // 7) * 7
    row = override_of(user_of(request), scenario, code)
    if not can_shift((presenter.place(one, row),), days):
        raise DomainError(_("This move leaves the calendar. Choose fewer days."))
    found = presenter.preview(user_of(request), scenario, one, row, days)
    return render(request, "sequencing/parts/preview.html", {"preview": found})
