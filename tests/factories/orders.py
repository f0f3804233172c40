"""A search that has ended, for tests that need its page."""

from __future__ import annotations

from datetime import date

from orchestre.access.models import User
from orchestre.runs.models import Run
from orchestre.sequencing.rules.asked import Asked
from orchestre.sequencing.rules.measures import Measures
from orchestre.sequencing.rules.proposal import (
    Answer,
    Barrier,
    Clash,
    Leftover,
    MoveTold,
    ProposalTold,
    Remedy,
    Spot,
    freeze,
)
from orchestre.sequencing.services.proposing import COMPUTATION, KIND, SEED

MONDAY = date(2026, 11, 30)


def measures(hours: float) -> Measures:
    """Return the figures of a plan with so many person-hours beyond capacity."""
    return Measures(None, 3000.0, 90000.0, hours, 100.0, 1.4, None, None, 1, 100.0, 0, 0)


def answer(code: str, population: str) -> Answer:
    """Return what a search found: one move, one overload left, one contradiction."""
    move = MoveTold(
        code, 3, date(2027, 2, 1), 100.0, (Spot(population, MONDAY, 2, 340.0),),
        (Barrier("role", name="Architectes", monday=MONDAY, amount=1.5),),
        (Barrier("people", population=population, monday=MONDAY, amount=340.0),
         Barrier("dependency", other=code), Barrier("legal_step", name="CSE", monday=MONDAY)),
        3000.0, 340.0,
    )  # fmt: skip
    left = Leftover(
        population, MONDAY, 1, 12.0, (code,), True,
        (Remedy("rule", code, 1, "window_closes"), Remedy("capacity", "", 0.1),
         Remedy("lighter", code, 0.25)),
    )  # fmt: skip
    told = ProposalTold("as_asked", "feasible", (move,), measures(60.0), (left,), 0.12, 9.8, 40,
                        replayable=True)  # fmt: skip
    calm = ProposalTold(
        "least_change", "optimal", (), measures(400.0), (), 0.0, 1.0, 4, replayable=False
    )
    return Answer(
        MONDAY, 12, measures(400.0), (told, calm), (Clash((Barrier("fixed"),), (code,)),),
        (code,), (code,), (code,), 1, (population,), ("ARC",), COMPUTATION, SEED,
    )  # fmt: skip


def search(user: User, code: str, population: str) -> Run:
    """Store a search that has ended."""
    return Run.objects.create(
        kind=KIND, fingerprint="a" * 64, engine_version=COMPUTATION, seed=SEED,
        status=Run.Status.DONE, problem=Asked().as_json(), requested_by=user,
        result=freeze(answer(code, population)),
    )  # fmt: skip
