"""Computing runs in the background, and in the foreground when that is quick."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, close_old_connections, connection
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from orchestre.kernel.errors import DomainError
from orchestre.runs import services
from orchestre.runs.kinds import compute_of
from orchestre.runs.models import Run
from orchestre.runs.services import RunCancelledError

logger = logging.getLogger("orchestre.runs")
BEAT_SECONDS = 10.0
OURS = _("The computation stopped on an error of ours. Tell the administrator.")


@task()
def compute_in_background(run_id: int) -> None:
    """Compute one run; called by the worker."""
    run = Run.objects.filter(pk=run_id).first()
    if run is not None:
        compute(run)


def queue(run: Run) -> None:
    """Have a waiting run computed by the worker."""
    compute_in_background.enqueue(run_id=run.pk)


def compute(run: Run) -> Run:
    """Compute a waiting run here and now; return the run that holds the result."""
    if not services.claim(run):
        return run
    started = time.perf_counter()

    def progress(ratio: float, message: str = "") -> None:
        services.beat(run, ratio, message)

    try:
        with beating(run):
            outcome = compute_of(run.kind)(run, progress)
        elapsed_ms = round((time.perf_counter() - started) * 1000)
        return services.finish(run, outcome.result, summary=outcome.summary, duration_ms=elapsed_ms)
    except RunCancelledError:
        run.refresh_from_db()
        return run
    except DomainError as refused:
        services.fail(run, str(refused))
        return run
    except Exception:
        logger.exception("run %s of kind %s failed", run.pk, run.kind)
        services.fail(run, str(OURS))
        raise


@contextmanager
def beating(run: Run) -> Iterator[None]:
    """Beat from beside while a long step computes: the lease tells death, not slowness."""
    over = threading.Event()

    def beat() -> None:
        try:
            while not over.wait(BEAT_SECONDS):
                close_old_connections()
                try:
                    services.beat(run)
                except DatabaseError:  # a base that is busy now answers the next beat
                    logger.warning("run %s missed a beat", run.pk, exc_info=True)
        except RunCancelledError:
            return  # the computation itself notices at its next step
        finally:
            connection.close()

    beside = threading.Thread(target=beat, name=f"beat-{run.pk}", daemon=True)
    beside.start()
    try:
        yield
    finally:
        over.set()
        beside.join()
