"""What money over time is worth: net present value, internal rate, payback, benefit over cost.

Flows are one per period, the first at once (period 0, not discounted). Rates are per period.
Source: HM Treasury, The Green Book, for the discounting; the rate itself is the caller's, said
with its source, never assumed here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from orchestre_engine.errors import ProblemError

COMPUTATION = "value/1"
LOWEST_RATE = -0.99
HIGHEST_RATE = 1e6
_HALVINGS = 200


@dataclass(frozen=True, slots=True)
class CashFlows:
    """Benefits and costs of each period, both counted positive, and the rate with its source.

    Parameters
    ----------
    benefits, costs : tuple of floats, same length
        Euros; a benefit below 0 is a disbenefit and stays a benefit.
    rate : float
        Discount rate per period, above -1: 0.08 for 8 %.
    source : str
        Where the rate comes from; compulsory, for a rate without a source is an opinion.
    """

    benefits: tuple[float, ...]
    costs: tuple[float, ...]
    rate: float
    source: str

    def __post_init__(self) -> None:
        if len(self.benefits) != len(self.costs):
            raise ProblemError(
                f"Flows: {len(self.benefits)} periods of benefits and {len(self.costs)} of costs; "
                "give as many of both."
            )
        if not self.benefits:
            raise ProblemError("Flows: no period; give at least one.")
        if not all(map(math.isfinite, (*self.benefits, *self.costs))):
            raise ProblemError("Flows: an amount is not finite; leave unknown amounts out.")
        if any(cost < 0 for cost in self.costs):
            raise ProblemError("Flows: a cost is below 0; write it among the benefits.")
        if not LOWEST_RATE <= self.rate <= HIGHEST_RATE:
            raise ProblemError(f"Flows: the rate is {self.rate:g}; give a ratio such as 0.035.")
        if not self.source.strip():
            raise ProblemError("Flows: the rate has no source; say who sets it.")

    @property
    def net(self) -> tuple[float, ...]:
        """Benefit less cost of each period."""
        return tuple(b - c for b, c in zip(self.benefits, self.costs, strict=True))


@dataclass(frozen=True, slots=True)
class Worth:
    """What the flows are worth; None where there is no answer, never 0.

    Parameters
    ----------
    npv : float
        Net present value, euros of period 0.
    irr : float or None
        Rate at which the net present value is 0; None unless the signs of the net flows change
        exactly once, for there would be none or several.
    payback, discounted_payback : float or None
        Periods until the sum of net flows, plain or discounted, comes back to 0 for good, linear
        inside a period; None when it does not.
    bcr : float or None
        Present value of benefits over present value of costs; None without costs.
    """

    npv: float
    irr: float | None
    payback: float | None
    discounted_payback: float | None
    bcr: float | None


def appraise(flows: CashFlows) -> Worth:
    """Work out everything at once."""
    costs = net_present_value(flows.costs, flows.rate)
    return Worth(
        npv=net_present_value(flows.net, flows.rate),
        irr=internal_rate(flows.net),
        payback=payback(flows.net),
        discounted_payback=payback(discounted(flows.net, flows.rate)),
        bcr=net_present_value(flows.benefits, flows.rate) / costs if costs > 0 else None,
    )


def discounted(net: Sequence[float], rate: float) -> tuple[float, ...]:
    """Bring each flow back to period 0."""
    return tuple(flow / (1 + rate) ** period for period, flow in enumerate(net))


def net_present_value(net: Sequence[float], rate: float) -> float:
    """Sum the flows brought back to period 0: ``Σ flow_t / (1 + r)^t``."""
    return math.fsum(discounted(net, rate))


def sign_changes(net: Sequence[float]) -> int:
    """Count how many times the flows pass from gain to loss or back; zeros do not count."""
    signs = [flow > 0 for flow in net if flow != 0]
    return sum(before != after for before, after in pairwise(signs))


def internal_rate(net: Sequence[float]) -> float | None:
    """Find the rate at which the flows are worth nothing, by halving; None unless it is unique."""
    if sign_changes(net) != 1:
        return None
    low, high = LOWEST_RATE, HIGHEST_RATE
    rising = net_present_value(net, high) > net_present_value(net, low)
    if (net_present_value(net, low) > 0) == (net_present_value(net, high) > 0):
        return None
    for _step in range(_HALVINGS):
        middle = (low + high) / 2
        if (net_present_value(net, middle) > 0) == rising:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def payback(net: Sequence[float]) -> float | None:
    """Count the periods until the sum of flows is back at 0 and stays there."""
    total, back = 0.0, None
    for period, flow in enumerate(net):
        before, total = total, total + flow
        if total < 0:
            back = None
        elif back is None:
            back = 0.0 if period == 0 else period - 1 + (-before / flow if flow > 0 else 0.0)
    return back
