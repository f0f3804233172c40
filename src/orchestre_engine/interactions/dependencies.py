"""Broken dependencies: what the predecessor is forecast to give comes after the successor's need.

| kind | ready on                      | needed on          |
|------|-------------------------------|--------------------|
| FS   | finish of predecessor + lag   | start of successor |
| SS   | start of predecessor + lag    | start of successor |
| FF   | finish of predecessor + lag   | finish of successor|
| SF   | start of predecessor + lag    | finish of successor|

The finish is `ends_on`, the first day after the work, or the last go-live, waves included, when
no end is known. Days are calendar days.
"""

from datetime import timedelta

from orchestre_engine.interactions.problem import Change, InteractionProblem, Link
from orchestre_engine.interactions.result import DAYS, Finding, FindingKind, fingerprint
from orchestre_engine.interactions.windows import Tally, finish, last_wave, wave_facts

PREDECESSOR_LATE = "predecessor-late"


def find(problem: InteractionProblem, tally: Tally) -> list[Finding]:
    """Give the links whose predecessor comes too late; the same link told twice counts once."""
    changes = {change.id: change for change in problem.changes}
    worst: dict[str, Finding] = {}
    for link in problem.links:
        finding = _late(link, changes[link.predecessor], changes[link.successor], tally)
        if finding and (
            finding.key not in worst or (worst[finding.key].score or 0) < (finding.score or 0)
        ):
            worst[finding.key] = finding
    return list(worst.values())


def _late(link: Link, predecessor: Change, successor: Change, tally: Tally) -> Finding | None:
    gives = predecessor.starts_on if link.kind[0] == "S" else finish(predecessor)
    needed_on = successor.starts_on if link.kind[1] == "S" else finish(successor)
    if gives is None or needed_on is None:
        tally[PREDECESSOR_LATE, "no-date"] += 1
        return None
    ready_on = gives + timedelta(days=link.lag_days)
    late_days = (ready_on - needed_on).days
    if late_days <= 0:
        return None
    deciding = [
        (one.id, last_wave(one))
        for end, one in zip(link.kind, (predecessor, successor), strict=True)
        if end == "F"
    ]
    kind, pair = FindingKind.BROKEN_DEPENDENCY, (predecessor.id, successor.id)
    return Finding(
        kind=kind,
        rule=PREDECESSOR_LATE,
        changes=pair,
        populations=tuple(sorted(successor.populations)),
        starts_on=needed_on,
        ends_on=ready_on,
        score=float(late_days),
        score_unit=DAYS,
        facts=(
            ("link", link.kind),
            ("lag_days", float(link.lag_days)),
            ("what", link.what),
            ("agreed", "yes" if link.agreed else "no"),
            ("needed_on", needed_on.isoformat()),
            ("ready_on", ready_on.isoformat()),
            ("late_days", float(late_days)),
            *wave_facts(deciding),
        ),
        key=fingerprint(kind, PREDECESSOR_LATE, *pair, link.kind, link.what),
    )
