"""Declaring, validating, contesting; bringing evidence and reviewing it."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orchestre.access.models import User
from orchestre.benefits import policy, queries, services
from orchestre.benefits.models import Benefit
from orchestre.benefits.presenters import words
from orchestre.benefits.services.proofs import fingerprint
from orchestre.benefits.web.forms import (
    AmountForm,
    ContestForm,
    EvidenceForm,
    ReviewForm,
    ValidateForm,
)
from orchestre.org.entry import posted
from orchestre.org.sheet import Sheet, answer
from orchestre.ui import formats


def _sheet(heading: str, row: Benefit, lead: str = "", submit: str = "") -> Sheet:
    home = reverse("benefits:one", args=[row.code])
    return Sheet(heading, home, f"{row.code} {row.title}", lead=lead, submit=submit)


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a month brought."""
    row = queries.benefit(request.user, code)
    policy.may_claim(request.user, row.initiative).require()
    months = {str(day): version for day, version in row.lines.values_list("month_on", "version")}
    form = AmountForm(posted(request), known=months)
    return answer(
        request,
        form,
        lambda: services.declare(
            request.user,
            row,
            form.cleaned_data["month_on"],
            None if form.keeps_theirs("amount") else form.cleaned_data["amount"],
            note=None if form.keeps_theirs("note") else form.cleaned_data["note"],
            expected_version=form.read_version(str(form.cleaned_data["month_on"].replace(day=1))),
        ),
        _sheet(_("Declare what a month brought"), row, _("Somebody else will validate it.")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def validate(request: HttpRequest, pk: int) -> HttpResponse:
    """Validate what somebody else declared."""
    line = queries.line(request.user, pk)
    policy.may_validate(request.user, line).require()
    form = ValidateForm(posted(request), initial={"version": line.version, "amount": line.declared})
    declared = None if line.declared is None else float(line.declared)
    lead = _("Declared by %(who)s for %(month)s: %(amount)s. It cannot be undone, only contested.")
    return answer(
        request,
        form,
        lambda: services.validate(
            request.user,
            line,
            form.cleaned_data["amount"],
            expected_version=form.expected_version,
        ),
        _sheet(
            _("Validate an amount"),
            line.benefit,
            lead
            % {
                "who": line.declarer or _("nobody known"),
                "month": formats.month(line.month_on),
                "amount": words.amount(declared, line.benefit.measure),
            },
            _("Validate"),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def contest(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a validation back, with a reason."""
    line = queries.line(request.user, pk)
    if not policy.validates(request.user):
        policy.may_validate(request.user, line).require()
    form = ContestForm(posted(request))
    return answer(
        request,
        form,
        lambda: services.contest(request.user, line, form.cleaned_data["reason"]),
        _sheet(
            _("Contest a validated amount"),
            line.benefit,
            _("The reason stays in the journal with both figures."),
            _("Contest"),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest, code: str) -> HttpResponse:
    """Bring evidence."""
    row = queries.benefit(request.user, code)
    if not policy.validates(request.user):
        policy.may_claim(request.user, row.initiative).require()
    files = request.FILES if request.method == "POST" else None
    form = EvidenceForm(posted(request), files)

    def save() -> object:
        sent = form.cleaned_data.get("file")
        kept = fingerprint(sent.name, sent.chunks()) if sent else None
        person = cast("User", request.user)
        return services.add_evidence(person, row, form.cleaned_data["note"], kept)

    return answer(request, form, save, _sheet(_("Bring evidence"), row))


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Grade evidence that somebody else brought."""
    proof = queries.evidence(request.user, pk)
    policy.may_review(request.user, proof).require()
    form = ReviewForm(posted(request))
    return answer(
        request,
        form,
        lambda: services.review_evidence(
            cast("User", request.user), proof, form.cleaned_data["grade"]
        ),
        _sheet(_("Review evidence"), proof.benefit, proof.note),
    )
