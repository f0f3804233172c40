"""What a search found, turned into the values that are kept and worded."""

from __future__ import annotations

from datetime import date, timedelta

from orchestre.sequencing.rules.asked import Asked
from orchestre.sequencing.rules.edits import effective
from orchestre.sequencing.rules.proposal import (
    Answer,
    Barrier,
    Clash,
    Leftover,
    MoveTold,
    ProposalTold,
    Remedy,
    Spot,
    key_of,
)
from orchestre.sequencing.services import proposing
from orchestre.sequencing.services.proposing import COMPUTATION, SEED, Move, Proposal, Proposed
from orchestre_engine import sequencing as engine

MOST_LEFT = 10
MOST_EXPLAINED = 60
Reasons = dict[str, engine.MoveExplanation]  # by what a move is accepted by


def answer_of(found: Proposed, asked: Asked, *, stopped: bool) -> Answer:
    """Measure every proposal, have each move explained, and keep all that its page words."""
    return Answer(
        first_monday=found.asking.first_monday,
        months=asked.months,
        before=proposing.measured(found.there, {}).measures,
        proposals=tuple(_proposal(found, one) for one in found.proposals),
        clashes=tuple(_clash(found, one) for one in found.looked.conflicts),
        derived_delay=found.asking.derived_delay,
        free_delay=found.asking.free_delay,
        windowless=found.asking.windowless,
        broken_links=len(found.asking.broken),
        without_headcount=found.looked.assumed.populations_without_headcount,
        roles_unlimited=found.looked.assumed.roles_unlimited,
        computation=COMPUTATION,
        seed=SEED,
        stopped=stopped,
        waves=proposing.waved(found.asking),
    )


def _proposal(found: Proposed, one: Proposal) -> ProposalTold:
    searched = one.result
    result = searched or found.looked
    gaps = [bound.gap for bound in result.bounds if bound.rank == 0]
    problem = found.asking.problem
    explained = engine.explain(problem, one.plan, most=MOST_EXPLAINED)
    reasons = {_key(told): told for told in explained}
    return ProposalTold(
        name=one.name,
        status=str(result.status) if searched else str(engine.Status.FEASIBLE),
        moves=tuple(_move(found, move, reasons) for move in one.moves),
        measures=proposing.measured(found.there, one.edits()).measures,
        leftovers=tuple(
            _left(found, told) for told in engine.overloads_left(problem, one.plan, most=MOST_LEFT)
        ),
        gap=gaps[0] if searched and gaps else None,
        seconds=round(result.seconds, 2),
        rounds=result.rounds,
        replayable=result.replayable,
        criteria=tuple((told.rank, told.coefficients) for told in result.criteria),
    )


def _key(told: engine.MoveExplanation) -> str:
    wave = int(told.wave) if told.wave and told.start is not None else None
    return key_of(told.change, wave)


def _monday(found: Proposed, week: int | None) -> date | None:
    return None if week is None else found.asking.first_monday + timedelta(weeks=week)


def _move(found: Proposed, move: Move, reasons: Reasons) -> MoveTold:
    before_on = effective(found.there.rows.initiatives[move.code].span)
    if before_on is None:
        raise LookupError(f"{move.code} moves without a date")
    waves = {one.pk: one for one in found.there.rows.waves.get(move.code, ())}
    wave = waves.get(move.wave or 0)
    told = reasons.get(move.key)
    return MoveTold(
        code=move.code,
        weeks=move.weeks,
        before_on=wave.go_live_on if wave else before_on,
        people=move.people,
        spots=_spots(found, told.why) if told else (),
        reasons=_barriers(found, told.why, people=False) if told else (),
        barriers=_barriers(found, told.not_earlier) if told else (),
        delay_cost_eur=told.delay_cost_eur + told.value_lost_eur if told else 0.0,
        saved_person_hours=max(told.why.more[0], 0.0) if told else 0.0,
        wave=move.wave,
        wave_name=wave.name if wave else "",
    )


def _spots(found: Proposed, why: engine.Barrier) -> tuple[Spot, ...]:
    """Gather the worst weeks of each population, those of the most person-hours first."""
    by_people: dict[str, list[engine.Cell]] = {}
    for cell in why.cells:
        by_people.setdefault(cell.population, []).append(cell)
    return tuple(
        Spot(
            population=population,
            first_monday=found.asking.first_monday + timedelta(weeks=min(c.week for c in cells)),
            weeks=max(c.week for c in cells) - min(c.week for c in cells) + 1,
            person_hours=sum(cell.more_person_hours for cell in cells),
        )
        for population, cells in by_people.items()
    )


def _barriers(
    found: Proposed, why: engine.Barrier | None, *, people: bool = True
) -> tuple[Barrier, ...]:
    """Give the rules that forbid a week, else what it would cost, the worst of each kind."""
    if why is None:
        return ()
    if why.rules:
        return tuple(_rule(found, rule) for rule in why.rules)
    told = []
    if why.cells and people:
        cell = why.cells[0]
        told.append(
            Barrier("people", population=cell.population, monday=_monday(found, cell.week),
                    amount=cell.more_person_hours)
        )  # fmt: skip
    if why.close:
        close = why.close[0]
        told.append(Barrier("recovery", other=close.change, population=close.population,
                            amount=float(close.missing_weeks)))  # fmt: skip
    if why.roles:
        role = why.roles[0]
        name = found.there.rows.means.roles.get(role.role, role.role)
        told.append(Barrier("role", name=name, monday=_monday(found, role.week),
                            amount=role.more_fte))  # fmt: skip
    if why.envelopes:
        one = why.envelopes[0]
        told.append(Barrier("envelope", name=one.envelope.partition(":")[2], amount=one.more_eur))
    # hours of people are told apart, by their cells
    if not told and why.level is not None and (people or why.level is not engine.Level.PEOPLE):
        at = engine.LEVELS.index(why.level)
        told.append(Barrier(str(why.level), amount=why.more[at]))
    return tuple(told)


def _left(found: Proposed, told: engine.OverloadLeft) -> Leftover:
    together = told.cannot_coexist or tuple(one.change for one in told.contributors[:4])
    return Leftover(
        population=told.population,
        first_monday=found.asking.first_monday + timedelta(weeks=told.first_week),
        weeks=told.end_week - told.first_week,
        person_hours=told.excess_person_hours,
        together=together,
        proved=bool(told.cannot_coexist),
        remedies=tuple(_remedy(one) for one in told.relaxations),
    )


def _remedy(one: engine.Relaxation) -> Remedy:
    amount = one.ratio if one.ratio is not None else float(abs(one.weeks or 0))
    return Remedy(
        kind=str(one.kind),
        change=one.change,
        amount=amount,
        rule=str(one.rule.kind) if one.rule else "",
    )


def _clash(found: Proposed, conflict: engine.Conflict) -> Clash:
    return Clash(
        tuple(_rule(found, rule) for rule in conflict.rules),
        tuple(rule.change for rule in conflict.rules),
    )


def _rule(found: Proposed, rule: engine.Rule) -> Barrier:
    return Barrier(
        kind=str(rule.kind),
        other=rule.other,
        name=rule.name.partition(":")[2],
        monday=_monday(found, rule.week),
        amount=None if rule.lag_weeks is None else float(rule.lag_weeks),
    )
