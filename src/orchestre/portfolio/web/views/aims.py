"""Which objectives an initiative serves, and which indicators it pushes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from orchestre.portfolio import services
from orchestre.portfolio.presenters import sheet
from orchestre.portfolio.queries import one
from orchestre.portfolio.web.aim_forms import AimForm, EffectForm
from orchestre.portfolio.web.asking import user_of
from orchestre.strategy import policy as strategy


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show what an initiative is for."""
    return _page(request, code)


def _page(
    request: HttpRequest, code: str, aim: AimForm | None = None, effect: EffectForm | None = None
) -> HttpResponse:
    user = user_of(request)
    initiative = one.by_code(user, code)
    context = {
        "head": sheet.head(user, initiative, "aims"),
        "contributions": one.contributions_of(initiative),
        "effects": one.effects_of(initiative),
        "aim_form": aim or AimForm(None, strategy.visible_to(user)),
        "effect_form": effect or EffectForm(None, strategy.visible_indicators(user)),
        "form": aim or effect,
    }
    return render(request, "portfolio/aims.html", context)


@require_POST
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Say that it serves an objective."""
    user = user_of(request)
    initiative = one.by_code(user, code)
    form = AimForm(request.POST, strategy.visible_to(user))
    if not form.is_valid():
        return _page(request, code, aim=form)
    objective = get_object_or_404(strategy.visible_to(user), pk=form.cleaned_data["objective"])
    services.add_contribution(user, initiative, objective, form.cleaned_data["weight"])
    messages.success(request, _("Objective added."))
    return redirect("portfolio:aims", code)


@require_POST
def remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Say that it no longer serves an objective."""
    initiative = one.by_code(user_of(request), code)
    row = get_object_or_404(initiative.contributions.select_related("objective"), pk=pk)
    services.remove_contribution(user_of(request), row)
    messages.success(request, _("Objective taken out."))
    return redirect("portfolio:aims", code)


@require_POST
def push(request: HttpRequest, code: str) -> HttpResponse:
    """Say which way it pushes an indicator."""
    user = user_of(request)
    initiative = one.by_code(user, code)
    form = EffectForm(request.POST, strategy.visible_indicators(user))
    if not form.is_valid():
        return _page(request, code, effect=form)
    found = get_object_or_404(strategy.visible_indicators(user), pk=form.cleaned_data["indicator"])
    services.add_effect(user, initiative, found, form.cleaned_data["direction"])
    messages.success(request, _("Indicator added."))
    return redirect("portfolio:aims", code)


@require_POST
def leave(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Say that it does not push an indicator."""
    initiative = one.by_code(user_of(request), code)
    row = get_object_or_404(initiative.effects.select_related("indicator"), pk=pk)
    services.remove_effect(user_of(request), row)
    messages.success(request, _("Indicator taken out."))
    return redirect("portfolio:aims", code)
