"""Recording a decision, and saying later what it changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from orchestre.governance import policy, queries
from orchestre.governance.models import AgendaItem, Body, Decision, Option
from orchestre.governance.presenters import decisions as presenter
from orchestre.governance.presenters.marks import address
from orchestre.governance.rules.effects import effect_ratio, suggested_verdict
from orchestre.governance.services import deciding, effects
from orchestre.governance.web.decision_forms import (
    DecideForm,
    EffectForm,
    OutsideForm,
    VerdictForm,
)
from orchestre.governance.web.meetings import number
from orchestre.governance.web.steps import Step, step
from orchestre.org.entry import attempt, posted
from orchestre.ui.components import Link

READ_AGAIN_AFTER = timedelta(days=91)
EFFECT = tuple(EffectForm.base_fields)


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """List the decisions with what came of them."""
    page = presenter.listing(request.user, request.GET.dict())
    return render(request, "governance/decisions.html", {"page": page})


@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one decision."""
    page = presenter.build(request.user, queries.decision(request.user, pk))
    return render(request, "governance/decision.html", {"page": page})


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Show exactly what will be written, then write it once."""
    item = queries.item(request.user, pk)
    policy.may_decide(request.user, item.meeting.body).require()
    option = _asked(item, request)
    best = str(option.pk) if option else ""
    form = DecideForm(
        posted(request),
        item=item,
        best=best,
        standing=queries.in_force(request.user, item.meeting.body),
        initial=_initial(item, option),
    )
    home = f"{address('screen', item.meeting_id)}?item={pk}"
    conflict = None
    if request.method == "POST" and form.is_valid() and _was_shown(form, option, request):
        kept: list[Decision] = []
        tried = attempt(
            form,
            lambda: kept.append(deciding.record(request.user, item, _choice(form, request))),
            action_url=request.path,
            cancel_url=home,
            mergeable=False,
        )
        if tried.done:
            messages.success(request, _("Decision %s recorded.") % kept[0].code)
            return redirect("governance:decision", kept[0].pk)
        conflict = tried.conflict
    context = {
        "form": form,
        "conflict": conflict,
        "item": item,
        "option": option,
        "home": home,
        "page": presenter.before(request.user, option),
    }
    return render(request, "governance/decide.html", context, status=422 if form.errors else 200)


def _was_shown(form: DecideForm, option: Option | None, request: HttpRequest) -> bool:
    """Refuse to write a change of the plan that this page did not show."""
    if option is None or option.scenario is None:
        return True
    if request.POST.get("shown_for") == str(option.pk):
        return True
    form.add_error(None, _("Read what this option changes in the plan, then confirm."))
    return False


def _asked(item: AgendaItem, request: HttpRequest) -> Option | None:
    wanted = number(request.POST.get("option", "") or request.GET.get("option", ""))
    rows = list(item.options.all())
    same = [one for one in rows if one.pk == wanted]
    best = [one for one in rows if one.recommended]
    return next(iter(same or best), None)


def _initial(item: AgendaItem, option: Option | None) -> dict[str, Any]:
    chairs = item.meeting.body.members.filter(chairs=True, left_on=None).first()
    return {
        "option": str(option.pk) if option else "",
        "decided_by": chairs.name if chairs else item.meeting.body.name,
        "expected": option.consequence if option else "",
        "review_on": timezone.localdate() + READ_AGAIN_AFTER,
    } | _measured(option)


def _measured(option: Option | None) -> dict[str, Any]:
    """Propose to judge a scenario by the hours it takes off people."""
    if option is None or option.scenario is None:
        return {}
    name = Decision.Measure.HOURS
    return {"measure": name, "value_expected": effects.figures(option.scenario)[name]}


def _choice(form: DecideForm, request: HttpRequest) -> deciding.Choice:
    data = form.cleaned_data
    option = form.options.get(data.get("option") or "")
    chosen = data["chosen"].strip() or (option.title if option else "")
    why_not = {
        one.pk: data.get(f"why_{key}", "") for key, one in form.options.items() if one != option
    }
    effect = {name: data[name] for name in EFFECT}
    shown = request.POST.get("expected", "")
    return deciding.Choice(
        chosen=chosen,
        option=option,
        why_not=why_not,
        shown=shown,
        replaces=data.get("replaces"),
        **effect,
    )


@require_http_methods(["GET", "POST"])
def outside(request: HttpRequest) -> HttpResponse:
    """Record a decision taken without a meeting."""
    bodies = queries.bodies(request.user)
    if not _deciding(request):
        policy.may_decide(request.user, bodies.first() or Body()).require()
    about = Step(
        _("Record a decision taken outside a meeting"),
        address("decisions"),
        _("Decision recorded."),
        (Link(_("Decisions"), address("decisions")),),
        lead=_("A recorded decision is not rewritten: a later one replaces it."),
        submit=_("Record the decision"),
    )
    return _outside(request, about, {})


@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the decision that replaces another."""
    former = queries.decision(request.user, pk)
    policy.may_replace(request.user, former).require()
    home = address("decision", pk)
    about = Step(
        _("What replaces decision %s?") % former.code,
        home,
        _("Decision recorded: it replaces %s.") % former.code,
        (Link(_("Decisions"), address("decisions")), Link(former.code, home)),
        lead=presenter.before_replacing(former),
        submit=_("Record and replace"),
    )
    known = {
        "body": former.body_id,
        "question": former.question,
        "initiative": former.initiative,
        "decided_by": former.decided_by,
    }
    return _outside(request, about, known, former)


