"""Tables out: what a person sees, as a workbook that comes back as it left."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from orchestre.exchange.exporting import FORMATS, SHEETS, one_csv, rows_for, write_to
from orchestre.exchange.policy import may_export
from orchestre.exchange.presenters.columns import kinds
from orchestre.exchange.web.asking import download, user_of
from orchestre.exchange.web.views.starting import XLSX

WHOLE = "portfolio"
TYPES = {"xlsx": XLSX, "zip": "application/zip", "json": "application/json"}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Offer the files."""
    may_export(request.user).require()
    lists = [one for one in kinds() if one.value in SHEETS]
    return render(request, "exchange/export.html", {"lists": lists, "whole": WHOLE})


@require_safe
def file(request: HttpRequest, what: str, form: str) -> HttpResponse:
    """Give one file, in the language of the reader unless another is asked for."""
    may_export(request.user).require()
    asked = request.GET.get("language", "")
    language = asked if asked in {"fr", "en"} else (get_language() or "fr")[:2]
    if what == WHOLE and form in FORMATS:
        content = write_to(rows_for(user_of(request)), form, language)
        return download(content, f"{_('portfolio')}-{language}.{form}", TYPES[form])
    if what in SHEETS and form == "csv":
        content = one_csv(rows_for(user_of(request)), what, language)
        return download(content, f"{what}-{language}.csv", "text/csv; charset=utf-8")
    raise Http404
