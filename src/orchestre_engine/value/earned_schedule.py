"""Earned schedule: how far the plan had said we would be, and when it will end at this pace.

Sources: Lipke, *Schedule is different*, 2003; Henderson; ISO 21508. Unlike the SPI of earned
value, SPI(t) does not drift back to 1 when a project ends late.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from orchestre_engine.errors import ProblemError


@dataclass(frozen=True, slots=True)
class EarnedSchedule:
    """One reading, in periods: months, weeks or days.

    Parameters
    ----------
    es : float
        Earned schedule: the period at which the plan had earned as much.
    at : float
        Actual time since the start.
    pd : float
        Planned duration.
    """

    es: float
    at: float
    pd: float

    @property
    def sv_t(self) -> float:
        """Periods ahead, or behind when below 0."""
        return self.es - self.at

    @property
    def spi_t(self) -> float | None:
        """Pace in time; None before the start."""
        return self.es / self.at if self.at > 0 else None

    @property
    def ieac_t(self) -> float | None:
        """Duration to expect at this pace, PD / SPI(t); None while nothing is earned."""
        return self.pd / self.spi_t if self.spi_t else None

    @property
    def tspi(self) -> float | None:
        """Give the pace needed to end as planned; None when the planned duration is over."""
        return (self.pd - self.es) / (self.pd - self.at) if self.pd > self.at else None


def earned_schedule(planned: Sequence[float], ev: float, at: float) -> EarnedSchedule:
    """Read the earned schedule on the cumulative plan.

    Parameters
    ----------
    planned : sequence of float
        Cumulative planned value at the end of each period, from the first on; never falling.
    ev : float
        Earned value to date, in the same unit.
    at : float
        Actual time, in periods.

    Returns
    -------
    EarnedSchedule
        ES = C + (EV − PV_C) / (PV_{C+1} − PV_C), with C the last period with PV_C ≤ EV; ES = PD
        once everything is earned.

    Raises
    ------
    ProblemError
        When the plan is empty, falls, or plans nothing.
    """
    if not planned or planned[-1] <= 0 or any(then < before for before, then in pairwise(planned)):
        raise ProblemError(
            "Earned schedule: give the cumulative plan, period by period; it never falls and ends "
            "above 0."
        )
    points = [0.0, *planned]
    pd = float(next(at for at, value in enumerate(points) if value >= points[-1]))
    if ev >= points[-1]:
        return EarnedSchedule(pd, at, pd)
    reached = max(period for period, value in enumerate(points) if value <= max(ev, 0.0))
    step = points[reached + 1] - points[reached]
    return EarnedSchedule(reached + (max(ev, 0.0) - points[reached]) / step, at, pd)
