"""A better order of changes under absorption, roles and money (`sequencing/1`), and plain RCPSP.

Doors: `SequencingProblem` → `solve` → `SequencingResult`; `evaluate` judges any plan.
"""

from orchestre_engine.sequencing.asks import Change, Demand, Footprint, Spending, Wave
from orchestre_engine.sequencing.evaluate import Evaluation, current_plan, plan_of
from orchestre_engine.sequencing.problem import (
    LEVELS,
    Dependency,
    Envelope,
    Freeze,
    LegalStep,
    Level,
    Link,
    Objective,
    Pin,
    Population,
    Recovery,
    Role,
    SequencingProblem,
)
from orchestre_engine.sequencing.result import (
    Assumed,
    Bound,
    Conflict,
    Criterion,
    Figures,
    Improvement,
    Loosening,
    Placement,
    Plan,
    Rule,
    RuleKind,
    SequencingResult,
    Status,
)
from orchestre_engine.sequencing.solve import compare, solve

__all__ = [
    "LEVELS",
    "Assumed",
    "Bound",
    "Change",
    "Conflict",
    "Criterion",
    "Demand",
    "Dependency",
    "Envelope",
    "Evaluation",
    "Figures",
    "Footprint",
    "Freeze",
    "Improvement",
    "LegalStep",
    "Level",
    "Link",
    "Loosening",
    "Objective",
    "Pin",
    "Placement",
    "Plan",
    "Population",
    "Recovery",
    "Role",
    "Rule",
    "RuleKind",
    "SequencingProblem",
    "SequencingResult",
    "Spending",
    "Status",
    "Wave",
    "compare",
    "current_plan",
    "plan_of",
    "solve",
]
