"""Is the strategy feasible with our people? One line per objective, one sentence each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orchestre.access.reach import Person
from orchestre.selection import queries
from orchestre.selection.models import Selection
from orchestre.selection.presenters import words
from orchestre.selection.presenters.sentences import headline
from orchestre.selection.services.computing import Outcomes
from orchestre.strategy.models import Objective
from orchestre.ui import formats
from orchestre.ui.components import StatusMark
from orchestre_engine.selection import Cause, Kind, Refused


@dataclass(frozen=True)
class Served:
    """An initiative that serves an objective."""

    name: str
    url: str
    state: str
    kept: bool


@dataclass(frozen=True)
class ObjectiveLine:
    """One objective, what serves it, and whether that fits."""

    objective: Objective
    mark: StatusMark
    sentence: str
    served: tuple[Served, ...]


@dataclass(frozen=True)
class StrategyPage:
    """What the page shows."""

    verdict: str
    detail: str
    why_url: str
    selection: Selection
    selection_url: str
    lines: tuple[ObjectiveLine, ...]


def build(person: Person, selection: Selection, found: Outcomes) -> StrategyPage:
    """Answer for every objective."""
    names = queries.names_for(person)
    lines = tuple(
        _line(objective, served, selection, found, names)
        for objective, served in queries.servers(person)
    )
    return StrategyPage(
        verdict=_verdict(lines, found),
        detail=headline(found),
        why_url=reverse("selection:why", args=[selection.pk]),
        selection=selection,
        selection_url=reverse("selection:show", args=[selection.pk]),
        lines=lines,
    )


def _line(
    objective: Objective,
    served: list[tuple[str, float]],
    selection: Selection,
    found: Outcomes,
    names: queries.Names,
) -> ObjectiveLine:
    kept = {one.id: one.value for one in found.result.kept}
    out = {one.id: one for one in found.result.refused}
    known = [code for code, _weight in served if code in kept or code in out]
    worth = {code: kept.get(code, out[code].value if code in out else 0.0) for code in known}
    total = sum(worth.values())
    saved = sum(value for code, value in worth.items() if code in kept)
    ratio = saved / total if total > 0 else None
    refused = [out[code] for code in known if code in out]
    return ObjectiveLine(
        objective,
        _mark(known, refused, ratio),
        _sentence(known, refused, ratio, total, found),
        tuple(_served(code, selection, kept, out, names, found) for code in known),
    )


def _mark(known: list[str], refused: list[Refused], ratio: float | None) -> StatusMark:
    if not known:
        return StatusMark("unknown", _("nothing serves it"))
    if not refused:
        return StatusMark("ok", _("feasible"))
    if ratio is not None and ratio >= 0.5:
        return StatusMark("watch", _("feasible in part"))
    return StatusMark("off", _("not feasible as it is"))


def _sentence(
    known: list[str], refused: list[Refused], ratio: float | None, total: float, found: Outcomes
) -> str:
    if not known:
        return _("No candidate serves this objective.")
    kept = len(known) - len(refused)
    values = {
        "kept": kept,
        "n": len(known),
        "value": formats.percent(ratio),
        "part": formats.percent(
            total / found.result.total_value if found.result.total_value > 0 else None
        ),
    }
    text = ngettext(
        "%(kept)d of %(n)d change that serves it is kept: %(value)s of its value (it weighs "
        "%(part)s of the portfolio).",
        "%(kept)d of %(n)d changes that serve it are kept: %(value)s of their value (they weigh "
        "%(part)s of the portfolio).",
        len(known),
    )
    limit = limits_of(refused, found)
    return f"{text % values} {limit}" if limit else text % values


def limits_of(refused: list[Refused], found: Outcomes) -> str:
    """Name the populations and roles that stop the refused ones, the most frequent first."""
    people = words.Holders.of(found.facts)
    counts: Counter[tuple[Kind, str]] = Counter()
    for one in refused:
        if one.cause is Cause.LIMITS:
            counts.update({(missing.kind, missing.holder) for missing in one.missing})
    if not counts:
        return ""
    human = [key for key, _n in counts.most_common() if key[0] is not Kind.MONEY][:3]
    named = [people.name(*key) for key in human]
    if not named:
        return _("What limits it: money.")
    if any(kind is Kind.MONEY for kind, _holder in counts):
        named.append(_("the budget"))
    return _("What limits it: %(what)s.") % {"what": ", ".join(named)}


def _served(
    code: str,
    selection: Selection,
    kept: dict[str, float],
    out: dict[str, Refused],
    names: queries.Names,
    found: Outcomes,
) -> Served:
    if code in kept:
        url = reverse("portfolio:show", args=[code])
        return Served(words.title(code, names), url, pgettext("selection", "kept"), kept=True)
    people = words.Holders.of(found.facts)
    cause = words.cause(out[code], people, names, found.facts["known"])
    url = reverse("selection:refused", args=[selection.pk, code])
    return Served(words.title(code, names), url, cause, kept=False)


def _verdict(lines: tuple[ObjectiveLine, ...], found: Outcomes) -> str:
    judged = [one for one in lines if one.mark.state != "unknown"]
    if not judged:
        return _("Nothing to judge: no candidate serves an objective.")
    feasible = sum(one.mark.state == "ok" for one in judged)
    values = {"ok": feasible, "n": len(judged)}
    if feasible == len(judged):
        return (
            ngettext(
                "Yes: the %(n)d objective is feasible within the limits.",
                "Yes: the %(n)d objectives are feasible within the limits.",
                len(judged),
            )
            % values
        )
    text = (
        ngettext(
            "Not as it is: %(ok)d of %(n)d objective is feasible in full.",
            "Not as it is: %(ok)d of %(n)d objectives are feasible in full.",
            len(judged),
        )
        % values
    )
    limit = limits_of(list(found.result.refused), found)
    return f"{text} {limit}".strip()
