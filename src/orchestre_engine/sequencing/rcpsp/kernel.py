"""The hot loops: schedules from orders, justification, and the evolution of a population.

One file, because the machine code kept of a function does not know that another file changed.

Sources: Kolisch & Hartmann (1999) for the serial scheme and activity lists; Valls, Ballestín &
Quintanilla (2005, 2008) for double justification and the window taken whole from a parent;
Hartmann (1998) for the two-point crossover; L'Ecuyer (1988) for the random numbers.
"""

from typing import NamedTuple

import numpy as np

from orchestre_engine.sequencing.rcpsp.jit import compiled
from orchestre_engine.sequencing.rcpsp.plan import Plan, Whole

FIRST_MODULUS = 2_147_483_563
SECOND_MODULUS = 2_147_483_399


class Tools(NamedTuple):
    """Room to work in, made once for a search."""

    left: Whole  # (periods, words) what is left of each period
    tally: Whole  # (periods + 2,)
    keys: Whole
    spare: Whole
    mark: Whole
    starts: Whole
    kept: Whole


class Population(NamedTuple):
    """Orders, the ends and the sums of starts of their schedules, the best starts seen."""

    orders: Whole
    ends: Whole
    sums: Whole
    best: Whole


class Ways(NamedTuple):
    """How the search goes."""

    picks: int  # ready activities compared when a first order is drawn
    rivals: int  # others a parent is compared with
    swap_per_mille: int


class Ground(NamedTuple):
    """What every step of the search needs."""

    forward: Plan
    mirror: Plan
    tools: Tools
    ways: Ways
    urgency: Whole
    random: Whole  # state of the random numbers


@compiled
def draw(random: Whole, bound: int) -> int:
    """Draw a whole number from 0 to `bound - 1`."""
    first = random[0] * 40_014 % FIRST_MODULUS
    second = random[1] * 40_692 % SECOND_MODULUS
    random[0] = first
    random[1] = second
    return int((first - second) % (FIRST_MODULUS - 1) % bound)


@compiled
def fits(plan: Plan, tools: Tools, activity: int, period: int) -> bool:
    """Tell whether an activity fits in what is left of a period."""
    for word in range(plan.guard.size):
        guard = plan.guard[word]
        if (tools.left[period, word] - plan.need[activity, word]) & guard != guard:
            return False
    return True


@compiled
def place(plan: Plan, tools: Tools, activity: int, earliest: int, opened: int) -> int:
    """Give the first start from `earliest` where an activity fits; periods from `opened` are free.

    Several words a period; `generate` does the same by itself when there is one.
    """
    start = earliest
    period = start
    while period < opened and period < start + plan.duration[activity]:
        if not fits(plan, tools, activity, period):
            start = period + 1
        period += 1
    return start


@compiled
def place_one_word(plan: Plan, tools: Tools, activity: int, earliest: int, opened: int) -> int:
    """Do the same with one word a period."""
    guard = plan.guard[0]
    need = plan.need[activity, 0]
    if need == 0:
        return earliest
    start = earliest
    period = start
    end = start + plan.duration[activity]
    while period < opened and period < end:
        if (tools.left[period, 0] - need) & guard != guard:
            start = period + 1
            end = start + plan.duration[activity]
        period += 1
    return start


@compiled
def generate(plan: Plan, tools: Tools, order: Whole, starts: Whole) -> int:
    """Place activities one by one, each as early as links and resources allow; give the end.

    `order` must go along the links.
    """
    opened = 0
    end = 0
    words = plan.guard.size
    for activity in order:
        start = plan.release[activity]
        for at in range(plan.into_at[activity], plan.into_at[activity + 1]):
            start = max(start, starts[plan.into_of[at]] + plan.into_lag[at])
        if words == 1:
            start = place_one_word(plan, tools, activity, start, opened)
        else:
            start = place(plan, tools, activity, start, opened)
        finish = start + plan.duration[activity]
        while opened < finish:
            for word in range(words):
                tools.left[opened, word] = plan.full[word]
            opened += 1
        for period in range(start, finish):
            for word in range(words):
                tools.left[period, word] -= plan.need[activity, word]
        starts[activity] = start
        end = max(end, finish)
    return end


@compiled
def arrange(plan: Plan, tools: Tools, order: Whole, end: int, turned: int) -> None:
    """Sort an order by rising keys (0 to `end`), along the links; ties as they were, or turned."""
    keys = tools.keys
    if plan.irregular:
        for activity in plan.topological:
            for at in range(plan.into_at[activity], plan.into_at[activity + 1]):
                keys[activity] = max(keys[activity], keys[plan.into_of[at]])
    tally = tools.tally
    tally[: end + 2] = 0
    for key in keys:
        tally[key + 1] += 1
    for key in range(end):
        tally[key + 1] += tally[key]
    size = order.size
    for at in range(size):
        activity = order[size - 1 - at] if turned else order[at]
        key = keys[activity]
        tools.spare[tally[key]] = activity
        tally[key] += 1
    order[:] = tools.spare


