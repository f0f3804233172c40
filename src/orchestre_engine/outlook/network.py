"""Which task waits for which: order, levels, ancestors, and the loops that forbid any order.

Source of the loops: Tarjan, *Depth-first search and linear graph algorithms*, 1972, without
recursion.
"""

from collections.abc import Sequence


def loops(count: int, links: Sequence[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Give the groups of tasks that wait for one another, each in an order one can follow.

    Parameters
    ----------
    count : int
        Number of tasks.
    links : sequence of (int, int)
        Who comes before whom.

    Returns
    -------
    tuple of tuple of int
        One loop per strongly connected group: each task leads to the next, the last to the first.
    """
    after: list[list[int]] = [[] for _task in range(count)]
    for before, then in links:
        after[before].append(then)
    return tuple(_loop_in(group, after) for group in _components(after) if _loops(group, after))


def _loops(group: list[int], after: list[list[int]]) -> bool:
    return len(group) > 1 or group[0] in after[group[0]]


def _components(after: list[list[int]]) -> list[list[int]]:
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    held: set[int] = set()
    found: list[list[int]] = []
    for root in range(len(after)):
        if root in index:
            continue
        work = [(root, 0)]
        while work:
            task, step = work.pop()
            if step == 0:
                index[task] = low[task] = len(index)
                stack.append(task)
                held.add(task)
            if step:
                low[task] = min(low[task], low[after[task][step - 1]])
            for at in range(step, len(after[task])):
                then = after[task][at]
                if then not in index:
                    work += [(task, at + 1), (then, 0)]
                    break
                if then in held:
                    low[task] = min(low[task], index[then])
            else:
                if low[task] == index[task]:
                    found.append(_popped(task, stack, held))
    return found


def _popped(task: int, stack: list[int], held: set[int]) -> list[int]:
    at = stack.index(task)
    group = stack[at:]
    del stack[at:]
    held.difference_update(group)
    return group


def _loop_in(group: list[int], after: list[list[int]]) -> tuple[int, ...]:
    """Give the shortest loop through the first task of a group."""
    inside, first = set(group), min(group)
    came: dict[int, int] = {}
    queue = [first]
    for task in queue:
        for then in after[task]:
            if then == first:
                path = [task]
                while path[-1] != first:
                    path.append(came[path[-1]])
                return tuple(reversed(path))
            if then in inside and then not in came:
                came[then] = task
                queue.append(then)
    return tuple(group)  # pragma: no cover - a strongly connected group always comes back


def levels(count: int, links: Sequence[tuple[int, int]]) -> list[int] | None:
    """Give how many links lie before each task at most; None when there is a loop."""
    waits = [0] * count
    after: list[list[int]] = [[] for _task in range(count)]
    for before, then in links:
        waits[then] += 1
        after[before].append(then)
    level = [0] * count
    ready = [task for task in range(count) if not waits[task]]
    for task in ready:
        for then in after[task]:
            level[then] = max(level[then], level[task] + 1)
            waits[then] -= 1
            if not waits[then]:
                ready.append(then)
    return level if len(ready) == count else None


def ancestors(task: int, links: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Give a task and all that comes before it."""
    before: dict[int, list[int]] = {}
    for first, then in links:
        before.setdefault(then, []).append(first)
    found, queue = {task}, [task]
    for one in queue:
        for first in before.get(one, ()):
            if first not in found:
                found.add(first)
                queue.append(first)
    return frozenset(found)