def _deciding(request: HttpRequest) -> list[int]:
    bodies = queries.bodies(request.user)
    return [one.pk for one in bodies if policy.may_decide(request.user, one)]


def _outside(
    request: HttpRequest, about: Step, known: dict[str, Any], replaces: Decision | None = None
) -> HttpResponse:
    today = timezone.localdate()
    initial = {"decided_on": today, "review_on": today + READ_AGAIN_AFTER} | known
    form = OutsideForm(posted(request), person=request.user, initial=initial)
    bodies = queries.bodies(request.user).filter(pk__in=_deciding(request))
    form.fields["body"].queryset = bodies  # type: ignore[attr-defined]  # a ModelChoiceField

    def save() -> Decision:
        data = form.cleaned_data
        effect = {name: data[name] for name in EFFECT}
        return deciding.record_outside(
            request.user,
            data["body"],
            data["question"],
            deciding.Choice(chosen=data["chosen"], replaces=replaces, **effect),
            decided_on=data["decided_on"],
            initiative=data["initiative"],
        )

    return step(request, form, save, about, lambda one: address("decision", one.pk))


@require_http_methods(["GET", "POST"])
def verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a decision changed."""
    row = queries.decision(request.user, pk)
    policy.may_review(request.user, row).require()
    own = row.measure == Decision.Measure.OWN
    now = None if own or not row.measure else effects.read(row.measure)
    ratio = effect_ratio(row.value_then, now, row.value_expected)
    known = {
        "version": row.version,
        "verdict": row.verdict or (suggested_verdict(ratio) if ratio is not None else ""),
        "reason": row.verdict_reason,
        "value": row.value_now,
    }
    form = VerdictForm(posted(request), initial=known)
    if not own:
        del form.fields["value"]
    about = Step(
        _("What did this decision change?"),
        address("decision", pk),
        _("Verdict recorded."),
        (Link(_("Decisions"), address("decisions")), Link(row.code, address("decision", pk))),
        lead=f"{row} {presenter.then_and_now(row, now)}",
    )

    def save() -> Decision:
        data = form.cleaned_data
        return effects.give_verdict(
            request.user,
            row,
            data["verdict"],
            data["reason"],
            value=data.get("value"),
            expected_version=data["version"],
        )

    return step(request, form, save, about)
