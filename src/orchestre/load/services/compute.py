"""The load of everybody, computed once per state of the data and kept.

A page asks `current()`: one small query tells whether anything was written since the last
answer, which is otherwise served from memory. The same inputs always find the same run.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import date, datetime, timedelta
from time import perf_counter
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.journal import queries as journal
from orchestre.kernel.errors import DomainError
from orchestre.load import snapshot
from orchestre.load.rules import dates
from orchestre.load.services.answer import LoadView
from orchestre.runs import jobs, services
from orchestre.runs.kinds import Outcome, Progress, kind
from orchestre.runs.models import Run
from orchestre_engine import load as engine
from orchestre_engine.codec import decode, encode, fingerprint
from orchestre_engine.errors import ProblemError

KIND = "load"
DRAWS = 2000
SEED = 20261
WEEKS_BEFORE = 26
WEEKS = 156
MOST_WEEKS = 520
# beyond, the draws take longer than a person waits: about half a second on one core
IMPACTS_WHILE_WAITING = 600
KEPT = 6
# how long a list may leave a change of a large portfolio uncounted, told beside its figures
UNCOUNTED_FOR = timedelta(minutes=15)
# acts that change nothing the load reads
_ELSEWHERE = (
    "interactions.", "access.", "load.", "reports.", "runs.", "scenarios.", "selections.",
    "weather.",
)  # fmt: skip

Key = tuple[int, datetime, date, int, date, bool]

_kept: OrderedDict[Key, LoadView] = OrderedDict()
_lock = threading.Lock()


def forget() -> None:
    """Empty the memory of this process."""
    with _lock:
        _kept.clear()


def today() -> date:
    """Return the day it is where the organisation lives."""
    return timezone.localdate()


def data_version() -> tuple[int, datetime] | None:
    """Return what changes when anything the load reads is written; None when nothing was."""
    last = journal.written(but=_ELSEWHERE)
    return None if last is None else (last.link, last.at)


def horizon_for(first_day: date, weeks: int, today: date) -> tuple[date, int]:
    """Return the standard horizon when it holds the wanted weeks, else these weeks."""
    start = dates.monday(today) - timedelta(weeks=WEEKS_BEFORE)
    first = dates.monday(first_day)
    if start <= first and first + timedelta(weeks=weeks) <= start + timedelta(weeks=WEEKS):
        return start, WEEKS
    return first, weeks


def current(
    as_of: date | None = None, weeks: int | None = None, *, confirmed_only: bool = False
) -> LoadView:
    """Return the load over weeks that hold at least the wanted ones."""
    today = timezone.localdate()
    start, length = horizon_for(as_of or today, weeks or 1, today)
    return compute(start, length, confirmed_only=confirmed_only)


def compute(as_of: date, weeks: int, *, confirmed_only: bool = False) -> LoadView:
    """Return the load of exactly these weeks: from memory, from a known run, or computed."""
    if not 1 <= weeks <= MOST_WEEKS:
        raise DomainError(
            _("Ask for 1 to %(most)s weeks, not %(weeks)s.") % {"most": MOST_WEEKS, "weeks": weeks}
        )
    key = _key(as_of, weeks, confirmed_only=confirmed_only)
    if key is None:  # nothing was ever written: nothing to trust the memory by
        return _drawn(_solve(as_of, weeks, confirmed_only=confirmed_only))
    found = _remembered(key)
    if found is None:
        found = _drawn(_solve(as_of, weeks, confirmed_only=confirmed_only))
    elif not found.run_status:
        found = _drawn(found)
    elif found.is_pending:
        found = _refreshed(found)
    else:
        return found
    _remember(key, found)
    return found


def undrawn() -> LoadView:
    """Return the load from today on as it is, its draws made or not; writes nothing."""
    start, weeks = horizon_for(today(), 1, today())
    key = _key(start, weeks)
    known = None if key is None else _remembered(key)
    return known or _solved(key, start, weeks)


def at_hand() -> LoadView:
    """Return the load for a page that shows something else first; writes nothing.

    A large portfolio that changed a moment ago is not computed again here: the last answer is
    given, with the instant until which it was exact.
    """
    start, weeks = horizon_for(today(), 1, today())
    key = _key(start, weeks)
    known = None if key is None else _remembered(key) or _dated(key)
    return known or _solved(key, start, weeks)


def afresh() -> LoadView:
    """Return the load of the rows as this transaction sees them; nothing is remembered."""
    start, weeks = horizon_for(today(), 1, today())
    return _solve(start, weeks)


def _solved(key: Key | None, start: date, weeks: int) -> LoadView:
    found = _solve(start, weeks)
    if key is not None:
        _remember(key, found)
    return found


def _dated(key: Key) -> LoadView | None:
    """Return the last answer on a large portfolio, while what it misses is recent."""
    last = _last_of(key)
    if last is None or len(last[1].snapshot.problem.impacts) <= IMPACTS_WHILE_WAITING:
        return None
    since = journal.first_since(last[0][0], but=_ELSEWHERE)
    recent = since is not None and timezone.now() - since < UNCOUNTED_FOR
    return last[1].standing(exact_until=since) if recent else None


def _key(as_of: date, weeks: int, *, confirmed_only: bool = False) -> Key | None:
    version = data_version()
    if version is None:
        return None
    return (*version, dates.monday(as_of), weeks, dates.monday(today()), confirmed_only)


def _remembered(key: Key) -> LoadView | None:
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
    return found


def _last_of(key: Key) -> tuple[Key, LoadView] | None:
    """Return the last answer to the same question, asked of older data."""
    with _lock:
        older = [one for one in _kept if one[2:] == key[2:] and one[0] < key[0]]
        if not older:
            return None
        last = max(older)
        return last, _kept[last]


def _remember(key: Key, view: LoadView) -> None:
    """Keep an answer; those to the same question on older data go."""
    with _lock:
        for older in [one for one in _kept if one[2:] == key[2:] and one[0] < key[0]]:
            del _kept[older]
        _kept[key] = view
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)


def _solve(as_of: date, weeks: int, *, confirmed_only: bool = False) -> LoadView:
    today = dates.monday(timezone.localdate())
    try:
        taken = snapshot.take(as_of, weeks, today=today, confirmed_only=confirmed_only)
        result = engine.solve(taken.problem)
    except ProblemError as error:
        raise DomainError(
            _("The load cannot be computed: %(why)s") % {"why": error}, code="cannot-compute"
        ) from error
    return LoadView(
        snapshot=taken,
        result=result,
        uncertainty=None,
        first_monday=taken.problem.horizon.first_monday,
        fingerprint="",
        run_id=None,
        run_status="",
        progress=0.0,
        computed_at=timezone.now(),
        confirmed_only=confirmed_only,
    )


def _drawn(view: LoadView) -> LoadView:
    """Put its draws beside a load: those of a known run, made here, or queued when many."""
    began = perf_counter()
    problem = view.snapshot.problem
    view = view.standing(fingerprint=fingerprint(problem))
    known = _known_run(view.fingerprint)
    if known is not None:
        return _with_run(view, known)
    if len(problem.impacts) > IMPACTS_WHILE_WAITING:
        return _queued(view)
    drawn = engine.simulate(problem, draws=DRAWS, seed=SEED)
    run = _store(view, drawn, began)
    return view.standing(uncertainty=drawn, run_id=run.pk, run_status=Run.Status.DONE, progress=1.0)


def _known_run(digest: str) -> Run | None:
    runs = Run.objects.filter(
        kind=KIND, fingerprint=digest, engine_version=engine.COMPUTATION, seed=SEED
    ).exclude(status=Run.Status.CANCELLED)
    return runs.filter(status=Run.Status.DONE).first() or runs.first()


def _with_run(view: LoadView, run: Run) -> LoadView:
    drawn = _uncertainty_of(run) if run.status == Run.Status.DONE else None
    return view.standing(
        uncertainty=drawn,
        run_id=run.pk,
        run_status=run.status,
        progress=run.progress,
        computed_at=run.computed_at or view.computed_at,
    )


def _refreshed(view: LoadView) -> LoadView:
    stand = Run.objects.filter(pk=view.run_id or 0).defer("problem", "result").first()
    if stand is None:
        return view.standing(run_status=Run.Status.CANCELLED)
    if stand.status == Run.Status.DONE:
        return _with_run(view, Run.objects.get(pk=stand.pk))
    return view.standing(run_status=stand.status, progress=stand.progress)


def _uncertainty_of(run: Run) -> engine.UncertaintyResult:
    found: dict[str, Any] = decode(bytes(run.result or b""))["uncertainty"]
    found.pop("$type", None)
    found["weeks"], found["population_ids"] = tuple(found["weeks"]), tuple(found["population_ids"])
    return engine.UncertaintyResult(**found)


def _store(view: LoadView, drawn: engine.UncertaintyResult, began: float) -> Run:
    run = Run(
        kind=KIND,
        fingerprint=view.fingerprint,
        engine_version=engine.COMPUTATION,
        seed=SEED,
        status=Run.Status.DONE,
        progress=1.0,
        problem=encode(view.snapshot.problem),
        result=encode({"load": view.result, "uncertainty": drawn}),
        summary=_summary(view),
        computed_at=view.computed_at,
        duration_ms=round((perf_counter() - began) * 1000),
    )
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError:  # another process answered the same question meanwhile
        known = _known_run(view.fingerprint)
        if known is None:
            raise
        return known
    services.prune(KIND)
    return run


def _summary(view: LoadView) -> dict[str, Any]:
    return {
        "first_monday": view.first_monday.isoformat(),
        "weeks": view.weeks,
        "confirmed_only": view.confirmed_only,
        "populations": len(view.snapshot.groups),
        "initiatives": len(view.result.change_ids),
        "overloaded_cells": int((view.result.excess_hours > 0).sum()),
        "draws": DRAWS,
    }


def _queued(view: LoadView) -> LoadView:
    """Queue the draws; the map is shown without them meanwhile."""
    run, is_new = services.find_or_start(
        KIND, view.fingerprint, engine_version=engine.COMPUTATION, seed=SEED
    )
    if is_new:
        run.summary = _summary(view)
        run.save(update_fields=["summary"])
        jobs.queue(run)
    return _with_run(view, run)


def ask_again(view: LoadView) -> None:
    """Queue the draws that failed; nothing happens when they are there or under way."""
    if view.uncertainty is not None or view.is_pending:
        return
    Run.objects.filter(pk=view.run_id or 0, status=Run.Status.FAILED).update(
        status=Run.Status.CANCELLED
    )
    forget()


@kind(KIND)
def draw_worlds(run: Run, progress: Progress) -> Outcome:
    """Draw the worlds of a queued run; cancelled when the data changed since it was asked."""
    about = run.summary
    taken = snapshot.take(
        date.fromisoformat(about["first_monday"]),
        about["weeks"],
        today=dates.monday(today()),
        confirmed_only=about["confirmed_only"],
    )
    if fingerprint(taken.problem) != run.fingerprint:
        services.cancel(run)
        raise services.RunCancelledError
    told = perf_counter()

    def tell(part: float) -> None:
        nonlocal told
        if perf_counter() - told > 1:
            told = perf_counter()
            progress(part)

    drawn = engine.simulate(taken.problem, draws=DRAWS, seed=SEED, progress=tell)
    run.problem = encode(taken.problem)
    run.save(update_fields=["problem"])
    return Outcome(encode({"load": engine.solve(taken.problem), "uncertainty": drawn}), about)


def live_initiatives() -> int:
    """Count the initiatives that the load reads."""
    return snapshot.live_initiatives()
