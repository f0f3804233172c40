"""A page that holds one form: shown, saved, refused on its fields, merged after a conflict.

Any feature above this one on the street shows its forms so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from orchestre.org.entry import VersionedForm, attempt


@dataclass(frozen=True)
class Sheet:
    """What surrounds a form: its heading, where it leads back, what may be deleted."""

    heading: str
    home: str
    home_label: str
    eyebrow: str = ""
    lead: str = ""
    delete_url: str = ""
    submit: str = ""
    template: str = "org/sheet.html"


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
    return render(request, sheet.template, context, status=status)


def initial_of(row: object, form: type[VersionedForm]) -> dict[str, Any]:
    """Return what a form shows of a row."""
    return {name: getattr(row, name) for name in form.base_fields}


def new_values(form: VersionedForm) -> dict[str, Any]:
    """Return the values of a new row."""
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}
