"""What a selection answers: what is kept, what is not and why, and what money would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from orchestre_engine.selection.problem import Kind


class Cause(StrEnum):
    """Why a candidate is not kept."""

    LIMITS = "limits"
    ORDER = "order"
    EXCLUDED = "excluded"
    NEEDS = "needs"
    WORTHLESS = "worthless"
    UNPROVED = "unproved"


@dataclass(frozen=True, slots=True)
class Kept:
    """A candidate kept, with its start (periods later than planned), its value and money."""

    id: str
    shift: int
    value: float
    cost: float


@dataclass(frozen=True, slots=True)
class Missing:
    """What a limit lacks to admit a candidate beside all that is kept; exact, not a gap more.

    The money of everything has an empty `period`.
    """

    kind: Kind
    holder: str
    period: str
    missing: float
    amount: float


@dataclass(frozen=True, slots=True)
class Refused:
    """A candidate that is not kept.

    Parameters
    ----------
    id : str
        The candidate.
    value, cost : float
        Its own, at the planned start.
    cause : Cause
        Why.
    missing : tuple of Missing
        Raising these limits by these amounts admits it and takes nothing from the others.
    needs : tuple of str
        Candidates not kept that it would bring along; they are counted in `missing`.
    against : tuple of str
        Candidates kept, or ordered out, that forbid it.
    """

    id: str
    value: float
    cost: float
    cause: Cause
    missing: tuple[Missing, ...] = ()
    needs: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HolderGain:
    """What lifting the limits of one role or population would bring, in value.

    `periods` are those in which it stops something.
    """

    holder: str
    gain: float
    periods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Binding:
    """What lifting all the limits of a kind would bring, in value; 0 when it binds nothing."""

    kind: Kind
    gain: float
    holders: tuple[HolderGain, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the efficient frontier: the most value for a budget, and the bound on it."""

    budget: float
    value: float
    cost: float
    kept: int
    bound: float


@dataclass(frozen=True, slots=True)
class Plateau:
    """The budget from which money brings nothing more, and what binds there."""

    budget: float
    value: float
    binding: tuple[Binding, ...]

    @property
    def limits(self) -> tuple[Kind, ...]:
        """Kinds of limits whose lifting brings value there, the greatest first."""
        return tuple(one.kind for one in self.binding if one.gain > 0)


@dataclass(frozen=True, slots=True)
class Use:
    """How much of a limit the plan uses; `lifted` where what is compulsory exceeds it alone."""

    kind: Kind
    holder: str
    period: str
    amount: float
    used: float
    lifted: bool


@dataclass(frozen=True, slots=True)
class SelectionResult:
    """What to keep.

    Parameters
    ----------
    value, cost : float
        Of the plan.
    bound : float
        No plan is worth more; equals `value` when the plan is proved best.
    total_value : float
        Of all the candidates.
    budget : float or None
        Money in all: said, else the sum of the periods; None when money has no limit.
    kept, refused : tuples
        Sorted by name.
    uses : tuple of Use
        Limits that are used or exceeded.
    binding : tuple of Binding
        The greatest gain first; empty when everything is kept.
    frontier : tuple of Point
        By budget.
    plateau : Plateau or None
        None without candidates.
    """

    value: float
    cost: float
    bound: float
    total_value: float
    budget: float | None
    kept: tuple[Kept, ...]
    refused: tuple[Refused, ...]
    uses: tuple[Use, ...]
    binding: tuple[Binding, ...]
    frontier: tuple[Point, ...]
    plateau: Plateau | None

    @property
    def value_ratio(self) -> float | None:
        """Part of the value of all candidates that is kept; None when they are worth nothing."""
        return self.value / self.total_value if self.total_value > 0 else None

    @property
    def gap(self) -> float:
        """How far from the best the plan may be, as a ratio of the best."""
        return (self.bound - self.value) / self.bound if self.bound > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody's own choice beside the frontier.

    Parameters
    ----------
    value, cost : float
        Of the choice.
    exceeded : tuple of Missing
        Limits that it exceeds, and by how much.
    broken : tuple of pairs
        Candidates chosen without what they need, or together with what they exclude.
    best_value : float
        The most value for the same money, within the limits raised to what the choice uses.
    enters, leaves : tuple of str
        What that best plan keeps and the choice does not, and the other way round.
    """

    value: float
    cost: float
    exceeded: tuple[Missing, ...]
    broken: tuple[tuple[str, str], ...]
    best_value: float
    enters: tuple[str, ...]
    leaves: tuple[str, ...]

    @property
    def foregone(self) -> float:
        """Value given up for the same money."""
        return max(0.0, self.best_value - self.value)


@dataclass(frozen=True, slots=True)
class Admission:
    """What it takes to keep a candidate that is refused, each way verified by solving again.

    Parameters
    ----------
    refused : Refused
        Why it is not kept, and what is missing to take nothing from the others.
    raised_value : float or None
        The best value once these limits are raised; None when no limit is the cause.
    raised_keeps : bool
        Whether the best plan then keeps it: False says that the room is better used.
    forced_value : float or None
        The best value within today's limits with it kept; None when that is impossible.
    enters, leaves : tuple of str
        What else comes in and goes out in that case.
    smallest : tuple of Missing
        The smallest raise, in sum of parts of each limit, with which it is kept and no value is
        lost, others giving way to others; empty when there is none.
    smallest_enters, smallest_leaves : tuple of str
        What comes in and goes out with it.
    """

    refused: Refused
    raised_value: float | None
    raised_keeps: bool
    forced_value: float | None
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    smallest: tuple[Missing, ...]
    smallest_enters: tuple[str, ...]
    smallest_leaves: tuple[str, ...]


def result_of(data: Mapping[str, Any]) -> SelectionResult:
    """Build again a result that the codec wrote and read."""
    plateau = data["plateau"]
    return SelectionResult(
        **{name: data[name] for name in ("value", "cost", "bound", "total_value", "budget")},
        kept=tuple(Kept(**_plain(one)) for one in data["kept"]),
        refused=tuple(_refused(one) for one in data["refused"]),
        uses=tuple(Use(**_plain(one)) for one in data["uses"]),
        binding=tuple(_binding(one) for one in data["binding"]),
        frontier=tuple(Point(**_plain(one)) for one in data["frontier"]),
        plateau=None
        if plateau is None
        else Plateau(plateau["budget"], plateau["value"], tuple(map(_binding, plateau["binding"]))),
    )


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in data.items() if not name.startswith("$")}
    if "kind" in found:
        found["kind"] = Kind(found["kind"])
    return found


def _refused(data: Mapping[str, Any]) -> Refused:
    return Refused(
        data["id"], data["value"], data["cost"], Cause(data["cause"]),
        tuple(Missing(**_plain(one)) for one in data["missing"]),
        tuple(data["needs"]), tuple(data["against"]),
    )  # fmt: skip


def _binding(data: Mapping[str, Any]) -> Binding:
    holders = tuple(
        HolderGain(one["holder"], one["gain"], tuple(one["periods"])) for one in data["holders"]
    )
    return Binding(Kind(data["kind"]), data["gain"], holders)
