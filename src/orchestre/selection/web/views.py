"""Selections: the list, one answer, one refused candidate, the objectives."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.org.entry import Attempt, attempt, posted
from orchestre.portfolio.models import Initiative
from orchestre.runs.models import Run
from orchestre.selection import policy, queries, rules
from orchestre.selection.models import Selection
from orchestre.selection.presenters import frame, lists, orders, reasons, result, whyrank
from orchestre.selection.presenters import refused as refusing
from orchestre.selection.presenters import strategy as aims
from orchestre.selection.services import computing, exercises
from orchestre.selection.web.forms import SelectionForm

OPENING = (
    Initiative.Stage.IDEA,
    Initiative.Stage.DEFINE,
    Initiative.Stage.LAUNCH,
    Initiative.Stage.PREPARE,
)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List the visible selections."""
    return render(request, "selection/list.html", {"page": lists.build(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a selection."""
    policy.may_draft(request.user).require()
    initial = {
        "starts_on": rules.next_month(timezone.localdate()),
        "months": 12,
        "grain": Selection.Grain.QUARTER,
        "method": Selection.Method.DRIVERS,
        "stages": list(OPENING),
        "use_roles": True,
        "use_people": True,
        "later_months": 0,
    }
    form = SelectionForm(posted(request), initial=initial)
    tried = None
    home = reverse("selection:list")
    if request.method == "POST" and form.is_valid():
        made: list[Selection] = []
        tried = attempt(
            form,
            lambda: made.append(exercises.create(request.user, form.values())),
            action_url=request.path,
            cancel_url=home,
        )
        if tried.done:
            after = "drivers" if made[0].method == Selection.Method.DRIVERS else "show"
            return redirect(f"selection:{after}", made[0].pk)
    return _form(request, form, tried, _("Open a selection"), home)


def _form(
    request: HttpRequest, form: SelectionForm, tried: Attempt | None, heading: str, home: str
) -> HttpResponse:
    status = tried.http_status if tried else 422 if form.is_bound else 200
    context = {
        "form": form,
        "conflict": tried.conflict if tried else None,
        "heading": heading,
        "cancel_url": home,
    }
    return render(request, "selection/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a selection chooses among, and within what."""
    selection = queries.selection(request.user, pk)
    policy.may_edit(request.user, selection).require()
    initial = {name: getattr(selection, name) for name in SelectionForm.base_fields}
    if selection.budget_eur is not None:
        initial["budget_eur"] = float(selection.budget_eur)
    form = SelectionForm(posted(request), initial=initial)
    tried = None
    home = reverse("selection:show", args=[pk])
    if request.method == "POST" and form.is_valid():
        tried = attempt(
            form,
            lambda: exercises.change(
                request.user,
                selection,
                form.changed_values(),
                expected_version=form.expected_version,
            ),
            action_url=request.path,
            cancel_url=request.path,
        )
        if tried.done:
            messages.success(request, _("Selection changed."))
            return redirect(home)
    return _form(request, form, tried, selection.name, home)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer: what to keep, what binds, what is refused."""
    selection = queries.selection(request.user, pk)
    found = computing.outcomes(selection)
    context = {
        "head": frame.head(request.user, selection, "show"),
        "selection": selection,
        "page": result.build(request.user, selection, found) if found else None,
    }
    return render(request, "selection/show.html", context)


@require_POST
def compute(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute, or find the known answer; a large portfolio is followed on its own page."""
    selection = queries.selection(request.user, pk)
    run = computing.compute(request.user, selection)
    if run.status == Run.Status.DONE:
        return redirect("selection:show", pk)
    return redirect("runs:show", run.pk)


@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Share, or take back."""
    selection = queries.selection(request.user, pk)
    exercises.share(request.user, selection, shared=not selection.shared)
    messages.success(
        request,
        _("Shared with everybody who reads the portfolio.")
        if selection.shared
        else _("Private again."),
    )
    return redirect("selection:show", pk)


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Close on the last answer, or reopen."""
    selection = queries.selection(request.user, pk)
    if selection.finished_at is None:
        exercises.finish(request.user, selection)
        messages.success(request, _("Finished: it reopens with the same figures."))
    else:
        exercises.reopen(request.user, selection)
        messages.success(request, _("Reopened."))
    return redirect("selection:show", pk)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an exercise."""
    selection = queries.selection(request.user, pk)
    exercises.delete(request.user, selection)
    messages.success(request, _("Selection deleted."))
    return redirect("selection:list")


def _answered(request: HttpRequest, pk: int) -> tuple[Selection, computing.Outcomes]:
    selection = queries.selection(request.user, pk)
    found = computing.outcomes(selection)
    if found is None:
        raise Http404
    return selection, found


@require_safe
def refused(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Say what it takes to keep a refused candidate."""
    selection, found = _answered(request, pk)
    names = queries.names_for(request.user)
    if not names.sees(code) or code not in {one.id for one in found.result.refused}:
        raise Http404
    context = {
        "head": frame.head(request.user, selection, "show"),
        "page": refusing.build(request.user, found, code),
        "selection": selection,
        "code": code,
    }
    return render(request, "selection/refused.html", context)


@require_safe
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where the figures come from."""
    selection, found = _answered(request, pk)
    context = {
        "head": frame.head(request.user, selection, "show"),
        "page": reasons.build(selection, found),
        "selection": selection,
    }
    return render(request, "selection/why.html", context)


@require_safe
def strategy(request: HttpRequest) -> HttpResponse:
    """Answer whether the strategy is feasible, by the selection that speaks for it."""
    selection = queries.latest(request.user)
    if selection is None:
        return render(
            request, "selection/strategy_empty.html", {"may": policy.may_draft(request.user)}
        )
    return strategy_of(request, selection.pk)


@require_safe
def strategy_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer whether the strategy is feasible within a selection's limits."""
    selection, found = _answered(request, pk)
    context = {
        "head": frame.head(request.user, selection, "strategy"),
        "page": aims.build(request.user, selection, found),
        "selection": selection,
    }
    return render(request, "selection/strategy.html", context)


@require_safe
def priorities(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the candidates by score and by cost of delay, beside what is kept."""
    selection = queries.selection(request.user, pk)
    context = {
        "head": frame.head(request.user, selection, "priorities"),
        "page": orders.build(request.user, selection, orders.Asked.of(request.GET)),
        "selection": selection,
    }
    return render(request, "selection/priorities.html", context)


@require_safe
def priority(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Say where the score and the ranks of one candidate come from."""
    selection = queries.selection(request.user, pk)
    asked = orders.Asked.of(request.GET)
    page = whyrank.build(request.user, selection, code, asked.by)
    if page is None:
        raise Http404
    context = {
        "head": frame.head(request.user, selection, "priorities"),
        "page": page,
        "selection": selection,
    }
    return render(request, "selection/priority.html", context)
