"""The first run: who administers, what the organisation is called, where to start."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from orchestre.access import services
from orchestre.access.policy import may_administer
from orchestre.access.queries import needs_first_run
from orchestre.access.web.forms import WelcomeForm, place
from orchestre.access.web.views.signing import PAGES, enter
from orchestre.kernel.errors import DomainError


@dataclass(frozen=True)
class Choice:
    """One way to start."""

    icon: str
    title: str
    text: str
    label: str
    url: str
    posts: bool = False
    primary: bool = False


@login_not_required
@sensitive_post_parameters("passphrase")
@require_http_methods(PAGES)
def welcome(request: HttpRequest) -> HttpResponse:
    """Create the administrator and the organisation; closed for ever after that."""
    if not needs_first_run():
        return redirect("access:login")
    language = "en" if (get_language() or "fr").startswith("en") else "fr"
    form = WelcomeForm(
        request.POST if request.method == "POST" else None, initial={"language": language}
    )
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            user = services.start(
                given["name"],
                given["email"],
                given["passphrase"],
                given["organisation"],
                given["language"],
            )
        except DomainError as refused:
            place(form, refused)
        else:
            return enter(request, user, reverse("access:start"))
    return render(
        request, "access/welcome.html", {"form": form}, status=422 if form.errors else 200
    )


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Offer three ways to start."""
    if not may_administer(request.user):
        raise Http404
    return render(request, "access/start.html", {"choices": _choices()})


def _choices() -> list[Choice]:
    offered = [
        Choice(
            "import",
            _("Import my file"),
            _("An Excel workbook, a CSV, an MS Project plan. Nothing is saved until you agree."),
            _("Import my file"),
            _address("exchange:new"),
            primary=True,
        ),
        Choice(
            "spark",
            _("Explore sample data"),
            _("A fictional organisation with its overloads and conflicts, ready to look at."),
            _("Load the sample data"),
            _address("demo:load"),
            posts=True,
        ),
        Choice(
            "plus",
            _("Start blank"),
            _("Create a first change and the people it touches by hand."),
            _("Start blank"),
            _address("portfolio:list") or "/",
        ),
    ]
    return [choice for choice in offered if choice.url]


def _address(name: str) -> str:
    """Return a page's address, empty when its feature is not there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
