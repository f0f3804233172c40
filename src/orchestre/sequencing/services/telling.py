"""What a search found, turned into the values that are kept and worded."""

from __future__ import annotations

from datetime import timedelta

from orchestre.sequencing.rules.asked import Asked
from orchestre.sequencing.rules.edits import effective
from orchestre.sequencing.rules.proposal import Answer, Barrier, Clash, MoveTold, ProposalTold
from orchestre.sequencing.services import proposing
from orchestre.sequencing.services.proposing import COMPUTATION, SEED, Proposal, Proposed
from orchestre_engine import sequencing as engine


def answer_of(found: Proposed, asked: Asked, *, stopped: bool) -> Answer:
    """Measure every proposal and keep all that its page words."""
    first = found.proposals[0].result
    return Answer(
        first_monday=found.asking.first_monday,
        months=asked.months,
        before=proposing.measured(found.there, {}).measures,
        proposals=tuple(_proposal(found, one) for one in found.proposals),
        clashes=tuple(_clash(found, one) for one in first.conflicts),
        derived_delay=found.asking.derived_delay,
        free_delay=found.asking.free_delay,
        windowless=found.asking.windowless,
        broken_links=len(found.asking.broken),
        without_headcount=first.assumed.populations_without_headcount,
        roles_unlimited=first.assumed.roles_unlimited,
        computation=COMPUTATION,
        seed=SEED,
        stopped=stopped,
    )


def _proposal(found: Proposed, one: Proposal) -> ProposalTold:
    result = one.result
    bounds = [bound.gap for bound in result.bounds if bound.rank == 0]
    return ProposalTold(
        name=one.name,
        status=str(result.status),
        moves=tuple(_move(found, move) for move in one.moves),
        measures=proposing.measured(found.there, one.edits()).measures,
        leftovers=(),
        gap=bounds[0] if bounds else None,
        seconds=round(result.seconds, 2),
        rounds=result.rounds,
        replayable=result.replayable,
        criteria=tuple((one.rank, one.coefficients) for one in result.criteria),
    )


def _move(found: Proposed, move: proposing.Move) -> MoveTold:
    before_on = effective(found.there.rows.initiatives[move.code].span)
    if before_on is None:
        raise LookupError(f"{move.code} moves without a date")
    return MoveTold(code=move.code, weeks=move.weeks, before_on=before_on, people=move.people)


def _clash(found: Proposed, conflict: engine.Conflict) -> Clash:
    return Clash(
        tuple(_barrier(found, rule) for rule in conflict.rules),
        tuple(rule.change for rule in conflict.rules),
    )


def _barrier(found: Proposed, rule: engine.Rule) -> Barrier:
    monday = None
    if rule.week is not None:
        monday = found.asking.first_monday + timedelta(weeks=rule.week)
    return Barrier(
        kind=str(rule.kind),
        other=rule.other,
        name=rule.name.partition(":")[2],
        monday=monday,
        amount=None if rule.lag_weeks is None else float(rule.lag_weeks),
    )
