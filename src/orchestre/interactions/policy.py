"""Which findings a person may read, and who settles them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.interactions.models import Finding
from orchestre.kernel.decisions import Allowed, Decision, Denied
from orchestre.org import policy as org
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative

# findings told by their hours alone may leave an initiative unnamed; the words of the others
# (a system, an indicator, shared terms) would give it away
ANONYMOUS_RULES = ("overload", "same-people", "crowded-people")


def hidden_from(person: Person) -> QuerySet[Initiative]:
    """Return the initiatives that are never named to a person."""
    return Initiative.objects.exclude(pk__in=portfolio.visible_to(person).values("pk"))


def visible_to(person: Person) -> QuerySet[Finding]:
    """Return the findings a person may read, some with an initiative left unnamed."""
    reach = reach_of(person)
    rows = Finding.objects.all()
    if reach.can(Can.READ) and reach.can(Can.READ_CONFIDENTIAL):
        return rows
    pairs = Finding.initiatives.through.objects.filter(finding=OuterRef("pk"))
    some_hidden = Exists(pairs.filter(initiative__in=hidden_from(person).values("pk")))
    by_hours = Q(rule__in=ANONYMOUS_RULES)
    if reach.can(Can.READ):
        return rows.filter(~Q(some_hidden) | by_hours)
    some_seen = Exists(pairs.filter(initiative__in=portfolio.visible_to(person).values("pk")))
    people = Finding.populations.through.objects.filter(finding=OuterRef("pk"))
    own_people = Exists(people.filter(population__in=org.visible_populations(person).values("pk")))
    return rows.filter((~Q(some_hidden) & Q(some_seen)) | (by_hours & Q(own_people)))


def may_settle(person: Person, finding: Finding) -> Decision:
    """Tell who confirms, refuses and settles: the office, or the lead of one of the initiatives."""
    reach = reach_of(person)
    if reach.can(Can.SETTLE_FINDINGS):
        return Allowed()
    named = reach.initiatives(Can.SETTLE_FINDINGS)
    if any(initiative.pk in named for initiative in finding.initiatives.all()):
        return Allowed()
    return Denied(_("Only the transformation office and the leads concerned settle a finding."))


def may_refresh(person: Person) -> Decision:
    """Tell who has the rules look again."""
    if reach_of(person).can_somewhere(Can.READ):
        return Allowed()
    return Denied(_("Only people with a role have the rules look again."))
