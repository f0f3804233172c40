"""The candidates of a selection: orders on them, and the committee's own choice."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from orchestre.org.entry import attempt, posted
from orchestre.selection import queries
from orchestre.selection.presenters import frame, grid
from orchestre.selection.services import exercises, ordering
from orchestre.selection.web.forms import OrderForm
from orchestre.selection.web.saying import version_of


@require_http_methods(["GET", "HEAD", "POST"])
def candidates(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the candidates, the orders on them, and the committee's own choice; add an order."""
    selection = queries.selection(request.user, pk)
    among = queries.candidates(request.user, selection)
    known = queries.orders(request.user, selection)
    form = OrderForm(posted(request), among=among, known=known)
    tried = None
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in among if one.code == form.cleaned_data["initiative"])
        tried = attempt(
            form,
            lambda: ordering.order(
                request.user,
                selection,
                chosen,
                form.values(),
                expected_version=form.read_version(chosen.code),
            ),
            action_url=request.path,
            cancel_url=request.path,
        )
        if tried.done:
            messages.success(request, _("Order written."))
            return redirect(request.path)
    context = {
        "head": frame.head(request.user, selection, "candidates"),
        "selection": selection,
        "page": grid.candidates(request.user, selection, among),
        "form": form,
        "conflict": tried.conflict if tried else None,
    }
    status = tried.http_status if tried else 422 if form.is_bound else 200
    return render(request, "selection/candidates.html", context, status=status)


@require_POST
def picks(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down the committee's own choice."""
    selection = queries.selection(request.user, pk)
    codes = request.POST.getlist("pick")
    exercises.pick(request.user, selection, codes, expected_version=version_of(request))
    messages.success(request, _("The committee’s choice is written down."))
    return redirect("selection:show", pk)


@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the computation choose again."""
    row = queries.order(request.user, pk)
    ordering.lift(request.user, row)
    messages.success(request, _("Order lifted."))
    return redirect("selection:candidates", row.selection_id)
