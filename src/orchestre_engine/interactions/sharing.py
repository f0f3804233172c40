"""Interference on things: the same system, process or scarce expert in the same weeks, and
messages that reach the same people too close to each other.

A system is unsettled around each go-live, that of every wave; an expert is drawn upon from start
to end. Two changes that share a thing at different times do not interfere. Where more than
`crowd_changes` changes meet on one thing, one finding tells them all instead of every pair.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from itertools import product
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
    Window,
    meet,
    merged,
    unsettled,
    wave_facts,
    worked,
)

MESSAGES_CLOSE = "messages-close"


class Sharing(NamedTuple):
    """A rule on a shared thing: its name, what the fact is called, where and when to look."""

    rule: str
    fact: str
    things: Callable[[Change], frozenset[str]]
    windows: Callable[[Change, InteractionProblem], tuple[Window, ...]]


_Windows = dict[str, tuple[Window, ...]]


RULES = (
    Sharing("same-system", "system", lambda change: change.systems, unsettled),
    Sharing("same-process", "process", lambda change: change.processes, unsettled),
    Sharing("scarce-expert", "expert", lambda change: change.experts, worked),
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
    used = frozenset(user.id for users in sharers.values() for user in users)
    windows: _Windows = {one: rule.windows(changes[one], problem) for one in used}
    findings: list[Finding] = []
    met: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for thing, users in sorted(sharers.items()):
        if len(users) > 1:
            tally[rule.rule, "no-date"] += sum(not windows[user.id] for user in users)
        spans = [
            span for user in users for span in merged(window.span for window in windows[user.id])
        ]
        encounters, crowd = meet(spans, problem.crowd_changes)
        if crowd:
            findings.append(_crowd(rule, thing, crowd, changes, windows))
        for one in encounters:
            met[one.first.change, one.second.change][thing] = None
    for (first, second), things in met.items():
        findings.append(_pair(rule, changes[first], changes[second], list(things), windows))
    return findings


def _pair(
    rule: Sharing, first: Change, second: Change, things: list[str], windows: _Windows
) -> Finding:
    """Tell a pair once, whatever the number of things it shares and of times it meets.

    People in waves whose windows do not meet share nothing, though both changes reach them.
    """
    meetings = [
        (mine, theirs)
        for mine, theirs in product(windows[first.id], windows[second.id])
        if mine.span.starts_on < theirs.span.ends_on and theirs.span.starts_on < mine.span.ends_on
    ]
    shared = merged(
        Span(
            max(mine.span.starts_on, theirs.span.starts_on),
            min(mine.span.ends_on, theirs.span.ends_on),
            first.id,
        )
        for mine, theirs in meetings
    )
    days = sum((one.ends_on - one.starts_on).days for one in shared)
    both = first.populations & second.populations
    people = {one for mine, theirs in meetings for one in mine.populations & theirs.populations}
    facts: Facts = (*((rule.fact, thing) for thing in things), ("days", float(days)))
    if len(shared) > 1:
        facts += (("periods", float(len(shared))),)
    deciding = [(first.id, mine.wave) for mine, _ in meetings]
    deciding += [(second.id, theirs.wave) for _, theirs in meetings]
    return Finding(
        kind=FindingKind.INTERFERENCE,
        rule=rule.rule,
        changes=(first.id, second.id),
        populations=tuple(sorted(both & people)),
        starts_on=shared[0].starts_on,
        ends_on=shared[-1].ends_on,
        score=float(days),
        score_unit=DAYS,
        facts=facts + wave_facts(deciding),
        key=fingerprint(FindingKind.INTERFERENCE, rule.rule, first.id, second.id, *things),
    )


def _crowd(
    rule: Sharing, thing: str, crowd: Crowd, changes: dict[str, Change], windows: _Windows
) -> Finding:
    populations = frozenset[str]().union(*(changes[one].populations for one in crowd.changes))
    deciding = [
        (one.change, window.wave)
        for one in crowd.peak
        for window in windows[one.change]
        if window.span.starts_on < crowd.ends_on and crowd.starts_on < window.span.ends_on
    ]
    return Finding(
        kind=FindingKind.INTERFERENCE,
        rule=rule.rule,
        changes=crowd.changes,
        populations=tuple(sorted(populations)),
        starts_on=crowd.starts_on,
        ends_on=crowd.ends_on,
        score=float(crowd.peak_changes),
        score_unit=CHANGES,
        facts=(
            (rule.fact, thing),
            ("changes_at_once", float(crowd.peak_changes)),
            *wave_facts(deciding),
        ),
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
