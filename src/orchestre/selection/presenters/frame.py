"""What every page of a selection shows around its content."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.selection import policy
from orchestre.selection.models import Selection
from orchestre.ui import formats
from orchestre.ui.components import Badge, Breadcrumb, Link, Tabs

PAGES = (
    ("show", "selection:show"),
    ("drivers", "selection:drivers"),
    ("ratings", "selection:ratings"),
    ("priorities", "selection:priorities"),
    ("candidates", "selection:candidates"),
    ("strategy", "selection:strategy-of"),
)


@dataclass(frozen=True)
class Head:
    """Name, state, tabs and what this person may do."""

    selection: Selection
    tabs: Tabs
    breadcrumb: Breadcrumb
    state: Badge
    may_edit: bool
    may_own: bool
    finished: bool


def head(person: Person, selection: Selection, current: str) -> Head:
    """Build the frame of a page of a selection."""
    labels = {
        "show": _("What to keep"),
        "drivers": _("Drivers"),
        "ratings": _("Ratings"),
        "priorities": _("Priorities"),
        "candidates": _("Candidates and orders"),
        "strategy": _("Objectives"),
    }
    shown = [
        (name, view)
        for name, view in PAGES
        if selection.method == Selection.Method.DRIVERS or name not in {"drivers", "ratings"}
    ]
    links = tuple(
        Link(labels[name], reverse(view, args=[selection.pk]), current=name == current)
        for name, view in shown
    )
    return Head(
        selection=selection,
        tabs=Tabs(_("Pages of the selection"), links),
        breadcrumb=Breadcrumb(
            (Link(_("Selections"), reverse("selection:list")), Link(selection.name, ""))
        ),
        state=state(selection),
        may_edit=bool(policy.may_edit(person, selection)),
        may_own=bool(policy.may_own(person, selection)),
        finished=selection.finished_at is not None,
    )


def state(selection: Selection) -> Badge:
    """Say who reads it and whether it still moves."""
    if selection.finished_at is not None:
        return Badge(
            _("Finished on %(day)s") % {"day": formats.day(selection.finished_at.date())}, "success"
        )
    if selection.shared:
        return Badge(_("Shared draft"), "info")
    return Badge(_("Private draft"), "neutral")
