"""Synergies: sessions that could be one event, deliverables and suppliers to buy or build once.

**Shared event.** Sessions of the same kind and aspect, for the same population, at most
`synergy_within_weeks` apart. Each session is counted in one event. Sharing saves a part of the
shorter session (`saving_ratios`: an assumption, editable): welcome, travel, context.

**Same deliverable, same supplier.** Only with a shared population; for a supplier, also close in
time. A supplier alone proves nothing.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from itertools import combinations
from typing import NamedTuple

from orchestre_engine.interactions.problem import Change, InteractionProblem, Session
from orchestre_engine.interactions.result import (
    CHANGES,
    HOURS_PER_PERSON,
    PERSON_HOURS,
    POPULATIONS,
    Finding,
    FindingKind,
    fingerprint,
)
from orchestre_engine.interactions.windows import (
    ONE_DAY,
    Encounter,
    Span,
    Tally,
    last_wave,
    meet,
    wave_facts,
    working,
)

SHARED_EVENT = "shared-event"
SAME_DELIVERABLE = "same-deliverable"
SAME_SUPPLIER = "same-supplier"
DEFAULT_SAVING_RATIO = 0.25


class _Event(NamedTuple):
    """What a group of changes would save by sharing sessions with one population."""

    population: str
    sessions: tuple[Session, ...]
    saved_hours: float


class _Subject(NamedTuple):
    """What the sessions have in common."""

    kind: str
    aspect: str


def find_events(problem: InteractionProblem, tally: Tally) -> list[Finding]:
    """Give the events that changes could share, by kind and aspect."""
    ratios = dict(problem.saving_ratios)
    sessions = {session.id: session for session in problem.sessions}
    groups: dict[tuple[_Subject, str], list[Session]] = defaultdict(list)
    for session in problem.sessions:
        if session.aspect is not None:
            groups[_Subject(session.kind, session.aspect), session.population].append(session)
    pairs: dict[tuple[_Subject, tuple[str, ...]], list[_Event]] = defaultdict(list)
    crowds: dict[_Subject, list[_Event]] = defaultdict(list)
    for (subject, population), group in sorted(groups.items()):
        ratio = ratios.get(subject.kind, DEFAULT_SAVING_RATIO)
        pad = timedelta(weeks=problem.synergy_within_weeks)
        encounters, crowd = meet((_padded(one, pad) for one in group), problem.crowd_changes)
        if crowd:
            meeting = tuple(sessions[span.of] for span in crowd.peak)
            crowds[subject].append(_one_event(population, meeting, ratio))
        for pair, together in _by_pair(encounters).items():
            event = _paired(population, together, sessions, ratio)
            if event.saved_hours >= problem.minimum_saving_hours:
                pairs[subject, pair].append(event)
            else:
                tally[SHARED_EVENT, "under-threshold"] += 1
    found = [_event(subject, pair, events, problem) for (subject, pair), events in pairs.items()]
    for subject, events in crowds.items():
        changes = {session.change for event in events for session in event.sessions}
        found.append(_event(subject, tuple(sorted(changes)), events, problem, crowd=True))
    return found


def _padded(session: Session, pad: timedelta) -> Span:
    last = max(session.ends_on, session.starts_on + ONE_DAY)
    return Span(session.starts_on, last + pad, session.change, session.id)


def _by_pair(encounters: Iterable[Encounter]) -> dict[tuple[str, ...], list[Encounter]]:
    pairs: dict[tuple[str, ...], list[Encounter]] = defaultdict(list)
    for one in encounters:
        pairs[one.first.change, one.second.change].append(one)
    return pairs


def _paired(
    population: str, together: list[Encounter], sessions: dict[str, Session], ratio: float
) -> _Event:
    """Match the sessions of two changes, the closest first, each session once."""
    used: dict[str, None] = {}
    saved = 0.0
    for one in sorted(together, key=_closeness):
        first, second = sessions[one.first.of], sessions[one.second.of]
        if first.id not in used and second.id not in used:
            used |= {first.id: None, second.id: None}
            saved += ratio * min(first.hours_per_person, second.hours_per_person)
    return _Event(population, tuple(sessions[one] for one in used), saved)


def _closeness(one: Encounter) -> tuple[int, str, str]:
    apart = abs((one.first.starts_on - one.second.starts_on).days)
    return apart, one.first.of, one.second.of


def _one_event(population: str, sessions: tuple[Session, ...], ratio: float) -> _Event:
    """Bring the longest session of each change into one event: all but the longest save."""
    longest: dict[str, float] = {}
    for session in sessions:
        longest[session.change] = max(session.hours_per_person, longest.get(session.change, 0.0))
    return _Event(population, sessions, ratio * (sum(longest.values()) - max(longest.values())))


def _event(
    subject: _Subject,
    changes: tuple[str, ...],
    events: list[_Event],
    problem: InteractionProblem,
    *,
    crowd: bool = False,
) -> Finding:
    person_hours = _person_hours(events, dict(problem.headcounts))
    per_person = sum(event.saved_hours for event in events) / len(events)
    sessions = [session for event in events for session in event.sessions]
    named = ("crowd",) if crowd else changes
    return Finding(
        kind=FindingKind.SYNERGY,
        rule=SHARED_EVENT,
        changes=changes,
        populations=tuple(sorted(event.population for event in events)),
        starts_on=min(session.starts_on for session in sessions),
        ends_on=max(max(s.ends_on, s.starts_on + ONE_DAY) for s in sessions),
        score=per_person if person_hours is None else person_hours,
        score_unit=HOURS_PER_PERSON if person_hours is None else PERSON_HOURS,
        facts=(
            ("session_kind", subject.kind),
            ("aspect", subject.aspect),
            ("saved_hours_per_person", per_person),
            ("sessions", float(len(sessions))),
            *(("session", session.id) for session in sessions),
        ),
        key=fingerprint(FindingKind.SYNERGY, SHARED_EVENT, *named, subject.kind, subject.aspect),
    )


def _person_hours(events: list[_Event], people: dict[str, int | None]) -> float | None:
    """Give the hours saved by all; `None` when a population has no known headcount."""
    total = 0.0
    for event in events:
        count = people.get(event.population)
        if count is None:
            return None
        total += event.saved_hours * count
    return total


def find_deliverables(problem: InteractionProblem, tally: Tally) -> list[Finding]:
    """Give the changes that deliver the same thing to the same people."""
    _ = tally  # a deliverable needs no date: none is left aside
    makers: dict[str, list[Change]] = defaultdict(list)
    for change in problem.changes:
        for deliverable in change.deliverables:
            makers[deliverable].append(change)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    findings: list[Finding] = []
    changes = {change.id: change for change in problem.changes}
    for deliverable, users in sorted(makers.items()):
        if len(users) > problem.crowd_changes:
            findings += _crowd(SAME_DELIVERABLE, "deliverable", deliverable, users)
            continue
        for first, second in combinations(users, 2):
            if first.populations & second.populations:
                shared[first.id, second.id].append(deliverable)
    findings += [
        _pair(SAME_DELIVERABLE, "deliverable", changes[first], changes[second], things)
        for (first, second), things in shared.items()
    ]
    return findings


def find_suppliers(problem: InteractionProblem, tally: Tally) -> list[Finding]:
    """Give the changes that use the same supplier for the same people at about the same time."""
    pad = timedelta(weeks=problem.synergy_within_weeks)
    changes = {change.id: change for change in problem.changes}
    clients: dict[str, list[Change]] = defaultdict(list)
    for change in problem.changes:
        for supplier in change.suppliers:
            clients[supplier].append(change)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    findings: list[Finding] = []
    for supplier, users in sorted(clients.items()):
        spans = [window for user in users if (window := working(user))]
        if len(users) > 1:
            tally[SAME_SUPPLIER, "no-date"] += len(users) - len(spans)
        encounters, crowd = meet(
            (one._replace(ends_on=one.ends_on + pad) for one in spans), problem.crowd_changes
        )
        if crowd:
            together = [changes[one] for one in crowd.changes]
            findings += _crowd(SAME_SUPPLIER, "supplier", supplier, together)
        for one in encounters:
            pair = (one.first.change, one.second.change)
            if changes[pair[0]].populations & changes[pair[1]].populations:
                shared[pair].append(supplier)
            else:
                tally[SAME_SUPPLIER, "no-shared-population"] += 1
    findings += [
        _pair(SAME_SUPPLIER, "supplier", changes[first], changes[second], things, last=True)
        for (first, second), things in shared.items()
    ]
    return findings


def _pair(
    rule: str, fact: str, first: Change, second: Change, things: list[str], *, last: bool = False
) -> Finding:
    """Tell a pair; with `last`, the waves by which the two changes are over as well."""
    deciding = [(one.id, last_wave(one)) for one in (first, second)] if last else []
    populations = tuple(sorted(first.populations & second.populations))
    return Finding(
        kind=FindingKind.SYNERGY,
        rule=rule,
        changes=(first.id, second.id),
        populations=populations,
        starts_on=None,
        ends_on=None,
        score=float(len(populations)),
        score_unit=POPULATIONS,
        facts=(*((fact, thing) for thing in things), *wave_facts(deciding)),
        key=fingerprint(FindingKind.SYNERGY, rule, first.id, second.id, *things),
    )


def _crowd(rule: str, fact: str, thing: str, users: list[Change]) -> list[Finding]:
    """Tell once those of many changes that share the thing and some people with another one."""
    touched: dict[str, list[str]] = defaultdict(list)
    for user in users:
        for population in user.populations:
            touched[population].append(user.id)
    shared = {population: names for population, names in touched.items() if len(names) > 1}
    if not shared:
        return []
    changes = tuple(sorted({name for names in shared.values() for name in names}))
    return [
        Finding(
            kind=FindingKind.SYNERGY,
            rule=rule,
            changes=changes,
            populations=tuple(sorted(shared)),
            starts_on=None,
            ends_on=None,
            score=float(len(changes)),
            score_unit=CHANGES,
            facts=((fact, thing), ("changes", float(len(changes)))),
            key=fingerprint(FindingKind.SYNERGY, rule, "crowd", thing),
        )
    ]
