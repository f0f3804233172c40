"""What makes an interaction problem impossible to compute with, each told in a sentence."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from orchestre_engine.errors import ProblemError
from orchestre_engine.periods import week_label

if TYPE_CHECKING:
    from orchestre_engine.interactions import problem as asked

SHARES_TOLERANCE = 1e-6

_POSITIVE_INTEGERS = ("minimum_raters", "crowd_changes")
_NATURAL_INTEGERS = (
    "messages_within_days",
    "synergy_within_weeks",
    "unsettled_weeks_before",
    "unsettled_weeks_after",
)
_NATURAL_NUMBERS = (
    "minimum_share_ratio",
    "minimum_person_hours",
    "minimum_excess_hours",
    "minimum_saving_hours",
)


def _is_amount(value: float) -> bool:
    return math.isfinite(value) and value >= 0


def _is_ratio(value: float) -> bool:
    return math.isfinite(value) and 0 <= value <= 1


def _know(change: str, known: frozenset[str], where: str) -> None:
    if change not in known:
        raise ProblemError(f"{where}: change “{change}” is not in the list; add it or correct it.")


def thresholds(problem: asked.InteractionProblem) -> None:
    """Check the settings of the rules."""
    for names, least in ((_POSITIVE_INTEGERS, 1), (_NATURAL_INTEGERS, 0), (_NATURAL_NUMBERS, 0)):
        for name in names:
            value = getattr(problem, name)
            if not math.isfinite(value) or value < least:
                raise ProblemError(f"Setting {name} is {value}; give a number from {least} up.")
    if problem.minimum_share_ratio > 1:
        raise ProblemError(
            f"Setting minimum_share_ratio is {problem.minimum_share_ratio}; give at most 1."
        )
    for kind, ratio in problem.saving_ratios:
        if not _is_ratio(ratio):
            raise ProblemError(f"Saving ratio of “{kind}” is {ratio}; give a number in 0..1.")


def changes(given: Iterable[asked.Change]) -> frozenset[str]:
    """Check codes and dates, and give the codes."""
    known: set[str] = set()
    for change in given:
        if not change.id:
            raise ProblemError(f"Change “{change.title}” has no code; give it one.")
        if change.id in known:
            raise ProblemError(f"Change {change.id} comes twice; keep one of the two.")
        known.add(change.id)
        _in_order(change)
        _check_waves(change)
    return frozenset(known)


def _check_waves(change: asked.Change) -> None:
    ids: set[str] = set()
    served: set[str] = set()
    for wave in change.waves:
        if wave.id in ids:
            raise ProblemError(f"Change {change.id}: wave {wave.id} comes twice; keep one.")
        ids.add(wave.id)
        twice = served & wave.populations
        if twice:
            raise ProblemError(
                f"Change {change.id}: population {min(twice)} is in two waves; keep it in one."
            )
        served |= wave.populations


def _in_order(change: asked.Change) -> None:
    if change.starts_on and change.ends_on and change.ends_on < change.starts_on:
        raise ProblemError(
            f"Change {change.id}: ends on {change.ends_on}, before its start "
            f"{change.starts_on}; correct one of the two dates."
        )


def overloads(given: Iterable[asked.OverloadCell], known: frozenset[str]) -> None:
    """Check the cells of the load room."""
    seen: set[tuple[str, str]] = set()
    for cell in given:
        where = f"Overload of {cell.population} in {cell.week}"
        if week_label(cell.monday) != cell.week or cell.monday.weekday() != 0:
            raise ProblemError(f"{where}: {cell.monday} is not its Monday; correct one of them.")
        if (cell.population, cell.week) in seen:
            raise ProblemError(f"{where} comes twice; keep one of the two.")
        seen.add((cell.population, cell.week))
        _check_excess(cell, where)
        _check_shares(cell, where, known)


def _check_excess(cell: asked.OverloadCell, where: str) -> None:
    for excess in (cell.excess_hours, cell.excess_person_hours):
        if excess is not None and not _is_amount(excess):
            raise ProblemError(f"{where}: excess of {excess} hours; give a number from 0 up.")


def _check_shares(cell: asked.OverloadCell, where: str, known: frozenset[str]) -> None:
    total = 0.0
    seen: set[str] = set()
    for change, ratio in cell.shares:
        _know(change, known, where)
        if change in seen:
            raise ProblemError(f"{where}: change {change} comes twice; add its parts.")
        seen.add(change)
        if not _is_ratio(ratio):
            raise ProblemError(f"{where}: part {ratio} of {change}; give a number in 0..1.")
        total += ratio
    if total > 1 + SHARES_TOLERANCE:
        raise ProblemError(f"{where}: the parts add up to {total:.3f}; they cannot exceed 1.")


def effects(given: Iterable[asked.IndicatorEffect], known: frozenset[str]) -> None:
    """Check the effects on indicators."""
    for effect in given:
        where = f"Effect on {effect.indicator}"
        _know(effect.change, known, where)
        if effect.direction not in {-1, 1}:
            raise ProblemError(f"{where}: direction {effect.direction}; write +1 or -1.")
        if not (math.isfinite(effect.weight) and effect.weight > 0):
            raise ProblemError(f"{where}: weight {effect.weight}; give a number above 0.")


def links(given: Iterable[asked.Link], known: frozenset[str]) -> None:
    """Check the dependencies."""
    for link in given:
        where = f"Link {link.predecessor} → {link.successor}"
        _know(link.predecessor, known, where)
        _know(link.successor, known, where)
        if link.predecessor == link.successor:
            raise ProblemError(f"{where}: a change cannot depend on itself; remove the link.")
        if link.kind not in {"FS", "SS", "FF", "SF"}:
            raise ProblemError(f"{where}: kind “{link.kind}”; write FS, SS, FF or SF.")


def sessions(given: Iterable[asked.Session], known: frozenset[str]) -> None:
    """Check trainings, meetings and messages."""
    seen: set[str] = set()
    for session in given:
        where = f"Session {session.id}"
        _know(session.change, known, where)
        if session.id in seen:
            raise ProblemError(f"{where} comes twice; keep one of the two.")
        seen.add(session.id)
        if session.ends_on < session.starts_on:
            raise ProblemError(f"{where}: ends before its start; correct one of the two dates.")
        if not _is_amount(session.hours_per_person):
            raise ProblemError(
                f"{where}: {session.hours_per_person} hours per person; give a number from 0 up."
            )


def practices(
    given: Iterable[asked.Practice], marks: Iterable[asked.PracticeMark], known: frozenset[str]
) -> None:
    """Check the Matrix of Change: a rater marks a pair once, whichever way it is written."""
    named: set[str] = set()
    for practice in given:
        _know(practice.change, known, f"Practice {practice.id}")
        if practice.id in named:
            raise ProblemError(f"Practice {practice.id} comes twice; keep one of the two.")
        if practice.kind not in {"existing", "target"}:
            raise ProblemError(f"Practice {practice.id}: write “existing” or “target”.")
        named.add(practice.id)
    seen: set[tuple[str, str, str]] = set()
    for mark in _checked_marks(marks, named):
        if mark in seen:
            raise ProblemError(f"Rater {mark[2]} marks {mark[0]} and {mark[1]} twice; keep one.")
        seen.add(mark)


def _checked_marks(
    marks: Iterable[asked.PracticeMark], named: set[str]
) -> Iterable[tuple[str, str, str]]:
    """Check each mark and give (first, second, rater), the pair in order."""
    for mark in marks:
        where = f"Mark of {mark.rater} on {mark.first} and {mark.second}"
        if mark.first not in named or mark.second not in named:
            raise ProblemError(f"{where}: one practice is not in the list; add it or correct it.")
        if mark.first == mark.second:
            raise ProblemError(f"{where}: a practice is not marked against itself; remove it.")
        if mark.mark not in {-1, 0, 1}:
            raise ProblemError(f"{where}: mark {mark.mark}; write -1, 0 or 1.")
        yield min(mark.first, mark.second), max(mark.first, mark.second), mark.rater


def facts(given: Iterable[asked.Fact], known: frozenset[str]) -> None:
    """Check what is told to people."""
    for fact in given:
        _know(fact.change, known, f"Fact on “{fact.subject}”")


def similar_pairs(
    given: Iterable[tuple[str, str, float, tuple[str, ...]]], known: frozenset[str]
) -> None:
    """Check the pairs of close texts; each pair comes once, whichever way it is written."""
    seen: set[frozenset[str]] = set()
    for first, second, score, _ in given:
        where = f"Similar texts of {first} and {second}"
        _know(first, known, where)
        _know(second, known, where)
        if first == second:
            raise ProblemError(f"{where}: a change is not compared with itself; remove the pair.")
        if frozenset((first, second)) in seen:
            raise ProblemError(f"{where} come twice; keep one of the two.")
        seen.add(frozenset((first, second)))
        if not _is_ratio(score):
            raise ProblemError(f"{where}: score {score}; give a number in 0..1.")


def headcounts(given: Iterable[tuple[str, int | None]]) -> None:
    """Check the numbers of people."""
    seen: set[str] = set()
    for population, people in given:
        if population in seen:
            raise ProblemError(f"Headcount of {population} comes twice; keep one of the two.")
        seen.add(population)
        if people is not None and people < 0:
            raise ProblemError(f"Headcount of {population} is {people}; give a number from 0 up.")
