"""Duplicates: close texts *and* something in common. A likeness of words alone is not enough."""

from orchestre_engine.interactions.problem import InteractionProblem
from orchestre_engine.interactions.result import (
    SIMILARITY,
    Facts,
    Finding,
    FindingKind,
    fingerprint,
)
from orchestre_engine.interactions.windows import Tally

SIMILAR_TEXT = "similar-text"


def find(problem: InteractionProblem, tally: Tally) -> list[Finding]:
    """Give the pairs of close texts that share a population, system, process or objective."""
    changes = {change.id: change for change in problem.changes}
    findings: list[Finding] = []
    for one, other, score, words in problem.similar_pairs:
        first, second = changes[min(one, other)], changes[max(one, other)]
        shared: Facts = tuple(
            (name, thing)
            for name, mine, theirs in (
                ("shared_population", first.populations, second.populations),
                ("shared_system", first.systems, second.systems),
                ("shared_process", first.processes, second.processes),
                ("shared_objective", first.objectives, second.objectives),
            )
            for thing in sorted(mine & theirs)
        )
        if not shared:
            tally[SIMILAR_TEXT, "nothing-shared"] += 1
            continue
        findings.append(
            Finding(
                kind=FindingKind.DUPLICATE,
                rule=SIMILAR_TEXT,
                changes=(first.id, second.id),
                populations=tuple(sorted(first.populations & second.populations)),
                starts_on=None,
                ends_on=None,
                score=score,
                score_unit=SIMILARITY,
                facts=(*(("shared_term", word) for word in words), *shared),
                key=fingerprint(FindingKind.DUPLICATE, SIMILAR_TEXT, first.id, second.id),
            )
        )
    return findings
