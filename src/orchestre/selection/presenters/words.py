"""Words for periods, limits, amounts and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.selection import rules
from orchestre.selection.queries import Names
from orchestre.ui import formats
from orchestre_engine.selection import Cause, Kind, Missing, Refused


def period(label: str) -> str:
    """Write a period: avril 2026, 2e trimestre 2026, 2026."""
    if not label:
        return _("in all")
    first = rules.first_day(label)
    if "-Q" in label:
        return _("Q%(quarter)s %(year)s") % {"quarter": label[-1], "year": label[:4]}
    return formats.month(first) if "-" in label else label


def periods(labels: Sequence[str]) -> str:
    """Write a run of months as its ends, others as a short list."""
    ordered = sorted(labels, key=rules.first_day)
    if len(ordered) > 2 and _in_a_row(ordered):
        return _("from %(first)s to %(last)s") % {
            "first": period(ordered[0]),
            "last": period(ordered[-1]),
        }
    shown = [period(one) for one in ordered[:3]]
    rest = len(ordered) - len(shown)
    if rest:
        shown.append(ngettext("%(n)d more month", "%(n)d more months", rest) % {"n": rest})
    return ", ".join(shown)


def _in_a_row(ordered: Sequence[str]) -> bool:
    firsts = [rules.first_day(one) for one in ordered]
    months = [one.year * 12 + one.month for one in firsts]
    return months == list(range(months[0], months[0] + len(months)))


@dataclass(frozen=True)
class Holders:
    """The names of roles and populations that an answer speaks of."""

    roles: dict[str, str]
    groups: dict[str, list[Any]]

    @classmethod
    def of(cls, facts: dict[str, Any]) -> Holders:
        """Read them from what was kept with an answer."""
        return cls(facts["roles"], facts["groups"])

    def name(self, kind: Kind, holder: str) -> str:
        """Name a role or a population."""
        if kind is Kind.ROLE:
            return self.roles.get(holder, holder)
        if kind is Kind.PEOPLE:
            found = self.groups.get(holder)
            return str(found[0]) if found else holder
        return _("the budget")

    def amount(self, kind: Kind, holder: str, value: float) -> str:
        """Write an amount in its unit."""
        if kind is Kind.MONEY:
            return formats.short_euros(value)
        if kind is Kind.ROLE:
            return _("%(n)s FTE") % {"n": formats.number(value, 1)}
        heads = self.groups.get(holder)
        if heads and heads[1] is None:
            return _("%(n)s h per person") % {"n": formats.number(value, 1)}
        text = formats.number(round(value) if value >= 1 else round(value, 1))
        return _("%(n)s person-hours") % {"n": text}

    def missing(self, one: Missing) -> str:
        """Write what a limit lacks."""
        values = {
            "more": self.amount(one.kind, one.holder, one.missing),
            "what": self.name(one.kind, one.holder),
            "when": period(one.period),
        }
        if one.kind is Kind.MONEY:
            return _("%(more)s more (%(when)s)") % values
        return _("%(more)s more for %(what)s (%(when)s)") % values


KINDS = {
    Kind.MONEY: lambda: _("money"),
    Kind.ROLE: lambda: _("roles"),
    Kind.PEOPLE: lambda: _("people"),
}


def kind(one: Kind) -> str:
    """Name a kind of limit."""
    return KINDS[one]()


def named(codes: Iterable[str], names: Names, most: int = 6) -> str:
    """Name initiatives; those closed to the reader are counted."""
    listed = list(codes)
    shown = [f"{code} {names.titles[code]}" for code in listed if names.sees(code)]
    hidden = len(listed) - len(shown)
    more = len(shown) - most
    parts = shown[:most]
    if more > 0:
        parts.append(ngettext("%(n)d other", "%(n)d others", more) % {"n": more})
    if hidden:
        parts.append(
            ngettext("%(n)d initiative closed to you", "%(n)d initiatives closed to you", hidden)
            % {"n": hidden}
        )
    return ", ".join(parts)


def title(code: str, names: Names) -> str:
    """Name one initiative, or say that it is closed."""
    return f"{code} {names.titles[code]}" if names.sees(code) else _("An initiative closed to you")


def limit_of(one: Refused, holders: Holders) -> str:
    """Say what binds a refused candidate, in a few words."""
    if not one.missing:
        return ""
    first = one.missing[0]
    values = {"what": holders.name(first.kind, first.holder), "when": period(first.period)}
    if first.kind is Kind.MONEY:
        return _("Money: %(what)s, %(when)s") % values
    if first.kind is Kind.ROLE:
        return _("Role: %(what)s, %(when)s") % values
    return _("People: %(what)s, %(when)s") % values


def cause(one: Refused, holders: Holders, names: Names, known: dict[str, Any]) -> str:
    """Say why a candidate is not kept."""
    facts = known.get(one.id, {})
    unrated = facts.get("score") is None
    if one.cause is Cause.LIMITS and not unrated:
        return limit_of(one, holders)
    if one.cause in {Cause.ORDER, Cause.EXCLUDED, Cause.NEEDS}:
        text = {
            Cause.ORDER: _("Left out by order"),
            Cause.EXCLUDED: _("Excluded by %(what)s"),
            Cause.NEEDS: _("Needs %(what)s, left out by order"),
        }[one.cause]
        return text % {"what": named(one.against, names)}
    if unrated:
        return _("Not rated enough (%(part)s of the weights)") % {
            "part": formats.percent(facts.get("coverage") or 0)
        }
    if one.cause is Cause.WORTHLESS:
        return _("Worth nothing as rated")
    return _("Fits, but the search stopped before proving better")
