"""Lengths no schedule can beat, in a few milliseconds.

Source: Klein & Scholl (1999) for bounds by what lies between heads and tails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from orchestre_engine.sequencing.rcpsp.plan import Layout


def lower_bound(plan: Layout) -> int:
    """Give the best of the critical path and, for every resource, the energy between two dates."""
    return max(plan.critical_path, energy(plan))


def energy(plan: Layout) -> int:
    """Give the longest of: a head, a tail, and between them what must be done, over capacity.

    Activities that cannot start before `a` nor end within `b` of the end are all done in what
    lies between: the length is at least `a + b` plus their energy divided by the capacity.
    """
    works = plan.demands * plan.forward.duration[:, None]
    best = 0
    for resource, capacity in enumerate(plan.capacities.tolist()):
        active = np.nonzero(works[:, resource])[0]
        heads, tails, work = plan.heads[active], plan.tails[active], works[active, resource]
        by_tail = np.argsort(-tails, kind="stable")
        for head in np.unique(heads):
            kept = by_tail[heads[by_tail] >= head]
            inside = -(-np.cumsum(work[kept]) // capacity)
            best = max(best, int((head + tails[kept] + inside).max()))
    return best
