"""What is in force in this installation, readable by who administers it."""

from __future__ import annotations

import json
import platform
import sqlite3
import stat
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre import __version__
from orchestre.ui import formats

OLD_BACKUP = timedelta(days=8)
SHORT_KEY = 40


@dataclass(frozen=True)
class Finding:
    """One thing that the settings doctor says."""

    code: str
    sentence: str
    serious: bool = True


@dataclass(frozen=True)
class Fact:
    """One setting in force."""

    label: str
    value: str


@dataclass(frozen=True)
class Group:
    """Settings of one kind."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Verified:
    """The last backup that was read back and compared."""

    file: str
    at: datetime
    seq: int = 0
    hash: str = ""


def data_dir() -> Path:
    """Return the folder of the database, the key and the backups."""
    return Path(settings.STATIC_ROOT).parent


def backups_dir() -> Path:
    """Return where backups go unless told otherwise."""
    return data_dir() / "backups"


def last_verified() -> Verified | None:
    """Return the last backup that was verified, None when there is none."""
    path = backups_dir() / "verified.json"
    if not path.exists():
        return None
    noted = json.loads(path.read_text(encoding="utf-8"))
    return Verified(
        file=str(noted["file"]),
        at=datetime.fromisoformat(str(noted["at"])),
        seq=int(noted["seq"]),
        hash=str(noted["hash"]),
    )


def note_verified(file: str, seq: int, digits: str) -> None:
    """Remember that a backup was read back and found equal, and the link it ends with."""
    backups_dir().mkdir(parents=True, exist_ok=True)
    noted = {"file": file, "at": timezone.now().isoformat(), "seq": seq, "hash": digits}
    (backups_dir() / "verified.json").write_text(json.dumps(noted), encoding="utf-8")


def database_words() -> str:
    """Return the engine and its version."""
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def in_force() -> tuple[Group, ...]:
    """Return the settings, in words."""
    yes, no = _("yes"), _("no")
    return (
        Group(
            _("Versions"),
            (
                Fact("Orchestre", __version__),
                Fact("Django", django.get_version()),
                Fact("Python", platform.python_version()),
                Fact(_("Database"), database_words()),
            ),
        ),
        Group(
            _("Access"),
            (
                Fact(_("Encrypted connection declared"), yes if settings.HTTPS else no),
                Fact(_("Hosts answered to"), ", ".join(settings.ALLOWED_HOSTS)),
                Fact(_("Behind a declared proxy"), yes if settings.SECURE_PROXY_SSL_HEADER else no),
                Fact(_("Idle session closed after"), _hours(settings.SESSION_IDLE_SECONDS)),
                Fact(_("Any session closed after"), _hours(settings.SESSION_COOKIE_AGE)),
            ),
        ),
        Group(
            _("Privacy"),
            (
                Fact(_("Calls to other servers"), _("none")),
                Fact(_("Passphrases"), _("kept as Argon2 fingerprints")),
                Fact(_("Tokens and links"), _("kept as SHA-256 fingerprints")),
                Fact(_("Score or prediction about a person"), _("never computed")),
                Fact(_("Data folder"), str(data_dir())),
            ),
        ),
    )


def _hours(seconds: int) -> str:
    return formats.hours(seconds / 3600)


def doctor() -> list[Finding]:
    """Say what an administrator should mend."""
    found = [
        Finding("debug", _("Debug mode is on: errors show the code. Turn it off."))
        if settings.DEBUG
        else None,
        Finding("weak-key", _("The secret key is short. Delete it to have a new one drawn."))
        if len(settings.SECRET_KEY) < SHORT_KEY
        else None,
        Finding("any-host", _("Any host name is answered to. Name yours in ORCHESTRE_HOSTS."))
        if "*" in settings.ALLOWED_HOSTS
        else None,
        _open_key(),
        _backup(),
        _plain_http(),
    ]
    return [finding for finding in found if finding is not None]


def _open_key() -> Finding | None:
    path = data_dir() / "secret.key"
    if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding(
            "open-key", _("Other users of the server can read secret.key. Run chmod 600.")
        )
    return None


def _backup() -> Finding | None:
    last = last_verified()
    if last is None:
        return Finding(
            "no-backup", _("No verified backup yet. Run: orchestre backup"), serious=False
        )
    if timezone.now() - last.at > OLD_BACKUP:
        sentence = _("The last verified backup is of %(day)s. Run: orchestre backup")
        return Finding("old-backup", sentence % {"day": formats.day(last.at.date())}, serious=False)
    return None


def _plain_http() -> Finding | None:
    local = {"localhost", "127.0.0.1", "[::1]", "testserver"}
    if settings.HTTPS or set(settings.ALLOWED_HOSTS) <= local:
        return None
    sentence = _("Other machines reach this server without encryption. Set ORCHESTRE_HTTPS=1.")
    return Finding("plain-http", sentence)
