"""A better order of changes under absorption, roles and money (`sequencing/1`), and plain RCPSP.

Doors: `SequencingProblem` → `solve` → `SequencingResult`. `Evaluation` judges any plan, `explain`
says why its changes move, `overloads_left` what cannot be reconciled, `propose` gives up to three
really different plans, `least_change` the few moves that matter.
"""

from orchestre_engine.sequencing.asks import Change, Demand, Footprint, Spending, Wave
from orchestre_engine.sequencing.evaluate import Evaluation, current_plan, plan_of
from orchestre_engine.sequencing.explain import explain
from orchestre_engine.sequencing.leftovers import overloads_left
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
from orchestre_engine.sequencing.proposals import Proposal, Stance, least_change, propose
from orchestre_engine.sequencing.reasons import (
    Barrier,
    Cell,
    CloseImpact,
    Contributor,
    Elsewhere,
    EnvelopeMore,
    MoveExplanation,
    OverloadLeft,
    Relaxation,
    RelaxationKind,
    RoleCell,
    Try,
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
    "Barrier",
    "Bound",
    "Cell",
    "Change",
    "CloseImpact",
    "Conflict",
    "Contributor",
    "Criterion",
    "Demand",
    "Dependency",
    "Elsewhere",
    "Envelope",
    "EnvelopeMore",
    "Evaluation",
    "Figures",
    "Footprint",
    "Freeze",
    "Improvement",
    "LegalStep",
    "Level",
    "Link",
    "Loosening",
    "MoveExplanation",
    "Objective",
    "OverloadLeft",
    "Pin",
    "Placement",
    "Plan",
    "Population",
    "Proposal",
    "Recovery",
    "Relaxation",
    "RelaxationKind",
    "Role",
    "RoleCell",
    "Rule",
    "RuleKind",
    "SequencingProblem",
    "SequencingResult",
    "Spending",
    "Stance",
    "Status",
    "Try",
    "Wave",
    "compare",
    "current_plan",
    "explain",
    "least_change",
    "overloads_left",
    "plan_of",
    "propose",
    "solve",
]
