"""When each task starts and ends, in many worlds at once, and how late each may be.

Tasks are worked through by topological level: a few array operations per level, whatever the
number of worlds. Arrays have shape (tasks, worlds); moments are days from the origin.

The total float is worked out from the slack of each link, from the end backwards:
TF_i = min over successors j of (slack_ij + TF_j), a slack counted in working days of the
predecessor. With one calendar it is the LS − ES of the textbooks.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from orchestre_engine.outlook.calendars import EVERY_DAY, Clock, clock_of
from orchestre_engine.outlook.network import levels
from orchestre_engine.outlook.problem import Kind, LagIn, Link, OutlookProblem

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_MARGIN_DAYS = 400
_MOST_DAYS = 60_000


@dataclass(frozen=True, slots=True)
class Bundle:
    """The links that lead to the tasks of one level, on one of their ends, sorted by task.

    `source` points to the starts (below the number of tasks) or the ends (above) of the
    predecessors; `firsts` cuts the links task by task; `lags` has one figure per link; `worked`
    are those whose lag is counted in a calendar. `by_source` sorts the links by predecessor,
    `origins` are these, and `cuts` where each begins. `clocks` are those of the predecessors,
    with their links.
    """

    rows: Ints
    source: Ints
    firsts: Ints
    lags: Floats
    links: tuple[Link, ...]
    worked: tuple[int, ...]
    to: Ints
    by_source: Ints
    origins: Ints
    cuts: Ints
    clocks: tuple[tuple[Clock, Ints], ...]


@dataclass(frozen=True, slots=True)
class Level:
    """Tasks that wait for the levels before only."""

    rows: Ints
    starts: Bundle | None
    ends: Bundle | None
    clocks: tuple[tuple[Clock, Ints], ...]


@dataclass(frozen=True, slots=True)
class StopDraw:
    """A stop of the work as drawn: from `start`, `days` long in each world; 0 where none."""

    start: float
    days: Floats
    rows: Ints | None


@dataclass(frozen=True)
class Passes:
    """A network ready to be worked through, forwards and backwards."""

    problem: OutlookProblem
    clocks: dict[str, Clock] = field(init=False, repr=False)
    levels: tuple[Level, ...] = field(init=False, repr=False)
    not_before: Floats = field(init=False, repr=False)
    not_done_before: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        tasks = self.problem.tasks
        object.__setattr__(self, "clocks", self._clocks())
        object.__setattr__(self, "not_before", np.array([one.not_before for one in tasks])[:, None])
        floors = [-np.inf if one.not_done_before is None else one.not_done_before for one in tasks]
        object.__setattr__(self, "not_done_before", np.array(floors)[:, None])
        object.__setattr__(self, "levels", self._levels())

    def _clocks(self) -> dict[str, Clock]:
        tasks = self.problem.tasks
        longest = sum(max(one.duration.bounds[1], 0.0) for one in tasks)
        latest = max((one.not_before for one in tasks), default=0.0)
        earliest = min((one.not_before for one in tasks), default=0.0)
        reach = min(2 * longest + latest + _MARGIN_DAYS, _MOST_DAYS)
        first, last = int(min(earliest, 0)) - _MARGIN_DAYS, int(reach)
        return {
            one.name: clock_of(one, self.problem.origin, first, last)
            for one in self.problem.calendars
        }

    def _levels(self) -> tuple[Level, ...]:
        arcs = self.problem.arcs
        depth = np.array(levels(len(self.problem.tasks), arcs) or [0] * len(self.problem.tasks))
        then = np.array([after for _before, after in arcs], np.int64)
        found = []
        for level in range(int(depth.max(initial=-1)) + 1):
            rows = np.flatnonzero(depth == level)
            mine = np.flatnonzero(depth[then] == level) if len(then) else then
            found.append(
                Level(
                    rows,
                    self._bundle(mine, (Kind.FS, Kind.SS)),
                    self._bundle(mine, (Kind.FF, Kind.SF)),
                    self._timed(rows, rows),
                )
            )
        return tuple(found)

    def _timed(self, rows: Ints, kept: Ints) -> tuple[tuple[Clock, Ints], ...]:
        """Group what is kept by the calendar of its task, those of every day left out."""
        names = np.array([self.problem.tasks[row].calendar for row in rows.tolist()])
        some = sorted(set(names.tolist()) - {EVERY_DAY})
        return tuple((self.clocks[name], kept[names == name]) for name in some)

    def _bundle(self, mine: Ints, kinds: tuple[Kind, Kind]) -> Bundle | None:
        row, count = self.problem.row, len(self.problem.tasks)
        links = [self.problem.links[at] for at in mine.tolist()]
        links = [one for one in links if one.kind in kinds]
        if not links:
            return None
        links.sort(key=lambda one: row[one.successor])
        to = np.array([row[one.successor] for one in links])
        rows, firsts = np.unique(to, return_index=True)
        of_end = np.array([one.kind in {Kind.FS, Kind.FF} for one in links])
        source = np.array([row[one.predecessor] for one in links]) + count * of_end
        worked = tuple(
            at for at, one in enumerate(links) if one.lag and self._lag_clock(one) is not None
        )
        lags = np.array([0.0 if at in worked else one.lag for at, one in enumerate(links)])
        by_source = np.argsort(source % count, kind="stable")
        origins, cuts = np.unique((source % count)[by_source], return_index=True)
        return Bundle(
            rows, source, firsts, lags[:, None], tuple(links), worked, to, by_source, origins, cuts,
            self._timed(source % count, np.arange(len(to))),
        )  # fmt: skip

    def _lag_clock(self, link: Link) -> Clock | None:
        if link.lag_in is LagIn.ELAPSED:
            return None
        end = link.predecessor if link.lag_in is LagIn.PREDECESSOR else link.successor
        return self.clocks.get(self.problem.tasks[self.problem.row[end]].calendar)

    def moments(self, bundle: Bundle, both: Floats) -> Floats:
        """Give the moment that each link allows, shape (links, worlds)."""
        found = both[bundle.source] + bundle.lags
        for at in bundle.worked:
            link, clock = bundle.links[at], self._lag_clock(bundle.links[at])
            if clock is not None:
                days = np.full_like(found[at], abs(link.lag))
                found[at] = (
                    clock.end(clock.start(found[at]), days)
                    if link.lag > 0
                    else clock.latest_start(found[at], days)
                )
        return found

    def forward(self, days: Floats, stops: tuple[StopDraw, ...] = ()) -> Floats:
        """Work the starts and ends out.

        Parameters
        ----------
        days : array (tasks, worlds)
            Durations, in working days.
        stops : tuple of StopDraw
            Stops of the work.

        Returns
        -------
        array (2 × tasks, worlds)
            Starts, then ends.
        """
        count, worlds = days.shape
        both = np.empty((2 * count, worlds))
        both[:count] = self.not_before
        for level in self.levels:
            self._one_level(level, both, days, stops)
        return both

    def _one_level(
        self, level: Level, both: Floats, days: Floats, stops: tuple[StopDraw, ...]
    ) -> None:
        count = len(days)
        if level.starts is not None:
            moments = self.moments(level.starts, both)
            asked = np.maximum.reduceat(moments, level.starts.firsts, axis=0)
            rows = level.starts.rows
            both[rows] = np.maximum(both[rows], asked)
        if level.ends is not None:
            moments = self.moments(level.ends, both)
            asked = np.maximum.reduceat(moments, level.ends.firsts, axis=0)
            rows = level.ends.rows
            both[rows] = np.maximum(both[rows], self._latest_starts(rows, asked, days))
        both[level.rows + count] = both[level.rows] + days[level.rows]
        for clock, rows in level.clocks:
            both[rows] = clock.start(both[rows])
            both[rows + count] = clock.end(both[rows], days[rows])
        for stop in stops:
            self._stopped(level, both, stop, count)
        ends = level.rows + count
        both[ends] = np.maximum(both[ends], self.not_done_before[level.rows])

    def _latest_starts(self, rows: Ints, ends: Floats, days: Floats) -> Floats:
        found = ends - days[rows]
        for clock, at in self._timed(rows, np.arange(len(rows))):
            found[at] = clock.latest_start(ends[at], days[rows[at]])
        return found

    @staticmethod
    def _stopped(level: Level, both: Floats, stop: StopDraw, count: int) -> None:
        """Push what would start during a stop, and lengthen what it interrupts."""
        rows = level.rows if stop.rows is None else np.intersect1d(level.rows, stop.rows)
        starts, ends = both[rows], both[rows + count]
        over = stop.start + stop.days
        pushed = np.where((starts >= stop.start) & (starts < over), over - starts, 0.0)
        cut = np.where((starts < stop.start) & (ends > stop.start), stop.days, 0.0)
        both[rows] = starts + pushed
        both[rows + count] = ends + pushed + cut

    def floats(self, both: Floats, last: int | None) -> Floats:
        """Give the total float of every task, in working days, shape (tasks, worlds).

        Infinite for what the end of the task `last` does not wait for; with None, the end is
        that of the last task of all.
        """
        count = len(both) // 2
        spare = np.full((count, both.shape[1]), np.inf)
        if last is None:
            end = both[count:].max(axis=0)
            spare[:] = (
                end - both[count:]
            )  # nothing ends later, whether something waits for it or not
            for clock, rows in (pair for level in self.levels for pair in level.clocks):
                spare[rows] = clock.between(both[rows + count], end)
        else:
            spare[last] = 0.0
        for level in reversed(self.levels):
            for bundle, offset in ((level.starts, 0), (level.ends, count)):
                if bundle is not None:
                    self._slack(bundle, both, spare, offset)
        return spare

    def _slack(self, bundle: Bundle, both: Floats, spare: Floats, offset: int) -> None:
        moments, to = self.moments(bundle, both), bundle.to
        slack = both[to + offset] - moments
        for clock, at in bundle.clocks:
            slack[at] = clock.between(moments[at], both[to[at] + offset])
        late = np.maximum(slack, 0.0) + spare[to]
        least = np.minimum.reduceat(late[bundle.by_source], bundle.cuts, axis=0)
        spare[bundle.origins] = np.minimum(spare[bundle.origins], least)

    def between(self, row: int, earlier: Floats, later: Floats) -> Floats:
        """Count the working days of a task between moments."""
        clock = self.clocks.get(self.problem.tasks[row].calendar)
        return later - earlier if clock is None else clock.between(earlier, later)
