"""The outlook of everybody or of one initiative: drawn once per state of the data, and kept.

The same inputs always find the same run. A portfolio too large to wait for is queued.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.kernel.errors import DomainError
from orchestre.outlook.services import known
from orchestre.outlook.services.known import today
from orchestre.outlook.services.stored import result_of
from orchestre.outlook.snapshot.problem import Built, build, facing
from orchestre.outlook.snapshot.rows import Inputs, take
from orchestre.runs import jobs, services
from orchestre.runs.kinds import Outcome, Progress, kind
from orchestre.runs.models import Run
from orchestre_engine import outlook as engine
from orchestre_engine.codec import decode, encode, fingerprint

KIND = "outlook"
KIND_ONE = "outlook-one"
DRAWS = 10_000
SEED = 20_263
# beyond, the draws take longer than a person waits: about half a second on one core
TASKS_WHILE_WAITING = 400
KEPT = 12


@dataclass(frozen=True)
class Outlook:
    """What is known of dates and money at one moment.

    `result` is None while the draws are under way or when there is nothing to draw; `mitigated`
    is the same with the mitigations carried out, None when none is planned.
    """

    inputs: Inputs
    built: Built
    result: engine.OutlookResult | None
    mitigated: engine.OutlookResult | None
    fingerprint: str
    run: Run | None
    computed_at: datetime | None

    @property
    def is_pending(self) -> bool:
        """Tell whether draws are waited for."""
        return self.run is not None and self.run.status in services.OPEN


_kept: OrderedDict[str, tuple[int, engine.OutlookResult, engine.OutlookResult | None]] = (
    OrderedDict()
)
_lock = threading.Lock()


def forget() -> None:
    """Empty the memory of this process."""
    known.forget()
    with _lock:
        _kept.clear()


def portfolio(
    *, year: int | None = None, person: Person | None = None, wait: bool = False
) -> Outlook:
    """Return the outlook of the whole portfolio; with `wait`, drawn here whatever its size."""
    return _drawn(*known.whole(year), "", person, wait=wait)


def of_initiative(code: str, *, inputs: Inputs | None = None, wait: bool = False) -> Outlook:
    """Return the outlook of one initiative and of what it waits for."""
    inputs = inputs or known.inputs()
    built = build(inputs, target=code)
    return _drawn(inputs, built, fingerprint(built.problem), code, None, wait=wait)


def undrawn(code: str, *, inputs: Inputs | None = None) -> Outlook:
    """Return the plan of one initiative without its draws."""
    inputs = inputs or known.inputs()
    built = build(inputs, target=code)
    return Outlook(inputs, built, None, None, fingerprint(built.problem), None, None)


def plan_of_all() -> Outlook:
    """Return the plan of the whole portfolio without its draws: for what moves what."""
    return Outlook(*known.whole()[:2], None, None, "", None, None)


def _drawn(
    inputs: Inputs, built: Built, digest: str, code: str, person: Person | None, *, wait: bool
) -> Outlook:
    if not built.problem.watches and not built.problem.costs:
        return Outlook(inputs, built, None, None, digest, None, None)
    made = _known_run(digest, code)
    if made is not None and not (wait and made.status != Run.Status.DONE):
        return _with_run(inputs, built, digest, made)
    if len(built.problem.tasks) > TASKS_WHILE_WAITING and not wait:
        return _with_run(inputs, built, digest, _queued(built, digest, code, person))
    began = perf_counter()
    found, better = draw(built)
    run = _store(built, digest, code, (found, better), began)
    return Outlook(inputs, built, found, better, digest, run, run.computed_at)


def draw(
    built: Built, progress: Callable[[float], None] | None = None
) -> tuple[engine.OutlookResult, engine.OutlookResult | None]:
    """Draw the worlds, and those in which the mitigations were carried out."""
    twice = _is_mitigated(built)
    parts = 2 if twice else 1

    def part(at: int) -> Callable[[float], None] | None:
        return None if progress is None else lambda ratio: progress((at + ratio) / parts)

    found = engine.simulate(built.problem, draws=DRAWS, seed=SEED, progress=part(0))
    if not twice:
        return found, None
    better = facing(built).problem
    return found, engine.simulate(better, draws=DRAWS, seed=SEED, progress=part(1))


def _is_mitigated(built: Built) -> bool:
    return any(
        (one.residual_probability, one.residual_impact, one.residual_cost) != (None, None, None)
        for one in built.problem.risks
    )


def _kind(code: str) -> str:
    """Keep the runs of the portfolio apart: those of each initiative do not push them out."""
    return KIND_ONE if code else KIND


def _known_run(digest: str, code: str) -> Run | None:
    runs = Run.objects.filter(
        kind=_kind(code), fingerprint=digest, engine_version=engine.COMPUTATION, seed=SEED
    ).exclude(status=Run.Status.CANCELLED)
    rows = runs.defer("problem", "result")
    return rows.filter(status=Run.Status.DONE).first() or rows.first()


def _with_run(inputs: Inputs, built: Built, digest: str, run: Run) -> Outlook:
    if run.status != Run.Status.DONE:
        return Outlook(inputs, built, None, None, digest, run, None)
    found, better = _read(digest, run)
    return Outlook(inputs, built, found, better, digest, run, run.computed_at)


def _read(digest: str, run: Run) -> tuple[engine.OutlookResult, engine.OutlookResult | None]:
    with _lock:
        kept = _kept.get(digest)
        if kept is not None and kept[0] == run.pk:
            _kept.move_to_end(digest)
            return kept[1], kept[2]
    plain = decode(bytes(Run.objects.values_list("result", flat=True).get(pk=run.pk) or b""))
    better = plain["mitigated"]
    found = result_of(plain["result"]), None if better is None else result_of(better)
    with _lock:
        _kept[digest] = (run.pk, *found)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def _packed(found: tuple[engine.OutlookResult, engine.OutlookResult | None]) -> bytes:
    return encode({"result": found[0], "mitigated": found[1]})


def _store(
    built: Built,
    digest: str,
    code: str,
    found: tuple[engine.OutlookResult, engine.OutlookResult | None],
    began: float,
) -> Run:
    run = Run(
        kind=_kind(code), fingerprint=digest, engine_version=engine.COMPUTATION, seed=SEED,
        status=Run.Status.DONE, progress=1.0, problem=encode(built.problem), result=_packed(found),
        summary=_summary(built, code), computed_at=timezone.now(),
        duration_ms=round((perf_counter() - began) * 1000),
    )  # fmt: skip
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError:  # another process answered the same question meanwhile
        made = _known_run(digest, code)
        if made is None:
            raise
        return made
    services.prune(run.kind)
    return run


def _summary(built: Built, code: str) -> dict[str, object]:
    return {
        "initiative": code,
        "year": built.year,
        "tasks": len(built.problem.tasks),
        "initiatives": len(built.chains),
        "draws": DRAWS,
        "url": reverse("outlook:show", args=[code]) if code else reverse("outlook:list"),
    }


def _queued(built: Built, digest: str, code: str, person: Person | None) -> Run:
    run, is_new = services.find_or_start(
        _kind(code), digest, engine_version=engine.COMPUTATION, seed=SEED,
        requested_by=person if isinstance(person, User) else None,
    )  # fmt: skip
    if is_new:
        run.summary = _summary(built, code)
        run.save(update_fields=["summary"])
        jobs.queue(run)
    return run


def ask_again(view: Outlook) -> None:
    """Let draws that failed or were stopped be asked again."""
    if view.result is None and not view.is_pending and view.run is not None:
        Run.objects.filter(pk=view.run.pk, status=Run.Status.FAILED).update(
            status=Run.Status.CANCELLED
        )
        forget()


@kind(KIND)
@kind(KIND_ONE)
def draw_worlds(run: Run, progress: Progress) -> Outcome:
    """Draw the worlds of a queued run; cancelled when the data changed since it was asked."""
    about = run.summary
    inputs = take(today())
    built = build(inputs, target=about["initiative"], year=about["year"])
    if fingerprint(built.problem) != run.fingerprint:
        services.cancel(run)
        raise services.RunCancelledError
    found = draw(built, progress)
    run.problem = encode(built.problem)
    run.save(update_fields=["problem"])
    return Outcome(_packed(found), about)


def last_step(view: Outlook, code: str) -> int:
    """Return the go-live of an initiative as a step; −1 when there is none to come."""
    chain = view.built.chains.get(code)
    return chain.open_steps[-1].pk if chain and chain.open_steps else -1


def slipped(view: Outlook, code: str, step: int, weeks: float) -> tuple[engine.Moved, ...]:
    """Tell which ends move when one milestone slips by some weeks, in the whole portfolio."""
    chain = view.built.chains.get(code)
    if chain is None or step not in {one.pk for one in chain.open_steps}:
        raise DomainError(_("Choose a milestone that is still to come."), code="no-milestone")
    task = f"{code}/{step or 'go'}"
    return engine.slip(view.built.problem, task, weeks * 7)
