"""Whether the plan of an initiative is worth drawing: the fourteen checks, before any draw."""

from __future__ import annotations

from dataclasses import dataclass, replace

from orchestre.outlook.rules import Step, monday
from orchestre.outlook.snapshot.chain import Chain, live_id, step_id
from orchestre.outlook.snapshot.problem import Built, code_of
from orchestre.outlook.snapshot.rows import Inputs, Known
from orchestre.portfolio.models import Milestone
from orchestre_engine import outlook as engine

WORKING_DAYS = 5 / 7
TRIED_DAYS = 365.0


@dataclass(frozen=True)
class Checked:
    """What the checks say of one plan.

    `quality` is None when there is nothing to check; `no_date`, `loop` and `undated_steps` are
    why nothing can be drawn, beside the checks that block. `names` tell the milestones.
    """

    quality: engine.Quality | None
    no_date: bool
    loop: tuple[str, ...]
    undated_steps: tuple[Step, ...]
    late_steps: tuple[Step, ...]
    no_start: bool
    is_live: bool

    @property
    def refuses(self) -> bool:
        """Tell whether draws would mean nothing."""
        if self.is_live:
            return False
        blocked = self.quality is not None and bool(self.quality.blocking)
        return self.no_date or bool(self.loop) or blocked


def check(inputs: Inputs, built: Built, code: str) -> Checked:
    """Check the plan of one initiative."""
    known, chain = inputs.known[code], built.chains.get(code)
    undated = tuple(one for one in known.steps if one.on is None)
    if chain is None:
        return Checked(None, True, (), undated, (), False, False)
    loop = built.loop if code in built.loop else ()
    late = tuple(
        one for one in chain.open_steps if one.forecast_on and one.forecast_on < inputs.today
    )
    no_start = known.row.starts_on is None and known.row.baseline_starts_on is None
    if chain.is_live:
        return Checked(None, False, loop, undated, (), no_start, True)
    quality = _assessed(inputs, built, known, chain, undated, no_start=no_start)
    return Checked(quality, False, loop, undated, late, no_start, False)


def _assessed(
    inputs: Inputs,
    built: Built,
    known: Known,
    chain: Chain,
    undated: tuple[Step, ...],
    *,
    no_start: bool,
) -> engine.Quality:
    plan = engine.schedule(built.problem)
    promised, today = known.promised_on, monday(inputs.today)
    spare = (promised - today).days - plan.finish if promised else 0.0
    planned = {one.id: one for one in plan.tasks}
    activities = [
        _activity(inputs, known, one, planned.get(step_id(known.code, one.pk)), spare)
        for one in known.steps
        if one.on is not None
    ]
    go = chain.open_steps[-1]
    if go.pk == 0:
        activities.append(_activity(inputs, known, go, planned[step_id(known.code, 0)], spare))
    if no_start and chain.open_steps:
        first = str(chain.open_steps[0].pk)
        activities = [_unlinked(one) if one.id == first else one for one in activities]
    activities += [
        engine.Activity(str(one.pk), 0.0, starts_after=False, leads_on=False) for one in undated
    ]
    mine = [one for one in built.problem.links if known.code in _ends(one)]
    return engine.assess(
        activities,
        mine,
        today=inputs.today,
        path_days=max(plan.finish, 0.0) * WORKING_DAYS,
        path_float=spare * WORKING_DAYS,
        responds=_responds(built, known.code, plan),
    )


def _ends(link: engine.Link) -> tuple[str, str]:
    return code_of(link.predecessor), code_of(link.successor)


def _unlinked(one: engine.Activity) -> engine.Activity:
    return replace(one, starts_after=False)


def _activity(
    inputs: Inputs, known: Known, step: Step, planned: engine.Planned | None, spare: float
) -> engine.Activity:
    days = (planned.early_finish - planned.early_start) if planned else 0.0
    slack = None
    if planned is not None and planned.total_float is not None:
        slack = (planned.total_float + min(spare, 0.0)) * WORKING_DAYS
    asked = {one.initiative for one in inputs.means.asks}
    return engine.Activity(
        str(step.pk),
        days * WORKING_DAYS,
        starts_after=True,
        leads_on=True,
        total_float=slack,
        is_constrained=step.kind == Milestone.Kind.LEGAL and step.actual_on is None,
        is_assigned=(known.code in asked) if asked else None,
        planned_on=step.baseline_on,
        expected_on=step.forecast_on,
        done_on=step.actual_on,
    )


def _responds(built: Built, code: str, plan: engine.Plan) -> bool | None:
    """Try a long slip of the first critical task: does the go-live move as much?"""
    tasks = {one.id for one in built.problem.tasks if not one.id.endswith(("/start", "/live"))}
    critical = [one for one in plan.tasks if one.is_critical and one.id in tasks]
    if not critical:
        return None
    first = min(critical, key=lambda one: (one.early_start, one.early_finish, one.id))
    moved = {one.id: one.days for one in engine.slip(built.problem, first.id, TRIED_DAYS)}
    return moved.get(live_id(code), 0.0) >= TRIED_DAYS - 1
