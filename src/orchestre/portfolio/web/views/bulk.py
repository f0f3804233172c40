"""One fact changed on many initiatives: chosen, said, then done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from orchestre.kernel.errors import DomainError
from orchestre.portfolio import policy, services
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.presenters import words
from orchestre.portfolio.services.bulk import BULK_FIELDS, field_label
from orchestre.portfolio.web.asking import user_of
from orchestre.portfolio.web.forms import BulkForm

SELECTION_LIMIT = 5000


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Say what would change; with POST, do it on all or on none."""
    asked = request.POST if request.method == "POST" else request.GET
    field = asked.get("field", "")
    chosen = _chosen(request, asked.getlist("sel"))
    if field not in BULK_FIELDS:
        raise DomainError(_("Choose which fact to change on the selection."))
    if not chosen:
        raise DomainError(_("Tick at least one initiative in the list."))
    form = BulkForm(asked if "value" in asked else None, field, user_of(request))
    if request.method == "POST" and form.is_valid():
        versions = {one.pk: _number(asked.get(f"version-{one.pk}")) for one in chosen}
        known = {key: version for key, version in versions.items() if version is not None}
        done = services.bulk_update(
            user_of(request), chosen, field, form.cleaned_data["value"], versions=known
        )
        messages.success(request, done.label if done else _("Nothing differed."))
        return redirect("portfolio:list")
    preview = None
    if form.is_bound and form.is_valid():
        preview = services.bulk_preview(user_of(request), chosen, field, form.cleaned_data["value"])
    context = {
        "form": form,
        "field": field,
        "label": words.capital(field_label(field)),
        "chosen": chosen,
        "preview": preview,
        "shown": form.shown() if preview else "",
        "sentence": _sentence(len(preview.changed), len(preview.unchanged)) if preview else "",
    }
    return render(request, "portfolio/bulk.html", context)


def _sentence(changed: int, unchanged: int) -> str:
    told = ngettext(
        "%(n)d initiative will be changed", "%(n)d initiatives will be changed", changed
    ) % {"n": changed}
    if unchanged:
        told += ", " + ngettext(
            "%(n)d already has this value", "%(n)d already have this value", unchanged
        ) % {"n": unchanged}
    return f"{told}."


def _chosen(request: HttpRequest, keys: list[str]) -> list[Initiative]:
    numbers = [int(key) for key in keys[:SELECTION_LIMIT] if key.isdecimal() and len(key) < 12]
    visible = policy.visible_to(user_of(request)).filter(pk__in=numbers)
    return list(visible.select_related("unit", "programme"))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 10 else None
