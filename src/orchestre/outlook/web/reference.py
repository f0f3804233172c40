"""Reference classes: ours, and those that people import."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from orchestre.org.entry import attempt
from orchestre.outlook import policy
from orchestre.outlook.presenters.reference import classes_table
from orchestre.outlook.services import known as known_rows
from orchestre.outlook.services import reference
from orchestre.outlook.web.forms import ReferenceForm


@require_http_methods(["GET", "POST"])
def classes(request: HttpRequest) -> HttpResponse:
    """Show the classes, read one from a table, or delete one."""
    if not policy.reads(request.user):
        raise Http404
    if request.method == "POST":
        policy.may_assume(request.user).require()
        if request.POST.get("remove"):
            reference.remove_class(request.user, request.POST["remove"])
            messages.success(request, _("Reference class deleted."))
            return redirect("outlook:reference")
    return _page(request)


def _page(request: HttpRequest) -> HttpResponse:
    posted = request.method == "POST"
    form = ReferenceForm(request.POST if posted else None, request.FILES if posted else None)
    status = 200
    if posted:
        status = 422
        if form.is_valid() and _saved(request, form):
            return redirect("outlook:reference")
    may = bool(policy.may_assume(request.user))
    table = classes_table(known_rows.inputs(), may=may)
    context = {"form": form, "table": table, "may_assume": may}
    return render(request, "outlook/reference.html", context, status=status)


def _saved(request: HttpRequest, form: ReferenceForm) -> bool:
    columns = {name: form.cleaned_data[name] for name in reference.FIELDS}

    def save() -> None:
        content = form.cleaned_data["file"].read()
        kept, left = reference.import_table(
            request.user, form.cleaned_data["source"], content, columns
        )
        words = ngettext("%(n)d case kept,", "%(n)d cases kept,", kept) % {"n": kept}
        tail = ngettext("%(n)d line left out.", "%(n)d lines left out.", left) % {"n": left}
        messages.success(request, f"{words} {tail}")

    return attempt(form, save, action_url=request.path, cancel_url=request.path).done
