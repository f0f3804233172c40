"""Pages that write an initiative: create, edit, edit in place, copy, stop, put away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from orchestre.kernel.errors import DomainError, StaleVersion
from orchestre.portfolio import policy, services
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.presenters import cells, sheet, stopping
from orchestre.portfolio.presenters.conflict import conflict_panel
from orchestre.portfolio.queries import one
from orchestre.portfolio.web.asking import is_fragment, tell, user_of, version_of
from orchestre.portfolio.web.forms import CellForm, EditForm, NewForm, StopForm


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Create an initiative from two facts; look-alikes are shown before it is saved."""
    policy.may_create(user_of(request)).require()
    form = NewForm(request.POST or None)
    alike: list[Initiative] = []
    if request.method == "POST" and form.is_valid():
        alike = one.look_alikes(user_of(request), form.cleaned_data["title"])
        if not alike or request.POST.get("anyway") == "yes":
            try:
                made = services.create(user_of(request), **form.cleaned_data)
            except DomainError as error:
                tell(form, error)
            else:
                messages.success(request, _("%s created.") % made.code)
                return redirect("portfolio:show", made.code)
    return render(request, "portfolio/new.html", {"form": form, "alike": alike})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change any fact; two people at once are told what the other wrote."""
    initiative = one.by_code(user_of(request), code)
    policy.may_change(user_of(request), initiative).require()
    form = EditForm(request.POST or None, user_of(request), initiative)
    panel = None
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, initiative, form)
        except StaleVersion as error:
            panel = conflict_panel(initiative, error.conflict, request.POST, request.path)
        except DomainError as error:
            tell(form, error)
        else:
            return redirect("portfolio:show", initiative.code)
    context = {
        "head": sheet.head(user_of(request), initiative, "edit"),
        "form": form,
        "conflict": panel,
        "version": request.POST.get("version") or initiative.version,
    }
    return render(request, "portfolio/edit.html", context)


def _save(request: HttpRequest, initiative: Initiative, form: EditForm) -> None:
    values: dict[str, Any] = form.changed_values()
    programme = str(values.pop("new_programme", "")).strip()
    if programme:
        values["programme_id"] = services.add_programme(user_of(request), programme).pk
    done = services.update(
        user_of(request), initiative, values, expected_version=version_of(request)
    )
    messages.success(request, _("Saved.") if done else _("Nothing differed."))


@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Change one fact from the list, in place; without JavaScript, from the page of edition."""
    initiative = one.by_code(user_of(request), code)
    field = cells.EDITABLE.get(name)
    if field is None:
        raise Http404
    policy.may_change(user_of(request), initiative).require()
    if not is_fragment(request) and request.method != "POST":
        return redirect(reverse("portfolio:edit", args=[code]) + f"#id_{field}")
    context: dict[str, object] = {"initiative": initiative, "name": name}
    form = CellForm(request.POST or None, field, initiative)
    if request.method == "POST" and form.is_valid():
        values = {field: form.cleaned_data["value"]}
        try:
            services.update(
                user_of(request), initiative, values, expected_version=version_of(request)
            )
        except StaleVersion as error:
            context["conflict"] = error.conflict
            context["theirs"] = cells.cell(name, _fresh(initiative), cells.Beside())
            initiative.version = error.conflict.current_version
        else:
            if not is_fragment(request):
                return redirect("portfolio:show", code)
            return _cell_fragment(initiative, name, saved=True)
    if request.GET.get("cancel"):
        return _cell_fragment(initiative, name, saved=False)
    return render(request, "portfolio/parts/cell_form.html", {**context, "form": form})


def _fresh(initiative: Initiative) -> Initiative:
    return Initiative.objects.select_related("unit", "programme").get(pk=initiative.pk)


def _cell_fragment(initiative: Initiative, name: str, *, saved: bool) -> HttpResponse:
    value = cells.WRITERS[name](initiative, cells.Beside())
    shown = cells.editable(initiative, name, value, saved=saved)
    return HttpResponse(shown)


@require_POST
def duplicate(request: HttpRequest, code: str) -> HttpResponse:
    """Copy an initiative as an idea."""
    made = services.duplicate(user_of(request), one.by_code(user_of(request), code))
    messages.success(request, _("%s created. Complete what differs.") % made.code)
    return redirect("portfolio:edit", made.code)


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, code: str) -> HttpResponse:
    """Stop an initiative, after reading what it frees and who counted on it."""
    initiative = one.by_code(user_of(request), code)
    policy.may_change(user_of(request), initiative).require()
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.stop(user_of(request), initiative, reason=form.cleaned_data["reason"])
        messages.success(request, _("%s is stopped.") % code)
        return redirect("portfolio:show", code)
    context = {
        "head": sheet.head(user_of(request), initiative, "stop"),
        "note": stopping.note(user_of(request), initiative),
        "form": form,
    }
    return render(request, "portfolio/stop.html", context)


@require_POST
def archive(request: HttpRequest, code: str) -> HttpResponse:
    """Put an initiative away."""
    services.archive(user_of(request), one.by_code(user_of(request), code))
    messages.success(request, _("%s is archived.") % code)
    return redirect("portfolio:list")


@require_POST
def restore(request: HttpRequest, code: str) -> HttpResponse:
    """Bring an initiative back."""
    services.restore(user_of(request), one.by_code(user_of(request), code))
    messages.success(request, _("%s is back in the portfolio.") % code)
    return redirect("portfolio:show", code)
