"""Recording a decision: what is chosen, what is refused and why, by whom, for which effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.governance import policy, queries
from orchestre.governance.models import AgendaItem, Body, Decision, Meeting, Option
from orchestre.governance.rules.codes import next_code
from orchestre.governance.services import effects, replacing
from orchestre.journal.codes import with_free_code
from orchestre.journal.services import Act, act
from orchestre.kernel.errors import DomainError
from orchestre.portfolio.models import Initiative
from orchestre.sequencing.services import differences
from orchestre.sequencing.services.publishing import publish

State = AgendaItem.State


@dataclass(frozen=True)
class Choice:
    """What is decided, in the words of who records it."""

    chosen: str
    decided_by: str
    reason: str = ""
    option: Option | None = None
    why_not: Mapping[int, str] = field(default_factory=dict)
    dissent: str = ""
    conditions: str = ""
    expected: str = ""
    measure: str = ""
    measure_name: str = ""
    value_then: float | None = None
    value_expected: float | None = None
    review_on: date | None = None
    replaces: Decision | None = None
    shown: str = ""  # what the difference of the scenario was when it was read


def record(person: Person, item: AgendaItem, choice: Choice) -> Decision:
    """Record the decision on an item of an open meeting; it cannot be undone.

    When the option points to a scenario, the plan changes in the same transaction, exactly as
    it was shown: if the plan changed meanwhile, nothing is written. Locks are taken in one
    order everywhere: meeting, item, former decision, scenario, initiatives, plan, then the head
    of the journal.
    """
    meeting = item.meeting
    policy.may_decide(person, meeting.body).require()
    _check(choice)
    replacing.check(person, choice.replaces, timezone.localdate())

    def write(code: str) -> Decision:
        with act(person, "governance.decide", _label(code, choice), undoable=False) as doing:
            _hold(meeting, item)
            replacing.hold(choice.replaces)
            changed = _apply(person, code, choice)
            decision = Decision(
                code=code,
                body=meeting.body,
                meeting=meeting,
                item=item,
                initiative=item.initiative,
                question=item.title,
                discarded=_discarded(item, choice),
                present=queries.names_present(meeting),
                asked_on=item.asked_on,
                due_on=item.deadline_on,
                **_values(person, choice) | changed,
            )
            doing.create(decision)
            replacing.close(doing, person, decision)
            _close(doing, item)
        return decision

    return with_free_code(Decision, _free, write)


def record_outside(
    person: Person,
    body: Body,
    question: str,
    choice: Choice,
    *,
    decided_on: date | None = None,
    initiative: Initiative | None = None,
) -> Decision:
    """Record a decision taken without a meeting: a written consultation, an urgent call."""
    policy.may_decide(person, body).require()
    _check(choice)
    day = decided_on or timezone.localdate()
    replacing.check(person, choice.replaces, day)

    def write(code: str) -> Decision:
        with act(person, "governance.decide", _label(code, choice), undoable=False) as doing:
            replacing.hold(choice.replaces)
            decision = doing.create(
                Decision(
                    code=code,
                    body=body,
                    initiative=initiative,
                    question=question,
                    **_values(person, choice) | {"decided_on": day},
                )
            )
            replacing.close(doing, person, decision)
        return decision

    return with_free_code(Decision, _free, write)


def _label(code: str, choice: Choice) -> str:
    if choice.replaces is None:
        return _("Recorded decision %s") % code
    names = {"code": code, "former": choice.replaces.code}
    return _("Recorded decision %(code)s, which replaces %(former)s") % names


def _free() -> str:
    year = timezone.localdate().year
    known = Decision.objects.filter(code__startswith=f"D-{year}-").values_list("code", flat=True)
    return next_code("D", year, known)


def _check(choice: Choice) -> None:
    if not choice.chosen.strip():
        sentence = _("Choose an option, or write what is decided.")
        raise DomainError(sentence, code="nothing-chosen", fields={"option": [sentence]})
    if not choice.decided_by.strip():
        sentence = _("Say who decides.")
        raise DomainError(sentence, fields={"decided_by": [sentence]})
    today = timezone.localdate()
    if choice.review_on is not None and choice.review_on <= today:
        sentence = _("The effect is read again after the decision: choose a later day.")
        raise DomainError(sentence, fields={"review_on": [sentence]})


def _hold(meeting: Meeting, item: AgendaItem) -> None:
    """Lock the meeting then the item, and refuse what may not be decided."""
    stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
    held = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if held.state == State.DECIDED:
        raise DomainError(_("This question is already decided."), code="already-decided")
    if stored.state != Meeting.State.OPEN:
        raise DomainError(
            _("Open the meeting first: a decision is recorded while it sits."), code="not-open"
        )
    quorum = queries.quorum_of(stored)
    if quorum.is_met is False:
        raise DomainError(
            _(
                "Quorum is not reached: %(present)s voting members of the %(needed)s needed. "
                "Mark who is there, postpone the item, or record a written consultation."
            )
            % {"present": quorum.present, "needed": quorum.needed},
            code="no-quorum",
        )


def _discarded(item: AgendaItem, choice: Choice) -> list[dict[str, str]]:
    chosen = choice.option.pk if choice.option else None
    return [
        {
            "title": one.title,
            "consequence": one.consequence,
            "why": choice.why_not.get(one.pk, "").strip(),
        }
        for one in item.options.all()
        if one.pk != chosen
    ]


def _values(person: Person, choice: Choice) -> dict[str, Any]:
    known = effects.read(choice.measure) if choice.measure else None
    return {
        "chosen": choice.chosen.strip()[:250],
        "reason": choice.reason.strip(),
        "decided_on": timezone.localdate(),
        "decided_by": choice.decided_by.strip()[:250],
        "dissent": choice.dissent.strip(),
        "conditions": choice.conditions.strip(),
        "expected": choice.expected.strip(),
        "measure": choice.measure,
        "measure_name": choice.measure_name.strip()[:150],
        "value_then": choice.value_then if choice.measure == Decision.Measure.OWN else known,
        "value_expected": choice.value_expected,
        "review_on": choice.review_on,
        "replaces": choice.replaces,
        "recorded_by": person if isinstance(person, User) else None,
    }


def _apply(person: Person, code: str, choice: Choice) -> dict[str, Any]:
    """Make the scenario of the option the plan of record, and keep what that changed."""
    scenario = choice.option.scenario if choice.option else None
    if scenario is None or not isinstance(person, User):
        return {}
    then, foreseen = effects.figures(), effects.figures(scenario)
    moves = [
        {
            "initiative": one.initiative.pk,
            "steps": [[step.field, step.before, step.after] for step in one.steps],
        }
        for one in differences.of(scenario).moves
    ]
    plan = publish(
        person,
        scenario,
        decision=f"{code}: {choice.chosen}",
        expected=choice.shown,
        reference=code,
        reason=choice.reason,
    )
    return {
        "scenario": scenario,
        "plan_number": plan.number,
        "moves": moves,
        "gauges": {"then": then, "foreseen": foreseen},
    } | ({"value_then": then[choice.measure]} if choice.measure in then else {})


def _close(doing: Act, item: AgendaItem) -> None:
    doing.update(item, {"state": State.DECIDED, "closed_at": timezone.now()})
