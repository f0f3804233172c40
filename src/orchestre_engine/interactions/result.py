"""What the interactions room answers: findings proposed to people, never decisions."""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Facts = tuple[tuple[str, str | float], ...]

PERSON_HOURS = "person_hours"
HOURS_PER_PERSON = "hours_per_person"
DAYS = "days"
SIMILARITY = "similarity"
WEIGHT = "weight"
RATERS = "raters"
POPULATIONS = "populations"
CHANGES = "changes"
MESSAGES = "messages"


class FindingKind(StrEnum):
    """The families of findings, in the order they are told."""

    INTERFERENCE = "interference"
    CONTRADICTION = "contradiction"
    BROKEN_DEPENDENCY = "broken_dependency"
    CYCLE = "cycle"
    SYNERGY = "synergy"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Finding:
    """One interaction between changes, with all that a sentence and a "why?" panel need.

    Parameters
    ----------
    kind, rule
        Family, and the rule that proposes it ("same-people", "same-system", …).
    changes
        Codes: sorted, except a cycle (order of the loop, from its smallest code) and a late
        predecessor (predecessor, successor).
    populations
        People concerned, sorted.
    starts_on, ends_on
        When, half-open; `None` when the finding has no date.
    score, score_unit
        How much, and of what; `None` when nothing can be measured.
    facts
        Named figures and words; a name may come several times.
    key
        Fingerprint without dates nor scores, so that a refusal is remembered.
    """

    kind: FindingKind
    rule: str
    changes: tuple[str, ...]
    populations: tuple[str, ...]
    starts_on: date | None
    ends_on: date | None
    score: float | None
    score_unit: str
    facts: Facts
    key: str

    def fact(self, name: str) -> str | float | None:
        """First fact of that name, or `None`."""
        return next((value for known, value in self.facts if known == name), None)

    def all_facts(self, name: str) -> tuple[str | float, ...]:
        """Every fact of that name, in order."""
        return tuple(value for known, value in self.facts if known == name)


def fingerprint(kind: FindingKind, rule: str, *parts: str) -> str:
    """Stable key of a finding: the same subject always gives the same 32 hexadecimal digits."""
    told = "\x1f".join((kind.value, rule, *parts))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class NotJudged:
    """Candidates a rule looked at and did not tell, and why: nothing is dropped in silence."""

    rule: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class MatrixBlock:
    """One of the three triangles or squares of a Matrix of Change.

    Parameters
    ----------
    pairs
        Pairs of practices the block holds.
    rated
        Pairs seen by at least two raters.
    plus, minus
        Pairs that reinforce each other, that oppose each other.
    """

    pairs: int
    rated: int
    plus: int
    minus: int

    @property
    def coherence(self) -> float | None:
        """`(#+ − #−) / #non-blank`, from −1 to 1; `None` when all is blank."""
        marked = self.plus + self.minus
        return (self.plus - self.minus) / marked if marked else None

    @property
    def density(self) -> float | None:
        """`#non-blank / #pairs`; `None` without a pair."""
        return (self.plus + self.minus) / self.pairs if self.pairs else None

    @property
    def instability(self) -> float | None:
        """`#− / #non-blank`; `None` when all is blank."""
        marked = self.plus + self.minus
        return self.minus / marked if marked else None


@dataclass(frozen=True, slots=True)
class ChangeMatrix:
    """Matrix of Change: existing practices, target practices, and the way from one to the other.

    `signs` holds every pair with a retained sign: (first, second, −1 or +1).
    """

    existing: MatrixBlock
    target: MatrixBlock
    transition: MatrixBlock
    signs: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class InteractionResult:
    """Findings by kind, strongest first; the matrix; the critical chain.

    Parameters
    ----------
    findings
        In the order of `FindingKind`; within a kind by unit (person-hours first), then by falling
        score, then by key.
    matrix
        `None` when no practice was given.
    critical_chain
        Changes of the longest chain of links, first to last; empty without a dated link.
    critical_chain_days
        Its length in calendar days; `None` without a chain.
    not_judged
        What was looked at and not told, with the reason.
    """

    findings: tuple[Finding, ...]
    matrix: ChangeMatrix | None = None
    critical_chain: tuple[str, ...] = ()
    critical_chain_days: int | None = None
    not_judged: tuple[NotJudged, ...] = ()

    @property
    def coherence(self) -> float | None:
        """Coherence of the target practices, from −1 to 1."""
        return self.matrix.target.coherence if self.matrix else None

    @property
    def density(self) -> float | None:
        """Density of the target practices, 0..1."""
        return self.matrix.target.density if self.matrix else None

    @property
    def instability(self) -> float | None:
        """Instability of the transition from existing to target practices, 0..1."""
        return self.matrix.transition.instability if self.matrix else None
