"""Money over time: net present value, earned value and schedule, health (`value/1`)."""

from orchestre_engine.value.earned import EarnedValue
from orchestre_engine.value.earned_schedule import EarnedSchedule, earned_schedule

__all__ = ["EarnedSchedule", "EarnedValue", "earned_schedule"]
