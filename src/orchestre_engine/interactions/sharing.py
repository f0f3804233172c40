"""Interference on things: the same system, process or scarce expert in the same weeks, and
messages that reach the same people too close to each other.

A system is unsettled around a go-live; an expert is drawn upon from start to end. Two changes
that share a thing at different times do not interfere. Where more than `crowd_changes` changes
meet on one thing, one finding tells them all instead of every pair.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from orchestre_engine.interactions.problem import Change, InteractionProblem
from orchestre_engine.interactions.result import (
    CHANGES,
    DAYS,
    MESSAGES,
    Facts,
    Finding,
    FindingKind,
    fingerprint,
)
from orchestre_engine.interactions.windows import (
    ONE_DAY,
    Crowd,
    Encounter,
    Span,
    Tally,
    meet,
    unsettled,
    working,
)

MESSAGES_CLOSE = "messages-close"


class Sharing(NamedTuple):
    """A rule on a shared thing: its name, what the fact is called, where and when to look."""

    rule: str
    fact: str
    things: Callable[[Change], frozenset[str]]
    window: Callable[[Change, InteractionProblem], Span | None]


RULES = (
    Sharing("same-system", "system", lambda change: change.systems, unsettled),
    Sharing("same-process", "process", lambda change: change.processes, unsettled),
    Sharing(
        "scarce-expert", "expert", lambda change: change.experts, lambda change, _: working(change)
    ),
)


def find(problem: InteractionProblem, tally: Tally) -> list[Finding]:
    """Give the findings of every shared thing."""
    return [finding for rule in RULES for finding in _on(rule, problem, tally)]


def _on(rule: Sharing, problem: InteractionProblem, tally: Tally) -> list[Finding]:
    changes = {change.id: change for change in problem.changes}
    sharers: dict[str, list[Change]] = defaultdict(list)
    for change in problem.changes:
        for thing in rule.things(change):
            sharers[thing].append(change)
    findings: list[Finding] = []
    met: dict[tuple[str, str], list[tuple[str, Encounter]]] = defaultdict(list)
    for thing, users in sorted(sharers.items()):
        spans = [span for user in users if (span := rule.window(user, problem))]
        if len(users) > 1:
            tally[rule.rule, "no-date"] += len(users) - len(spans)
        encounters, crowd = meet(spans, problem.crowd_changes)
        if crowd:
            findings.append(_crowd(rule, thing, crowd, changes))
        for one in encounters:
            met[one.first.change, one.second.change].append((thing, one))
    for (first, second), shared in met.items():
        findings.append(_pair(rule, changes[first], changes[second], shared))
    return findings


def _pair(
    rule: Sharing, first: Change, second: Change, shared: list[tuple[str, Encounter]]
) -> Finding:
    """Tell a pair once, whatever the number of things it shares."""
    things = [thing for thing, _ in shared]
    meeting = shared[0][1]  # a change has one window, so all the encounters of a pair are equal
    days = (meeting.ends_on - meeting.starts_on).days
    return Finding(
        kind=FindingKind.INTERFERENCE,
        rule=rule.rule,
        changes=(first.id, second.id),
        populations=tuple(sorted(first.populations & second.populations)),
        starts_on=meeting.starts_on,
        ends_on=meeting.ends_on,
        score=float(days),
        score_unit=DAYS,
        facts=(*((rule.fact, thing) for thing in things), ("days", float(days))),
        key=fingerprint(FindingKind.INTERFERENCE, rule.rule, first.id, second.id, *things),
    )


def _crowd(rule: Sharing, thing: str, crowd: Crowd, changes: dict[str, Change]) -> Finding:
    populations = frozenset[str]().union(*(changes[one].populations for one in crowd.changes))
    return Finding(
        kind=FindingKind.INTERFERENCE,
        rule=rule.rule,
        changes=crowd.changes,
        populations=tuple(sorted(populations)),
        starts_on=crowd.starts_on,
        ends_on=crowd.ends_on,
        score=float(crowd.peak_changes),
        score_unit=CHANGES,
        facts=((rule.fact, thing), ("changes_at_once", float(crowd.peak_changes))),
        key=fingerprint(FindingKind.INTERFERENCE, rule.rule, "crowd", thing),
    )


def find_messages(problem: InteractionProblem, tally: Tally) -> list[Finding]:
    """Give the pairs of changes that write to the same people too close to each other."""
    _ = tally  # every message has its date: none is left aside
    pad = timedelta(days=problem.messages_within_days)
    sent: dict[str, list[Span]] = defaultdict(list)
    for session in problem.sessions:
        if session.kind in problem.communication_kinds:
            last = max(session.ends_on, session.starts_on + ONE_DAY)
            sent[session.population].append(
                Span(session.starts_on, last + pad, session.change, session.id)
            )
    findings: list[Finding] = []
    close: dict[tuple[str, str], list[tuple[str, Encounter]]] = defaultdict(list)
    for population, spans in sorted(sent.items()):
        encounters, crowd = meet(spans, problem.crowd_changes)
        if crowd:
            findings.append(_many_messages(population, crowd, pad))
        for one in encounters:
            close[one.first.change, one.second.change].append((population, one))
    findings += [_close_messages(pair, together, pad) for pair, together in close.items()]
    return findings


def _gap_days(meeting: Encounter, pad: timedelta) -> int:
    """Days from the last day of the earlier message to the first of the later; 0 if they meet."""
    earlier = min(meeting.first.ends_on, meeting.second.ends_on) - pad - ONE_DAY
    later = max(meeting.first.starts_on, meeting.second.starts_on)
    return max((later - earlier).days, 0)


def _close_messages(
    pair: tuple[str, str], together: list[tuple[str, Encounter]], pad: timedelta
) -> Finding:
    spans = [span for _, meeting in together for span in (meeting.first, meeting.second)]
    closest = min(
        (
            _gap_days(meeting, pad),
            meeting.starts_on,
            population,
            meeting.first.of,
            meeting.second.of,
        )
        for population, meeting in together
    )
    facts: Facts = (
        ("close_messages", float(len(together))),
        ("closest_gap_days", float(closest[0])),
        ("closest_population", closest[2]),
        ("closest_first_session", closest[3]),
        ("closest_second_session", closest[4]),
    )
    return Finding(
        kind=FindingKind.INTERFERENCE,
        rule=MESSAGES_CLOSE,
        changes=pair,
        populations=tuple(sorted({population for population, _ in together})),
        starts_on=min(span.starts_on for span in spans),
        ends_on=max(span.ends_on for span in spans) - pad,
        score=float(len(together)),
        score_unit=MESSAGES,
        facts=facts,
        key=fingerprint(FindingKind.INTERFERENCE, MESSAGES_CLOSE, *pair),
    )


def _many_messages(population: str, crowd: Crowd, pad: timedelta) -> Finding:
    return Finding(
        kind=FindingKind.INTERFERENCE,
        rule=MESSAGES_CLOSE,
        changes=crowd.changes,
        populations=(population,),
        starts_on=min(span.starts_on for span in crowd.peak),
        ends_on=max(span.ends_on for span in crowd.peak) - pad,
        score=float(crowd.peak_changes),
        score_unit=CHANGES,
        facts=(("changes_at_once", float(crowd.peak_changes)),),
        key=fingerprint(FindingKind.INTERFERENCE, MESSAGES_CLOSE, "crowd", population),
    )
