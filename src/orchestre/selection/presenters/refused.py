"""The page of one refused candidate: three ways to admit it, each verified."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.selection import queries
from orchestre.selection.presenters import words
from orchestre.selection.services import computing
from orchestre.selection.services.computing import Outcomes
from orchestre.ui import formats
from orchestre_engine.selection import Admission, Missing


@dataclass(frozen=True)
class Way:
    """One way to admit a candidate."""

    title: str
    sentences: tuple[str, ...]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class RefusedPage:
    """What the page of a refused candidate shows."""

    title: str
    sentence: str
    ways: tuple[Way, ...]


def build(person: Person, found: Outcomes, code: str) -> RefusedPage:
    """Write what it takes to keep a candidate."""
    names = queries.names_for(person)
    admission = computing.admission(found, code)
    people = words.Holders.of(found.facts)
    cause = words.cause(admission.refused, people, names, found.facts["known"])
    ways = [
        _beside(found, admission, people, names),
        _instead(found, admission, names),
        _least(admission, people, names),
    ]
    return RefusedPage(
        title=words.title(code, names),
        sentence=_("%(name)s is not kept: %(cause)s.")
        % {"name": words.title(code, names), "cause": cause[:1].lower() + cause[1:]},
        ways=tuple(way for way in ways if way is not None),
    )


def _part(found: Outcomes, value: float) -> str:
    total = found.result.total_value
    return formats.percent(value / total, 1) if total > 0 else formats.undefined()


def _lines(missing: tuple[Missing, ...], people: words.Holders) -> tuple[str, ...]:
    return tuple(people.missing(one) for one in missing)


def _beside(
    found: Outcomes, one: Admission, people: words.Holders, names: queries.Names
) -> Way | None:
    if one.raised_value is None:
        return None
    told = []
    if one.refused.needs:
        told.append(
            _("It brings along what it needs: %(what)s.")
            % {"what": words.named(one.refused.needs, names)}
        )
    value = _part(found, one.raised_value)
    told.append(
        _("Solved again with this room, the best plan keeps it and is worth %(value)s.")
        % {"value": value}
        if one.raised_keeps
        else _("Solved again with this room, the best plan uses it better for others: %(value)s.")
        % {"value": value}
    )
    return Way(
        _("Make room for it, and take nothing from the others"),
        tuple(told),
        _lines(one.refused.missing, people),
    )


def _instead(found: Outcomes, one: Admission, names: queries.Names) -> Way:
    title = _("Force it in within today’s limits")
    if one.forced_value is None:
        return Way(
            title,
            (_("Impossible: what is compulsory leaves no room, or a link forbids it."),),
        )
    lost = found.result.value - one.forced_value
    told = [
        _("The selection is then worth %(value)s, %(lost)s less.")
        % {"value": _part(found, one.forced_value), "lost": _part(found, max(0.0, lost))}
    ]
    if one.leaves:
        told.append(_("To leave: %(what)s.") % {"what": words.named(one.leaves, names)})
    if one.enters:
        told.append(_("To enter too: %(what)s.") % {"what": words.named(one.enters, names)})
    return Way(title, tuple(told))


def _least(one: Admission, people: words.Holders, names: queries.Names) -> Way | None:
    if not one.smallest:
        return None
    told = []
    if one.smallest_leaves:
        told.append(_("To leave: %(what)s.") % {"what": words.named(one.smallest_leaves, names)})
    if one.smallest_enters:
        told.append(
            _("To enter too: %(what)s.") % {"what": words.named(one.smallest_enters, names)}
        )
    return Way(
        _("The smallest room that loses no value, others changing places"),
        tuple(told),
        _lines(one.smallest, people),
    )
