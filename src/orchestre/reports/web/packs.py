"""Packs: the list, the request, one of them, its files, what differs."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.access.models import User
from orchestre.governance import queries as committees
from orchestre.kernel.errors import DomainError
from orchestre.reports import policy, queries
from orchestre.reports.models import Publication, SlideTemplate
from orchestre.reports.presenters import packs
from orchestre.reports.presenters.files import pdf, slides, workbook
from orchestre.reports.presenters.pack import building
from orchestre.reports.presenters.pack.parts import KEYS
from orchestre.reports.rules.asked import PackAsked
from orchestre.reports.rules.document import thaw
from orchestre.reports.services import publishing, templates
from orchestre.reports.web.pack_forms import PackForm, TemplateForm
from orchestre.runs import jobs

TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

LONG = 19  # figures of a key that no database holds


def _user(request: HttpRequest) -> User:
    """Return the signed-in person; every page asks for one."""
    return cast("User", request.user)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List the packs that were published."""
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() else 1
    return render(request, "reports/packs.html", {"page": packs.listing(request.user, number)})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a pack; it is written in the background, with its progress shown."""
    policy.may_publish(request.user).require()
    form = PackForm(request.POST or None, request.user, _usual(request))
    if request.method == "POST" and form.is_valid():
        run, waits = publishing.ask(_user(request), form.asked(), KEYS)
        if waits:
            jobs.queue(run)
        return redirect("runs:show", run.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "breadcrumb": packs.trail()}
    return render(request, "reports/pack_new.html", context, status=status)


def _usual(request: HttpRequest) -> PackAsked:
    """Return what the form proposes: the pack of the meeting in the address, else the last one."""
    language = get_language() or "fr"
    wanted = request.GET.get("meeting", "")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < LONG:
        meeting = committees.meeting(request.user, int(wanted))
        policy.may_publish_for(request.user, meeting).require()
        return publishing.for_meeting(request.user, meeting, KEYS, language)
    return publishing.as_last(request.user, KEYS, language)


@require_POST
def of_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the usual pack of a meeting; its writing is followed on the next page."""
    meeting = committees.meeting(request.user, pk)
    policy.may_publish_for(request.user, meeting).require()
    asked = publishing.for_meeting(request.user, meeting, KEYS, get_language() or "fr")
    run, waits = publishing.ask(_user(request), asked, KEYS)
    if waits:
        jobs.queue(run)
    return redirect("runs:show", run.pk)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a pack as it was given."""
    row = queries.publication(request.user, pk)
    known = list(SlideTemplate.objects.defer("content"))
    return render(request, "reports/pack.html", {"page": packs.page(request.user, row, known)})


@require_safe
def file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Give a pack as a file, drawn from its frozen figures alone."""
    if form not in TYPES:
        raise Http404
    policy.may_download(request.user).require()
    row = queries.publication(request.user, pk)
    pack = thaw(bytes(row.content))
    if form == "pdf":
        content = pdf.pack_pdf(pack, row.fingerprint)
    elif form == "xlsx":
        content = workbook.pack_workbook(pack, row.fingerprint)
    else:
        content = slides.pack_slides(pack, row.fingerprint, _template(request))
    return _sent(content, form, _name(row))


def _template(request: HttpRequest) -> bytes | None:
    asked = request.GET.get("template", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit()):
        raise Http404
    return bytes(get_object_or_404(SlideTemplate, pk=int(asked)).content)


def _name(row: Publication) -> str:
    return f"{slugify(row.title) or 'pack'}-{row.as_of.isoformat()}"


def _sent(content: bytes, form: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


@require_safe
def part(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Give one part of a pack alone, on A4 or A3."""
    policy.may_download(request.user).require()
    row = queries.publication(request.user, pk)
    pack = thaw(bytes(row.content))
    section = next((one for one in pack.sections if one.key == key), None)
    if section is None:
        raise Http404
    content = pdf.page_pdf(pack, section, row.fingerprint, _paper(request))
    return _sent(content, "pdf", f"{_name(row)}-{slugify(key)}")


def _paper(request: HttpRequest) -> pdf.Paper:
    return "a3" if request.GET.get("paper") == "a3" else "a4"


@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what differs between two packs."""
    row = queries.publication(request.user, pk)
    asked = request.GET.get("with", "")
    other = int(asked) if asked.isascii() and asked.isdigit() else row.previous_id
    if other is None:
        raise Http404
    found = packs.changes(request.user, row, queries.publication(request.user, other))
    return render(request, "reports/pack_changes.html", {"page": found})


@require_safe
def one_page(request: HttpRequest, code: str) -> HttpResponse:
    """Give the page of one initiative as it stands now, on A4 or A3."""
    policy.may_download(request.user).require()
    pack = building.of_one(_user(request), code, get_language() or "fr")
    content = pdf.page_pdf(pack, pack.sections[0], "", _paper(request))
    return _sent(content, "pdf", f"{slugify(code)}-{pack.as_of.isoformat()}")


@require_http_methods(["GET", "HEAD", "POST"])
def slide_templates(request: HttpRequest) -> HttpResponse:
    """List the slides of the organisation, and bring another."""
    policy.may_set_templates(request.user).require()
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data["file"]
        try:
            templates.bring(_user(request), form.cleaned_data["name"], told.name, told.read())
        except DomainError as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("The template is kept."))
            return redirect("reports:templates")
    context = {
        "form": form,
        "rows": SlideTemplate.objects.defer("content"),
        "breadcrumb": packs.trail(),
    }
    return render(
        request, "reports/slide_templates.html", context, status=422 if form.errors else 200
    )


@require_POST
def remove_template(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a template away."""
    policy.may_set_templates(request.user).require()
    templates.remove(_user(request), get_object_or_404(SlideTemplate, pk=pk))
    messages.success(request, _("Removed."))
    return redirect("reports:templates")
