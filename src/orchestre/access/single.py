"""One process at a time on an SQLite database and on an address: no data lost, none mixed."""

from __future__ import annotations

import errno
import fcntl
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from django.db import connection
from django.utils.translation import gettext as _

from orchestre.access.status import data_dir
from orchestre.kernel.errors import DomainError

PATIENCE_SECONDS = 2.0


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


def only_listener(host: str, port: int) -> None:
    """Refuse an address that another program listens on, or that cannot be listened on.

    Servers that share their port are both accepted by Linux: each would get one request in two.
    """
    where = {"host": host, "port": port}
    ends = monotonic() + PATIENCE_SECONDS
    while True:
        try:
            _listen_once(host, port)
        except OSError as refused:
            if refused.errno == errno.EADDRINUSE and monotonic() < ends:
                sleep(0.1)  # a server that was just stopped lets go of its address
                continue
            if refused.errno == errno.EADDRINUSE:
                sentence = _(
                    "Another program already listens on %(host)s, port %(port)s. Stop it, or "
                    "choose another port with --port or ORCHESTRE_PORT."
                )
                raise DomainError(sentence % where, code="port-taken") from refused
            sentence = _("Orchestre cannot listen on %(host)s, port %(port)s: %(why)s.")
            told = where | {"why": refused.strerror}
            raise DomainError(sentence % told, code="cannot-listen") from refused
        return


def _listen_once(host: str, port: int) -> None:
    family, kind, protocol, _name, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, protocol) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        tried.bind(address)
        tried.listen()
