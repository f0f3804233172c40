"""The network of the whole portfolio, or of what one go-live waits for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from orchestre.kernel.text import fold
from orchestre.outlook.models import RiskEvent
from orchestre.outlook.rules import DAYS_PER_WEEK, monday
from orchestre.outlook.snapshot.chain import (
    Chain,
    chain_of,
    end_id,
    live_id,
    start_id,
    step_id,
)
from orchestre.outlook.snapshot.money import benefit_items, budget_of, cost_items
from orchestre.outlook.snapshot.rows import Inputs, Known
from orchestre.portfolio.models import Dependency
from orchestre_engine.outlook import (
    Calendar,
    Group,
    Kind,
    Law,
    Link,
    OutlookProblem,
    Risk,
    Valuation,
    Watch,
    fixed,
    loops,
)

YEARS = 5
"""Years over which the net present value is counted."""

WITHIN_THE_DAY = 0.999
"""A go-live at any time of the promised day keeps the promise."""


@dataclass(frozen=True)
class Built:
    """A problem, and how to tell what is in it.

    `undated` have no go-live date; `left_out` are the dependencies that close a loop, left out
    so that the rest can be computed; `loop` the first of these loops, as codes.
    """

    problem: OutlookProblem
    chains: dict[str, Chain]
    undated: tuple[str, ...]
    left_out: tuple[int, ...]
    loop: tuple[str, ...]
    year: int

    @property
    def origin(self) -> date:
        """Return the day of moment 0."""
        return self.problem.origin

    def day(self, moment: float) -> date:
        """Give the day that holds a moment."""
        return self.origin + timedelta(days=int(round(moment, 6) // 1))

    @property
    def assumed_ratio(self) -> float | None:
        """Return the share of the doubtful tasks that nobody estimated; None without any."""
        doubtful = [one.id for one in self.problem.tasks if not one.duration.is_fixed]
        named = {name for chain in self.chains.values() for name in chain.assumed}
        return sum(one in named for one in doubtful) / len(doubtful) if doubtful else None


def code_of(task: str) -> str:
    """Return the code of the initiative of a task."""
    return task.rsplit("/", 1)[0]


def build(
    inputs: Inputs, *, target: str = "", year: int | None = None, mitigated: bool = False
) -> Built:
    """Return the problem of the whole portfolio, or of what one initiative waits for."""
    year = year or inputs.today.year
    codes = _needed(inputs, target) if target else sorted(inputs.known)
    shared = _groups(inputs)
    calendars: dict[str, Calendar] = {}
    chains: dict[str, Chain] = {}
    undated = []
    for code in codes:
        known = inputs.known[code]
        chain = _chain(inputs, known, shared, calendars)
        if chain is None:
            undated.append(code)
        else:
            chains[code] = chain
    links = [one for chain in chains.values() for one in chain.links]
    between = _between(inputs, chains)
    kept, left_out, loop = _without_loops(chains, links, between)
    origin = monday(inputs.today)
    own = [target] if target in chains else sorted(chains)
    problem = OutlookProblem(
        origin=origin,
        tasks=tuple(one for chain in chains.values() for one in chain.tasks),
        links=tuple(links + [link for _pk, link in kept]),
        groups=_group_items(inputs, chains),
        risks=tuple(
            _risk(one, inputs.known[code], chains[code])
            for code in sorted(chains)
            for one in inputs.known[code].risks
        ),
        calendars=tuple(calendars[name] for name in sorted(calendars)),
        costs=cost_items(inputs, own, shared, origin),
        benefits=benefit_items(inputs, own),
        watches=_watches(inputs, chains, own, origin),
        target=live_id(target) if target in chains else "",
        year=((date(year, 1, 1) - origin).days, (date(year + 1, 1, 1) - origin).days),
        valuation=_valuation(inputs),
        mitigated=mitigated,
    )
    return Built(problem, chains, tuple(undated), left_out, loop, year)


def facing(built: Built) -> Built:
    """Return the same problem with the risks as they are once mitigated."""
    return replace(built, problem=replace(built.problem, mitigated=True))


def _needed(inputs: Inputs, target: str) -> list[str]:
    before: dict[str, list[str]] = {}
    for one in inputs.links:
        before.setdefault(one.successor.code, []).append(one.predecessor.code)
    found, queue = {target}, [target]
    for code in queue:
        for giver in before.get(code, ()):
            if giver not in found:
                found.add(giver)
                queue.append(giver)
    return sorted(found & set(inputs.known))


def _factors(known: Known) -> list[str]:
    row = known.row
    found = [f"programme:{row.programme.code}"] if row.programme else []
    found += [f"unit:{row.unit.code}"] if row.unit else []
    return found + sorted({f"supplier:{fold(str(one))}" for one in row.suppliers})


def _groups(inputs: Inputs) -> dict[str, tuple[str, ...]]:
    """Return the common factors of each initiative: those it shares with others, anywhere."""
    counts = Counter(one for known in inputs.known.values() for one in _factors(known))
    return {
        code: tuple(one for one in _factors(known) if counts[one] > 1)
        for code, known in inputs.known.items()
    }


def _group_items(inputs: Inputs, chains: dict[str, Chain]) -> tuple[Group, ...]:
    assumed, shared = inputs.assumed, _groups(inputs)
    correlations = {
        "programme": assumed.programme_correlation,
        "supplier": assumed.supplier_correlation,
        "unit": assumed.unit_correlation,
    }
    names = sorted({one for code in chains for one in shared[code]})
    return tuple(Group(one, correlations[one.split(":", 1)[0]]) for one in names)


def _chain(
    inputs: Inputs,
    known: Known,
    shared: dict[str, tuple[str, ...]],
    calendars: dict[str, Calendar],
) -> Chain | None:
    stops = tuple(
        (one.starts_on, one.ends_on)
        for one in inputs.freezes
        if not one.path or known.unit_path.startswith(one.path)
    )
    name = "freeze " + " ".join(f"{a.isoformat()}>{b.isoformat()}" for a, b in stops)
    if stops:
        calendars[name] = Calendar(name, (), stops)
    today = monday(inputs.today)
    return chain_of(
        known, origin=today, today=today, assumed=inputs.assumed, groups=shared[known.code],
        calendar=name if stops else "",
    )  # fmt: skip


def _between(inputs: Inputs, chains: dict[str, Chain]) -> list[tuple[int, Link]]:
    """Turn the dependencies into links.

    The result given is there at the end of the giver. A taker not started waits with its start;
    one under way with its next milestone.
    """
    found = []
    for one in inputs.links:
        giver, taker = one.predecessor.code, one.successor.code
        if giver not in chains or taker not in chains or chains[taker].is_live:
            continue
        found.append((one.pk, _link(one, giver, taker, chains[taker])))
    return found


def _link(one: Dependency, giver: str, taker: str, chain: Chain) -> Link:
    from_end = one.kind in {Dependency.Kind.FS, Dependency.Kind.FF}
    source = end_id(giver) if from_end else start_id(giver)
    if one.kind in {Dependency.Kind.FF, Dependency.Kind.SF}:
        return Link(source, end_id(taker), Kind(one.kind), one.lag_days)
    if not chain.started:
        return Link(source, start_id(taker), Kind(one.kind), one.lag_days)
    step = chain.first_open
    to = step_id(taker, step.pk) if step else live_id(taker)
    return Link(source, to, Kind.FF if from_end else Kind.SF, one.lag_days)


def _without_loops(
    chains: dict[str, Chain], links: list[Link], between: list[tuple[int, Link]]
) -> tuple[list[tuple[int, Link]], tuple[int, ...], tuple[str, ...]]:
    """Leave out, one by one, the dependencies that close a loop."""
    names = sorted(one.id for chain in chains.values() for one in chain.tasks)
    row = {name: at for at, name in enumerate(names)}
    kept, told = list(between), tuple[str, ...]()
    left_out: list[int] = []
    while True:
        arcs = [
            (row[one.predecessor], row[one.successor])
            for one in (*links, *(link for _pk, link in kept))
        ]
        found = loops(len(names), arcs)
        if not found:
            return kept, tuple(sorted(left_out)), told
        loop = [names[at] for at in found[0]]
        told = told or tuple(dict.fromkeys(code_of(one) for one in loop))
        closing = set(zip(loop, [*loop[1:], loop[0]], strict=True))
        out = max(pk for pk, one in kept if (one.predecessor, one.successor) in closing)
        left_out.append(out)
        kept = [(pk, one) for pk, one in kept if pk != out]


def _risk(risk: RiskEvent, known: Known, chain: Chain) -> Risk:
    steps = {step.pk for step in chain.open_steps}
    last = chain.open_steps[-1].pk if chain.open_steps else None
    milestone = risk.milestone_id if risk.milestone_id is not None else last
    tasks = (step_id(known.code, milestone),) if milestone in steps else ()
    return Risk(
        id=f"risk {risk.pk}",
        probability=risk.probability,
        tasks=tasks,
        impact=_days(risk.impact_weeks),
        cost=_euros(risk.impact_eur),
        residual_probability=risk.residual_probability,
        residual_impact=_days(risk.residual_weeks),
        residual_cost=_euros(risk.residual_eur),
    )


def _watches(
    inputs: Inputs, chains: dict[str, Chain], own: list[str], origin: date
) -> tuple[Watch, ...]:
    found = []
    for code in own:
        chain, known = chains[code], inputs.known[code]
        if chain.is_live:
            continue
        promised = known.promised_on
        found.append(
            Watch(
                live_id(code),
                (promised - origin).days + WITHIN_THE_DAY if promised else None,
                code if budget_of(inputs, code) is not None else "",
                budget_of(inputs, code),
            )
        )
    return tuple(found)


def _valuation(inputs: Inputs) -> Valuation | None:
    rate = inputs.assumed.discount_rate
    return None if rate is None else Valuation(rate, YEARS)


def _days(weeks: float | None) -> Law | None:
    return None if weeks is None else fixed(weeks * DAYS_PER_WEEK)


def _euros(amount: object) -> Law | None:
    return None if amount is None else fixed(float(str(amount)))
