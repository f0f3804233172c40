"""Read-only links to the map: made by who may share, read without an account."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from orchestre.access.policy import may_share
from orchestre.access.queries import share_link_for
from orchestre.load import queries
from orchestre.load.presenters import page
from orchestre.load.rules import view
from orchestre.load.services.sharing import SHARED_PAGE, share_map
from orchestre.load.web.forms import ShareForm
from orchestre.load.web.pages import grid_of


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """Make a link with an end date; its address is shown once."""
    may_share(request.user).require()
    state = view.read(request.GET.dict(), timezone.localdate())
    form = ShareForm(request.POST or None)
    address = ""
    if request.method == "POST" and form.is_valid():
        secret = share_map(
            request.user, state.query(), form.cleaned_data["title"], form.cleaned_data["expires_on"]
        )
        address = request.build_absolute_uri(f"/load/shared/{secret}/")
    context = {"form": form, "address": address, "query": state.query()}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "load/share.html", context, status=status)


@login_not_required
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show the map of a link to whoever holds it: nothing to edit, no confidential name."""
    link = share_link_for(token)
    if link is None or link.page != SHARED_PAGE:
        raise Http404
    asked = QueryDict(link.query).dict()
    state = view.read(asked, timezone.localdate())
    drawn = grid_of(state, queries.public_reader(link.created_by))
    response = render(request, "load/shared.html", {"page": page.public(drawn, link)})
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
