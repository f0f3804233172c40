"""What the scheduling room is asked: activities, resources, links, projects."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from orchestre_engine.errors import ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Longest schedule that is computed with: beyond it, count in longer periods.
LONGEST = 2_000_000
LARGEST = 2**40


class Link(Enum):
    """Which ends of two activities a link ties: F finish, S start, first activity first."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"


@dataclass(frozen=True, slots=True)
class Resource:
    """Something used while an activity lasts and given back at its end.

    Parameters
    ----------
    id
        Stable code.
    capacity
        Units there are in each period; a whole number.
    """

    id: str
    capacity: int


@dataclass(frozen=True, slots=True)
class Demand:
    """Units of a resource an activity uses in each of its periods."""

    resource: str
    amount: int


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing to do without interruption.

    Parameters
    ----------
    id
        Stable code.
    duration
        Whole periods; 0 for a milestone.
    demands
        What it uses of each resource in each period.
    project
        Code of the project it belongs to, empty when there are none.
    release
        First period it may start in.
    """

    id: str
    duration: int
    demands: tuple[Demand, ...] = ()
    project: str = ""
    release: int = 0


@dataclass(frozen=True, slots=True)
class Precedence:
    """`after` waits for `before`, at least `lag` periods from end to end of the kind of link.

    A negative lag lets them overlap. Links may not go round in a circle.
    """

    before: str
    after: str
    kind: Link = Link.FS
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Project:
    """Activities that may not start before a period."""

    id: str
    release: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """Resource-constrained project scheduling: the shortest schedule that respects all of it.

    Parameters
    ----------
    activities, resources, precedences, projects
        Kept in the order of their codes; the order they come in changes nothing.

    Raises
    ------
    ProblemError
        When a code is missing or twice there, a figure is out of range, a link goes in a circle,
        or an activity asks for more of a resource than there will ever be.
    """

    activities: tuple[Activity, ...]
    resources: tuple[Resource, ...] = ()
    precedences: tuple[Precedence, ...] = ()
    projects: tuple[Project, ...] = ()

    def __post_init__(self) -> None:
        """Check the inputs and put them in canonical order."""
        _unique("Activity", (one.id for one in self.activities))
        _unique("Resource", (one.id for one in self.resources))
        _unique("Project", (one.id for one in self.projects))
        for resource in self.resources:
            _whole(f"The capacity of resource {resource.id}", resource.capacity)
        for project in self.projects:
            _whole(f"The release of project {project.id}", project.release)
        capacities = {one.id: one.capacity for one in self.resources}
        projects = {one.id for one in self.projects}
        for activity in self.activities:
            _check_activity(activity, capacities, projects)
        _check_links(self.precedences, {one.id for one in self.activities})
        if self.horizon > LONGEST:
            raise ProblemError(
                f"The activities one after the other last {self.horizon} periods, more than"
                f" {LONGEST}; count in longer periods."
            )
        self._order()

    def _order(self) -> None:
        activities = sorted(self.activities, key=lambda one: one.id)
        object.__setattr__(self, "activities", tuple(map(_ordered, activities)))
        for name in ("resources", "projects"):
            kept = tuple(sorted(getattr(self, name), key=lambda one: one.id))
            object.__setattr__(self, name, kept)
        links = sorted(
            set(self.precedences), key=lambda one: (one.before, one.after, one.kind.value, one.lag)
        )
        object.__setattr__(self, "precedences", tuple(links))

    @property
    def horizon(self) -> int:
        """Periods that are always enough: one activity after the other."""
        released = max(self.releases().values(), default=0)
        return (
            released
            + sum(one.duration for one in self.activities)
            + sum(max(0, one.lag) for one in self.precedences)
        )

    def releases(self) -> dict[str, int]:
        """Give the first period each activity may start in, its project's included."""
        projects = {one.id: one.release for one in self.projects}
        return {one.id: max(one.release, projects.get(one.project, 0)) for one in self.activities}


def _ordered(activity: Activity) -> Activity:
    kept = tuple(sorted(activity.demands, key=lambda one: one.resource))
    if kept == activity.demands:
        return activity
    return Activity(activity.id, activity.duration, kept, activity.project, activity.release)


def _unique(kind: str, codes: Iterable[str]) -> None:
    for code, times in sorted(Counter(codes).items()):
        if not code:
            raise ProblemError(f"{kind} without a code; give each its own.")
        if times > 1:
            raise ProblemError(f"{kind} {code} comes {times} times; keep one.")


def _whole(what: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
        raise ProblemError(f"{what} is {value!r}; give a whole number from 0 to {LARGEST}.")


def _check_activity(activity: Activity, capacities: dict[str, int], projects: set[str]) -> None:
    name = f"activity {activity.id}"
    _whole(f"The duration of {name}", activity.duration)
    _whole(f"The release of {name}", activity.release)
    if activity.project and activity.project not in projects:
        raise ProblemError(
            f"Activity {activity.id} belongs to project {activity.project}, which is not given;"
            " add it or empty the field."
        )
    _unique(f"In {name}, resource", (one.resource for one in activity.demands))
    for demand in activity.demands:
        if demand.resource not in capacities:
            raise ProblemError(
                f"Activity {activity.id} uses resource {demand.resource}, which is not given;"
                " add it or remove the demand."
            )
        _whole(f"What {name} uses of {demand.resource}", demand.amount)
        if activity.duration and demand.amount > capacities[demand.resource]:
            raise ProblemError(
                f"Activity {activity.id} uses {demand.amount} of resource {demand.resource}, which"
                f" has {capacities[demand.resource]}: it can never be placed; raise the capacity"
                " or lower the demand."
            )


def _check_links(precedences: tuple[Precedence, ...], codes: set[str]) -> None:
    before: dict[str, set[str]] = {}
    for link in precedences:
        for code in (link.before, link.after):
            if code not in codes:
                raise ProblemError(
                    f"Link {link.before} → {link.after}: there is no activity {code};"
                    " correct the code or remove the link."
                )
        if isinstance(link.lag, bool) or not isinstance(link.lag, int) or abs(link.lag) > LARGEST:
            raise ProblemError(
                f"Link {link.before} → {link.after}: the lag is {link.lag!r}; give whole periods."
            )
        before.setdefault(link.after, set()).add(link.before)
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        told = " → ".join(reversed(error.args[1]))
        raise ProblemError(f"Links go in a circle: {told}; remove one of them.") from error
