"""What is assumed where nobody has said anything yet: explicit, and marked wherever it counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from orchestre.impacts.rules.ratings import MAX_INTENSITY

MILLION = 1_000_000
Band = tuple[float | None, float]
"""Up to this many euros, this intensity; None has no limit and comes last."""


@dataclass(frozen=True)
class AssumptionValues:
    """Every assumption, as values; ratios run from 0 to 1."""

    in_force: bool = True
    absorption_ratio: float = 0.05
    reach_ratio: float = 1.0
    intensity_by_cost: tuple[Band, ...] = (
        (1 * MILLION, 1.0),
        (5 * MILLION, 2.0),
        (20 * MILLION, 3.0),
        (None, 4.0),
    )
    intensity_without_cost: float = 2.0
    intensity_by_family: tuple[tuple[str, float], ...] = (
        ("digital", 0.0),
        ("organisation", 0.5),
        ("culture", 0.5),
        ("management", 0.5),
        ("regulation", 0.0),
    )
    hours_by_intensity: tuple[float, ...] = (0.0, 1.0, 3.0, 8.0, 20.0, 45.0)
    hours_margin_ratio: float = 0.5
    capacity_margin_ratio: float = 0.2
    go_live_earlier_weeks: float = 2.0
    go_live_later_weeks: float = 8.0


DEFAULTS = AssumptionValues()


def hours_for(intensity: float, hours_by_intensity: Sequence[float]) -> float:
    """Turn an intensity of 0 to 5 into hours per person, linear between whole intensities."""
    low = min(int(intensity), len(hours_by_intensity) - 2)
    step = hours_by_intensity[low + 1] - hours_by_intensity[low]
    return hours_by_intensity[low] + (intensity - low) * step


@dataclass(frozen=True)
class InitiativeFacts:
    """What the assumptions read of an initiative; `unit_path` is empty without owning unit.

    `ends_on` is the first day after it.
    """

    id: int
    unit_path: str = ""
    cost_eur: float | Decimal | None = None
    family: str = ""
    go_live_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class GoLive:
    """The day people start to live the change, whether it is assumed, and the wave it is of."""

    on: date
    assumed: bool
    wave: str = ""


def go_live_of(
    own: date | None,
    of_initiative: date | None,
    ends_on: date | None,
    wave: GoLive | None = None,
) -> GoLive | None:
    """Return the go-live of an impact, the nearest said: its own, its wave's, the initiative's.

    Else the last day of the initiative, assumed.
    """
    if own is not None:
        return GoLive(own, assumed=False)
    if wave is not None:
        return wave
    if of_initiative is not None:
        return GoLive(of_initiative, assumed=False)
    return None if ends_on is None else GoLive(ends_on - timedelta(days=1), assumed=True)


@dataclass(frozen=True)
class Why:
    """The sentence that explains an assumed figure: a code and the facts that fill it."""

    code: str
    facts: tuple[tuple[str, str | float | None], ...] = ()

    def fact(self, name: str) -> str | float | None:
        """Return one fact."""
        return dict(self.facts).get(name)


@dataclass(frozen=True)
class AssumedImpact:
    """An impact nobody has described: virtual, never stored; everything in it is assumed.

    `go_live_on` None: the initiative has no date, so its load cannot be placed.
    """

    initiative_id: int
    population_id: int
    intensity: float
    reach_ratio: float
    go_live_on: date | None
    why: Why


def _band_of(
    cost_eur: float | Decimal | None, values: AssumptionValues
) -> tuple[float | None, float, str]:
    if cost_eur is None:
        return None, values.intensity_without_cost, "cost-unknown"
    for limit, intensity in values.intensity_by_cost:
        if limit is None or cost_eur <= limit:
            return limit, intensity, "cost-above" if limit is None else "cost-up-to"
    return None, values.intensity_by_cost[-1][1], "cost-above"


def assumed_intensity(
    cost_eur: float | Decimal | None, family: str, values: AssumptionValues
) -> tuple[float, Why]:
    """Return the intensity for a cost and a family, at most 5, and why."""
    extra = dict(values.intensity_by_family).get(family, 0.0)
    limit, base, code = _band_of(cost_eur, values)
    intensity = min(max(base + extra, 0.0), float(MAX_INTENSITY))
    cost = None if cost_eur is None else float(cost_eur)
    facts = (
        ("cost_eur", cost),
        ("up_to_eur", limit),
        ("base", base),
        ("family", family),
        ("extra", extra),
    )
    return intensity, Why(code, facts)


def assumed_impacts(
    initiatives: Iterable[InitiativeFacts],
    populations_by_unit_path: Mapping[str, Sequence[int]],
    values: AssumptionValues = DEFAULTS,
) -> list[AssumedImpact]:
    """Return what initiatives without any impact are assumed to ask of the owning unit's people.

    Give only initiatives nobody has described. Populations are those of the owning unit and
    of the units below; an initiative without unit, or whose units hold nobody, touches nobody.
    """
    if not values.in_force:
        return []
    below = _by_ancestor(populations_by_unit_path)
    found = []
    for one in sorted(initiatives, key=lambda facts: facts.id):
        intensity, why = assumed_intensity(one.cost_eur, one.family, values)
        go_live = go_live_of(None, one.go_live_on, one.ends_on)
        found += [
            AssumedImpact(
                initiative_id=one.id,
                population_id=population_id,
                intensity=intensity,
                reach_ratio=values.reach_ratio,
                go_live_on=go_live.on if go_live else None,
                why=why,
            )
            for population_id in sorted(below.get(one.unit_path, ()))
        ]
    return found


def _by_ancestor(populations_by_unit_path: Mapping[str, Sequence[int]]) -> dict[str, set[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for path, population_ids in populations_by_unit_path.items():
        above = "/"
        for part in path.strip("/").split("/"):
            above += f"{part}/"
            found[above].update(population_ids)
    return found


def touching_nobody(
    initiatives: Iterable[InitiativeFacts], populations_by_unit_path: Mapping[str, Sequence[int]]
) -> list[int]:
    """Return the initiatives for which nobody can be assumed: no unit, or nobody in it."""
    below = _by_ancestor(populations_by_unit_path)
    return sorted(one.id for one in initiatives if not below.get(one.unit_path))


def without_dates(initiatives: Iterable[InitiativeFacts]) -> list[int]:
    """Return the initiatives that cannot be placed in time: no go-live and no end."""
    return sorted(
        one.id for one in initiatives if go_live_of(None, one.go_live_on, one.ends_on) is None
    )
