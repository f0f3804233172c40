"""Dates and money when nothing is sure (`outlook/1`): critical path, draws, quality, drift.

See `docs/en/methods/outlook.md` for the formulas, the conventions and worked examples.
"""

from orchestre_engine.outlook.calendars import EVERY_DAY, Calendar, Clock, clock_of, day_of
from orchestre_engine.outlook.cpm import Moved, Plan, Planned, schedule, slip
from orchestre_engine.outlook.laws import Law, Shape, fixed
from orchestre_engine.outlook.network import ancestors, loops
from orchestre_engine.outlook.problem import (
    BenefitItem,
    CostItem,
    Effect,
    Group,
    Kind,
    LagIn,
    Link,
    OutlookProblem,
    Pair,
    Risk,
    Stop,
    Task,
    Valuation,
    Watch,
)
from orchestre_engine.outlook.quality import (
    BLOCKING,
    CHECKS,
    Activity,
    Check,
    Quality,
    assess,
    bei,
    cpli,
)
from orchestre_engine.outlook.reference import LEAST_CASES, ReferenceClass, reference_class
from orchestre_engine.outlook.result import (
    Driver,
    Money,
    OutlookResult,
    Seen,
    Spread,
    margin_points,
    order_statistics,
    spread_of,
)
from orchestre_engine.outlook.risks import expected_value, exposure
from orchestre_engine.outlook.sampling import normal_correlation, repaired
from orchestre_engine.outlook.simulate import OutlookStoppedError, simulate

COMPUTATION = "outlook/1"
"""Identifier and version stored with every result."""

__all__ = [
    "BLOCKING",
    "CHECKS",
    "COMPUTATION",
    "EVERY_DAY",
    "LEAST_CASES",
    "Activity",
    "BenefitItem",
    "Calendar",
    "Check",
    "Clock",
    "CostItem",
    "Driver",
    "Effect",
    "Group",
    "Kind",
    "LagIn",
    "Law",
    "Link",
    "Money",
    "Moved",
    "OutlookProblem",
    "OutlookResult",
    "OutlookStoppedError",
    "Pair",
    "Plan",
    "Planned",
    "Quality",
    "ReferenceClass",
    "Risk",
    "Seen",
    "Shape",
    "Spread",
    "Stop",
    "Task",
    "Valuation",
    "Watch",
    "ancestors",
    "assess",
    "bei",
    "clock_of",
    "cpli",
    "day_of",
    "expected_value",
    "exposure",
    "fixed",
    "loops",
    "margin_points",
    "normal_correlation",
    "order_statistics",
    "reference_class",
    "repaired",
    "schedule",
    "simulate",
    "slip",
    "spread_of",
]
