"""What stopping an initiative frees, and who counted on it.

    freed.register(function)

`function(initiative)` returns sentences: what the load, the budget or the relays get back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.presenters import words
from orchestre.portfolio.queries import one
from orchestre.portfolio.queries.beside import People, people_affected
from orchestre.portfolio.rules.registry import Registry
from orchestre.ui import formats

freed: Registry[Callable[[Initiative], list[str]]] = Registry()


@dataclass(frozen=True)
class StopNote:
    """What one should know before stopping."""

    frees: tuple[str, ...]
    counted_on: tuple[str, ...]
    lost: tuple[str, ...]


def note(person: Person, initiative: Initiative) -> StopNote:
    """Return what a stop frees, who counted on it, and which objectives lose it."""
    needs = one.needs_of(person, initiative)
    return StopNote(
        frees=(*_frees(initiative), *(told for source in freed for told in source(initiative))),
        counted_on=tuple(
            _("%(other)s counts on it for %(what)s.")
            % {
                "other": str(need.other) if need.other else _("A confidential initiative"),
                "what": need.dependency.what or _("its result"),
            }
            for need in needs
            if need.gives
        ),
        lost=tuple(
            _("The objective “%s” loses what it brings.") % row.objective.title
            for row in one.contributions_of(initiative)
        ),
    )


def _frees(initiative: Initiative) -> list[str]:
    told = []
    known = people_affected([initiative.pk]).get(initiative.pk, People(None, 0, 0))
    if known.populations:
        persons = words.people(known.persons, known.populations, known.without_headcount)
        told.append(_("People who no longer live this change: %s.") % persons)
    today = timezone.localdate()
    if initiative.ends_on and initiative.ends_on > today:
        days = (initiative.ends_on - max(today, initiative.starts_on or today)).days
        told.append(_("Weeks of the calendar left free: %s.") % formats.number(-(-days // 7)))
    for label, names in (
        (_("Scarce expertise freed: %s."), initiative.experts),
        (_("Suppliers freed: %s."), initiative.suppliers),
        (_("Systems left as they are: %s."), initiative.systems),
    ):
        if names:
            told.append(label % ", ".join(map(str, names)))
    return told
