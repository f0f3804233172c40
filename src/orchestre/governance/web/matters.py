"""Pages of risks, issues and change requests; and who answers for what."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.governance import policy, queries
from orchestre.governance.models import Decision, Matter
from orchestre.governance.presenters import matters as presenter
from orchestre.governance.presenters import raci as roles
from orchestre.governance.presenters.marks import address
from orchestre.governance.services import matters as services
from orchestre.governance.services import raci
from orchestre.governance.web.forms import ClosingForm, MatterForm, RaciForm, initial_of
from orchestre.governance.web.meetings import number
from orchestre.governance.web.steps import Step, step
from orchestre.org.entry import posted
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.queries.one import by_code
from orchestre.ui.components import Link


@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """List the points."""
    page = presenter.listing(request.user, request.GET.dict())
    return render(request, "governance/matters.html", {"page": page})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a point down."""
    bodies = policy.runnable_bodies(request.user).filter(closed_at=None)
    if not bodies.exists():
        policy.may_found(request.user).require()
    only = bodies[:2]
    known = {"body": only[0].pk} if len(only) == 1 else {}
    form = MatterForm(posted(request), person=request.user, initial=known)
    crumbs = (Link(_("Risks, issues, requests"), address("matters")),)
    about = Step(_("Write a point down"), address("matters"), _("Point written down."), crumbs)
    return step(
        request,
        form,
        lambda: services.open_matter(request.user, form.values()),
        about,
        lambda one: address("matter", one.pk),
    )


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one point and its chain."""
    return _page(request, queries.matter(request.user, pk), ClosingForm())


def _page(
    request: HttpRequest, matter: Matter, form: ClosingForm, status: int = 200
) -> HttpResponse:
    context = {"page": presenter.build(request.user, matter), "form": form}
    return render(request, "governance/matter.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a point."""
    matter = queries.matter(request.user, pk)
    policy.may_run(request.user, matter.body).require()
    form = MatterForm(posted(request), person=request.user, initial=initial_of(MatterForm, matter))
    del form.fields["kind"]
    crumbs = (
        Link(_("Risks, issues, requests"), address("matters")),
        Link(matter.code, address("matter", pk)),
    )
    about = Step(_("Change the point"), address("matter", pk), _("Point changed."), crumbs)
    return step(
        request,
        form,
        lambda: services.change_matter(
            request.user, matter, form.changes(), expected_version=form.expected_version
        ),
        about,
    )


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a point."""
    matter, form = queries.matter(request.user, pk), ClosingForm(request.POST)
    if not form.is_valid():
        return _page(request, matter, form, 422)
    services.close_matter(request.user, matter, form.cleaned_data["closing"])
    messages.success(request, _("Point closed."))
    return redirect("governance:matters")


@require_POST
def convert(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an issue of a risk, or carry the point to a meeting."""
    matter = queries.matter(request.user, pk)
    wanted = number(request.POST.get("meeting", ""))
    if wanted is None:
        issue = services.becomes_issue(request.user, matter)
        messages.success(request, _("Issue %s opened.") % issue.code)
        return redirect("governance:matter", issue.pk)
    meeting = get_object_or_404(policy.visible_meetings(request.user), pk=wanted)
    item = services.becomes_question(request.user, matter, meeting)
    messages.success(request, _("Carried to %s.") % meeting)
    return redirect("governance:item", item.pk)


@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """List what nobody answers for."""
    return render(
        request,
        "governance/raci.html",
        {"page": roles.gaps_page(request.user, request.GET.get("page", ""))},
    )


@require_safe
def raci_of(request: HttpRequest, code: str) -> HttpResponse:
    """Show the roles of an initiative."""
    initiative = by_code(request.user, code)
    context = {"initiative": initiative, "raci": roles.panel(request.user, initiative)}
    return render(request, "governance/raci_of.html", context)


def _target(request: HttpRequest, kind: str, pk: int) -> Decision | Initiative:
    if kind == "decision":
        return queries.decision(request.user, pk)
    return get_object_or_404(portfolio.visible_to(request.user), pk=pk)


def _home(target: Decision | Initiative) -> str:
    if isinstance(target, Decision):
        return f"{address('decision', target.pk)}#raci"
    return address("raci-of", target.code)


@require_POST
def give(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Give a role."""
    target, form = _target(request, kind, pk), RaciForm(request.POST)
    if form.is_valid():
        raci.give(request.user, target, form.cleaned_data["letter"], form.cleaned_data["name"])
        messages.success(request, _("Role given."))
    else:
        raci.may_give(request.user, target)
        messages.error(request, _("Say who, and with which role."))
    return redirect(_home(target))


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role back."""
    role = get_object_or_404(policy.visible_raci(request.user), pk=pk)
    target = role.decision or role.initiative
    raci.take_back(request.user, role)
    messages.success(request, _("Role taken back."))
    return redirect(_home(target) if target else "governance:raci")
