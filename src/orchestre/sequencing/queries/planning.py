"""The rules of what may move, as the search and the pages read them."""

from __future__ import annotations

from dataclasses import dataclass

from orchestre.access.reach import Person
from orchestre.impacts.models import Impact
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.sequencing.models import LegalStep, PlanningRule

HEAVY_LEVEL = 4.0
STARTED = (
    Initiative.Stage.DEPLOY,
    Initiative.Stage.CONSOLIDATE,
    Initiative.Stage.VALUE,
)


@dataclass(frozen=True)
class Limits:
    """What limits the moves, by code of the initiative."""

    rules: dict[str, PlanningRule]
    steps: dict[str, tuple[LegalStep, ...]]
    mandatory: frozenset[str]
    started: frozenset[str]
    heavy: frozenset[tuple[str, str]]


def limits() -> Limits:
    """Read everything that limits the moves; as many queries whatever the number of rows."""
    steps: dict[str, list[LegalStep]] = {}
    for step in LegalStep.objects.filter(done_on=None).select_related("initiative"):
        steps.setdefault(step.initiative.code, []).append(step)
    live = Initiative.objects.filter(archived_at=None).exclude(stage=Initiative.Stage.STOPPED)
    return Limits(
        rules={
            one.initiative.code: one for one in PlanningRule.objects.select_related("initiative")
        },
        steps={code: tuple(some) for code, some in steps.items()},
        mandatory=frozenset(live.filter(mandatory=True).values_list("code", flat=True)),
        started=frozenset(live.filter(stage__in=STARTED).values_list("code", flat=True)),
        heavy=frozenset(
            Impact.objects.filter(intensity__gte=HEAVY_LEVEL).values_list(
                "initiative__code", "population__code"
            )
        ),
    )


def hidden_codes(person: Person) -> tuple[str, ...]:
    """Return the codes that a person may not read: they are counted, never moved."""
    seen = portfolio.visible_to(person).values("pk")
    rows = Initiative.objects.filter(archived_at=None).exclude(pk__in=seen)
    return tuple(rows.order_by("code").values_list("code", flat=True))


def rule_of(initiative: Initiative) -> PlanningRule | None:
    """Return how far an initiative may move; None when nobody said."""
    return PlanningRule.objects.filter(initiative=initiative).first()


def steps_of(initiative: Initiative) -> list[LegalStep]:
    """Return the legal steps of an initiative."""
    return list(LegalStep.objects.filter(initiative=initiative))
