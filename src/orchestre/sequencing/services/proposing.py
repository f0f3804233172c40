"""Asking for a better order, following it, and keeping what one accepts of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.kernel.errors import DomainError
from orchestre.portfolio import policy as portfolio
from orchestre.runs.models import Run
from orchestre.runs.services import find_or_start
from orchestre.sequencing import policy
from orchestre.sequencing.models import Scenario
from orchestre.sequencing.rules.asked import (
    LONGEST_SECONDS,
    MONTHS,
    MOST_SLIDER,
    MOST_WEEKS,
    Asked,
)
from orchestre.sequencing.rules.edits import Edit
from orchestre.sequencing.rules.proposal import Waved, edits_of, key_of
from orchestre.sequencing.services import splitting
from orchestre.sequencing.services.asking import Asking, problem_of
from orchestre.sequencing.services.drafting import draft
from orchestre.sequencing.services.gauges import Gauges, measure_edits
from orchestre.sequencing.services.live import Live, live
from orchestre.sequencing.services.overriding import override_many
from orchestre_engine import sequencing as engine
from orchestre_engine.codec import fingerprint

KIND = "sequencing"
COMPUTATION = "sequencing/2"
SEED = 20261
FIRST_LOOK_SECONDS = 0.5


@dataclass(frozen=True)
class Move:
    """One go-live that a proposal moves by whole weeks; None: postponed beyond the horizon.

    `wave` is the number of a wave, 0 for those who are in none; None: everybody moves together.
    """

    code: str
    weeks: int | None
    people: float
    wave: int | None = None

    @property
    def key(self) -> str:
        """What one accepts or refuses it by."""
        return key_of(self.code, self.wave)


@dataclass(frozen=True)
class Proposal:
    """One order and its moves; `result` is that of the search it comes from, None when cut from it.

    `name` is the word of the engine for what it protects first.
    """

    name: str
    plan: engine.Plan
    after: engine.Figures
    result: engine.SequencingResult | None
    moves: tuple[Move, ...]
    waves: Waved = ()

    def edits(self, refused: frozenset[str] = frozenset()) -> dict[str, Edit]:
        """Return the overrides that make this order, less those that one refuses."""
        kept = [(one.code, one.wave, one.weeks) for one in self.moves if one.key not in refused]
        return edits_of(kept, self.waves)


@dataclass(frozen=True)
class Proposed:
    """What a search found: the plan it started from, and up to three different orders.

    `looked` is a result of the same problem: its status, bounds, contradictions and assumptions
    hold even when no order is better.
    """

    asking: Asking
    there: Live
    proposals: tuple[Proposal, ...]
    looked: engine.SequencingResult


def check(asked: Asked) -> None:
    """Refuse what cannot be asked, saying how to mend it."""
    sliders = (asked.people, asked.dates, asked.benefits)
    if not any(sliders) or not all(0 <= one <= MOST_SLIDER for one in sliders):
        sentence = _("Protect at least one of people, dates and benefits, each from 0 to 10.")
        raise DomainError(sentence, fields={"people": [sentence]})
    if asked.months not in MONTHS:
        sentence = _("Look 6, 12 or 24 months ahead.")
        raise DomainError(sentence, fields={"months": [sentence]})
    for name in ("later_weeks", "earlier_weeks", "spread_weeks"):
        if not 0 <= getattr(asked, name) <= MOST_WEEKS:
            sentence = _("Give a number of weeks from 0 to %d.") % MOST_WEEKS
            raise DomainError(sentence, fields={name: [sentence]})
    if not 1 <= asked.seconds <= LONGEST_SECONDS:
        sentence = _("Give the search 1 to %d seconds.") % LONGEST_SECONDS
        raise DomainError(sentence, fields={"seconds": [sentence]})


def ask(user: User, asked: Asked) -> tuple[Run, bool]:
    """Start a search, or find the one that this person already made on the same plan.

    What others search is theirs: two people who ask alike each have their own answer.
    """
    policy.may_draft(user).require()
    check(asked)
    _known(user, asked)
    there = live()
    asking = problem_of(there, asked)
    about = f"{user.pk}|{fingerprint(asking.problem)}|".encode()
    digest = hashlib.sha256(about + asked.as_json()).hexdigest()
    return find_or_start(
        KIND,
        digest,
        engine_version=COMPUTATION,
        seed=SEED,
        problem=asked.as_json(),
        requested_by=user,
    )


def _known(user: User, asked: Asked) -> None:
    wanted = {*asked.only, *(code for code, _weeks in asked.pinned)}
    seen = set(portfolio.visible_to(user).filter(code__in=wanted).values_list("code", flat=True))
    missing = sorted(wanted - seen)
    if missing:
        sentence = _("No initiative has the code %s.") % ", ".join(missing[:5])
        raise DomainError(sentence, fields={"only": [sentence]})


def stop(run: Run) -> None:
    """Tell a search to stop and keep the best order it has found."""
    summary = {**run.summary, "stop": True}
    kept = Run.objects.filter(pk=run.pk, status=Run.Status.RUNNING).update(summary=summary)
    if not kept:
        raise DomainError(_("This search has already ended."), code="run-ended")


def is_stopped(pk: int) -> bool:
    """Tell whether somebody asked a search to stop and keep what it has."""
    found = Run.objects.filter(pk=pk).values_list("summary", flat=True).first()
    return bool((found or {}).get("stop"))


def search(
    asked: Asked,
    *,
    on_better: Callable[[engine.SequencingResult], None],
    should_stop: Callable[[], bool],
) -> Proposed:
    """Look for up to three different orders in the time given."""
    there = live()
    asking = problem_of(there, asked)
    found = engine.propose(
        asking.problem,
        seconds=asked.seconds,
        seed=SEED,
        on_better=on_better,
        should_stop=should_stop,
    )
    looked = next((one.result for one in found if one.result is not None), None)
    if looked is None:
        looked = engine.solve(asking.problem, seconds=FIRST_LOOK_SECONDS, seed=SEED)
    proposals = tuple(
        Proposal(
            str(one.stance), one.plan, one.after, one.result, moves_of(one.plan), waved(asking)
        )
        for one in found
    )
    if not proposals:
        proposals = (Proposal("as_asked", looked.plan, looked.after, looked, ()),)
    return Proposed(asking, there, proposals, looked)


def moves_of(plan: engine.Plan) -> tuple[Move, ...]:
    """Return what an order moves: each initiative once, or each of its waves.

    What is postponed leaves as a whole.
    """
    found = []
    gone: dict[str, float] = {}
    for one in plan.moved:
        if one.weeks is None:
            gone[one.change] = gone.get(one.change, 0.0) + one.people
        else:
            wave = int(one.wave) if one.wave else None
            found.append(Move(one.change, one.weeks, one.people, wave))
    return (*found, *(Move(code, None, people) for code, people in gone.items()))


def waved(asking: Asking) -> Waved:
    """Return the numbers of the waves that may move, by initiative and date; 0: those in none."""
    return tuple(
        (code, tuple(int(one.id) for one in waves if not one.fixed or one.id == splitting.REST))
        for code, waves in sorted(asking.waves.items())
    )


def measured(there: Live, edits: Mapping[str, Edit]) -> Gauges:
    """Measure an order as a scenario would be."""
    return measure_edits(edits, on=there)


def keep(user: User, name: str, why: str, edits: Mapping[str, Edit]) -> Scenario:
    """Make a private scenario of the moves one accepts, all of them or nothing."""
    if not edits:
        raise DomainError(_("No move is left: accept at least one."), code="no-move")
    seen = portfolio.visible_to(user).filter(code__in=list(edits))
    with transaction.atomic():
        made = draft(user, name, why=why)
        override_many(user, made, {one: values_of(edits[one.code]) for one in seen})
    return made


def values_of(edit: Edit) -> dict[str, Any]:
    """Return an override as the values that are written."""
    if not edit.included:
        return {"included": False}
    waves = {str(pk): days for pk, days in edit.waves}
    return {"shift_days": edit.shift_days, **({"waves": waves} if waves else {})}
