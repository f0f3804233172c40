"""Starting, following and ending computations.

The same problem is computed once: asked again, the run that has the result is found; asked
while it is being computed, the computation under way is found.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.kernel.errors import DomainError
from orchestre.runs.models import Run

LEASE = timedelta(seconds=60)
TRIES = 2
OPEN = (Run.Status.WAITING, Run.Status.RUNNING)
KEPT_PER_KIND = 20


class RunCancelledError(Exception):
    """Somebody cancelled the run; the computation stops where it is."""


def find_or_start(
    kind: str,
    fingerprint: str,
    *,
    engine_version: str,
    seed: int = 0,
    problem: bytes | None = None,
    requested_by: User | None = None,
) -> tuple[Run, bool]:
    """Return the run of this problem, and whether it is a new one that waits to be computed."""
    same = Run.objects.filter(
        kind=kind, fingerprint=fingerprint, engine_version=engine_version, seed=seed
    )
    for _attempt in range(TRIES):
        known = same.filter(status__in=(Run.Status.DONE, *OPEN)).order_by("status").first()
        if known is not None:
            return known, False
        try:
            with transaction.atomic():
                return (
                    Run.objects.create(
                        kind=kind,
                        fingerprint=fingerprint,
                        engine_version=engine_version,
                        seed=seed,
                        problem=problem,
                        requested_by=requested_by,
                    ),
                    True,
                )
        except IntegrityError:
            continue  # somebody asked for the same at the same instant: find theirs
    return same.get(status__in=(Run.Status.DONE, *OPEN)), False


def claim(run: Run) -> bool:
    """Take a waiting run to compute it; False when somebody else did."""
    now = timezone.now()
    taken = Run.objects.filter(pk=run.pk, status=Run.Status.WAITING).update(
        status=Run.Status.RUNNING, beat_at=now, attempts=F("attempts") + 1
    )
    run.refresh_from_db()
    return bool(taken)


def beat(run: Run, ratio: float | None = None, message: str | None = None) -> None:
    """Say that the computation lives, and where it stands; stop it when it was cancelled."""
    values: dict[str, Any] = {"beat_at": timezone.now()}
    if ratio is not None:
        values["progress"] = min(1.0, max(0.0, ratio))
    if message is not None:
        values["message"] = message
    if not Run.objects.filter(pk=run.pk, status=Run.Status.RUNNING).update(**values):
        raise RunCancelledError


def finish(
    run: Run,
    result: bytes,
    *,
    summary: dict[str, Any] | None = None,
    duration_ms: int | None = None,
) -> Run:
    """Keep the result; when the same problem was solved meanwhile, return that run."""
    values: dict[str, Any] = {
        "status": Run.Status.DONE,
        "result": result,
        "summary": summary or {},
        "progress": 1.0,
        "message": "",
        "computed_at": timezone.now(),
        "duration_ms": duration_ms,
    }
    try:
        with transaction.atomic():
            kept = Run.objects.filter(pk=run.pk, status__in=OPEN).update(**values)
    except IntegrityError:
        return _twin(run)
    if not kept:
        raise RunCancelledError
    run.refresh_from_db()
    prune(run.kind)
    return run


def prune(kind: str) -> int:
    """Delete the runs of a kind that ended, but the last ones; return how many went."""
    ended = Run.objects.filter(kind=kind).exclude(status__in=OPEN).order_by("-pk")
    last = ended.values_list("pk", flat=True)[KEPT_PER_KIND - 1 : KEPT_PER_KIND].first()
    return 0 if last is None else ended.filter(pk__lt=last).delete()[0]


def _twin(run: Run) -> Run:
    Run.objects.filter(pk=run.pk).update(status=Run.Status.CANCELLED)
    return Run.objects.get(
        kind=run.kind,
        fingerprint=run.fingerprint,
        engine_version=run.engine_version,
        seed=run.seed,
        status=Run.Status.DONE,
    )


def fail(run: Run, message: str) -> None:
    """End a run without a result, with a sentence."""
    Run.objects.filter(pk=run.pk, status__in=OPEN).update(
        status=Run.Status.FAILED, message=message, computed_at=timezone.now()
    )
    run.refresh_from_db()


def cancel(run: Run) -> None:
    """Stop a run; the computation under way notices at its next step."""
    stopped = Run.objects.filter(pk=run.pk, status__in=OPEN).update(
        status=Run.Status.CANCELLED, computed_at=timezone.now()
    )
    if not stopped:
        raise DomainError(_("This computation has already ended."), code="run-ended")
    run.refresh_from_db()


def reap(now: datetime | None = None) -> list[Run]:
    """Take up again, once, the runs whose process died; return those to be queued again."""
    late = (now or timezone.now()) - LEASE
    dead = Run.objects.filter(status=Run.Status.RUNNING, beat_at__lt=late)
    for run in dead.filter(attempts__gte=TRIES):
        fail(run, _("The computation stopped twice before its end. Tell the administrator."))
    return [run for run in dead.filter(attempts__lt=TRIES) if _put_back(run, late)]


def _put_back(run: Run, late: datetime) -> bool:
    """Only one process takes a dead run up again."""
    lost = Run.objects.filter(pk=run.pk, status=Run.Status.RUNNING, beat_at__lt=late)
    return bool(lost.update(status=Run.Status.WAITING, progress=0.0, message=""))
