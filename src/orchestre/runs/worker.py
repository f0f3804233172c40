"""The thread that computes what was queued, beside the pages, in the same process."""

from __future__ import annotations

import logging
import secrets
import threading
import time

from django.db import close_old_connections, connections
from django.utils.module_loading import autodiscover_modules
from django_tasks_db.management.commands.db_worker import Worker

from orchestre.access import services as access
from orchestre.runs import jobs, services

logger = logging.getLogger("orchestre.runs")
PAUSE_SECONDS = 1.0
REAP_SECONDS = 20.0
SWEEP_SECONDS = 3600.0


class WorkerThread(threading.Thread):
    """Runs queued tasks one after the other until it is told to stop."""

    def __init__(self, pause_seconds: float = PAUSE_SECONDS) -> None:
        super().__init__(name="orchestre-worker", daemon=True)
        self._over = threading.Event()
        self._pause = pause_seconds
        self._reap_at = self._sweep_at = 0.0

    def run(self) -> None:
        """Work until stopped; a database away for a moment does not end the thread."""
        autodiscover_modules("jobs")
        while not self._over.wait(self._pause):
            close_old_connections()
            try:
                self._round()
            except Exception:
                logger.exception("the worker goes on after an error")
        connections.close_all()

    def _round(self) -> None:
        now = time.monotonic()
        if now >= self._reap_at:
            self._reap_at = now + REAP_SECONDS
            for run in services.reap():
                jobs.queue(run)
        if now >= self._sweep_at:
            self._sweep_at = now + SWEEP_SECONDS
            access.sweep()
        work_off()

    def stop(self, wait_seconds: float = 10.0) -> None:
        """Ask for the end and wait for the task under way."""
        self._over.set()
        self.join(wait_seconds)


def work_off() -> None:
    """Run every task that is ready, then return."""
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=secrets.token_hex(8),
        excluded_queue_names=[],
    ).run()
