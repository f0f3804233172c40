"""The real server of a scratch installation: `orchestre run` in its own process and folder."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a process that works on this data folder, and on no other."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ORCHESTRE_")}
    return {
        **kept,
        "ORCHESTRE_DATA": str(folder),
        "ORCHESTRE_ENV_FILE": str(folder / "no.env"),
        "DJANGO_SETTINGS_MODULE": "orchestre.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
    }


def free_port() -> int:
    """Ask the system for a port nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def orchestre(folder: Path, *words: str, given: str = "", database: str = "") -> str:
    """Run one command on this data folder; return what it prints."""
    known = environment(folder) | ({"ORCHESTRE_DATABASE_URL": database} if database else {})
    done = subprocess.run(
        [sys.executable, "-c", "from orchestre.config.cli import main; main()", *words],
        env=known,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"orchestre {' '.join(words)}: {done.stdout}{done.stderr}")
    return done.stdout


def script(folder: Path, code: str, *words: str) -> str:
    """Run Python with Django set up on this data folder; return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}", *words],
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{done.stdout}{done.stderr}")
    return done.stdout


@dataclass
class Server:
    """One serving process; started on demand, stopped with its children."""

    folder: Path
    database: str = ""
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> float:
        """Start, wait until it answers, and return the seconds that took."""
        began = time.perf_counter()
        known = environment(self.folder)
        if self.database:
            known["ORCHESTRE_DATABASE_URL"] = self.database
        words = ["run", "--host", "127.0.0.1", "--port", str(self.port)]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", "from orchestre.config.cli import main; main()", *words],
                env=known,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        while not self._answers():
            if self.process.poll() is not None or time.perf_counter() - began > START_SECONDS:
                self.kill()
                raise RuntimeError(f"the server does not start:\n{self.log()[-2000:]}")
            time.sleep(0.05)
        return time.perf_counter() - began

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health/", timeout=2) as answer:
                return bool(answer.status == 200)
        except urllib.error.HTTPError as wrong:
            wrong.close()
            self.kill()
            raise RuntimeError(f"it answers {wrong.code}:\n{self.log()[-2000:]}") from wrong
        except OSError:
            return False

    def log(self) -> str:
        """Return what the server said."""
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        """End it and its children at once, in the middle of whatever they do."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end; insist after ten seconds."""
        self._signal(signal.SIGTERM)

    def _signal(self, number: int) -> None:
        if self.process is None:
            return
        group = os.getpgid(self.process.pid) if self.process.poll() is None else 0
        if group:
            os.killpg(group, number)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(group, signal.SIGKILL)
            self.process.wait()
        self.process = None


def prepare(folder: Path) -> Path:
    """Migrate an empty installation and gather its static files, once for many copies."""
    folder.mkdir(parents=True, exist_ok=True)
    code = "from orchestre.config import serving as s; s.bring_up_to_date(); s.collect_static()"
    script(folder, code)
    return folder


def copy(prepared: Path, folder: Path) -> Server:
    """Make a new empty installation from a prepared one."""
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    return Server(folder)
