"""Why a go-live moves, why not earlier, what cannot be reconciled: sentences one says aloud."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.load.presenters.words import listed
from orchestre.load.queries import Reader
from orchestre.sequencing.rules.proposal import Barrier, Clash, Leftover, MoveTold, Remedy, Spot
from orchestre.sequencing.services.live import Live
from orchestre.ui import formats

MOST_SPOTS = 3


@dataclass(frozen=True)
class Names:
    """Names people by their codes, and initiatives that the reader may not read by none."""

    there: Live
    reader: Reader

    def initiative(self, code: str) -> str:
        """Name an initiative."""
        if not self.reader.names(code):
            return _("a confidential initiative")
        planned = self.there.planned(code)
        return _("“%(title)s”") % {"title": planned.title if planned else code}

    def initiatives(self, codes: Iterable[str]) -> str:
        """Name several initiatives, each once."""
        return listed(list(dict.fromkeys(self.initiative(one) for one in codes)), 6)

    def population(self, code: str) -> str:
        """Name a population."""
        if not self.reader.sees_population(code):
            return _("a population that is not open to you")
        group = self.there.view.snapshot.groups.get(code)
        return group.name if group else code

    def populations(self, codes: Iterable[str]) -> str:
        """Name several populations, each once."""
        return listed(list(dict.fromkeys(self.population(one) for one in codes)), 4)

    def roles(self, codes: Iterable[str]) -> str:
        """Name several roles."""
        return listed([self.there.rows.means.roles.get(one, one) for one in codes], 4)


def why(names: Names, move: MoveTold) -> Iterable[str]:
    """Say whom the move relieves: what would overflow more if it stayed where it is."""
    for spot in move.spots[:MOST_SPOTS]:
        yield _spot(names, spot)
    for one in move.reasons:
        told = barrier(names, one)
        if told:
            yield _("If it stayed: %(what)s.") % {"what": told}
    rest = len(move.spots) - MOST_SPOTS
    if rest > 0:
        yield ngettext("and %(n)s more population.", "and %(n)s more populations.", rest) % {
            "n": rest
        }


def _spot(names: Names, spot: Spot) -> str:
    return _("If it stayed, %(who)s would be asked %(hours)s person-hours more than they can"
             " absorb, %(when)s.") % {
        "who": names.population(spot.population),
        "hours": formats.number(spot.person_hours, 0),
        "when": _weeks(spot),
    }  # fmt: skip


def _weeks(spot: Spot | Leftover) -> str:
    last = spot.first_monday + timedelta(weeks=max(spot.weeks, 1) - 1, days=5)
    return formats.dates(spot.first_monday, last)


def barriers(names: Names, move: MoveTold) -> Iterable[str]:
    """Say what stands in the way of an earlier go-live."""
    for one in move.barriers:
        told = barrier(names, one)
        if told:
            yield told


def barrier(names: Names, one: Barrier) -> str:
    """Say one obstacle."""
    values = {
        "other": names.initiative(one.other) if one.other else "",
        "name": one.name,
        "who": names.population(one.population) if one.population else "",
        "day": formats.day(one.monday),
        "week": formats.week_long(one.monday) if one.monday else "",
        "amount": formats.number(one.amount, 0),
        "euros": formats.euros(one.amount),
    }
    if one.kind == "envelope" and not one.name:
        return _("an envelope would be exceeded")
    if one.kind == "means" and one.amount is None:
        return _("roles and money would be further beyond what is available")
    return _said(one.kind) % values


def _said(kind: str) -> str:
    """Return the sentence of a kind of obstacle, with its holes."""
    return {
        "pinned": _("you have fixed it"),
        "fixed": _("its owner says that it does not move"),
        "started": _("it is under way"),
        "not_movable": _("it is not among those that may move"),
        "window_opens": _("its window opens on %(day)s"),
        "window_closes": _("its window closes on %(day)s"),
        "horizon_opens": _("the horizon opens on %(day)s"),
        "horizon_closes": _("the horizon closes on %(day)s"),
        "freeze": _("the freeze “%(name)s”"),
        "legal_step": _("the legal step “%(name)s”, over on %(day)s"),
        "dependency": _("it waits for %(other)s"),
        "wave_spread": _("its waves may not be further apart"),
        "recovery": _("%(who)s need weeks to recover from %(other)s"),
        "people": _("%(who)s would exceed by %(amount)s person-hours, %(week)s"),
        "role": _("the role “%(name)s” would be short, %(week)s"),
        "envelope": _("the envelope “%(name)s” would be exceeded by %(euros)s"),
        "benefits": _("it would cost %(euros)s more"),
        "dates": _("more people would see their dates change"),
        "means": _("roles and money would be %(euros)s further beyond what is available"),
    }.get(kind, "")


def leftover(names: Names, one: Leftover) -> str:
    """Say what remains overloaded whatever moves, which changes cannot coexist, and a remedy."""
    told = _("%(who)s stay beyond capacity, %(when)s (%(hours)s person-hours)") % {
        "who": names.population(one.population),
        "when": _weeks(one),
        "hours": formats.number(one.person_hours, 0),
    }
    if one.together:
        words = (
            _("%(told)s: %(changes)s cannot coexist there")
            if one.proved
            else _("%(told)s: %(changes)s meet there")
        )
        told = words % {"told": told, "changes": names.initiatives(one.together)}
    cures = [remedy(names, cure) for cure in one.remedies]
    if not cures:
        return f"{told}."
    return _("%(told)s. It would disappear with %(cures)s.") % {
        "told": told,
        "cures": _(" or ").join(cures),
    }


def remedy(names: Names, one: Remedy) -> str:
    """Say the smallest thing that removes an overload."""
    change = names.initiative(one.change) if one.change else ""
    if one.kind == "rule":
        return ngettext(
            "%(n)s more week of freedom for %(change)s",
            "%(n)s more weeks of freedom for %(change)s",
            round(one.amount),
        ) % {"n": formats.number(one.amount, 0), "change": change}
    share = formats.percent(one.amount)
    if one.kind == "capacity":
        return _("%(share)s more capacity") % {"share": share}
    return _("%(share)s fewer hours for %(change)s") % {"share": share, "change": change}


def clash(names: Names, one: Clash) -> tuple[str, tuple[str, ...]]:
    """Say which rules contradict each other."""
    told = tuple(
        _("%(change)s: %(rule)s")
        % {
            "change": names.initiative(owner),
            "rule": barrier(names, rule)
            if names.reader.names(owner)
            else _("a rule that is not open to you"),
        }
        for owner, rule in zip(one.owners, one.rules, strict=True)
    )
    return _("These rules cannot all hold; loosen one of them:"), told