@compiled
def justify(ground: Ground, order: Whole, starts: Whole) -> int:
    """Generate a schedule, push it right, push it left; give the end, never longer.

    `order` becomes that of the starts.
    """
    plan, mirror, tools = ground.forward, ground.mirror, ground.tools
    first = generate(plan, tools, order, starts)
    tools.kept[:] = starts
    keys = tools.keys
    keys[:] = first - starts - plan.duration
    arrange(mirror, tools, order, first, 1)
    length = generate(mirror, tools, order, starts)
    keys[:] = length - starts - plan.duration
    arrange(plan, tools, order, length, 1)
    end = generate(plan, tools, order, starts)
    if end > first:
        starts[:] = tools.kept
        end = first
    keys[:] = starts
    arrange(plan, tools, order, end, 0)
    return end


@compiled
def sample(ground: Ground, order: Whole) -> None:
    """Draw an order: among ready activities, the most urgent of a few drawn."""
    plan, mirror, tools = ground.forward, ground.mirror, ground.tools
    urgency, random = ground.urgency, ground.random
    waits = tools.mark
    ready = tools.spare
    waiting = 0
    for activity in range(order.size):
        waits[activity] = plan.into_at[activity + 1] - plan.into_at[activity]
        if waits[activity] == 0:
            ready[waiting] = activity
            waiting += 1
    for at in range(order.size):
        chosen = draw(random, waiting)
        for _ in range(draw(random, ground.ways.picks) + 1):
            other = draw(random, waiting)
            if urgency[ready[other]] > urgency[ready[chosen]]:
                chosen = other
        activity = ready[chosen]
        waiting -= 1
        ready[chosen] = ready[waiting]
        order[at] = activity
        for link in range(mirror.into_at[activity], mirror.into_at[activity + 1]):
            freed = mirror.into_of[link]
            waits[freed] -= 1
            if waits[freed] == 0:
                ready[waiting] = freed
                waiting += 1


@compiled
def cross(tools: Tools, mother: Whole, father: Whole, first: int, last: int, child: Whole) -> None:
    """Take the beginning of the mother, what the father has next, the rest of the mother."""
    mark = tools.mark
    mark[:] = 0
    for at in range(first):
        child[at] = mother[at]
        mark[mother[at]] = 1
    filled = first
    for activity in father:
        if filled == last:
            break
        if mark[activity] == 0:
            mark[activity] = 1
            child[filled] = activity
            filled += 1
    for activity in mother:
        if mark[activity] == 0:
            child[filled] = activity
            filled += 1


@compiled
def keep_window(
    tools: Tools, mother: Whole, father: Whole, first: int, last: int, child: Whole
) -> None:
    """Keep a window of the father whole; what he has before and after goes as in the mother."""
    mark = tools.mark
    mark[:] = 0
    for at in range(first, last):
        child[at] = father[at]
        mark[father[at]] = 1
    for at in range(last, father.size):
        mark[father[at]] = 2
    before, after = 0, last
    for activity in mother:
        if mark[activity] == 0:
            child[before] = activity
            before += 1
        elif mark[activity] == 2:
            child[after] = activity
            after += 1


@compiled
def swap(ground: Ground, order: Whole) -> None:
    """Swap some neighbours that no link ties."""
    plan = ground.forward
    for at in range(order.size - 1):
        if draw(ground.random, 1000) < ground.ways.swap_per_mille:
            first, second = order[at], order[at + 1]
            tied = False
            for link in range(plan.into_at[second], plan.into_at[second + 1]):
                tied = tied or plan.into_of[link] == first
            if not tied:
                order[at] = second
                order[at + 1] = first


@compiled
def parent(ground: Ground, ends: Whole) -> int:
    """Choose the best of a few members drawn."""
    chosen = draw(ground.random, ends.size)
    for _ in range(ground.ways.rivals):
        other = draw(ground.random, ends.size)
        if ends[other] < ends[chosen]:
            chosen = other
    return chosen


@compiled
def settle(population: Population, member: int, order: Whole, starts: Whole, end: int) -> bool:
    """Put a schedule in the place of a member, unless it is worse or there already."""
    if end > population.ends[member]:
        return False
    total = starts.sum()
    for other in range(population.ends.size):
        if population.ends[other] == end and population.sums[other] == total:
            return False
    if end < population.ends.min():
        population.best[:] = starts
    population.orders[member] = order
    population.ends[member] = end
    population.sums[member] = total
    return True


@compiled
def found(ground: Ground, population: Population) -> None:
    """Fill a population with drawn orders."""
    order = np.empty_like(ground.urgency)
    starts = ground.tools.starts
    for member in range(population.ends.size):
        sample(ground, order)
        end = justify(ground, order, starts)
        if member == 0 or end < population.ends[:member].min():
            population.best[:] = starts
        population.orders[member] = order
        population.ends[member] = end
        population.sums[member] = starts.sum()


@compiled
def evolve(ground: Ground, population: Population, children: int, target: int) -> int:
    """Breed children, each taking the place of the worse parent; give how many were made.

    It stops at a schedule that ends by the target.
    """
    tools, ends, random = ground.tools, population.ends, ground.random
    child = np.empty_like(ground.urgency)
    size = child.size
    for made in range(children):
        if ends.min() <= target:
            return made
        one, two = parent(ground, ends), parent(ground, ends)
        length = size // 4 + draw(random, size // 2 + 1)
        first = draw(random, size - length + 1)
        mother, father = population.orders[one], population.orders[two]
        if draw(random, 2) == 0:
            cross(tools, mother, father, first, first + length, child)
        else:
            keep_window(tools, mother, father, first, first + length, child)
        swap(ground, child)
        end = justify(ground, child, tools.starts)
        settle(population, one if ends[one] >= ends[two] else two, child, tools.starts, end)
    return children
