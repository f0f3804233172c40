"""Pages where people weigh and rate."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from orchestre.kernel.errors import DomainError, StaleVersion
from orchestre.org.entry import attempt, posted
from orchestre.portfolio.models import Initiative
from orchestre.selection import policy, queries, rules
from orchestre.selection.models import Driver, Rating, Selection
from orchestre.selection.presenters import frame, grid, weighing
from orchestre.selection.services import saying
from orchestre.selection.web.forms import DriverForm, RaterForm


@require_http_methods(["GET", "HEAD", "POST"])
def drivers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the drivers, their weights and who compares them; add one."""
    selection = queries.selection(request.user, pk)
    form = DriverForm(posted(request))
    if request.method == "POST" and form.is_valid():
        tried = attempt(
            form,
            lambda: saying.add_driver(request.user, selection, form.values()),
            action_url=request.path,
            cancel_url=request.path,
        )
        if tried.done:
            messages.success(request, _("Driver added."))
            return redirect(request.path)
    context = {
        "head": frame.head(request.user, selection, "drivers"),
        "selection": selection,
        "page": weighing.drivers_page(selection),
        "form": form,
        "rater_form": RaterForm(prefix="rater"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "selection/drivers.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def driver(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a driver."""
    row = queries.driver(request.user, pk)
    policy.may_edit(request.user, row.selection).require()
    home = reverse("selection:drivers", args=[row.selection_id])
    initial: dict[str, object] = {
        name: getattr(row, name) for name in ("name", "meaning", "objective", "weight")
    }
    form = DriverForm(posted(request), initial=initial | {"version": row.version})
    tried = None
    if request.method == "POST" and form.is_valid():
        names = {"objective_id" if one == "objective" else one for one in form.changes()}
        values = {name: value for name, value in form.values().items() if name in names}
        tried = attempt(
            form,
            lambda: saying.change_driver(
                request.user, row, values, expected_version=form.expected_version
            ),
            action_url=request.path,
            cancel_url=request.path,
        )
        if tried.done:
            messages.success(request, _("Driver changed."))
            return redirect(home)
    status = tried.http_status if tried else 422 if form.is_bound else 200
    context = {
        "form": form,
        "conflict": tried.conflict if tried else None,
        "heading": row.name,
        "cancel_url": home,
        "delete_url": reverse("selection:driver-delete", args=[pk]),
    }
    return render(request, "selection/form.html", context, status=status)


@require_POST
def remove_driver(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a driver out."""
    row = queries.driver(request.user, pk)
    saying.remove_driver(request.user, row)
    messages.success(request, _("Driver removed."))
    return redirect("selection:drivers", row.selection_id)


@require_POST
def add_rater(request: HttpRequest, pk: int) -> HttpResponse:
    """Add somebody who compares, and go to the first question."""
    selection = queries.selection(request.user, pk)
    form = RaterForm(request.POST, prefix="rater")
    name = form.cleaned_data["name"] if form.is_valid() else ""
    made = saying.add_rater(request.user, selection, name)
    return redirect("selection:compare", made.pk)


@require_POST
def remove_rater(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody out, with the answers."""
    row = queries.rater(request.user, pk)
    saying.remove_rater(request.user, row)
    messages.success(request, _("Removed, with the answers."))
    return redirect("selection:drivers", row.selection_id)


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask one question at a time, and show at once how far the answers agree."""
    rater = queries.rater(request.user, pk)
    asked = request.GET.get("pair", "")
    refusal: StaleVersion | None = None
    if request.method == "POST":
        asked = request.POST.get("pair", "")
        first, second = _pair(rater.selection, asked)
        step = request.POST.get("answer", "")
        if not step.isascii() or not step.isdigit() or int(step) >= len(rules.SCALE):
            raise DomainError(_("Choose one of the nine answers."), code="not-an-answer")
        ratio = rules.SCALE[int(step)]
        try:
            saying.judge(
                request.user, rater, first, second, ratio, expected_version=version_of(request)
            )
        except StaleVersion as error:
            refusal = error
        else:
            return redirect("selection:compare", pk)
    context = {
        "refusal": refusal,
        "head": frame.head(request.user, rater.selection, "drivers"),
        "page": weighing.compare_page(rater, asked),
        "selection": rater.selection,
    }
    status = refusal.http_status if refusal else 200
    return render(request, "selection/compare.html", context, status=status)


def version_of(request: HttpRequest) -> int | None:
    """Read the version that the page showed; None when it is not one."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _pair(selection: Selection, text: str) -> tuple[Driver, Driver]:
    known = {str(one.pk): one for one in selection.drivers.all()}
    first, _dash, second = text.partition("-")
    if first not in known or second not in known:
        raise DomainError(_("Compare two drivers of this selection."), code="not-a-pair")
    return known[first], known[second]


@require_http_methods(["GET", "HEAD", "POST"])
def ratings(request: HttpRequest, pk: int) -> HttpResponse:
    """Rate every candidate on every driver, in one table."""
    selection = queries.selection(request.user, pk)
    among = queries.candidates(request.user, selection)
    columns = list(selection.drivers.all())
    refusal: StaleVersion | None = None
    if request.method == "POST":
        levels, shown = _rated(request, among, columns)
        try:
            written = saying.rate(request.user, selection, levels, shown)
        except StaleVersion as error:
            refusal = error
        else:
            words = ngettext("%(n)d rating written.", "%(n)d ratings written.", written)
            messages.success(request, words % {"n": written})
            return redirect(request.path)
    clashes = {one.field: str(one.theirs) for one in refusal.conflict.clashes} if refusal else {}
    context = {
        "head": frame.head(request.user, selection, "ratings"),
        "selection": selection,
        "page": grid.build(
            request.user, selection, among, columns,
            request.POST.dict() if refusal else None, clashes,
        ),
        "refusal": refusal,
        "levels": Rating.Level.choices,
    }  # fmt: skip
    status = refusal.http_status if refusal else 200
    return render(request, "selection/ratings.html", context, status=status)


def _rated(
    request: HttpRequest, among: list[Initiative], columns: list[Driver]
) -> tuple[dict[tuple[Initiative, Driver], str], dict[tuple[int, int], str]]:
    """Read the cells that the person changed, and what they showed when the page was opened."""
    levels, shown = {}, {}
    for one in among:
        for column in columns:
            name = f"{one.pk}-{column.pk}"
            chosen = request.POST.get(f"r-{name}")
            before = request.POST.get(f"s-{name}")
            if chosen is None or chosen == before:
                continue
            levels[one, column] = chosen
            if before is not None:
                shown[one.pk, column.pk] = before
    return levels, shown
