"""Load and capacity (`load/1`): hours asked of each population, each week, against the possible.

See `docs/en/methods/load.md` for the formulas, the conventions and a worked example.
"""

from orchestre_engine.load.montecarlo import SimulationStoppedError
from orchestre_engine.load.overloads import OVER_TOLERANCE_HOURS, Contribution, Overload
from orchestre_engine.load.problem import (
    DEFAULT_ABSORPTION_RATIO,
    DEFAULT_HOURS_BY_INTENSITY,
    PHASES,
    AbsorptionRule,
    Activity,
    CapacityFactor,
    ChangeUncertainty,
    Impact,
    LoadProblem,
    PhasePlan,
    Population,
    Provenance,
    Uncertainty,
    Unit,
    hours_for_intensity,
)
from orchestre_engine.load.result import LoadResult, ReviewTrigger, Share, UncertaintyResult
from orchestre_engine.load.rollup import UnitLoad
from orchestre_engine.load.segments import Segments, accumulate, segments_of
from orchestre_engine.load.solve import simulate, solve, update
from orchestre_engine.load.state import LoadState, replace_change, state_of, summed

COMPUTATION = "load/1"
"""Identifier and version stored with every result."""

__all__ = [
    "COMPUTATION",
    "DEFAULT_ABSORPTION_RATIO",
    "DEFAULT_HOURS_BY_INTENSITY",
    "OVER_TOLERANCE_HOURS",
    "PHASES",
    "AbsorptionRule",
    "Activity",
    "CapacityFactor",
    "ChangeUncertainty",
    "Contribution",
    "Impact",
    "LoadProblem",
    "LoadResult",
    "LoadState",
    "Overload",
    "PhasePlan",
    "Population",
    "Provenance",
    "ReviewTrigger",
    "Segments",
    "Share",
    "SimulationStoppedError",
    "Uncertainty",
    "UncertaintyResult",
    "Unit",
    "UnitLoad",
    "accumulate",
    "hours_for_intensity",
    "replace_change",
    "segments_of",
    "simulate",
    "solve",
    "state_of",
    "summed",
    "update",
]
