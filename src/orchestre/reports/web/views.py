"""The report of the kept data, on a page and as a file."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from orchestre.access.queries import organisation
from orchestre.interactions.queries import names_for
from orchestre.load.presenters.words import address
from orchestre.load.queries import reader_of
from orchestre.load.rules.scale import thresholds_of
from orchestre.load.services import compute
from orchestre.reports import policy, queries
from orchestre.reports.presenters import alone, machine
from orchestre.reports.presenters.frame import Subject
from orchestre.reports.presenters.report import MOST_FINDINGS, Report, build
from orchestre.reports.web.forms import Reading, ReadingForm, read
from orchestre.ui.components import Button, Notice

MOST_IN_DATA = 5000


def subject_of(request: HttpRequest, reading: Reading, most: int = MOST_FINDINGS) -> Subject:
    """Gather what a person may read of the kept data."""
    view = compute.current(reading.first, reading.weeks, confirmed_only=reading.confirmed_only)
    about = organisation()
    found = queries.open_findings(request.user, most)
    return Subject(
        view=view,
        first=view.week_index(reading.first) or 0,
        weeks=reading.weeks,
        reader=reader_of(request.user),
        names=names_for(request.user),
        findings=found.rows,
        initiatives=queries.live_initiatives(request.user),
        source=about.name if about else "Orchestre",
        left_out=found.left_out,
    )


def report_of(subject: Subject) -> Report:
    """Assemble the report with the classes that the organisation chose."""
    about = organisation()
    return build(subject, thresholds_of(about.load_thresholds if about else []))


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Show the report."""
    reading = read(request.GET.dict(), timezone.localdate())
    subject = subject_of(request, reading)
    context = {
        "report": report_of(subject),
        "filters": tuple(ReadingForm(reading)),
        "notices": tuple(_notices(subject, reading)),
        "actions": _actions(request, reading),
        "help_url": address("cockpit:guide", "analyse"),
    }
    return render(request, "reports/report.html", context)


def _notices(subject: Subject, reading: Reading) -> list[Notice]:
    found = [Notice("info", text) for text in reading.told]
    if subject.view.is_pending:
        found.append(Notice("info", _("Probabilities are being computed: read again in a minute.")))
    return found


def _actions(request: HttpRequest, reading: Reading) -> tuple[Button, ...]:
    if not policy.may_download(request.user):
        return ()
    page, data = (reverse("reports:download", args=[kind]) for kind in ("html", "json"))
    return (
        Button(_("Download the report"), page + reading.query(), "primary", "export"),
        Button(_("Data (JSON)"), data + reading.query(), "quiet"),
    )


@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the report as one file that stands alone, or as data."""
    if kind not in {"html", "json"}:
        raise Http404
    policy.may_download(request.user).require()
    reading = read(request.GET.dict(), timezone.localdate())
    if kind == "json":
        subject = subject_of(request, reading, MOST_IN_DATA)
        told = machine.as_object(subject)
        response = HttpResponse(
            json.dumps(told, ensure_ascii=False, allow_nan=False), content_type="application/json"
        )
    else:
        subject = subject_of(request, reading)
        response = HttpResponse(
            alone.page(report_of(subject)), content_type="text/html; charset=utf-8"
        )
    name = f"{slugify(subject.source) or 'report'}-{reading.first.isoformat()}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
