"""Which data are worth collecting next: those that replace most of what is assumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["impact", "go_live", "headcount"]
_ORDER: dict[Kind, int] = {"impact": 0, "go_live": 1, "headcount": 2}
SHOWN = 3


@dataclass(frozen=True)
class Gap:
    """One fact nobody has given, and the assumed hours that it would replace.

    `impact`: the impacts of an initiative; `go_live`: its date; `headcount`: the people of a
    population. `object_id` is the initiative or the population.
    """

    kind: Kind
    object_id: int
    assumed_hours: float


@dataclass(frozen=True)
class CollectFacts:
    """The load as it stands: how many hours are assumed in all, and what each gap weighs.

    Person-hours or mean hours per person, as long as all are in the same measure. The same
    hours may hang on several gaps, so that shares do not add up to 1.
    """

    assumed_hours: float
    gaps: Sequence[Gap]


@dataclass(frozen=True)
class NextDatum:
    """One thing to ask for, with the share of the assumed load that it replaces."""

    kind: Kind
    object_id: int
    share_ratio: float


def most_valuable_next(facts: CollectFacts) -> list[NextDatum]:
    """Return the three gaps worth filling first; fewer when fewer weigh anything."""
    if facts.assumed_hours <= 0:
        return []
    weighing = [gap for gap in facts.gaps if gap.assumed_hours > 0]
    ranked = sorted(weighing, key=lambda gap: (-gap.assumed_hours, _ORDER[gap.kind], gap.object_id))
    return [
        NextDatum(gap.kind, gap.object_id, min(gap.assumed_hours / facts.assumed_hours, 1.0))
        for gap in ranked[:SHOWN]
    ]
