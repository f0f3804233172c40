"""A scenario becomes the plan: by a decision, exactly as it was shown, in one act."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.journal import queries as journal
from orchestre.journal.services import Act, act
from orchestre.kernel.errors import CannotDo, DomainError
from orchestre.portfolio import policy as portfolio_policy
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.resources.models import CostLine, RoleDemand
from orchestre.resources.rules import Cost
from orchestre.sequencing import policy
from orchestre.sequencing.models import Plan, Scenario
from orchestre.sequencing.rules.differences import WAVE
from orchestre.sequencing.rules.edits import amount_ratio_of
from orchestre.sequencing.services import differences, plans
from orchestre.sequencing.services.differences import Difference, Moved
from orchestre.sequencing.services.live import afresh, live

State = Scenario.State
TO_TELL = 8


def publish(
    user: User,
    scenario: Scenario,
    *,
    decision: str,
    expected: str,
    reference: str = "",
    reason: str = "",
) -> Plan:
    """Make a scenario the plan of record; the former one is frozen as it had become.

    `expected` is what `differences.of(scenario).expected` said when the difference was shown:
    when the live plan or the scenario changed since, nothing is written and the refusal says
    what changed.
    """
    policy.may_publish(user, scenario).require()
    decided = decision.strip()
    if not decided:
        sentence = _("Write the decision in a sentence: what was decided, by whom.")
        raise DomainError(sentence, code="decision-missing", fields={"decision": [sentence]})
    label = _("Published the scenario “%(name)s”") % {"name": scenario.name}
    with act(user, "sequencing.publish", label, reason=reason or decided, undoable=False) as done:
        stored = Scenario.objects.select_for_update().get(pk=scenario.pk)
        _check_state(stored)
        list(
            Initiative.objects.select_for_update()
            .filter(overrides__scenario=stored)
            .order_by("pk")
            .values_list("pk")
        )
        found = differences.of(stored)
        _check_seen(user, stored)  # first: what changed is told by its codes
        _check_shown(stored, found, expected)
        now = timezone.now()
        former = _close_former(done, now)
        for moved in found.moves:
            _apply(done, moved)
        frozen = plans.to_bytes(plans.content(afresh()))
        plan = done.create(
            Plan(
                number=former.number + 1,
                name=stored.name,
                content=frozen,
                fingerprint=plans.digest(frozen),
                decision=decided,
                reference=reference.strip()[:120],
                published_at=now,
                published_by=user,
            )
        )
        done.update(
            scenario,
            {"state": State.PUBLISHED, "published_at": now, "published_as_id": plan.pk},
        )
        done.note(plan=plan.number, fingerprint=plan.fingerprint)
    return plan


def _check_state(scenario: Scenario) -> None:
    if scenario.state == State.PUBLISHED:
        raise DomainError(_("This scenario is already the plan."), code="already-so")
    if scenario.state == State.DROPPED:
        raise DomainError(_("This scenario was dropped: duplicate it to go on from it."))


def _check_shown(scenario: Scenario, found: Difference, expected: str) -> None:
    if not found.moves:
        raise DomainError(
            _("This scenario changes nothing in the plan: there is nothing to publish."),
            code="nothing-to-publish",
        )
    act_shown, _dot, shown = expected.partition(".")
    if shown and shown == found.digest:
        return
    since = int(act_shown) if act_shown.isdecimal() and len(act_shown) < 18 else journal.last_act()
    codes = [one.initiative.code for one in differences.since(scenario, since)]
    told = ", ".join(codes[:TO_TELL]) + ("…" if len(codes) > TO_TELL else "")
    sentence = (
        _("The plan changed since you read this difference: %(codes)s. Read it again.")
        % {"codes": told}
        if codes
        else _("The scenario changed since you read this difference. Read it again.")
    )
    raise DomainError(sentence, code="plan-changed")


def _check_seen(user: User, scenario: Scenario) -> None:
    touched = Initiative.objects.filter(overrides__scenario=scenario)
    seen = portfolio_policy.visible_to(user).values("pk")
    if touched.exclude(pk__in=seen).exists():
        raise CannotDo(
            _(
                "This scenario also moves a confidential initiative that is not open to you: "
                "only who sees all of it publishes it."
            )
        )


def _close_former(done: Act, now: datetime) -> Plan:
    """Freeze the live plan as it stands, under the plan of record that it followed."""
    frozen = plans.to_bytes(plans.content(live()))
    former = Plan.objects.select_for_update().filter(superseded_at=None).first()
    if former is None:
        former = Plan(
            number=_next_number(),
            name=_("Plan before the first decision"),
            content=frozen,
            fingerprint=plans.digest(frozen),
            published_at=now,
            superseded_at=now,
        )
        done.create(former)
        return former
    values: dict[str, Any] = {
        "closing": frozen,
        "closing_fingerprint": plans.digest(frozen),
        "superseded_at": now,
    }
    Plan.objects.filter(pk=former.pk).update(closing=values.pop("closing"))
    done.update(former, values)
    return former


def _next_number() -> int:
    return int(Plan.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _apply(done: Act, moved: Moved) -> None:
    initiative, edit = moved.initiative, moved.edit
    if not edit.included:
        done.update(initiative, {"stage": Initiative.Stage.STOPPED})
        return
    values = {
        step.field: _value(step.after, step.field)
        for step in moved.steps
        if not step.field.startswith(WAVE)
    }
    if values:
        done.update(initiative, values)
    if moved.days or edit.waves:
        own = {pk: moved.days + days for pk, days in edit.waves}
        portfolio.carry(done, initiative, moved.days, own)
    if edit.allocation_ratio is not None:
        _scale_demands(done, initiative, edit.allocation_ratio)
    if edit.amount_eur is not None or edit.amount_ratio is not None:
        _scale_costs(done, moved)


def _value(after: Any, field: str) -> Any:  # noqa: ANN401 - a date or a number
    return date.fromisoformat(after) if field.endswith("_on") else after


def _scale_demands(done: Act, initiative: Initiative, ratio: float) -> None:
    coming = RoleDemand.objects.filter(initiative=initiative, ends_on__gt=timezone.localdate())
    for row in coming:
        done.update(row, {"fte": row.fte * ratio})


def _scale_costs(done: Act, moved: Moved) -> None:
    initiative, edit = moved.initiative, moved.edit
    lines = list(CostLine.objects.filter(initiative=initiative))
    costs = tuple(
        Cost(
            initiative.code, row.starts_on, row.ends_on, float(row.amount_eur), row.nature,
            row.state, row.provenance,
        )
        for row in lines
    )  # fmt: skip
    ratio = amount_ratio_of(edit, costs)
    if not lines and initiative.cost_eur is not None:
        ratio = 1.0 if edit.amount_ratio is None else edit.amount_ratio
    before = sum((row.amount_eur for row in lines), Decimal(0))
    for row in lines:
        if row.state != CostLine.State.SPENT:
            amount = (row.amount_eur * Decimal(str(ratio))).quantize(Decimal("0.01"))
            done.update(row, {"amount_eur": amount})
    if edit.amount_eur is not None:
        done.update(initiative, {"cost_eur": Decimal(str(edit.amount_eur))})
    elif initiative.cost_eur is not None:
        after = sum((row.amount_eur for row in lines), Decimal(0))
        full = (
            initiative.cost_eur + after - before
            if lines
            else (initiative.cost_eur * Decimal(str(ratio))).quantize(Decimal("0.01"))
        )
        done.update(initiative, {"cost_eur": full})
