"""Who reads, declares and validates benefits.

A benefit is read with its initiative. Who changes the initiative declares. Validating is another
capability, held by the transformation office and by auditors, and never used on what one declared
oneself: four eyes, even for the office.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.access.models import User
from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.benefits.models import Benefit, Evidence, ValueLine
from orchestre.kernel.decisions import Allowed, Decision, Denied
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative


def visible_to(person: Person) -> QuerySet[Benefit]:
    """Return the benefits of the initiatives one sees."""
    return Benefit.objects.filter(initiative__in=portfolio.visible_to(person).values("pk"))


def visible_lines(person: Person) -> QuerySet[ValueLine]:
    """Return the amounts of visible benefits."""
    return ValueLine.objects.filter(benefit__in=visible_to(person).values("pk"))


def visible_evidence(person: Person) -> QuerySet[Evidence]:
    """Return the evidence of visible benefits."""
    return Evidence.objects.filter(benefit__in=visible_to(person).values("pk"))


def may_claim(person: Person, initiative: Initiative) -> Decision:
    """Tell who writes what an initiative is said to bring: who changes it."""
    return portfolio.may_change(person, initiative)


def validates(person: Person) -> bool:
    """Tell who may validate something."""
    return isinstance(person, User) and reach_of(person).can(Can.VALIDATE)


def may_validate(person: Person, line: ValueLine) -> Decision:
    """Tell who validates what was declared: somebody else, who has that charge."""
    if not validates(person):
        return Denied(_("Only the transformation office and auditors validate what is declared."))
    if line.declared_by_id is not None and line.declared_by_id == person.pk:
        return Denied(_("You declared this amount: somebody else validates it."))
    return Allowed()


def may_review(person: Person, evidence: Evidence) -> Decision:
    """Tell who grades a piece of evidence: somebody else than its author, who has that charge."""
    if not validates(person):
        return Denied(_("Only the transformation office and auditors review evidence."))
    if evidence.author_id == person.pk:
        return Denied(_("You brought this evidence: somebody else reviews it."))
    return Allowed()
