"""One initiative as a chain of tasks: its start, its milestones, its go-live, its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from orchestre.outlook.models import MilestoneEstimate
from orchestre.outlook.rules import DAYS_PER_WEEK, Assumed, Step, in_order
from orchestre.outlook.snapshot.rows import Known, is_said
from orchestre.portfolio.models import Milestone
from orchestre_engine.outlook import Law, Link, Shape, Task, fixed

SHAPES = {
    MilestoneEstimate.Kind.PERT: Shape.PERT,
    MilestoneEstimate.Kind.TRIANGULAR: Shape.TRIANGULAR,
    MilestoneEstimate.Kind.TRIGEN: Shape.TRIGEN,
}
GO_LIVE = "go"


def start_id(code: str) -> str:
    """Name the task that starts an initiative."""
    return f"{code}/start"


def live_id(code: str) -> str:
    """Name the task whose end is the go-live."""
    return f"{code}/live"


def end_id(code: str) -> str:
    """Name the task whose end is that of the initiative."""
    return f"{code}/end"


def step_id(code: str, pk: int) -> str:
    """Name the task that leads to a milestone."""
    return f"{code}/{pk or GO_LIVE}"


@dataclass(frozen=True)
class Chain:
    """The tasks and links of one initiative.

    `open_steps` are the milestones to come up to the go-live, in order; `assumed` those whose
    doubt nobody stated.
    """

    tasks: tuple[Task, ...]
    links: tuple[Link, ...]
    open_steps: tuple[Step, ...]
    assumed: frozenset[str]
    started: bool
    is_live: bool

    @property
    def first_open(self) -> Step | None:
        """Return the next milestone."""
        return self.open_steps[0] if self.open_steps else None


def steps_to_live(known: Known) -> list[Step]:
    """Return the dated milestones up to the go-live, made up when only its date is known."""
    dated = in_order(known.steps)
    go = known.go_live
    if go is None:
        if known.row.go_live_on is None:
            return []
        made = Step(0, "", Milestone.Kind.GO_LIVE, None, known.row.go_live_on, None)
        dated, go = in_order([*dated, made]), made
    return dated[: dated.index(go) + 1]


def starts_on(known: Known, steps: list[Step], today: date) -> date:
    """Return when it starts, or started; today at the latest for what has milestones behind."""
    declared = known.row.starts_on or known.row.baseline_starts_on
    first = steps[0].on if steps else None
    return declared or min(first or today, today)


def chain_of(
    known: Known,
    *,
    origin: date,
    today: date,
    assumed: Assumed,
    groups: tuple[str, ...],
    calendar: str,
) -> Chain | None:
    """Return the chain of an initiative; None when its go-live has no date."""
    steps = steps_to_live(known)
    if not steps:
        return None
    code, start = known.code, starts_on(known, steps, today)
    begun = Task(start_id(code), fixed(0), not_before=(start - origin).days)
    over = _end(known, steps[-1], start, origin)
    live_on = steps[-1].actual_on
    if live_on is not None:
        live = Task(live_id(code), fixed(0), not_before=(live_on - origin).days)
        along = (Link(begun.id, live.id), Link(live.id, over.id))
        return Chain((begun, live, over), along, (), frozenset(), started=True, is_live=True)
    reached = [one.actual_on for one in steps if one.actual_on is not None]
    left = tuple(one for one in steps if one.actual_on is None)
    anchor = max([start, *reached])
    laws = _laws(known, left, anchor, assumed)
    tasks, before = [begun], begun.id
    links: list[Link] = []
    for step, law in zip(left, laws, strict=True):
        name = step_id(code, step.pk)
        tasks.append(Task(name, law, (anchor - origin).days, (today - origin).days, groups=groups))
        links.append(Link(before, name))
        before = name
    tasks += [Task(live_id(code), fixed(0), begun.not_before, calendar=calendar), over]
    links += [Link(before, live_id(code)), Link(live_id(code), over.id)]
    return Chain(
        tuple(tasks), tuple(links), left, _assumed_steps(known, left),
        started=start <= today, is_live=False,
    )  # fmt: skip


def _end(known: Known, go: Step, start: date, origin: date) -> Task:
    estimate = known.estimates.get(go.pk)
    last, live = known.row.ends_on, estimate.likely_on if estimate else go.on
    days = max((last - live).days, 0) if last is not None and live is not None else 0
    return Task(end_id(known.code), fixed(days), not_before=(start - origin).days)


def _assumed_steps(known: Known, left: tuple[Step, ...]) -> frozenset[str]:
    """Return the tasks that rest on what nobody said."""
    declared = _declared_spread(known)
    return frozenset(
        step_id(known.code, one.pk)
        for one in left
        if not (is_said(known.estimates[one.pk]) if one.pk in known.estimates else declared)
    )


def _declared_spread(known: Known) -> bool:
    return bool(known.row.go_live_earlier_weeks or known.row.go_live_later_weeks)


def spread_weeks(known: Known, assumed: Assumed) -> tuple[float, float]:
    """Return by how many weeks the go-live may be earlier, and later."""
    if _declared_spread(known):
        return known.row.go_live_earlier_weeks, known.row.go_live_later_weeks
    return assumed.earlier_weeks, assumed.later_weeks


def _laws(known: Known, left: tuple[Step, ...], anchor: date, assumed: Assumed) -> list[Law]:
    """Turn the dates of the milestones to come into laws of the days between them.

    Without any estimate, the go-live carries the whole doubt; else a step that nobody estimated
    carries the share of it that its length has in the whole.
    """
    earlier, later = (days * DAYS_PER_WEEK for days in spread_weeks(known, assumed))
    some = any(one.pk in known.estimates for one in left)
    whole = max(((left[-1].on or anchor) - anchor).days, 1)
    laws, before = [], anchor
    for step in left:
        estimate = known.estimates.get(step.pk)
        on = step.on or before
        if estimate is not None:
            laws.append(_estimated(estimate, before))
            before = max(before, estimate.likely_on)
            continue
        days = max((on - before).days, 0)
        share = days / whole if some else float(step is left[-1])
        low = max(days - earlier * share, 0.0)
        laws.append(Law(low, days, days + later * share, Shape.TRIANGULAR))
        before = max(before, on)
    return laws


def _estimated(estimate: MilestoneEstimate, before: date) -> Law:
    days = (estimate.optimistic_on, estimate.likely_on, estimate.pessimistic_on)
    low, likely, high = (float(max((day - before).days, 0)) for day in days)
    return Law(low, likely, high, SHAPES[MilestoneEstimate.Kind(estimate.kind)])
