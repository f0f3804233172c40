"""Rows of the plan in force that scenarios override, beside the load and the means.

The number of queries does not depend on the number of rows. Confidential initiatives are in:
what is shown of them is decided later, by the reader's permissions.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from orchestre.impacts.models import Impact
from orchestre.org.models import CalendarPeriod
from orchestre.portfolio.models import Dependency, Initiative, Wave
from orchestre.portfolio.rules.dates import Frozen, Link, Span
from orchestre.resources import snapshot as resources
from orchestre.resources.models import CostLine
from orchestre.resources.rules import Cost
from orchestre.resources.snapshot import Means
from orchestre.sequencing.rules.edits import PlannedWave


@dataclass(frozen=True, slots=True)
class Planned:
    """One initiative as the plan in force has it."""

    pk: int
    code: str
    title: str
    confidential: bool
    stage: str
    programme: str | None
    span: Span
    priority: int | None
    cost_eur: float | None
    unit_path: str


@dataclass(frozen=True)
class Rows:
    """The plan in force.

    `waves` are those of the initiatives that have some, the first to go live first; `own_dates`
    the go-lives that impacts have of their own, by initiative and population; `engaged` the money
    of stopped initiatives that is spent or committed all the same.
    """

    initiatives: dict[str, Planned]
    codes: dict[int, str]
    links: tuple[Link, ...]
    means: Means
    engaged: tuple[Cost, ...]
    own_dates: dict[str, frozenset[tuple[str, date]]]
    freezes: tuple[tuple[int | None, Frozen], ...]
    waves: dict[str, tuple[PlannedWave, ...]]

    def freezes_at(self, unit_path: str) -> list[Frozen]:
        """Return the frozen periods of the organisation and of the units above and at a path."""
        above = {int(part) for part in unit_path.split("/") if part}
        return [one for unit, one in self.freezes if unit is None or unit in above]


def take() -> Rows:
    """Read the initiatives under way or to come, what binds them and what they cost."""
    live = Initiative.objects.filter(archived_at=None).exclude(stage=Initiative.Stage.STOPPED)
    initiatives = {}
    for row in live.select_related("programme", "unit").only(
        "code", "title", "confidential", "stage", "programme__code", "starts_on", "ends_on",
        "go_live_on", "priority", "cost_eur", "unit__path",
    ):  # fmt: skip
        initiatives[row.code] = planned(row)
    return Rows(
        initiatives=initiatives,
        codes={one.pk: one.code for one in initiatives.values()},
        links=tuple(
            Link(*row)
            for row in Dependency.objects.filter(
                predecessor__in=live.values("pk"), successor__in=live.values("pk")
            )
            .order_by("pk")
            .values_list("pk", "predecessor_id", "successor_id", "kind", "lag_days")
        ),
        means=resources.take(),
        engaged=_engaged(),
        own_dates=_own_dates(),
        waves=_waves(),
        freezes=tuple(
            (period.unit_id, Frozen(period.name, period.starts_on, period.ends_on))
            for period in CalendarPeriod.objects.filter(kind=CalendarPeriod.Kind.FREEZE)
        ),
    )


def planned(row: Initiative) -> Planned:
    """Return an initiative as a value."""
    return Planned(
        pk=row.pk,
        code=row.code,
        title=row.title,
        confidential=row.confidential,
        stage=row.stage,
        programme=row.programme.code if row.programme else None,
        span=Span(row.starts_on, row.ends_on, row.go_live_on),
        priority=row.priority,
        cost_eur=None if row.cost_eur is None else float(row.cost_eur),
        unit_path=row.unit.path if row.unit else "",
    )


def _engaged() -> tuple[Cost, ...]:
    rows = CostLine.objects.filter(
        initiative__archived_at=None, initiative__stage=Initiative.Stage.STOPPED
    ).exclude(state=CostLine.State.PLANNED)
    return tuple(
        Cost(code, starts_on, ends_on, float(amount), nature, state, provenance)
        for code, starts_on, ends_on, amount, nature, state, provenance in rows.values_list(
            "initiative__code", "starts_on", "ends_on", "amount_eur", "nature", "state",
            "provenance",
        )
    )  # fmt: skip


def _own_dates() -> dict[str, frozenset[tuple[str, date]]]:
    found: defaultdict[str, set[tuple[str, date]]] = defaultdict(set)
    rows = Impact.objects.filter(go_live_on__isnull=False).values_list(
        "initiative__code", "population__code", "go_live_on"
    )
    for code, population, day in rows:
        if day is not None:
            found[code].add((population, day))
    return {code: frozenset(some) for code, some in found.items()}


def _waves() -> dict[str, tuple[PlannedWave, ...]]:
    found: defaultdict[str, list[PlannedWave]] = defaultdict(list)
    rows = Wave.objects.select_related("initiative").prefetch_related("members__population")
    for one in rows:
        people = frozenset(member.population.code for member in one.members.all())
        found[one.initiative.code].append(PlannedWave(one.pk, one.name, one.go_live_on, people))
    return {code: tuple(some) for code, some in found.items()}
