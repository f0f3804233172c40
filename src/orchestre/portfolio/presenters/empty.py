"""Four different emptinesses, each with the one thing to do about it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.portfolio import policy
from orchestre.portfolio.presenters import sentences, words
from orchestre.portfolio.queries.listing import Page
from orchestre.portfolio.rules.view import View
from orchestre.ui import formats
from orchestre.ui.components import Button, EmptyState

TO_MEND = frozenset({"dates", "news"})


def of_list(person: Person, page: Page) -> EmptyState:
    """Say why the list is empty."""
    if not page.anything:
        return new(person)
    asked = {found.name for found in page.view.filters}
    if asked and asked <= TO_MEND and not page.view.text:
        return done(page.view)
    return filtered(page, reverse("portfolio:list"))


def new(person: Person) -> EmptyState:
    """Nothing yet: how to begin."""
    importing = words.optional("exchange:new")
    create = Button(_("Create the first one"), reverse("portfolio:new"), "secondary", "plus")
    if not policy.may_create(person):
        return EmptyState(
            "new", _("No initiative yet."), _("The transformation office has not added any.")
        )
    if not importing:
        return EmptyState("new", _("No initiative yet."), _("Create the first one."), create)
    return EmptyState(
        "new",
        _("No initiative yet."),
        _("Import your file or create the first one."),
        Button(_("Import a file"), importing, "secondary", "import"),
        create,
    )


def done(view: View) -> EmptyState:
    """What was looked for is all mended."""
    title = _("Every date is known.") if view.values("dates") else _("All the news are fresh.")
    return EmptyState("done", title, action=_all())


def filtered(page: Page, base: str) -> EmptyState:
    """Name the filter whose removal shows the most."""
    name, count = page.hidden_by[0] if page.hidden_by else ("", 0)
    if not count:
        return EmptyState(
            "filtered",
            _("No initiative matches."),
            _("Several filters hide everything together."),
            _all(),
        )
    sentence = ngettext(
        "The filter “%(filter)s” hides %(n)s initiative.",
        "The filter “%(filter)s” hides %(n)s initiatives.",
        count,
    ) % {"filter": sentences.named(name, page.view), "n": formats.number(count)}
    remove = Button(
        _("Remove this filter"), f"{base}?{page.view.without(name).query()}", "secondary", "close"
    )
    return EmptyState("filtered", _("No initiative matches."), sentence, remove, _all())


def undrawable(undated: int) -> EmptyState:
    """Initiatives are there but none can be placed in time."""
    sentence = ngettext(
        "%(n)s initiative has no dates.", "%(n)s initiatives have no dates.", undated
    ) % {"n": formats.number(undated)}
    complete = Button(
        _("Complete the dates"),
        reverse("portfolio:list") + "?dates=missing",
        "secondary",
        "calendar",
    )
    return EmptyState("cannot_compute", _("Nothing to draw in this period."), sentence, complete)


def _all() -> Button:
    return Button(_("See every initiative"), reverse("portfolio:list"), "quiet")


def elsewhere(outside: int, base: str) -> EmptyState:
    """Initiatives are there, in another period."""
    sentence = ngettext(
        "%(n)s initiative has its dates in another period.",
        "%(n)s initiatives have their dates in another period.",
        outside,
    ) % {"n": formats.number(outside)}
    go = Button(_("Go to them"), base, "secondary", "calendar")
    return EmptyState("filtered", _("Nothing to draw in this period."), sentence, go)


def nothing_matches(base: str) -> EmptyState:
    """Filters hide everything."""
    clear = Button(_("Remove every filter"), base, "secondary", "close")
    return EmptyState("filtered", _("No initiative matches."), action=clear)
