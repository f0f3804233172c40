"""What is known of an initiative, what is missing, and how old the news are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from orchestre.kernel.text import fold

STALE_AFTER_DAYS = 30
NEAR_TITLE = 84.0
QUIET_STAGES = frozenset({"idea", "value", "stopped"})


@dataclass(frozen=True)
class Known:
    """The facts that say whether an initiative can be counted, and how surely."""

    lead: bool
    sponsor: bool
    why: bool
    unit: bool
    family: bool
    starts: bool
    ends: bool
    go_live: bool
    impacts: bool
    objective: bool
    healths: int
    under_way: bool
    mandatory_unexplained: bool
    micro: bool


def missing_facts(known: Known) -> tuple[str, ...]:
    """Name the facts to complete, the ones the load needs first; a micro-change needs few."""
    wanted = {
        "dates": known.starts and known.ends,
        "impacts": known.impacts,
        "lead": known.lead,
    }
    if not known.micro:
        wanted |= {
            "go_live": known.go_live,
            "unit": known.unit,
            "sponsor": known.sponsor,
            "objective": known.objective,
            "family": known.family,
            "why": known.why,
            "healths": known.healths == 3 or not known.under_way,
            "mandatory_reason": not known.mandatory_unexplained,
        }
    return tuple(name for name, there in wanted.items() if not there)


def days_without_news(updated_on: date, today: date) -> int:
    """Days since the last update; never negative."""
    return max(0, (today - updated_on).days)


def is_stale(updated_on: date, today: date, *, stage: str, archived: bool) -> bool:
    """Tell whether an initiative under way has given no news for more than a month."""
    if archived or stage in QUIET_STAGES:
        return False
    return days_without_news(updated_on, today) > STALE_AFTER_DAYS


@dataclass(frozen=True)
class Near:
    """A title that looks like another, from 0 to 100."""

    key: int
    score: float


def near_titles(title: str, others: Iterable[tuple[int, str]], most: int = 5) -> tuple[Near, ...]:
    """Return the titles that say nearly the same, whatever the case, accents and word order."""
    wanted = fold(title)
    if not wanted:
        return ()
    folded = {key: fold(other) for key, other in others}
    found = process.extract(
        wanted, folded, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR_TITLE, limit=most
    )
    return tuple(Near(key, score) for _text, score, key in found)
