"""Bodies and who sits in them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.governance import policy
from orchestre.governance.models import Body, Member
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError

Values = dict[str, Any]


def found_body(person: Person, values: Values) -> Body:
    """Create a body."""
    policy.may_found(person).require()
    body = Body(**values)
    _check(body)
    with act(person, "governance.found-body", _("Created the body %s") % body) as doing:
        doing.create(body)
    return body


def change_body(
    person: Person, body: Body, values: Values, *, expected_version: int | None = None
) -> Body:
    """Change what a body is for, who it is made of and how often it meets."""
    policy.may_found(person).require()
    with act(person, "governance.change-body", _("Changed the body %s") % body) as doing:
        stored = Body.objects.select_for_update().get(pk=body.pk)
        for name, value in values.items():
            setattr(stored, name, value)
        _check(stored)
        doing.update(body, values, expected_version=expected_version)
    return body


def close_body(person: Person, body: Body) -> Body:
    """Say that a body no longer meets; what it decided stays."""
    policy.may_found(person).require()
    with act(person, "governance.close-body", _("Closed the body %s") % body) as doing:
        doing.update(body, {"closed_at": body.closed_at or timezone.now()})
    return body


def _check(body: Body) -> None:
    if body.scope == Body.Scope.PROGRAMME and body.programme_id is None:
        sentence = _("Choose the programme that this body steers.")
        raise DomainError(sentence, fields={"programme": [sentence]})
    if body.scope == Body.Scope.UNIT and body.unit_id is None:
        sentence = _("Choose the unit that this body steers.")
        raise DomainError(sentence, fields={"unit": [sentence]})


def seat(person: Person, body: Body, values: Values) -> Member:
    """Add a member: an account, or a role written as text."""
    policy.may_run(person, body).require()
    member = Member(body=body, **values)
    if member.user is not None and not member.name.strip():
        member.name = member.user.name or member.user.email
    if not member.name.strip():
        sentence = _("Give an account, or the role that sits.")
        raise DomainError(sentence, fields={"name": [sentence]})
    sitting = body.members.filter(left_on=None)
    if member.user_id and sitting.filter(user=member.user_id).exists():
        sentence = _("%s already sits in this body.") % member.name
        raise DomainError(sentence, code="already-there", fields={"user": [sentence]})
    label = _("%(who)s sits in %(body)s") % {"who": member, "body": body}
    with act(person, "governance.seat", label) as doing:
        doing.create(member)
    return member


def unseat(person: Person, member: Member) -> Member:
    """Say that a member left; the presence in past meetings stays."""
    policy.may_run(person, member.body).require()
    label = _("%(who)s left %(body)s") % {"who": member, "body": member.body}
    with act(person, "governance.unseat", label) as doing:
        doing.update(member, {"left_on": member.left_on or timezone.localdate()})
    return member
