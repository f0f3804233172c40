"""RIDAC: a risk becomes an issue, an issue a question, a decision an action, an action a change."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.governance import policy
from orchestre.governance.models import Action, AgendaItem, Matter, Meeting
from orchestre.governance.rules.codes import next_code
from orchestre.governance.services import agenda
from orchestre.journal.codes import with_free_code
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError

Values = dict[str, Any]
Kind, State = Matter.Kind, Matter.State
PREFIXES = {Kind.RISK: "R", Kind.ISSUE: "I", Kind.CHANGE_REQUEST: "C"}


def open_matter(person: Person, values: Values) -> Matter:
    """Write a risk, an issue or a change request down."""
    policy.may_run(person, values["body"]).require()
    kind = Kind(values.get("kind", Kind.RISK))

    def write(code: str) -> Matter:
        with act(person, "governance.open-matter", _("Opened %s") % code) as doing:
            return doing.create(Matter(code=code, **values))

    return with_free_code(Matter, lambda: _free(kind), write)


def _free(kind: Matter.Kind) -> str:
    prefix, year = PREFIXES[kind], timezone.localdate().year
    known = Matter.objects.filter(code__startswith=f"{prefix}-{year}-")
    return next_code(prefix, year, known.values_list("code", flat=True))


def change_matter(
    person: Person, matter: Matter, values: Values, *, expected_version: int | None = None
) -> Matter:
    """Change what is known of a point."""
    policy.may_run(person, matter.body).require()
    with act(person, "governance.change-matter", _("Changed %s") % matter.code) as doing:
        doing.update(matter, values, expected_version=expected_version)
    return matter


def close_matter(person: Person, matter: Matter, why: str) -> Matter:
    """Say why a point needs nothing more."""
    policy.may_run(person, matter.body).require()
    if not why.strip():
        sentence = _("Say why it is closed.")
        raise DomainError(sentence, code="reason-missing", fields={"closing": [sentence]})
    label = _("Closed %s") % matter.code
    with act(person, "governance.close-matter", label, reason=why) as doing:
        doing.update(matter, {"state": State.CLOSED, "closing": why.strip()})
    return matter


def becomes_issue(person: Person, matter: Matter) -> Matter:
    """A risk that came true becomes an issue, with its history."""
    policy.may_run(person, matter.body).require()
    if matter.kind != Kind.RISK:
        raise DomainError(_("Only a risk becomes an issue."), code="not-a-risk")

    def write(code: str) -> Matter:
        label = _("%(risk)s became issue %(issue)s") % {"risk": matter.code, "issue": code}
        with act(person, "governance.convert", label) as doing:
            _hold_open(matter)
            names = ("title", "detail", "body_id", "initiative_id", "owner_id", "owner_name")
            same = {name: getattr(matter, name) for name in names}
            issue = doing.create(Matter(code=code, kind=Kind.ISSUE, came_from=matter, **same))
            doing.update(matter, {"state": State.CONVERTED})
        return issue

    return with_free_code(Matter, lambda: _free(Kind.ISSUE), write)


def becomes_question(person: Person, matter: Matter, meeting: Meeting) -> AgendaItem:
    """A point is carried to a meeting, where it becomes a decision."""
    policy.may_prepare(person, meeting).require()
    if meeting.body_id != matter.body_id:
        raise DomainError(_("Choose a meeting of the body that follows it."), code="other-body")
    label = _("Carried %(code)s to %(meeting)s") % {"code": matter.code, "meeting": meeting}
    with act(person, "governance.convert", label) as doing:
        _hold_open(matter)
        values = {
            "title": matter.title,
            "context": matter.detail,
            "source": "matter",
            "source_key": str(matter.pk),
            "initiative_id": matter.initiative_id,
            "asked_on": matter.opened_on,
        }
        item = agenda.put(doing, person, meeting, values)
        doing.update(matter, {"state": State.CONVERTED})
    return item


def becomes_change_request(person: Person, action: Action) -> Matter:
    """What an action showed is asked as a change of the plan."""
    if action.body is None:
        raise DomainError(_("Choose the body that follows this action first."), code="no-body")
    body = action.body
    policy.may_run(person, body).require()

    def write(code: str) -> Matter:
        label = _("%(action)s became change request %(code)s") % {
            "action": action.code,
            "code": code,
        }
        with act(person, "governance.convert", label) as doing:
            Action.objects.select_for_update().get(pk=action.pk)
            if action.became.exists():
                raise DomainError(_("It already became a change request."), code="already-so")
            return doing.create(
                Matter(
                    code=code,
                    kind=Kind.CHANGE_REQUEST,
                    title=action.what,
                    detail=action.result,
                    body=body,
                    initiative_id=action.initiative_id,
                    owner_id=action.owner_id,
                    owner_name=action.owner_name,
                    from_action=action,
                )
            )

    return with_free_code(Matter, lambda: _free(Kind.CHANGE_REQUEST), write)


def _hold_open(matter: Matter) -> None:
    stored = Matter.objects.select_for_update().get(pk=matter.pk)
    if stored.state != State.OPEN:
        raise DomainError(
            _("%(code)s is already “%(state)s”.")
            % {"code": stored.code, "state": stored.get_state_display()},
            code="already-so",
        )
