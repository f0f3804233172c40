"""A process that dies during an import leaves all or nothing; a large one is a run."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from exchange.tables import workbook
from orchestre.exchange import sessions
from orchestre.exchange.models import ImportSession
from orchestre.portfolio.models import Initiative
from orchestre.runs.jobs import compute
from orchestre.runs.models import Run

ROWS = 3_000
SCRIPT = """
import os, sys
import django
django.setup()
from pathlib import Path
from django.core.management import call_command
from orchestre.exchange import applying
from orchestre.exchange.services import apply_file, dataset_of
call_command("migrate", verbosity=0)
content = Path(sys.argv[1]).read_bytes()
dataset = dataset_of(content, "big.xlsx")
create, made = applying._create, []
def told(done, rows):
    create(done, rows)
    made.append(1)
    if len(made) == 3:
        print("half", flush=True)
        sys.stdin.readline()
applying._create = told
apply_file(content, "big.xlsx", dataset)
print("whole", flush=True)
"""


def big() -> bytes:
    rows = [["Code", "Title"], *([f"B{n}", f"Project {n}"] for n in range(ROWS))]
    return workbook(Initiatives=rows)


def test_killed_half_way_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "big.xlsx"
    path.write_bytes(big())
    base = tmp_path / "orchestre.sqlite3"
    environment = {
        **os.environ,
        "ORCHESTRE_DATA": str(tmp_path),
        "ORCHESTRE_DATABASE_URL": f"sqlite://{base}",
        "DJANGO_SETTINGS_MODULE": "orchestre.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as dying:
        assert dying.stdout is not None
        assert dying.stdout.readline() == b"half\n"
        dying.send_signal(signal.SIGKILL)
    time.sleep(0.2)
    with sqlite3.connect(base) as left:
        for table in ("portfolio_initiative", "journal_changeset", "exchange_importsession"):
            assert left.execute(f"select count(*) from {table}").fetchone() == (0,)
        assert left.execute("pragma integrity_check").fetchone() == ("ok",)
    left.close()


@pytest.mark.django_db
def test_a_large_import_is_a_run_that_is_followed(
    as_person: Callable[[str], Client], send: Callable[..., ImportSession]
) -> None:
    client = as_person("claire")
    session = send(client, big())
    first = client.post(f"/import/{session.pk}/apply/")
    second = client.post(f"/import/{session.pk}/apply/")
    run = Run.objects.get(kind="import")
    assert first.url == f"/runs/{run.pk}/"
    assert second.status_code == 302
    assert client.get(f"/import/{session.pk}/").url == f"/runs/{run.pk}/"
    assert not Initiative.objects.exists()
    done = compute(run)
    assert done.status == Run.Status.DONE, done.message
    assert Initiative.objects.count() == ROWS > sessions.LARGE
    assert f"/import/{session.pk}/done/" in client.get(f"/runs/{run.pk}/").content.decode()
    assert client.get(f"/import/{session.pk}/").url.endswith("/done/")


@pytest.mark.django_db
def test_a_stopped_run_leaves_the_import_open(
    as_person: Callable[[str], Client], send: Callable[..., ImportSession]
) -> None:
    client = as_person("claire")
    session = send(client, big())
    client.post(f"/import/{session.pk}/apply/")
    run = Run.objects.get(kind="import")
    client.post(f"/runs/{run.pk}/cancel/")
    compute(run)
    assert not Initiative.objects.exists()
    assert client.get(f"/import/{session.pk}/check/").status_code == 200
    again = client.post(f"/import/{session.pk}/apply/")
    assert again.url == f"/runs/{Run.objects.latest('pk').pk}/"
