"""One process at a time on an SQLite database: two writers in WAL mode may lose it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils.translation import gettext as _

from orchestre.access.status import data_dir
from orchestre.kernel.errors import DomainError


@contextmanager
def only_process() -> Iterator[None]:
    """Hold the database of this installation; refuse while another process holds it."""
    if connection.vendor != "sqlite":
        yield
        return
    with (data_dir() / "serving.lock").open("w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise DomainError(
                _("Orchestre already runs on this database. Stop it first."), code="already-runs"
            ) from held
        yield
