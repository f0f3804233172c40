"""Pages of what people can absorb, and of the periods when it differs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from orchestre.org import presenters, queries, rules, services
from orchestre.org.entry import Attempt, attempt, posted
from orchestre.org.models import CalendarPeriod, Unit
from orchestre.org.policy import (
    editable_units,
    may_edit_capacity,
    visible_periods,
    visible_units,
)
from orchestre.org.web.forms import PeriodForm, ShareForm


def address(unit: Unit | None) -> str:
    """Return the address of the capacity of a place."""
    base = reverse("org:capacity")
    return f"{base}?unit={unit.pk}" if unit else base


def _place(request: HttpRequest, asked: str) -> Unit | None:
    """Return the unit asked for; None is the whole organisation, for who sees it."""
    if asked:
        if not asked.isdecimal():
            raise Http404
        return get_object_or_404(visible_units(request.user), pk=int(asked))
    if queries.sees_whole_organisation(request.user):
        return None
    unit = queries.top_unit(request.user)
    if unit is None:
        raise Http404
    return unit


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Show what the people of a place can absorb, and let it be said."""
    asked = request.GET.get("unit", "")
    if not asked and request.method == "GET" and queries.sees_nothing(request.user):
        return render(request, "org/nothing_open.html")
    unit = _place(request, asked)
    rule = queries.capacity_rule(unit)
    initial = {"version": rule.version, "reason": rule.reason} if rule else {}
    initial["absorption_ratio"] = queries.shares().at(unit.path if unit else "").ratio
    form = ShareForm(posted(request), initial=initial)
    tried = None
    if request.method == "POST" and form.is_valid():
        tried = _save_share(request, unit, form)
        if tried.done:
            messages.success(request, _("Capacity changed."))
            return redirect(address(unit))
    status = tried.http_status if tried else 422 if form.is_bound else 200
    context = _context(request, unit) | {
        "form": form,
        "conflict": tried.conflict if tried else None,
        "action_url": address(unit),
        "inherit_url": f"{reverse('org:inherit-capacity')}?unit={unit.pk if unit else ''}",
        "new_period_url": f"{reverse('org:create-period')}?unit={unit.pk if unit else ''}",
    }
    return render(request, "org/capacity.html", context, status=status)


def _save_share(request: HttpRequest, unit: Unit | None, form: ShareForm) -> Attempt:
    values = form.changes() if form.expected_version else form.cleaned_data
    ratio = values.get("absorption_ratio")
    if ratio is None:
        ratio = queries.shares().at(unit.path if unit else "").ratio or 0.0
    return attempt(
        form,
        lambda: services.set_absorption(
            request.user,
            unit,
            ratio,
            reason=values.get("reason"),
            expected_version=form.expected_version,
        ),
        action_url=address(unit),
        cancel_url=address(unit),
    )


def _context(request: HttpRequest, unit: Unit | None) -> dict[str, Any]:
    shares = queries.shares()
    absorption = shares.at(unit.path if unit else "")
    hours = queries.weekly_hours_below(unit)
    today = timezone.localdate()
    periods = list(queries.periods_of(unit))
    facts = [rules.PeriodFacts(p.pk, p.starts_on, p.ends_on, p.factor) for p in periods]
    may_edit = bool(may_edit_capacity(request.user, unit))
    editable = queries.editable_period_ids(request.user, periods)
    page = presenters.CapacityPage(
        place=unit.name if unit else _("The whole organisation"),
        hours=presenters.hours_range(hours, absorption.ratio),
        formula=presenters.formula(hours, absorption),
        source=presenters.source_of(absorption, shares, unit.pk if unit else None),
        weeks=presenters.week_boxes(
            rules.week_factors(facts, today),
            {p.pk: p.name for p in periods},
            hours,
            absorption.ratio,
        ),
        periods=presenters.periods_table(periods, unit, editable) if periods else None,
        own_rule=queries.capacity_rule(unit) is not None,
        assumed=absorption.assumed,
        may_edit=may_edit,
        known=absorption.ratio is not None,
    )
    return {
        "page": page,
        "units": presenters.indented(_choices(request)),
        "unit": unit,
        "unit_key": str(unit.pk) if unit else "",
        "whole_is_open": queries.sees_whole_organisation(request.user),
    }


def _choices(request: HttpRequest) -> list[tuple[Unit, int]]:
    return queries.units_in_order(visible_units(request.user))


@require_POST
def inherit(request: HttpRequest) -> HttpResponse:
    """Give up the share of a place: the one above applies again."""
    unit = _place(request, request.GET.get("unit", ""))
    services.inherit_absorption(request.user, unit)
    messages.success(request, _("The share above applies again."))
    return redirect(address(unit))


def _period_form(request: HttpRequest, initial: dict[str, Any]) -> PeriodForm:
    return PeriodForm(
        posted(request),
        units=queries.units_in_order(editable_units(request.user)),
        everybody=bool(may_edit_capacity(request.user, None)),
        initial=initial,
    )


def _period_values(cleaned: dict[str, Any]) -> dict[str, Any]:
    return {
        "unit_id" if name == "unit" else name: value
        for name, value in cleaned.items()
        if name != "version"
    }


def _period_page(
    request: HttpRequest,
    form: PeriodForm,
    tried: Attempt | None,
    **facts: Any,  # noqa: ANN401 - a template context
) -> HttpResponse:
    status = tried.http_status if tried else 422 if form.is_bound else 200
    context = {
        "form": form,
        "conflict": tried.conflict if tried else None,
        "eyebrow": "",
        "delete_url": "",
        **facts,
    }
    return render(request, "org/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def create_period(request: HttpRequest) -> HttpResponse:
    """Add a freeze, a peak, a leave."""
    unit = _place(request, request.GET.get("unit", ""))
    may_edit_capacity(request.user, unit).require()
    form = _period_form(
        request, {"unit": unit.pk if unit else "", "kind": CalendarPeriod.Kind.PEAK}
    )
    tried = None
    if request.method == "POST" and form.is_valid():
        values = _period_values(form.cleaned_data)
        tried = attempt(
            form,
            lambda: services.create_period(request.user, values),
            action_url=request.get_full_path(),
            cancel_url=address(unit),
        )
        if tried.done:
            messages.success(request, _("Period added."))
            return redirect(address(unit))
    return _period_page(request, form, tried, heading=_("Add a period"), cancel_url=address(unit))


@require_http_methods(["GET", "POST"])
def edit_period(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a period."""
    period = get_object_or_404(visible_periods(request.user).select_related("unit"), pk=pk)
    may_edit_capacity(request.user, period.unit).require()
    names = set(PeriodForm.base_fields) - {"unit"}
    initial = {name: getattr(period, name) for name in names} | {"unit": period.unit_id or ""}
    form = _period_form(request, initial)
    tried = None
    if request.method == "POST" and form.is_valid():
        values = _period_values(form.changes())
        tried = attempt(
            form,
            lambda: services.change_period(
                request.user, period, values, expected_version=form.expected_version
            ),
            action_url=request.path,
            cancel_url=request.path,
        )
        if tried.done:
            messages.success(request, _("Period changed."))
            return redirect(address(period.unit))
    return _period_page(
        request,
        form,
        tried,
        heading=period.name,
        eyebrow=_("Period"),
        cancel_url=address(period.unit),
        delete_url=reverse("org:delete-period", args=[pk]),
    )


@require_POST
def delete_period(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a period."""
    period = get_object_or_404(visible_periods(request.user).select_related("unit"), pk=pk)
    unit = period.unit
    services.delete_period(request.user, period)
    messages.success(request, _("Period deleted."))
    return redirect(address(unit))
