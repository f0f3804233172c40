"""Who reads a selection, who edits it, and who finishes it."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.access.models import User
from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.kernel.decisions import Allowed, Decision, Denied
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.selection.models import Driver, Judgement, Order, Rater, Rating, Selection


def visible_to(person: Person) -> QuerySet[Selection]:
    """Return one's own selections, and those shared with who reads the whole portfolio or drafts.

    A draft is private to its owner, to the office included.
    """
    rows = Selection.objects.all()
    if not isinstance(person, User) or not person.is_active:
        return rows.none()
    own = Q(owner_id=person.pk)
    return rows.filter(own | Q(shared=True)) if reads(person) else rows.filter(own)


def reads(person: Person) -> bool:
    """Tell who reads figures of the whole organisation."""
    reach = reach_of(person)
    return reach.can(Can.READ) or reach.can_somewhere(Can.DRAFT)


def may_draft(person: Person) -> Decision:
    """Tell who opens an exercise."""
    if reach_of(person).can_somewhere(Can.DRAFT):
        return Allowed()
    return Denied(_("Only change leads, sponsors and the transformation office open a selection."))


def may_edit(person: Person, selection: Selection) -> Decision:
    """Tell who edits: the owner, and once shared whoever drafts; nobody once finished."""
    if selection.finished_at is not None:
        return Denied(_("This selection is finished. Reopen it before changing it."))
    return may_own(person, selection) or may_edit_shared(person, selection)


def may_edit_shared(person: Person, selection: Selection) -> Decision:
    """Tell who works on somebody else's selection."""
    if selection.shared:
        return may_draft(person)
    return Denied(_("This draft is private to its owner."))


def may_own(person: Person, selection: Selection) -> Decision:
    """Tell who shares, finishes, reopens and deletes: its owner, or the office once shared."""
    if isinstance(person, User) and selection.owner_id == person.pk:
        return may_draft(person)
    if selection.shared and reach_of(person).can(Can.EDIT_PORTFOLIO):
        return Allowed()
    return Denied(_("Only its owner, or the transformation office once shared, does this."))


def candidates_of(selection: Selection) -> QuerySet[Initiative]:
    """Return the initiatives among which a selection chooses: those its owner sees, filtered.

    Without an owner, none that is confidential.
    """
    owner = selection.owner
    seen = Initiative.objects.filter(confidential=False)
    if owner is not None:
        seen = portfolio.visible_to(owner)
    rows = seen.filter(archived_at=None).exclude(stage=Initiative.Stage.STOPPED)
    if selection.stages:
        rows = rows.filter(stage__in=selection.stages)
    if selection.programme_id is not None:
        rows = rows.filter(programme=selection.programme_id)
    return rows.order_by("code")


def open_candidates(person: Person, selection: Selection) -> QuerySet[Initiative]:
    """Return the candidates that a person sees."""
    return candidates_of(selection).filter(pk__in=portfolio.visible_to(person).values("pk"))


def visible_drivers(person: Person) -> QuerySet[Driver]:
    """Return the drivers of visible selections."""
    return Driver.objects.filter(selection__in=visible_to(person).values("pk"))


def visible_raters(person: Person) -> QuerySet[Rater]:
    """Return the raters of visible selections."""
    return Rater.objects.filter(selection__in=visible_to(person).values("pk"))


def visible_judgements(person: Person) -> QuerySet[Judgement]:
    """Return the comparisons of visible selections."""
    return Judgement.objects.filter(rater__selection__in=visible_to(person).values("pk"))


def visible_ratings(person: Person) -> QuerySet[Rating]:
    """Return the ratings of visible initiatives in visible selections."""
    return Rating.objects.filter(
        driver__selection__in=visible_to(person).values("pk"),
        initiative__in=portfolio.visible_to(person).values("pk"),
    )


def visible_orders(person: Person) -> QuerySet[Order]:
    """Return the orders on visible initiatives in visible selections."""
    return Order.objects.filter(
        selection__in=visible_to(person).values("pk"),
        initiative__in=portfolio.visible_to(person).values("pk"),
    )
