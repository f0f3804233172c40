"""The answer in a sentence that a director repeats aloud."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.selection.presenters import words
from orchestre.selection.services.computing import Outcomes
from orchestre.ui import formats
from orchestre_engine.selection import Binding, Kind

MOST_NAMED = 2


def headline(found: Outcomes) -> str:
    """Say what is kept, of what, for how much, and what binds."""
    result = found.result
    kept, total = len(result.kept), len(found.problem.candidates)
    values = {
        "budget": formats.short_euros(result.budget),
        "kept": kept,
        "total": total,
        "value": formats.percent(result.value_ratio),
        "cost": formats.short_euros(result.cost),
    }
    if result.budget is None:
        begin = ngettext(
            "Without a limit of money, %(cost)s keep %(kept)d of %(total)d change, "
            "%(value)s of the value",
            "Without a limit of money, %(cost)s keep %(kept)d of %(total)d changes, "
            "%(value)s of the value",
            total,
        )
    else:
        begin = ngettext(
            "With %(budget)s we keep %(kept)d of %(total)d change, %(value)s of the value",
            "With %(budget)s we keep %(kept)d of %(total)d changes, %(value)s of the value",
            total,
        )
    end = limit(found)
    return formats.clauses((begin % values, end)) if end else f"{begin % values}."


def limit(found: Outcomes) -> str:
    """Say what binds: at the end of the curve when it is not money, else here."""
    result = found.result
    if not result.refused:
        return _("nothing is refused.")
    flat = result.plateau
    if flat is not None and flat.limits and flat.limits[0] is not Kind.MONEY:
        text = {
            Kind.PEOPLE: _("people, not money, are the limit from %(budget)s on"),
            Kind.ROLE: _("roles, not money, are the limit from %(budget)s on"),
        }[flat.limits[0]] % {"budget": formats.short_euros(flat.budget)}
        named = holders(found, flat.binding[0])
        return f"{formats.labelled(text, named)}." if named else f"{text}."
    first = result.binding[0] if result.binding else None
    if first is None or not first.gain:
        return _("no single limit explains the rest: several bind together.")
    if first.kind is Kind.MONEY:
        return _("money is the limit.")
    text = _("people are the limit") if first.kind is Kind.PEOPLE else _("roles are the limit")
    named = holders(found, first)
    return f"{formats.labelled(text, named)}." if named else f"{text}."


def holders(found: Outcomes, binding: Binding) -> str:
    """Name the populations or roles that bind the most, and when."""
    people = words.Holders.of(found.facts)
    named = [one for one in binding.holders if one.gain > 0][:MOST_NAMED] or list(
        binding.holders[:MOST_NAMED]
    )
    return _(" and ").join(
        f"{people.name(binding.kind, one.holder)} ({words.periods(one.periods)})"
        for one in named
        if one.holder
    )


def doubts(found: Outcomes) -> list[str]:
    """Say what the figures do not know or assume."""
    known = found.facts["known"].values()
    told = []
    unrated = sum(one["score"] is None for one in known)
    if unrated:
        told.append(
            ngettext(
                "%(n)d initiative is not rated enough to compare: it is kept only by order.",
                "%(n)d initiatives are not rated enough to compare: they are kept only by order.",
                unrated,
            )
            % {"n": unrated}
        )
    unpriced = sum(one["unpriced"] for one in known)
    if unpriced:
        told.append(
            ngettext(
                "%(n)d initiative has no cost: its money is counted as nothing.",
                "%(n)d initiatives have no cost: their money is counted as nothing.",
                unpriced,
            )
            % {"n": unpriced}
        )
    assumed = sum(one["assumed"] and not one["unpriced"] for one in known)
    if assumed:
        told.append(
            ngettext(
                "The cost of %(n)d initiative is assumed: spread evenly over its dates.",
                "The cost of %(n)d initiatives is assumed: spread evenly over their dates.",
                assumed,
            )
            % {"n": assumed}
        )
    lifted = [one for one in found.result.uses if one.lifted]
    if lifted:
        told.append(
            ngettext(
                "%(n)d limit is exceeded by what is compulsory alone.",
                "%(n)d limits are exceeded by what is compulsory alone.",
                len(lifted),
            )
            % {"n": len(lifted)}
        )
    if found.result.gap > 0:
        told.append(
            _("The plan is within %(gap)s of the best: the search stopped there.")
            % {"gap": formats.share(found.result.gap)}
        )
    return told
