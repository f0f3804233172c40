"""A drag step of a scenario against a full recomputation, on 3,000 × 500 × 156 and on the demo.

Everything is built in memory: rows as the snapshot gives them, the load problem as the engine
takes it. Prints the median of a step, the full recomputation in the same run, and the ratio;
fails when a step takes longer than promised.

    python benchmarks/scenario.py [--initiatives 3000]
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orchestre.config.settings")
import django

django.setup()

import numpy as np  # noqa: E402 - after Django is set up
from django.utils import timezone  # noqa: E402 - idem

from orchestre.impacts.rules import AssumptionValues  # noqa: E402 - idem
from orchestre.load.services.answer import LoadView  # noqa: E402 - idem
from orchestre.load.snapshot import Snapshot  # noqa: E402 - idem
from orchestre.portfolio.rules.dates import Link, Span  # noqa: E402 - idem
from orchestre.resources.rules import Ask, Cost  # noqa: E402 - idem
from orchestre.resources.snapshot import Available, Means, Money, Value  # noqa: E402 - idem
from orchestre.sequencing.rules.edits import Edit  # noqa: E402 - idem
from orchestre.sequencing.services.gauges import measure_edits  # noqa: E402 - idem
from orchestre.sequencing.services.live import Live  # noqa: E402 - idem
from orchestre.sequencing.snapshot import Planned, Rows  # noqa: E402 - idem
from orchestre_engine import load as engine  # noqa: E402 - idem
from orchestre_engine.periods import Horizon  # noqa: E402 - idem

TODAY = date(2026, 3, 2)
WEEKS, BEFORE, POPULATIONS, ROLES, IMPACTS = 156, 26, 500, 20, 8
PROMISED_MS = {3000: 400.0, 60: 150.0}
STEPS = 25


def made(initiatives: int, populations: int) -> tuple[engine.LoadProblem, Rows]:
    """Make a portfolio of so many initiatives."""
    random = np.random.default_rng(7)
    monday = TODAY - timedelta(weeks=BEFORE)
    people = [f"P{n:03}" for n in range(populations)]
    codes = [f"IN-{n:04}" for n in range(initiatives)]
    starts = [TODAY + timedelta(days=int(day)) for day in random.integers(-180, 500, initiatives)]
    spans = {
        code: Span(day, day + timedelta(days=240), day + timedelta(days=150))
        for code, day in zip(codes, starts, strict=True)
    }
    impacts = tuple(
        engine.Impact(code, people[at], spans[code].go_live_on or TODAY, hours=float(hours))
        for code in codes
        for at, hours in zip(
            random.choice(populations, IMPACTS, replace=False),
            random.integers(1, 20, IMPACTS),
            strict=True,
        )
    )
    problem = engine.LoadProblem(
        horizon=Horizon(monday, WEEKS),
        units=(),
        populations=tuple(engine.Population(one, None, 50) for one in people),
        impacts=impacts,
    )
    return problem, _rows(codes, spans, random)


def _rows(codes: list[str], spans: dict[str, Span], random: np.random.Generator) -> Rows:
    year = (date(2026, 1, 1), date(2029, 1, 1))
    roles = [f"R{n:02}" for n in range(ROLES)]

    def ends(code: str) -> tuple[date, date]:
        return spans[code].starts_on or TODAY, spans[code].ends_on or TODAY

    means = Means(
        roles={one: one for one in roles},
        available=tuple(Available(one, *year, fte=len(codes) / 40) for one in roles),
        asks=tuple(
            Ask(code, roles[int(at)], *ends(code), fte=0.5, provenance="declared")
            for code in codes
            for at in random.integers(0, ROLES, 2)
        ),
        costs=tuple(
            Cost(code, *ends(code), 250_000.0, "opex", "planned", "declared")
            for code in codes
            for _line in range(2)
        ),
        envelopes=(Money("all", None, *year, amount_eur=200_000.0 * len(codes)),),
        values={code: Value(code, 100_000.0, 12, 2_000.0, "declared") for code in codes},
        undated_costs=(),
    )
    pks = {code: at for at, code in enumerate(codes)}
    pairs = random.integers(0, len(codes), (len(codes), 2)).tolist()
    return Rows(
        initiatives={
            code: Planned(
                pks[code], code, code, False, "prepare", None, spans[code], None, None, ""
            )
            for code in codes
        },
        codes={pk: code for code, pk in pks.items()},
        links=tuple(Link(at, a, b, "FS") for at, (a, b) in enumerate(pairs) if a != b),
        means=means,
        engaged=(),
        own_dates={},
        freezes=(),
    )


def live_of(problem: engine.LoadProblem, rows: Rows) -> Live:
    """Solve a problem as the pages do."""
    snapshot = Snapshot(
        problem=problem, units={}, groups={}, askings={}, periods=(), undated=(), unmapped=(),
        guesses={}, values=AssumptionValues(),
    )  # fmt: skip
    view = LoadView(
        snapshot=snapshot, result=engine.solve(problem), uncertainty=None,
        first_monday=problem.horizon.first_monday, fingerprint="", run_id=None, run_status="",
        progress=0.0, computed_at=timezone.now(), confirmed_only=False,
    )  # fmt: skip
    return Live((1, timezone.now(), TODAY), TODAY, view, rows)


def timed(act: Callable[[], object]) -> float:
    """Return how many milliseconds an act takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def run(initiatives: int, populations: int) -> bool:
    """Time steps of a drag and full recomputations; tell whether the promise holds."""
    problem, rows = made(initiatives, populations)
    there = live_of(problem, rows)
    measure_edits({}, on=there)
    others = {code: Edit(shift_days=14) for code in list(rows.initiatives)[10:20]}
    dragged = next(iter(rows.initiatives))
    measure_edits({**others, dragged: Edit(shift_days=7)}, on=there)
    steps = [
        timed(partial(measure_edits, {**others, dragged: Edit(shift_days=7 * n)}, on=there))
        for n in range(2, STEPS + 2)
    ]
    whole = [timed(lambda: measure_edits({}, on=live_of(problem, rows))) for _try in range(3)]
    step, full = median(steps), median(whole)
    promised = PROMISED_MS.get(initiatives, max(PROMISED_MS.values()))
    print(
        f"{initiatives} initiatives × {populations} populations × {WEEKS} weeks: "
        f"step {step:.1f} ms (worst {max(steps):.1f}), whole {full:.0f} ms, "
        f"ratio {full / step:.0f}, promised {promised:.0f} ms"
    )
    return step <= promised


def main() -> None:
    """Run both sizes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--initiatives", type=int, default=3000)
    asked = parser.parse_args()
    held = [run(60, 45), run(asked.initiatives, POPULATIONS)]
    raise SystemExit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
