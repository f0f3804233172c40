"""Why there is no load yet, and the one thing to do about it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.load.presenters import words
from orchestre.load.services.answer import LoadView
from orchestre.org.policy import may_edit_org
from orchestre.portfolio.policy import may_create
from orchestre.ui.components import Button, EmptyState


def sentence(view: LoadView) -> str:
    """Say what lacks before anybody can be loaded; empty when nothing does."""
    if not view.snapshot.groups:
        return _("No population yet.")
    return "" if view.snapshot.askings else _("No initiative yet, so no load.")


def without_populations(view: LoadView, person: Person) -> EmptyState | None:
    """Ask for the first population."""
    if view.snapshot.groups:
        return None
    url = words.address("org:create-population") if may_edit_org(person) else ""
    return EmptyState(
        "new",
        sentence(view),
        _("A population is people who live the same changes: a team, a job, a site."),
        Button(_("Add a population"), url, "primary", "plus") if url else None,
    )


def without_initiatives(view: LoadView, person: Person) -> EmptyState | None:
    """Ask for the first initiative."""
    if view.snapshot.askings:
        return None
    url = words.address("portfolio:new") if may_create(person) else ""
    importing = words.address("exchange:new")
    return EmptyState(
        "new",
        sentence(view),
        _("Import your file or create the first initiative."),
        Button(_("Create an initiative"), url, "primary", "plus") if url else None,
        Button(_("Import a file"), importing, icon="import") if importing and url else None,
    )
