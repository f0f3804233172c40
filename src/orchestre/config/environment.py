"""The settings that an installation may choose, read from the environment and `.env`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from dotenv import load_dotenv

ROOT = Path(__file__).resolve().parents[3]
load_dotenv(Path(os.environ.get("ORCHESTRE_ENV_FILE", ROOT / ".env")))

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
        "PRAGMA cache_size=-16000;PRAGMA temp_store=MEMORY;"
    ),
}


def flag(name: str, *, default: bool = False) -> bool:
    """Read a yes/no setting."""
    value = os.environ.get(name, "").strip().lower()
    return default if not value else value in {"1", "true", "yes", "on", "oui"}


def words(name: str, default: str = "") -> list[str]:
    """Read a list separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def data_dir() -> Path:
    """Return where the database, files and the secret key live; created when missing."""
    folder = Path(os.environ.get("ORCHESTRE_DATA", ROOT / "data"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key() -> str:
    """Return the key of this installation, drawn once and kept readable by its owner only."""
    given = os.environ.get("ORCHESTRE_SECRET_KEY", "")
    if given:
        return given
    path = data_dir() / "secret.key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    key = secrets.token_urlsafe(50)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    return key


def database() -> dict[str, Any]:
    """SQLite in the data folder, or the server that ORCHESTRE_DATABASE_URL names."""
    url = os.environ.get("ORCHESTRE_DATABASE_URL", "")
    if url and not url.startswith("sqlite"):
        return dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    name = url.removeprefix("sqlite://") or str(data_dir() / "orchestre.sqlite3")
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": SQLITE_OPTIONS}
