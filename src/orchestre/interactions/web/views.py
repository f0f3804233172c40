"""Findings: the list, one of them, and what people decide of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.interactions import policy, queries
from orchestre.interactions.models import Finding
from orchestre.interactions.presenters import detail, lists
from orchestre.interactions.rules import read_state
from orchestre.interactions.services import deciding
from orchestre.interactions.services import refresh as looking
from orchestre.interactions.web.forms import ReasonForm


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List what gets in the way of what.

    Reading writes nothing: when the findings are dated and the rules are quick, the page itself
    asks them to look again, once.
    """
    state = read_state(request.GET.dict(), Finding.Kind.values)
    standing = looking.standing()
    page = lists.build(request.user, state, standing)
    asks = not standing.fresh and standing.may_wait and "looked" not in request.GET
    may_ask = bool(policy.may_refresh(request.user))
    context = {"page": page, "asks_again": asks and may_ask}
    return render(request, "interactions/list.html", context)


@require_POST
def refresh(request: HttpRequest) -> HttpResponse:
    """Have the rules look again, then show what they found; a page may ask by itself."""
    policy.may_refresh(request.user).require()
    if request.POST.get("auto"):
        looking.look_again(None)
        return redirect(f"{reverse('interactions:list')}?looked=1")
    if looking.ask(request.user, looking.standing()):
        messages.success(request, _("The rules have looked again."))
    else:
        messages.success(request, _("The rules are looking again; come back in a minute."))
    return redirect(f"{reverse('interactions:list')}?looked=1")


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one finding with its evidence and its options."""
    return _page(request, queries.finding(request.user, pk), ReasonForm())


def _page(
    request: HttpRequest, finding: Finding, form: ReasonForm, status: int = 200
) -> HttpResponse:
    one = detail.build(request.user, finding)
    context = {"one": one, "form": form}
    return render(request, "interactions/show.html", context, status=status)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the rule is right."""
    finding = queries.finding(request.user, pk)
    deciding.confirm(request.user, finding, expected_version=_version(request))
    messages.success(request, _("Confirmed."))
    return redirect("interactions:show", pk)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it back among those to look at."""
    finding = queries.finding(request.user, pk)
    deciding.reopen(request.user, finding, expected_version=_version(request))
    messages.success(request, _("Reopened."))
    return redirect("interactions:show", pk)


def _version(request: HttpRequest) -> int | None:
    value = request.POST.get("version", "")
    return int(value) if value.isascii() and value.isdigit() else None


@require_http_methods(["POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the rule is wrong here, and why."""
    finding, form = queries.finding(request.user, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, finding, form, 422)
    deciding.refuse(
        request.user,
        finding,
        form.cleaned_data["reason"],
        expected_version=form.cleaned_data["version"],
    )
    messages.success(request, _("Refused: it will not come back."))
    return redirect("interactions:show", pk)


@require_http_methods(["POST"])
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is dealt with, or accepted knowingly, and why."""
    finding, form = queries.finding(request.user, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, finding, form, 422)
    deciding.settle(
        request.user,
        finding,
        form.cleaned_data["reason"],
        expected_version=form.cleaned_data["version"],
    )
    messages.success(request, _("Settled."))
    return redirect("interactions:show", pk)
