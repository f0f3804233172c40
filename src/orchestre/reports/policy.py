"""Who takes a report away, who publishes a pack, who opens which."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.exchange.policy import may_export
from orchestre.governance import policy as governance
from orchestre.governance.models import Body, Meeting
from orchestre.kernel.decisions import Allowed, Decision, Denied
from orchestre.reports.models import Publication, Quote


def may_download(person: Person) -> Decision:
    """Tell who downloads what he or she may see."""
    return may_export(person)


def may_publish(person: Person) -> Decision:
    """Tell who freezes a pack: it speaks for the whole organisation."""
    reach = reach_of(person)
    if reach.can(Can.READ) and (reach.can(Can.RUN_COMMITTEES) or reach.can(Can.SHARE)):
        return Allowed()
    return Denied(_("Only the transformation office, its analysts and sponsors publish a pack."))


def may_publish_for(person: Person, meeting: Meeting) -> Decision:
    """Tell who freezes the pack of a meeting: who publishes, until the meeting is over."""
    allowed = may_publish(person)
    if allowed and meeting.state in {Meeting.State.CLOSED, Meeting.State.MINUTED}:
        return Denied(
            _("This meeting is over: a pack written now is not what it was given. Take the next.")
        )
    return allowed


def may_name_confidential(person: Person) -> Decision:
    """Tell who may publish a pack that names confidential initiatives."""
    reach = reach_of(person)
    if reach.can(Can.READ) and reach.can(Can.READ_CONFIDENTIAL):
        return Allowed()
    return Denied(_("You may not publish the names of confidential initiatives."))


def may_set_templates(person: Person) -> Decision:
    """Tell who brings the slides of the organisation."""
    if reach_of(person).can(Can.RUN_COMMITTEES):
        return Allowed()
    return Denied(_("Only the transformation office and its analysts bring slide templates."))


def visible_publications(person: Person) -> QuerySet[Publication]:
    """Return the packs one may open.

    A pack tells the whole organisation: it is open to who reads all of it. One that names
    confidential initiatives is open to who may read those today, even to who published it; one
    that quotes committees, to who may read each of them.
    """
    reach = reach_of(person)
    if not reach.can(Can.READ):
        return Publication.objects.none()
    closed = Body.objects.exclude(pk__in=governance.visible_bodies(person).values("pk"))
    rows = Publication.objects.exclude(
        pk__in=Quote.objects.filter(body__in=closed.values("pk")).values("publication")
    )
    return rows if reach.can(Can.READ_CONFIDENTIAL) else rows.filter(confidential=False)
