"""Who is responsible, accountable, consulted, informed of a decision or an initiative."""

from __future__ import annotations

from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.governance import policy
from orchestre.governance.models import Decision, RaciRole
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative

Target = Decision | Initiative


def may_give(person: Person, target: Target) -> None:
    """Refuse who neither prepares the body nor changes the initiative."""
    if isinstance(target, Decision):
        policy.may_run(person, target.body).require()
    else:
        portfolio.may_change(person, target).require()


def give(person: Person, target: Target, letter: str, name: str) -> RaciRole:
    """Give a role to somebody."""
    may_give(person, target)
    if letter not in RaciRole.Letter.values:
        raise DomainError(_("Choose R, A, C or I."), fields={"letter": [_("Choose R, A, C or I.")]})
    if not name.strip():
        sentence = _("Say who: a role or a person.")
        raise DomainError(sentence, fields={"name": [sentence]})
    hung = {"decision": target} if isinstance(target, Decision) else {"initiative": target}
    label = _("Gave a role on %s") % target.code
    with act(person, "governance.give-role", label) as doing:
        return doing.create(RaciRole(letter=letter, name=name.strip()[:150], **hung))


def take_back(person: Person, role: RaciRole) -> None:
    """Take a role back."""
    target = role.decision or role.initiative
    if target is not None:
        may_give(person, target)
    label = _("Took a role back: %s") % role
    with act(person, "governance.take-role", label) as doing:
        doing.delete(role)
