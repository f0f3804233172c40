"""A proposed order on the page: a sentence, figures, and each move with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from orchestre.access.reach import Person
from orchestre.load.queries import Reader, reader_of
from orchestre.runs.models import Run
from orchestre.sequencing.presenters import closing, reasons, words
from orchestre.sequencing.rules import proposal as kept
from orchestre.sequencing.rules.asked import Asked
from orchestre.sequencing.rules.edits import Edit
from orchestre.sequencing.rules.measures import delta, verdict
from orchestre.sequencing.rules.proposal import Answer, MoveTold, ProposalTold
from orchestre.sequencing.services.live import Live, live
from orchestre.ui import formats
from orchestre.ui.components import Breadcrumb, Button, EmptyState, Link, Switch

NAMES: dict[str, str | Promise] = {
    "as_asked": gettext_lazy("According to your priorities"),
    "least_change": gettext_lazy("The fewest dates moved"),
    "benefits_first": gettext_lazy("Benefits first"),
}
FIGURES = (
    "excess_person_hours", "people_over", "worst_ratio", "fte_excess", "budget_excess_eur",
    "delay_cost_eur", "initiatives_moved", "people_moved", "broken", "freezes",
)  # fmt: skip


@dataclass(frozen=True)
class FigureRow:
    """One figure of the plan in force, and of the proposal."""

    label: str
    before: str
    after: str
    difference: str
    judged: str
    word: str


@dataclass(frozen=True)
class MoveRow:
    """One move, which a person accepts or refuses by its key."""

    key: str
    code: str
    title: str
    told: str
    dates: str
    why: tuple[str, ...]
    not_earlier: tuple[str, ...]
    cost: str
    url: str
    pin_url: str


@dataclass(frozen=True)
class ProposalPage:
    """What the page of a search shows."""

    pk: int
    name: str
    sentence: str
    breadcrumb: Breadcrumb
    switch: Switch | None
    figures: tuple[FigureRow, ...]
    moves: tuple[MoveRow, ...]
    leftovers: tuple[str, ...]
    clashes: tuple[tuple[str, tuple[str, ...]], ...]
    bound: str
    assumptions: tuple[str, ...]
    provenance: str
    again: Button
    empty: EmptyState | None


def page(person: Person, run: Run, shown: str = "") -> ProposalPage:
    """Write what a search found; nothing is computed again."""
    answer = closing.money_closed(person, kept.thaw(bytes(run.result or b"")))
    asked = Asked.from_json(bytes(run.problem or b""))
    told = next((one for one in answer.proposals if one.name == shown), answer.proposals[0])
    there, reader = live(), reader_of(person)
    names = reasons.Names(there, reader)
    again = Button(_("Change what is asked"), again_url(asked), "secondary", "edit")
    return ProposalPage(
        pk=run.pk,
        name=told.name,
        sentence=sentence(answer, told),
        breadcrumb=Breadcrumb((
            Link(_("Scenarios"), reverse("sequencing:list")),
            Link(_("Propose an order"), again_url(asked)),
        )),
        switch=_switch(run.pk, answer, told),
        figures=tuple(figures(answer, told)),
        moves=tuple(_move(asked, there, names, one) for one in _visible(told.moves, reader)),
        leftovers=tuple(reasons.leftover(names, one) for one in told.leftovers),
        clashes=tuple(reasons.clash(names, one) for one in answer.clashes),
        bound=_bound(told),
        assumptions=tuple(_assumptions(answer, names)),
        provenance=_provenance(answer, told),
        again=again,
        empty=None if told.moves else _nothing(told, again),
    )  # fmt: skip


def _visible(moves: Iterable[MoveTold], reader: Reader) -> list[MoveTold]:
    return [one for one in moves if reader.names(one.code)]


def again_url(asked: Asked, **changed: object) -> str:
    """Return the form filled with what was asked, some of it changed."""
    pinned = [f"{code}:{weeks}" for code, weeks in asked.pinned]
    values = {
        "people": asked.people,
        "dates": asked.dates,
        "benefits": asked.benefits,
        "months": asked.months,
        "later_weeks": asked.later_weeks,
        "earlier_weeks": asked.earlier_weeks,
        "only": ", ".join(asked.only),
        "pinned": ", ".join(pinned),
        "seconds": asked.seconds,
        "spread_weeks": asked.spread_weeks,
        **({"split": "on"} if asked.split else {}),
        **changed,
    }
    return f"{reverse('sequencing:propose')}?{urlencode(values)}"


def sentence(answer: Answer, told: ProposalTold) -> str:
    """Say a proposal as a director repeats it aloud."""
    before, after = answer.before, told.measures
    if not told.moves:
        return _("No order found is better than the plan in force.")
    parts = [_moved(told.moves), _relieved(before.excess_person_hours, after.excess_person_hours)]
    if after.worst_ratio is not None and after.worst_ratio > 1:
        parts.append(
            _("no population above %(ratio)s") % {"ratio": formats.percent(after.worst_ratio)}
        )
    elif after.worst_ratio is not None:
        parts.append(_("nobody above capacity any more"))
    cost = after.delay_cost_eur
    if cost:
        parts.append(
            _("%(cost)s of delay") % {"cost": formats.euros(cost)}
            if cost > 0
            else _("%(gain)s gained by going earlier") % {"gain": formats.euros(-cost)}
        )
    return f"{formats.clauses(parts)}."


def _moved(moves: tuple[MoveTold, ...]) -> str:
    weeks = [abs(one.weeks) for one in moves if one.weeks]
    waits = sum(one.weeks is None for one in moves)
    parts = []
    if weeks:
        count = ngettext("Moves %(n)s go-live", "Moves %(n)s go-lives", len(weeks)) % {
            "n": formats.number(len(weeks))
        }
        low, high = min(weeks), max(weeks)
        span = (
            ngettext("%(count)s by %(n)s week", "%(count)s by %(n)s weeks", high)
            if low == high
            else _("%(count)s by %(low)s to %(n)s weeks")
        )
        parts.append(span % {"count": count, "low": low, "n": high})
    if waits:
        parts.append(ngettext("postpones %(n)s", "postpones %(n)s", waits) % {"n": waits})
    return ", ".join(parts)


def _relieved(before: float, after: float) -> str:
    values = {"less": formats.number(before - after, 0), "before": formats.number(before, 0)}
    if before - after < 0.5:
        return _("as many hours beyond capacity (%(before)s)") % values
    return _("%(less)s of %(before)s person-hours beyond capacity disappear") % values


def figures(answer: Answer, told: ProposalTold) -> Iterable[FigureRow]:
    """Compare the figures of the plan in force and of a proposal."""
    for name in FIGURES:
        before, after = (words.measured(name, one) for one in (answer.before, told.measures))
        difference = delta(name, answer.before, told.measures)
        judged = verdict(name, difference)
        label = str(words.LABELS[name])
        yield FigureRow(
            label, before, after, words.delta(name, difference), judged, words.judged(judged)
        )


def _switch(pk: int, answer: Answer, told: ProposalTold) -> Switch | None:
    if len(answer.proposals) < 2:
        return None
    base = reverse("sequencing:proposal", args=[pk])
    return Switch(
        _("Proposals"),
        tuple(
            Link(str(NAMES[one.name]), f"{base}?p={one.name}", one.name == told.name)
            for one in answer.proposals
        ),
    )


def _move(asked: Asked, there: Live, names: reasons.Names, one: MoveTold) -> MoveRow:
    planned = there.planned(one.code)
    told, dates = _("postponed beyond the horizon"), formats.day(one.before_on)
    if one.weeks is not None:
        told = words.shifted(7 * one.weeks)
        dates = f"{dates} → {formats.day(one.before_on + timedelta(weeks=one.weeks))}"
    pinned = ", ".join([*(f"{code}:{weeks}" for code, weeks in asked.pinned if code != one.code),
                        f"{one.code}:0"])  # fmt: skip
    return MoveRow(
        key=one.key,
        code=one.code,
        title=_title(planned.title if planned else one.code, one),
        told=told,
        dates=dates,
        why=(*_spoken(one), *reasons.why(names, one)),
        not_earlier=tuple(reasons.barriers(names, one)),
        cost=_cost(one),
        url=reverse("portfolio:show", args=[one.code]),
        pin_url=again_url(asked, pinned=pinned),
    )


def _title(title: str, one: MoveTold) -> str:
    """Name what moves: an initiative, one of its waves, or those who are in none."""
    if one.wave is None:
        return title
    if one.wave_name:
        return _("%(title)s, wave “%(wave)s”") % {"title": title, "wave": one.wave_name}
    return _("%(title)s, populations in no wave") % {"title": title}


def _spoken(one: MoveTold) -> tuple[str, ...]:
    """Say the move of a wave as one repeats it aloud."""
    if one.wave is None or one.weeks is None:
        return ()
    values = {
        "wave": one.wave_name,
        "before": formats.day(one.before_on),
        "after": formats.day(one.before_on + timedelta(weeks=one.weeks)),
    }
    if not one.wave_name:
        return (_("Those who are in no wave go from %(before)s to %(after)s.") % values,)
    return (_("The wave “%(wave)s” goes from %(before)s to %(after)s.") % values,)


def _cost(one: MoveTold) -> str:
    people = ngettext(
        "%(n)s person whose dates change", "%(n)s people whose dates change", round(one.people)
    ) % {"n": formats.number(round(one.people))}
    if not one.delay_cost_eur:
        return people
    money = (
        _("%(cost)s of delay") % {"cost": formats.euros(one.delay_cost_eur)}
        if one.delay_cost_eur > 0
        else _("%(gain)s gained") % {"gain": formats.euros(-one.delay_cost_eur)}
    )
    return f"{people} · {money}"


def _bound(told: ProposalTold) -> str:
    if told.status == "optimal":
        return _("Proved: under these rules no order is better.")
    if told.gap is None:
        return _("How far it is from the best possible order is not known.")
    return _("It is at most %(gap)s away from the best that these rules allow.") % {
        "gap": formats.percent(told.gap)
    }


def _assumptions(answer: Answer, names: reasons.Names) -> Iterable[str]:
    if answer.windowless:
        yield ngettext(
            "%(n)s initiative has no window of its own: it may move as far as was asked.",
            "%(n)s initiatives have no window of their own: they may move as far as was asked.",
            len(answer.windowless),
        ) % {"n": len(answer.windowless)}
    if answer.derived_delay:
        yield ngettext(
            "%(n)s cost of delay is read from the value a year (÷ 52).",
            "%(n)s costs of delay are read from the value a year (÷ 52).",
            len(answer.derived_delay),
        ) % {"n": len(answer.derived_delay)}
    if answer.free_delay:
        yield ngettext(
            "Nobody said what delaying %(n)s initiative costs: it is counted as nothing.",
            "Nobody said what delaying %(n)s initiatives costs: it is counted as nothing.",
            len(answer.free_delay),
        ) % {"n": len(answer.free_delay)}
    if answer.broken_links:
        yield ngettext(
            "%(n)s dependency does not hold today: mending it is rewarded, not imposed.",
            "%(n)s dependencies do not hold today: mending them is rewarded, not imposed.",
            answer.broken_links,
        ) % {"n": answer.broken_links}
    if answer.without_headcount:
        yield _("Without a headcount, counted as the mean of the others: %(names)s.") % {
            "names": names.populations(answer.without_headcount)
        }
    if answer.roles_unlimited:
        yield _("Not limited in some weeks, where nobody said what is available: %(names)s.") % {
            "names": names.roles(answer.roles_unlimited)
        }


def _provenance(answer: Answer, told: ProposalTold) -> str:
    text = _("%(id)s, seed %(seed)s, %(rounds)s rounds in %(seconds)s s") % {
        "id": answer.computation,
        "seed": answer.seed,
        "rounds": formats.number(told.rounds),
        "seconds": formats.number(told.seconds, 1),
    }
    if answer.stopped:
        return _("%(text)s, stopped by hand") % {"text": text}
    return text if told.replayable else _("%(text)s, cut by the clock") % {"text": text}


def _nothing(told: ProposalTold, again: Button) -> EmptyState:
    if told.status == "optimal":
        return EmptyState(
            "done",
            _("The plan in force is the best order under these rules."),
            _("Widen the windows, let more initiatives move, or look at what is left below."),
            action=again,
        )
    return EmptyState(
        "cannot_compute",
        _("No better order was found in the time given."),
        _("Give it more time, widen the windows, or let more initiatives move."),
        action=again,
    )


def named_today() -> str:
    """Name what is kept, by the day it is."""
    return _("Proposed order of %(day)s") % {"day": formats.day(timezone.localdate())}


def accepted(answer: Answer | None, name: str, codes: Iterable[str]) -> tuple[dict[str, Edit], str]:
    """Return the overrides of the moves one accepts, and the sentence of their proposal."""
    told = next((one for one in answer.proposals if one.name == name), None) if answer else None
    if answer is None or told is None:
        return {}, ""
    kept_codes = set(codes)
    moves = [(one.code, one.wave, one.weeks) for one in told.moves if one.key in kept_codes]
    return kept.edits_of(moves, answer.waves), sentence(answer, told)
