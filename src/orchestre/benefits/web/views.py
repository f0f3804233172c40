"""Results: the page of all of them, one benefit, and what an initiative claims."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.benefits import policy, queries, services
from orchestre.benefits.models import Benefit
from orchestre.benefits.presenters import detail as details
from orchestre.benefits.presenters import initiative as tabs
from orchestre.benefits.presenters import page as pages
from orchestre.benefits.web.forms import NEW, BenefitForm
from orchestre.org.entry import posted
from orchestre.org.models import Unit
from orchestre.org.sheet import Sheet, answer
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.presenters import sheet as sheets
from orchestre.portfolio.queries.one import by_code


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Say how much was gained and who checked it."""
    return render(
        request,
        "benefits/results.html",
        {"page": pages.build(request.user, request.GET.get("page", ""))},
    )


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Show one benefit, its months and its evidence."""
    page = details.build(request.user, queries.benefit(request.user, code))
    return render(request, "benefits/one.html", {"page": page})


@require_safe
def of(request: HttpRequest, code: str) -> HttpResponse:
    """Show what an initiative claims."""
    row = by_code(request.user, code)
    context = {
        "page": tabs.build(request.user, row),
        "initiative": row,
        "head": sheets.head(request.user, row, "results"),
    }
    return render(request, "benefits/of.html", context)


def _choices(row: Initiative) -> dict[str, list[tuple[int, str]]]:
    return {
        "units": list(Unit.objects.order_by("name").values_list("pk", "name")),
        "milestones": list(row.milestones.order_by("forecast_on").values_list("pk", "name")),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Write a new benefit of an initiative."""
    row = by_code(request.user, code)
    policy.may_claim(request.user, row).require()
    form = BenefitForm(posted(request), initial={**NEW, "unit_id": row.unit_id}, **_choices(row))

    def save() -> Benefit:
        values = {k: v for k, v in form.cleaned_data.items() if k != "version"}
        return services.add_benefit(request.user, row, values)

    home = reverse("benefits:of", args=[code])
    return answer(request, form, save, Sheet(_("Add a benefit"), home, _("%s · Results") % code))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is said of a benefit."""
    row = queries.benefit(request.user, code)
    policy.may_claim(request.user, row.initiative).require()
    initial = {name: getattr(row, name) for name in BenefitForm.base_fields}
    form = BenefitForm(posted(request), initial=initial, **_choices(row.initiative))
    return answer(
        request,
        form,
        lambda: services.change_benefit(
            request.user, row, form.changes(), expected_version=form.expected_version
        ),
        Sheet(
            row.title,
            reverse("benefits:one", args=[code]),
            row.code,
            delete_url=reverse("benefits:delete", args=[code]),
        ),
    )


@require_POST
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Write what is expected each month."""
    count = services.plan_values(request.user, queries.benefit(request.user, code))
    told = ngettext("%(n)d month planned.", "%(n)d months planned.", count) % {"n": count}
    messages.success(request, told)
    return redirect("benefits:one", code)


@require_POST
def delete(request: HttpRequest, code: str) -> HttpResponse:
    """Delete a benefit of which nothing is validated."""
    row = queries.benefit(request.user, code)
    home = reverse("benefits:of", args=[row.initiative.code])
    services.remove_benefit(request.user, row)
    messages.success(request, _("Benefit deleted."))
    return redirect(home)
