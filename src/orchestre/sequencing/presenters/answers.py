"""Parts of the answers to a committee: tables and sentences, for one reader."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.load.presenters.words import listed
from orchestre.load.queries import Reader
from orchestre.org.models import Unit
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Dependency, Initiative, Programme
from orchestre.sequencing.presenters import words
from orchestre.sequencing.services import effects
from orchestre.sequencing.services.effects import Effect, Quarter
from orchestre.sequencing.services.live import Live
from orchestre.ui import formats
from orchestre.ui.components import EmptyState
from orchestre.ui.tables import Column, DataTable, Row, first_rows

NOTICED_FTE = 0.05
LISTED = 12
NAMED = 3


@dataclass(frozen=True)
class Asked:
    """What a question is about."""

    initiatives: tuple[Initiative, ...] = ()
    programme: Programme | None = None
    weeks: int = 0
    unit: Unit | None = None
    quarter: Quarter | None = None

    @property
    def name(self) -> str:
        """Name it as the sentence does."""
        if self.programme is not None:
            return _("“%(what)s”") % {"what": self.programme.name}
        if self.unit is not None:
            return _("the initiatives of %(unit)s") % {"unit": self.unit.name}
        return str(self.initiatives[0]) if self.initiatives else ""

    @property
    def target(self) -> tuple[tuple[str, str], ...]:
        """Give what the address of the answer says."""
        if self.programme is not None:
            return (("programme", self.programme.code),)
        if self.unit is not None:
            return (("unit", self.unit.code),)
        return (("initiative", self.initiatives[0].code),) if self.initiatives else ()


@dataclass(frozen=True)
class Context:
    """Who asks, of what, on which plan."""

    person: Person
    there: Live
    reader: Reader
    asked: Asked
    codes: tuple[str, ...]
    most: int = LISTED  # rows of a table, names of a list


def pair(before: str, after: str) -> str:
    """Write two figures, or one when they are the same."""
    return before if before == after else f"{before} → {after}"


def people_asked(at: Context, hours: dict[str, float]) -> list[str]:
    """Say how many hours more or less are asked, and of how many people."""
    if not hours:
        return []
    people = _people(at, hours)
    told = ngettext(
        "%(n)s person concerned, %(hours)s asked", "%(n)s people concerned, %(hours)s asked", people
    ) % {"n": formats.number(people), "hours": signed(sum(hours.values()))}
    return [told]


def people_first(at: Context, hours: dict[str, float]) -> list[str]:
    """Name those whose hours change most."""
    groups = at.there.view.snapshot.groups
    known = [(groups[code].name, some) for code, some in hours.items() if _sees(at, code)]
    known.sort(key=lambda one: -abs(one[1]))
    names = listed((f"{name} {signed(some)}" for name, some in known), NAMED)
    return [_("those first concerned: %(names)s") % {"names": names}] if names else []


def people_freed(at: Context, hours: dict[str, float]) -> list[str]:
    """Say to how many people time is given back, and to whom first."""
    if not hours:
        return []
    people = _people(at, hours)
    told = ngettext("%(n)s person gets time back", "%(n)s people get time back", people)
    return [told % {"n": formats.number(people)}, *people_first(at, hours)]


def _people(at: Context, hours: dict[str, float]) -> int:
    groups = at.there.view.snapshot.groups
    return sum(groups[code].headcount or 0 for code in hours)


def _sees(at: Context, code: str) -> bool:
    return at.reader.sees_population(code)


def signed(hours: float) -> str:
    """Write a difference of hours with its sign."""
    mark = "+" if hours > 0 else "−"
    return f"{mark}{formats.hours(abs(hours), 0)}" if abs(hours) >= 0.5 else formats.hours(0, 0)


def tipped(at: Context, found: Effect) -> list[str]:
    """Name the populations that were within what they can absorb and no longer are."""
    before = dict(zip(found.before.populations, found.before.over, strict=True))
    groups = at.there.view.snapshot.groups
    names = [
        groups[code].name
        for code, over in zip(found.after.populations, found.after.over, strict=True)
        if over and not before.get(code, False) and _sees(at, code)
    ]
    if not names:
        return []
    return [_("above capacity from then on: %(names)s") % {"names": listed(names, NAMED)}]


def short_of(at: Context, found: Effect) -> list[str]:
    """Name the roles asked beyond what is available, where it grows, and by how much."""
    missing = [
        (name, float(np.nansum(np.maximum(asked - known, 0.0))))
        for name, asked, known in zip(
            found.after.roles, found.after.asked_fte, found.after.available_fte, strict=True
        )
    ]
    was = {
        name: float(np.nansum(np.maximum(asked - known, 0.0)))
        for name, asked, known in zip(
            found.before.roles, found.before.asked_fte, found.before.available_fte, strict=True
        )
    }
    grown = [(name, some - was.get(name, 0.0)) for name, some in missing]
    told = [
        f"{at.there.rows.means.roles[name]} {words.figure('fte_excess', some)}"
        for name, some in sorted(grown, key=lambda one: -one[1])
        if some >= NOTICED_FTE
    ]
    return [_("missing: %(names)s") % {"names": listed(told, NAMED)}] if told else []


def money_table(found: Effect) -> DataTable:
    """Return the money freed, by quarter."""
    rows = []
    for quarter, columns in effects.quarters_of(found.before.months).items():
        freed = float(-found.cost_eur[columns].sum())
        if abs(freed) >= 1:
            rows.append(Row((words.quarter(quarter), formats.euros(freed))))
    heads = (Column(_("Quarter")), Column(_("Money"), numeric=True))
    told = EmptyState("done", _("No money to come is freed."), _("What is committed stays."))
    return DataTable(_("Money by quarter"), heads, tuple(rows), empty=told, caption_hidden=True)


def roles_table(there: Live, found: Effect, sign: float) -> DataTable:
    """Return the full-time equivalents of each role, by month where they change."""
    change = sign * found.fte
    shown = [at for at in range(len(found.before.roles)) if (abs(change[at]) > NOTICED_FTE).any()]
    months = np.flatnonzero((np.abs(change) > NOTICED_FTE).any(axis=0)).tolist()
    rows = [
        Row(
            (
                there.rows.means.roles[found.before.roles[at]],
                *(formats.number(float(change[at, month]), 1) for month in months),
            )
        )
        for at in shown
    ]
    columns = (
        Column(_("Role")),
        *(
            Column(
                f"{formats.month_short(found.before.months[at])} {found.before.months[at]:%y}",
                numeric=True,
            )
            for at in months
        ),
    )
    told = EmptyState("cannot_compute", _("No role is asked of it, that is known."))
    return DataTable(_("FTE by month"), columns, tuple(rows), empty=told, caption_hidden=True)


def hours_table(at: Context, found: Effect, sign: float) -> DataTable:
    """Return the person-hours of each population, the most first."""
    groups = at.there.view.snapshot.groups
    seen = [
        (sign * hours, groups[code])
        for code, hours in found.hours.items()
        if at.reader.sees_population(code) and abs(hours) >= 0.5
    ]
    seen.sort(key=lambda pair: -abs(pair[0]))
    rows = [
        Row((group.name, formats.number(group.headcount), formats.hours(hours, 0)))
        for hours, group in seen
    ]
    shown, pager = first_rows(rows, at.most)
    heads = (_("Population"), _("People"), _("Person-hours"))
    told = EmptyState("cannot_compute", _("No hours are known for any population."))
    return DataTable(
        _("Person-hours by population"),
        tuple(Column(text, numeric=number > 0) for number, text in enumerate(heads)),
        shown,
        empty=told,
        caption_hidden=True,
        pager=pager,
    )


def losses(at: Context) -> tuple[str, ...]:
    """Say what value and which objectives are lost."""
    values = effects.values_of(at.there, at.codes)
    told = [
        _("%(name)s: %(value)s of value in the period")
        % {"name": named(at, code), "value": formats.euros(value)}
        for code, value in values.items()
        if value is not None
    ]
    silent = sum(value is None for value in values.values())
    if silent:
        told.append(
            ngettext(
                "%(n)s initiative has no estimated value.",
                "%(n)s initiatives have no estimated value.",
                silent,
            )
            % {"n": silent}
        )
    objectives = (
        portfolio.visible_contributions(at.person)
        .filter(initiative__code__in=at.codes)
        .values_list("objective__title", flat=True)
    )
    told += [
        _("The objective “%s” loses what it brings.") % title for title in sorted(set(objectives))
    ]
    return tuple(told)


def named(at: Context, code: str) -> str:
    """Name an initiative, unless it is closed to the reader."""
    if not at.reader.names(code):
        return _("A confidential initiative")
    planned = at.there.planned(code)
    return f"{code} {planned.title}" if planned else code


def dependencies_of(at: Context) -> list[Dependency]:
    """Return the dependencies at either end."""
    found = Dependency.objects.filter(
        Q(predecessor__code__in=at.codes) | Q(successor__code__in=at.codes)
    )
    return list(found.select_related("predecessor", "successor").order_by("pk"))


def orphans(at: Context, found: Effect) -> tuple[str, ...]:
    """Say who counted on what is no longer there."""
    return tuple(
        _("%(other)s counts on it for %(what)s.")
        % {"other": named(at, one.successor.code), "what": one.what or _("its result")}
        for one in dependencies_of(at)
        if one.pk in found.after.broken.orphaned
    )


def needs(at: Context) -> tuple[str, ...]:
    """Say what it needs of others."""
    told = [
        _("It needs %(what)s of %(other)s.")
        % {"other": named(at, one.predecessor.code), "what": one.what or _("the result")}
        for one in dependencies_of(at)
        if one.successor.code in at.codes and one.predecessor.code not in at.codes
    ]
    return tuple(told) or (_("Nothing that is known."),)


def links_moved(at: Context, found: Effect) -> tuple[str, ...]:
    """Say which dependencies break, which are mended."""
    broken = found.after.broken.links - found.before.broken.links
    mended = found.before.broken.links - found.after.broken.links
    told = []
    for one in dependencies_of(at):
        names = {
            "taker": named(at, one.successor.code),
            "giver": named(at, one.predecessor.code),
        }
        if one.pk in broken:
            told.append(_("Breaks: %(taker)s would wait for %(giver)s.") % names)
        elif one.pk in mended:
            told.append(_("Mends: %(taker)s gets what it needs of %(giver)s in time.") % names)
    return tuple(told) or (_("None breaks, none mends."),)


def people_touched(at: Context, found: Effect) -> tuple[str, ...]:
    """Name the populations touched, with their unit, and those who lead and sponsor."""
    snapshot = at.there.view.snapshot
    told = []
    for code in found.touched[: at.most] if at.reader.populations is None else found.touched:
        group = snapshot.groups[code]
        if not at.reader.sees_population(code):
            continue
        unit = snapshot.units[group.unit].name if group.unit in snapshot.units else ""
        people = (
            ngettext("%(n)s person", "%(n)s people", group.headcount)
            % {"n": formats.number(group.headcount)}
            if group.headcount is not None
            else _("headcount unknown")
        )
        told.append(", ".join(part for part in (group.name, unit, people) if part))
    beyond = len(found.touched) - at.most
    if at.reader.populations is None and beyond > 0:
        told.append(
            ngettext("and %(n)s more population", "and %(n)s more populations", beyond)
            % {"n": beyond}
        )
    carried = sorted(
        {name for one in at.asked.initiatives for name in (one.sponsor_name, one.lead_name) if name}
    )
    if carried:
        told.append(_("Sponsors and leads: %s") % ", ".join(carried))
    return tuple(told) or (_("Nobody that is known."),)
