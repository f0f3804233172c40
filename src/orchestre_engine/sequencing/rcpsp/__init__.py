"""Plain resource-constrained project scheduling (`rcpsp/1`): the shortest schedule of activities.

See `docs/en/methods/scheduling.md` for the formulation, the algorithm, figures and an example.
"""

from orchestre_engine.sequencing.rcpsp.priority import Rule, Scheme, by_rule
from orchestre_engine.sequencing.rcpsp.problem import (
    Activity,
    Demand,
    Link,
    Precedence,
    Problem,
    Project,
    Resource,
)
from orchestre_engine.sequencing.rcpsp.psplib import read_psplib
from orchestre_engine.sequencing.rcpsp.result import Result, Status
from orchestre_engine.sequencing.rcpsp.solve import Limit, solve, warm_up
from orchestre_engine.sequencing.rcpsp.verify import faults

COMPUTATION = "rcpsp/1"
"""Identifier and version stored with every result."""

__all__ = [
    "COMPUTATION",
    "Activity",
    "Demand",
    "Limit",
    "Link",
    "Precedence",
    "Problem",
    "Project",
    "Resource",
    "Result",
    "Rule",
    "Scheme",
    "Status",
    "by_rule",
    "faults",
    "read_psplib",
    "solve",
    "warm_up",
]
