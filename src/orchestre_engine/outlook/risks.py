"""What risks are worth on average: expected monetary value, threats less opportunities."""

from collections.abc import Iterable


def expected_value(probability: float, amount: float) -> float:
    """Give p × amount; the amount of an opportunity is negative."""
    return probability * amount


def exposure(risks: Iterable[tuple[float, float]]) -> float:
    """Sum the expected values of pairs (probability, amount), in the unit of the amounts.

    The sum of means is a mean; a sum of P80 is not a P80, hence the simulation.
    """
    return sum(expected_value(probability, amount) for probability, amount in risks)
