"""Propose the interactions of a portfolio; people confirm or refuse them.

Identifier and version: `interactions/2`. Each rule lives in its own module and looks only at
what can concern it: an index by population, system or indicator, never all the pairs.
"""

from collections import Counter

from orchestre_engine.interactions import (
    chains,
    contradictions,
    cycles,
    dependencies,
    duplicates,
    matrix,
    people,
    sharing,
    synergies,
)
from orchestre_engine.interactions.problem import InteractionProblem
from orchestre_engine.interactions.result import (
    HOURS_PER_PERSON,
    PERSON_HOURS,
    Finding,
    FindingKind,
    InteractionResult,
    NotJudged,
)
from orchestre_engine.interactions.windows import Tally

VERSION = "interactions/2"

_RULES = (
    people.find,
    sharing.find,
    sharing.find_messages,
    contradictions.find_opposed,
    contradictions.find_conflicts,
    dependencies.find,
    synergies.find_events,
    synergies.find_deliverables,
    synergies.find_suppliers,
    duplicates.find,
)
_KIND_ORDER = {kind: at for at, kind in enumerate(FindingKind)}
#: Scores compare within a unit; people's hours are told first.
_UNIT_ORDER = {PERSON_HOURS: 0, HOURS_PER_PERSON: 1}


def solve(problem: InteractionProblem) -> InteractionResult:
    """Give every finding of every rule, the Matrix of Change and the critical chain.

    Pure and deterministic: the order of the inputs changes nothing, shifting every date by the
    same number of weeks shifts the dates of the findings and leaves their keys alone.
    """
    tally: Tally = Counter()
    findings = [finding for rule in _RULES for finding in rule(problem, tally)]
    grid, opposed = matrix.solve(problem, tally)
    events = cycles.graph(problem)
    chain, chain_days = chains.find(problem, events, tally)
    findings += opposed + cycles.find(events)
    return InteractionResult(
        findings=tuple(sorted(findings, key=_order)),
        matrix=grid,
        critical_chain=chain,
        critical_chain_days=chain_days,
        not_judged=tuple(
            NotJudged(rule, reason, count)
            for (rule, reason), count in sorted(tally.items())
            if count
        ),
    )


def _order(finding: Finding) -> tuple[int, int, str, float, str]:
    return (
        _KIND_ORDER[finding.kind],
        _UNIT_ORDER.get(finding.score_unit, len(_UNIT_ORDER)),
        finding.score_unit,
        -(finding.score or 0.0),
        finding.key,
    )
