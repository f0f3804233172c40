"""`orchestre run`: bring the database up to date, then serve pages and compute, in one process."""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.urls import get_resolver
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from orchestre import __version__
from orchestre.access.single import only_listener, only_process
from orchestre.access.terminal import told
from orchestre.journal import backups, restores

logger = logging.getLogger("orchestre")
THREADS = 4
PORTS = click.IntRange(1, 65_535)


@click.command()
@click.option("--host", envvar="ORCHESTRE_HOST", default="127.0.0.1", show_default=True)
@click.option(
    "--port",
    envvar="ORCHESTRE_PORT",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
)
@click.option("--setup-only", is_flag=True, help="Prepare the database and the files, then stop.")
def run(host: str, port: int, *, setup_only: bool) -> None:
    """Serve Orchestre: pages, API and computations, until Ctrl C."""
    os.umask(0o077)  # the database and the backups are read by their owner only
    with told(as_json=False), only_process():
        if not setup_only:
            only_listener(host, port)
        bring_up_to_date()
        collect_static()
        if setup_only:
            click.echo(_("Orchestre is set up; ./run serves it."))
            return
        connections.close_all()
        address = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host  # noqa: S104 - compared, not listened to
        click.echo(
            _("Orchestre is open at http://%(host)s:%(port)s/") % {"host": address, "port": port}
        )
        Granian(
            "orchestre.config.serving:make_application",
            factory=True,
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=THREADS,
            websockets=False,
            log_level=LogLevels.warning,
            workers_kill_timeout=30,
        ).serve()


def bring_up_to_date() -> None:
    """Migrate; when data exist, write and verify a backup before."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if connection.introspection.table_names() and not restores.is_empty():
        path, _manifest = backups.make()
        restores.check(path)
        click.echo(_("Backup before the migration: %(file)s") % {"file": path}, err=True)
    call_command("migrate", verbosity=0, interactive=False)


def collect_static() -> None:
    """Gather the files of the pages; again only when this version's files changed."""
    stamp = Path(settings.STATIC_ROOT) / ".version"
    wanted = f"{__version__} {_newest_static()}"
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(wanted, encoding="ascii")


def _newest_static() -> int:
    package = Path(__file__).resolve().parents[1]
    files = package.glob("*/static/**/*")
    return max((path.stat().st_mtime_ns for path in files if path.is_file()), default=0)


def make_application() -> Callable[..., Any]:
    """Build the door of the web server and start the worker beside it, in the same process."""
    from orchestre.config.wsgi import application  # noqa: PLC0415 - sets Django up when imported
    from orchestre.runs.worker import WorkerThread  # noqa: PLC0415 - needs Django set up

    get_resolver().check()  # a page that cannot be loaded stops the start, not a visitor
    worker = WorkerThread()
    worker.start()
    atexit.register(worker.stop)
    threading.Thread(target=_read_ahead, name="orchestre-read-ahead", daemon=True).start()
    return application


def _read_ahead() -> None:
    """Compute what the first page would otherwise wait for; nothing depends on it."""
    from orchestre.weather.services import readings  # noqa: PLC0415 - needs Django set up

    try:
        readings.current()
    except Exception:
        logger.exception("the first readings were not computed ahead; a page will")
    finally:
        connections.close_all()


commands = [run]
