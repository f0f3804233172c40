"""Money over time: net present value, earned value and schedule, health (`value/1`)."""

from orchestre_engine.value.cashflows import (
    CashFlows,
    Worth,
    appraise,
    internal_rate,
    net_present_value,
    payback,
    sign_changes,
)
from orchestre_engine.value.earned import EarnedValue
from orchestre_engine.value.earned_schedule import EarnedSchedule, earned_schedule

__all__ = [
    "CashFlows",
    "EarnedSchedule",
    "EarnedValue",
    "Worth",
    "appraise",
    "earned_schedule",
    "internal_rate",
    "net_present_value",
    "payback",
    "sign_changes",
]
