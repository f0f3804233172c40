"""The one way the forms of benefits are shown, saved, refused and merged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from orchestre.org.entry import VersionedForm, attempt


@dataclass(frozen=True)
class Sheet:
    """What surrounds a form."""

    heading: str
    home: str
    home_label: str
    lead: str = ""
    delete_url: str = ""
    submit: str = ""


def answer(
    request: HttpRequest, form: VersionedForm, save: Callable[[], object], sheet: Sheet
) -> HttpResponse:
    """Save a posted form and lead home, or show it with its refusals or its conflict."""
    tried = None
    if request.method == "POST" and form.is_valid():
        tried = attempt(form, save, action_url=request.path, cancel_url=request.path)
        if tried.done:
            messages.success(request, _("Saved."))
            return redirect(sheet.home)
    status = tried.http_status if tried else 422 if form.is_bound else 200
    context = {"form": form, "sheet": sheet, "conflict": tried.conflict if tried else None}
    return render(request, "benefits/form.html", context, status=status)
