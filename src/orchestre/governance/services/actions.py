"""Actions: who does what by when, and the reminders."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.governance import policy
from orchestre.governance.models import Action, Body
from orchestre.governance.rules.codes import next_code
from orchestre.journal.codes import with_free_code
from orchestre.journal.services import act
from orchestre.kernel.decisions import Denied
from orchestre.kernel.errors import DomainError

Values = dict[str, Any]
State = Action.State


def add_action(person: Person, values: Values) -> Action:
    """Ask something of somebody by a date."""
    _may_add(person, values.get("body"))
    decision = values.get("decision")
    if decision is not None and not (values.get("initiative") or values.get("initiative_id")):
        # what follows a decision about a confidential initiative is as closed as the decision
        values = values | {"initiative_id": decision.initiative_id}
        values.pop("initiative", None)
    owner = values.get("owner")
    if owner is not None and not str(values.get("owner_name", "")).strip():
        values = values | {"owner_name": owner.name or owner.email}

    def write(code: str) -> Action:
        with act(person, "governance.add-action", _("Added action %s") % code) as doing:
            return doing.create(Action(code=code, **values))

    return with_free_code(Action, _free, write)


def _free() -> str:
    year = timezone.localdate().year
    known = Action.objects.filter(code__startswith=f"A-{year}-").values_list("code", flat=True)
    return next_code("A", year, known)


def _may_add(person: Person, body: Body | None) -> None:
    if body is not None:
        policy.may_run(person, body).require()
    elif not reach_of(person).can(Can.RUN_COMMITTEES):
        Denied(_("Choose the body that follows this action.")).require()


def change_action(
    person: Person, action: Action, values: Values, *, expected_version: int | None = None
) -> Action:
    """Change what is asked, of whom or by when."""
    policy.may_carry(person, action).require()
    label = _("Changed action %s") % action.code
    with act(person, "governance.change-action", label) as doing:
        doing.update(action, values, expected_version=expected_version)
    return action


def finish(
    person: Person,
    action: Action,
    result: str = "",
    *,
    dropped: bool = False,
    expected_version: int | None = None,
) -> Action:
    """Say that an action is done, or dropped and why."""
    policy.may_carry(person, action).require()
    if dropped and not result.strip():
        sentence = _("Say why it is dropped.")
        raise DomainError(sentence, code="reason-missing", fields={"result": [sentence]})
    state = State.DROPPED if dropped else State.DONE
    label = (_("Dropped action %s") if dropped else _("Finished action %s")) % action.code
    with act(person, "governance.finish-action", label, reason=result) as doing:
        values = {
            "state": state,
            "result": result.strip(),
            "closed_on": timezone.localdate(),
        }
        doing.update(action, values, expected_version=expected_version)
    return action


def reopen(person: Person, action: Action) -> Action:
    """Put an action back among those to do."""
    policy.may_carry(person, action).require()
    with act(person, "governance.reopen-action", _("Reopened action %s") % action.code) as doing:
        doing.update(action, {"state": State.OPEN, "closed_on": None})
    return action


def chase(person: Person, action: Action, note: str = "") -> Action:
    """Note that the owner was reminded, and what was answered."""
    if action.body is not None:
        policy.may_run(person, action.body).require()
    else:
        _may_add(person, None)
    if action.state != State.OPEN:
        raise DomainError(_("This action is no longer to do."), code="not-open")
    label = _("Chased action %s") % action.code
    with act(person, "governance.chase-action", label, reason=note) as doing:
        stored = Action.objects.select_for_update().get(pk=action.pk)
        values = {
            "chased_on": timezone.localdate(),
            "chase_note": note.strip()[:250],
            "chases": stored.chases + 1,
        }
        doing.update(action, values)
    return action
