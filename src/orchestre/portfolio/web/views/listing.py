"""The list of initiatives, its export, its saved views."""

from __future__ import annotations

import csv
from io import StringIO

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.kernel.errors import DomainError
from orchestre.portfolio import policy, services
from orchestre.portfolio.models import SavedView
from orchestre.portfolio.presenters import table, words
from orchestre.portfolio.presenters.listing import list_page
from orchestre.portfolio.queries import listing as queries
from orchestre.portfolio.services.bulk import BULK_FIELDS, field_label
from orchestre.portfolio.web.asking import tell, user_of, view_of
from orchestre.portfolio.web.filter_form import FilterForm, flags, groups
from orchestre.portfolio.web.forms import SaveViewForm


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show which initiatives there are and how they stand."""
    view = view_of(request)
    page = queries.page(user_of(request), view)
    context = {
        "page": list_page(user_of(request), page),
        "view": page.view,
        "filters": FilterForm(user_of(request), page.view),
        "flags": flags(page.view),
        "groups": groups(page.view),
        "may_create": policy.may_create(user_of(request)),
        "bulk_fields": [(name, words.capital(field_label(name))) for name in BULK_FIELDS],
        "export_url": words.optional("exchange:export"),
    }
    return render(request, "portfolio/list.html", context)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """Give the current view as a file: same rows, same order, same columns."""
    view = view_of(request)
    rows = table.rows(queries.everything(user_of(request), view), view)
    text = StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="portfolio.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the list as it is under a name."""
    query = request.GET.urlencode()
    form = SaveViewForm(request.POST or None, initial={"query": query})
    if not policy.may_share(user_of(request)):
        del form.fields["shared"]
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_view(user_of(request), **form.cleaned_data)
        except DomainError as error:
            tell(form, error)
        else:
            messages.success(request, _("View saved."))
            return redirect(f"{reverse('portfolio:list')}?{saved.query}&v={saved.pk}")
    return render(request, "portfolio/save_view.html", {"form": form, "query": query})


@require_POST
def remove_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one's own view."""
    view = get_object_or_404(SavedView, pk=pk)
    if view.owner_id != request.user.pk and not view.shared:
        raise Http404
    services.remove_view(user_of(request), view)
    messages.success(request, _("View deleted."))
    return redirect("portfolio:list")
