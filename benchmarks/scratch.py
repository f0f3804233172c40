"""Sets Django up on a scratch folder when imported, before anything of the product is."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(tempfile.mkdtemp(prefix="orchestre-bench-"))
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
os.environ["ORCHESTRE_DATA"] = str(FOLDER)
os.environ["DJANGO_SETTINGS_MODULE"] = "orchestre.config.settings_test"
django.setup()


@contextmanager
def installation(name: str) -> Iterator[None]:
    """Point Django to a new database; on a server, to a schema of its own."""
    if connection.vendor == "sqlite":
        connections.close_all()
        connection.settings_dict["NAME"] = str(FOLDER / f"{name}.sqlite3")
    else:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {name}")
        connections.close_all()
        connection.settings_dict["OPTIONS"] = {"options": f"-c search_path={name}"}
    call_command("migrate", verbosity=0)
    yield
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA {name} CASCADE")
    connections.close_all()


def signed_in() -> Client:
    """Return a client signed in as the administrator."""
    import cast  # noqa: PLC0415 - reads the models, once Django is set up

    cast.organisation()
    client = Client()
    client.force_login(cast.person("ada"))
    return client
