"""Interferences, contradictions, dependencies, synergies and duplicates (`interactions/2`)."""

from orchestre_engine.interactions.problem import (
    Change,
    Fact,
    IndicatorEffect,
    InteractionProblem,
    Link,
    OverloadCell,
    Practice,
    PracticeMark,
    Session,
    Wave,
)
from orchestre_engine.interactions.result import (
    ChangeMatrix,
    Finding,
    FindingKind,
    InteractionResult,
    MatrixBlock,
    NotJudged,
)
from orchestre_engine.interactions.solve import solve

__all__ = [
    "Change",
    "ChangeMatrix",
    "Fact",
    "Finding",
    "FindingKind",
    "IndicatorEffect",
    "InteractionProblem",
    "InteractionResult",
    "Link",
    "MatrixBlock",
    "NotJudged",
    "OverloadCell",
    "Practice",
    "PracticeMark",
    "Session",
    "Wave",
    "solve",
]
