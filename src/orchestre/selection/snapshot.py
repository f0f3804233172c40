"""Rows of a selection, of the means and of the load, turned into a problem of selection.

What initiatives that are not candidates ask is taken from the limits first: they go on whatever
is chosen. Confidential initiatives are counted in it, whoever looks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from orchestre.load.services.answer import LoadView
from orchestre.portfolio.models import Dependency, Initiative
from orchestre.resources import rules as means_rules
from orchestre.resources import snapshot as resources
from orchestre.resources.snapshot import Means
from orchestre.selection import policy, rules
from orchestre.selection.models import Driver, Judgement, Order, Rater, Rating, Selection
from orchestre_engine import selection as engine
from orchestre_engine.load import Segments

Floats = npt.NDArray[np.float64]
Kind = engine.Kind
MANDATORY = "mandatory"
COMPARED, DECLARED, EQUAL = "compared", "declared", "equal"
_DAYS_A_MONTH = 30.4375
_READ = ("code", "title", "confidential", "mandatory", "starts_on", "ends_on")


@dataclass(frozen=True)
class Known:
    """A candidate as people know it, and what its figures rest on.

    `score` is its value as rated, 0 to 1 or in euros; None when it is not known well enough.
    `levels` are its ratings by the name of the driver. `unpriced` says that nobody entered its
    money, `assumed` that it is spread by rule. Weeks are those from its start to its end, and
    those of full-time people that it asks of roles; None where nobody said.
    """

    pk: int
    code: str
    title: str
    confidential: bool
    mandatory: bool
    score: float | None
    coverage: float
    unpriced: bool
    assumed: bool
    levels: dict[str, str]
    delay_eur_per_week: float | None
    delay_provenance: str
    weeks: float | None
    fte_weeks: float | None
    delay_over_duration: float | None


@dataclass(frozen=True)
class Weighting:
    """Weights of the drivers, and where they come from: compared, declared or equal."""

    weights: dict[Driver, float]
    source: str


@dataclass(frozen=True)
class Taken:
    """The problem, and the words and doubts around it."""

    problem: engine.SelectionProblem
    known: dict[str, Known]
    weights: dict[str, float]
    weighting: str
    roles: dict[str, str]
    groups: dict[str, tuple[str, int | None]]
    unlimited_roles: tuple[str, ...]
    months: tuple[date, ...]


def take(selection: Selection, view: LoadView) -> Taken:
    """Read everything a selection rests on."""
    rows = list(policy.candidates_of(selection))
    months = means_rules.months_from(selection.starts_on, selection.months)
    means = resources.take()
    weighting = weighting_of(selection)
    known = {one.code: one for one in _known(selection, rows, means, weighting.weights)}
    gathered = _Gathered(selection, frozenset(known), months, means, view)
    limits, asks = gathered.everything()
    orders = _orders(selection, rows)
    worth = {code: one.score or 0.0 for code, one in known.items()}
    shares = engine.shares(worth) if selection.method == Selection.Method.DRIVERS else worth
    problem = engine.problem_of(
        [
            engine.Candidate(
                code, shares[code], *orders.get(code, (engine.Forced.FREE, "")), one.unpriced
            )
            for code, one in known.items()
        ],
        limits,
        asks,
        budget=None if selection.budget_eur is None else float(selection.budget_eur),
        prerequisites=_prerequisites(frozenset(known)),
        shift_values=[rules.LATER_KEPT**month for month in range(selection.later_months + 1)],
    )
    names = view.snapshot.groups
    return Taken(
        problem=problem,
        known=known,
        weights={driver.name: weight for driver, weight in weighting.weights.items()},
        weighting=weighting.source,
        roles=means.roles,
        groups={code: (one.name, one.headcount) for code, one in names.items()},
        unlimited_roles=gathered.unlimited_roles,
        months=months,
    )


def comparisons(selection: Selection) -> dict[Rater, engine.Comparison]:
    """Give what each rater said, as the engine reads it; items are the numbers of the drivers."""
    if selection.pk is None:
        return {}
    items = tuple(str(pk) for pk in selection.drivers.values_list("pk", flat=True))
    said: dict[int, list[engine.Judgement]] = defaultdict(list)
    for one in Judgement.objects.filter(rater__selection=selection):
        said[one.rater_id].append(
            engine.Judgement(str(one.first_id), str(one.second_id), one.ratio)
        )
    if not items:
        return {}
    return {
        rater: engine.Comparison(items, tuple(said[rater.pk]), allow_many=True)
        for rater in selection.raters.all()
    }


def weighting_of(selection: Selection) -> Weighting:
    """Weigh the drivers: as the group compares them, else as declared, else all the same."""
    drivers = list(selection.drivers.all()) if selection.pk is not None else []
    people = [one for one in comparisons(selection).values() if one.judgements]
    found = engine.weigh_group(people).together.weights if people and drivers else None
    if found is not None:
        return Weighting(dict(zip(drivers, found, strict=True)), COMPARED)
    said = [one.weight for one in drivers if one.weight is not None]
    if drivers and len(said) == len(drivers):
        return Weighting(
            dict(zip(drivers, [one / sum(said) for one in said], strict=True)), DECLARED
        )
    return Weighting({driver: 1 / len(drivers) for driver in drivers}, EQUAL)


def known(selection: Selection) -> tuple[list[Known], Weighting]:
    """Read the candidates alone, without their limits: what orders them."""
    weighting = weighting_of(selection)
    rows = list(policy.candidates_of(selection).only(*_READ))
    return list(_known(selection, rows, resources.take(), weighting.weights)), weighting


def _known(
    selection: Selection, rows: Sequence[Initiative], means: Means, weights: dict[Driver, float]
) -> Iterator[Known]:
    by_drivers = selection.method == Selection.Method.DRIVERS
    levels: dict[int, dict[str, str]] = defaultdict(dict)
    found = Rating.objects.filter(driver__selection_id=selection.pk)
    for initiative_id, driver, level in found.values_list("initiative_id", "driver__name", "level"):
        levels[initiative_id][driver] = level
    weighted = {driver.name: weight for driver, weight in weights.items()}
    asked: dict[str, float] = defaultdict(float)
    for ask in means.asks:
        asked[ask.initiative] += ask.fte * _weeks(ask.starts_on, ask.ends_on)
    costs: dict[str, list[bool]] = defaultdict(list)
    for cost in means.costs:
        costs[cost.initiative].append(cost.provenance == "assumed")
    for row in rows:
        value = means.values.get(row.code)
        if by_drivers:
            score = engine.driver_score(weighted, dict(levels[row.pk]))
            rated = score.value if score.ranked else None
            coverage = score.coverage
        else:
            rated = value.value_eur_per_year if value else None
            coverage = 0.0 if rated is None else 1.0
        yield Known(
            pk=row.pk, code=row.code, title=row.title, confidential=row.confidential,
            mandatory=row.mandatory, score=rated, coverage=coverage,
            unpriced=row.code not in costs, assumed=all(costs.get(row.code, [False])),
            levels=levels[row.pk],
            delay_eur_per_week=value.delay_cost_eur_per_week if value else None,
            delay_provenance=value.provenance if value else "",
            weeks=_weeks(row.starts_on, row.ends_on) or None,
            fte_weeks=asked.get(row.code) or None,
            delay_over_duration=_delay(row, value),
        )  # fmt: skip


def _weeks(starts_on: date | None, ends_on: date | None) -> float:
    return (ends_on - starts_on).days / 7 if starts_on and ends_on else 0.0


def _delay(row: Initiative, value: resources.Value | None) -> float | None:
    """Divide the cost of a week of delay by the weeks that the work takes."""
    weekly = value.delay_cost_eur_per_week if value else None
    return engine.delay_over_duration(weekly, _weeks(row.starts_on, row.ends_on))


def _orders(
    selection: Selection, rows: Sequence[Initiative]
) -> dict[str, tuple[engine.Forced, str]]:
    """Orders written down, and what is mandatory unless ordered out."""
    found = {
        row.code: (engine.Forced.IN, row.mandatory_reason or MANDATORY)
        for row in rows
        if row.mandatory
    }
    for order in Order.objects.filter(selection_id=selection.pk).select_related("initiative"):
        found[order.initiative.code] = (engine.Forced(order.way), order.reason)
    return found


def _prerequisites(known: frozenset[str]) -> list[tuple[str, str]]:
    pairs = Dependency.objects.filter(
        successor__code__in=known, predecessor__code__in=known
    ).values_list("successor__code", "predecessor__code")
    return list(pairs)


class _Gathered:
    """Limits and asks of money, roles and people, period by period."""

    def __init__(
        self,
        selection: Selection,
        known: frozenset[str],
        months: tuple[date, ...],
        means: Means,
        view: LoadView,
    ) -> None:
        self.selection, self.known, self.months = selection, known, months
        self.means, self.view = means, view
        self.limits: list[engine.Limit] = []
        self.asks: list[engine.Ask] = []
        self.unlimited_roles: tuple[str, ...] = ()
        self.labels = [rules.month_label(month) for month in months]

    def everything(self) -> tuple[list[engine.Limit], list[engine.Ask]]:
        """Gather all three, at each start that is offered."""
        self._money()
        if self.selection.use_roles:
            self._roles()
        if self.selection.use_people:
            self._people()
        return self.limits, _within(self.asks)

    def _starts(self) -> range:
        return range(self.selection.later_months + 1)

    @staticmethod
    def _later(start: int) -> int:
        return round(start * _DAYS_A_MONTH)

    def _money(self) -> None:
        grain, budgets = self.selection.grain, self.selection.budgets
        for label in rules.period_labels(self.months, grain):
            amount = budgets.get(label)
            self.limits.append(
                engine.Limit(Kind.MONEY, "", label, np.inf if amount is None else float(amount))
            )
        by_code: dict[str, list[means_rules.Cost]] = defaultdict(list)
        for cost in self.means.costs:
            if cost.initiative in self.known:
                by_code[cost.initiative].append(cost)
        for code, costs in by_code.items():
            for start in self._starts():
                moved = [cost.shifted(self._later(start)) for cost in costs]
                amounts = means_rules.cost_by_month(moved, self.months)
                for month, amount in zip(self.months, amounts.tolist(), strict=True):
                    label = rules.period_label(month, grain)
                    self._ask(code, (Kind.MONEY, "", label), amount, start)

    def _ask(self, code: str, limit: tuple[Kind, str, str], amount: float, start: int) -> None:
        if amount > 0:
            self.asks.append(engine.Ask(code, limit, amount, start))

    def _roles(self) -> None:
        mine = [ask for ask in self.means.asks if ask.initiative in self.known]
        roles = tuple(sorted({ask.role for ask in mine}))
        if not roles:
            return
        others = [ask for ask in self.means.asks if ask.initiative not in self.known]
        taken = means_rules.fte_by_month(others, roles, self.months)
        available = resources.available_by_month(self.means, roles, self.months)
        said = np.asarray((~np.isnan(available)).any(axis=1)).tolist()
        self.unlimited_roles = tuple(
            role for role, known in zip(roles, said, strict=True) if not known
        )
        room = np.where(np.isnan(available), np.inf, np.maximum(0.0, available - taken))
        for role, amounts in zip(roles, room.tolist(), strict=True):
            for label, amount in zip(self.labels, amounts, strict=True):
                self.limits.append(engine.Limit(Kind.ROLE, role, label, amount))
        for ask in mine:
            for start in self._starts():
                moved = ask.shifted(self._later(start))
                fte = means_rules.fte_by_month([moved], (ask.role,), self.months)[0]
                for label, amount in zip(self.labels, fte.tolist(), strict=True):
                    self._ask(ask.initiative, (Kind.ROLE, ask.role, label), amount, start)

    def _people(self) -> None:
        result = self.view.result
        lines, codes = result.state.lines, result.state.change_ids
        heads = np.array([1 if one is None else one for one in result.headcounts], float)
        inside = np.array([code in self.known for code in codes], bool)
        mine = inside[lines.change] if len(lines) else np.zeros(0, bool)
        taken = self._hours(lines.take(~mine)) * heads[:, None]
        capacity = self._capacity() * heads[:, None]
        asked = lines.take(mine)
        touched = np.unique(asked.population)
        for row in touched.tolist():
            for column, label in enumerate(self.labels):
                room = capacity[row, column] - taken[row, column]
                amount = np.inf if np.isnan(room) else max(0.0, float(room))
                population = result.population_ids[row]
                self.limits.append(engine.Limit(Kind.PEOPLE, population, label, amount))
        for start in self._starts():
            moved = _moved(asked, self._later(start))
            hours = self._by_line(moved) * heads[moved.population, None]
            for line, column in np.argwhere(hours > 0).tolist():
                population = result.population_ids[int(moved.population[line])]
                limit = (Kind.PEOPLE, population, self.labels[column])
                self._ask(codes[int(moved.change[line])], limit, float(hours[line, column]), start)

    def _days(self) -> tuple[Floats, Floats]:
        """First and last day of each month, counted from the first Monday of the load."""
        first = self.view.first_monday
        starts = np.array([(month - first).days for month in self.months], float)
        ends = [(means_rules.next_month(month) - first).days for month in self.months]
        return starts, np.array(ends, float)

    def _by_line(self, lines: Segments) -> Floats:
        """Hours per person of each stretch in each month."""
        starts, ends = self._days()
        low = np.maximum(lines.start_day[:, None], starts[None, :])
        high = np.minimum(lines.end_day[:, None], ends[None, :])
        length = (lines.end_day - lines.start_day)[:, None]
        found: Floats = np.maximum(0.0, high - low) / length * lines.hours[:, None]
        return found

    def _hours(self, lines: Segments) -> Floats:
        found = np.zeros((len(self.view.result.population_ids), len(self.months)))
        np.add.at(found, lines.population, self._by_line(lines))
        return found

    def _capacity(self) -> Floats:
        """Hours per person that each population can absorb each month; nan where unknown."""
        starts, ends = self._days()
        weeks = np.arange(self.view.weeks) * 7.0
        overlap = np.minimum(weeks[:, None] + 7, ends[None, :]) - np.maximum(
            weeks[:, None], starts[None, :]
        )
        found: Floats = self.view.result.capacity_hours @ (np.maximum(0.0, overlap) / 7)
        beyond = (starts < 0) | (ends > self.view.weeks * 7)
        found[:, beyond] = np.nan
        return found


def _moved(lines: Segments, days: int) -> Segments:
    return replace(lines, start_day=lines.start_day + days, end_day=lines.end_day + days)


def _within(asks: list[engine.Ask]) -> list[engine.Ask]:
    """Keep a later start only when all that it asks still falls within the months looked at."""
    sums: dict[tuple[str, int, Kind, str], float] = defaultdict(float)
    for ask in asks:
        sums[ask.candidate, ask.shift, ask.limit[0], ask.limit[1]] += ask.amount
    cut = {
        (code, shift)
        for (code, shift, kind, holder), amount in sums.items()
        if shift and abs(amount - sums.get((code, 0, kind, holder), 0.0)) > 1e-6 * max(amount, 1.0)
    }
    return [ask for ask in asks if (ask.candidate, ask.shift) not in cut]
