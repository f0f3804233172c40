"""Earned value: what was planned, earned and spent at one date, and what it forecasts.

Sources: ANSI/EIA-748; the four estimates at completion as PMOs use them. An index whose divisor
is nil is None: it is not defined, it is not 0.
"""

from dataclasses import dataclass

CPI_WEIGHT, SPI_WEIGHT = 0.8, 0.2
"""Weights of the fourth estimate at completion."""


def _over(part: float, whole: float) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class EarnedValue:
    """One reading; all amounts in one unit.

    Parameters
    ----------
    bac : float
        Budget at completion.
    pv, ev, ac : float
        Planned value, earned value and actual cost to date, cumulative.
    """

    bac: float
    pv: float
    ev: float
    ac: float

    @property
    def cv(self) -> float:
        """Cost variance, below 0 when more was spent than earned."""
        return self.ev - self.ac

    @property
    def sv(self) -> float:
        """Schedule variance in money, below 0 when less was earned than planned."""
        return self.ev - self.pv

    @property
    def cpi(self) -> float | None:
        """Cost performance index; None while nothing was spent."""
        return _over(self.ev, self.ac)

    @property
    def spi(self) -> float | None:
        """Schedule performance index in money; it comes back to 1 at the end, late or not."""
        return _over(self.ev, self.pv)

    @property
    def eac_past(self) -> float | None:
        """Estimate 1: BAC / CPI, past cost performance goes on."""
        return _over(self.bac, self.cpi) if self.cpi else None

    @property
    def eac_once(self) -> float:
        """Estimate 2: AC + (BAC − EV), the variance happened once."""
        return self.ac + self.bac - self.ev

    @property
    def eac_pressed(self) -> float | None:
        """Estimate 3: AC + (BAC − EV) / (CPI·SPI), cost and date both press."""
        if not self.cpi or not self.spi:
            return None
        return self.ac + (self.bac - self.ev) / (self.cpi * self.spi)

    @property
    def eac_weighted(self) -> float | None:
        """Estimate 4: AC + (BAC − EV) / (0.8·CPI + 0.2·SPI)."""
        if self.cpi is None or self.spi is None:
            return None
        pace = CPI_WEIGHT * self.cpi + SPI_WEIGHT * self.spi
        return self.ac + (self.bac - self.ev) / pace if pace else None

    def eac_bottom_up(self, etc: float) -> float:
        """Estimate 5: AC + what the teams say is left to spend."""
        return self.ac + etc

    def vac(self, eac: float) -> float:
        """Variance at completion: BAC − EAC."""
        return self.bac - eac

    def etc(self, eac: float) -> float:
        """Give what is left to spend: EAC − AC."""
        return eac - self.ac

    @property
    def tcpi(self) -> float | None:
        """Give the CPI needed to end on budget; None when the budget is spent: out of reach."""
        return (self.bac - self.ev) / (self.bac - self.ac) if self.bac > self.ac else None

    def tcpi_of(self, eac: float) -> float | None:
        """Give the CPI needed to end on an estimate; None when it is already spent."""
        return (self.bac - self.ev) / (eac - self.ac) if eac > self.ac else None
