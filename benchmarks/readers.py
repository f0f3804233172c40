"""Five hundred people reading at once, on the real server, as `orchestre run` serves it.

The demo organisation is served by its own process on this machine. Each reader has a session and
turns over pages with a pause between two: 10 to 40 seconds in life, divided by `--faster` here,
so that the server receives as many requests in a minute as in several. Prints requests per second,
the median and 95th percentile seen by the readers, errors, and the memory of the server.

    python benchmarks/readers.py [--readers 500] [--seconds 40] [--faster 1]
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from support import serving  # noqa: E402 - found beside the tests, once the path is set

PAUSE_SECONDS = (10, 40)
LONGEST_WAIT_SECONDS = 30
MOST_P95_MS = 300  # the goal: 500 people, 2 cores
PAGES = (
    *("/load/", "/portfolio/") * 3,
    "/portfolio/roadmap/",
    "/load/overloads/",
    "/load/findings/",
    "/people/",
    "/initiatives/IN-001/",
    "/initiatives/IN-002/impacts/",
    "/load/p1/{week}/",
)
# one session per reader, written as the sign-in page would
SESSIONS = """
import sys
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from orchestre.access.models import Grant, OpenSession, User
from orchestre.access.rules import Role
for number in range(int(sys.argv[1])):
    user = User.objects.create(email=f"r{number}@example.org", name=f"Reader {number}",
                               language="fr" if number % 2 else "en")
    Grant.objects.create(user=user, role=Role.READER, scope=Grant.Scope.ALL)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "orchestre.access.backends.PassphraseBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    print(session.session_key)
"""


@dataclass
class Counted:
    """What the readers saw."""

    times_ms: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    bytes_read: int = 0


async def ask(port: int, session: str, path: str) -> tuple[int, int]:
    """Read one page over its own connection; return the status and the bytes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={session}\r\n"
            "Accept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode()
        )
        await writer.drain()
        answer = await reader.read()
    finally:
        writer.close()
    return int(answer.split(b" ", 2)[1]) if answer else 0, len(answer)


async def read(port: int, session: str, counted: Counted, until: float, faster: float) -> None:
    """Turn over pages until the time is up."""
    draw = random.Random(session)
    week = time.strftime("%G-W%V")
    pause = draw.uniform(0, PAUSE_SECONDS[1]) / faster  # they did not all arrive together
    while time.perf_counter() + pause < until:
        await asyncio.sleep(pause)
        await turn(port, session, draw.choice(PAGES).format(week=week), counted)
        pause = draw.uniform(*PAUSE_SECONDS) / faster


async def turn(port: int, session: str, path: str, counted: Counted) -> None:
    """Read one page and note what it took."""
    began = time.perf_counter()
    try:
        async with asyncio.timeout(LONGEST_WAIT_SECONDS):
            status, size = await ask(port, session, path)
    except (OSError, TimeoutError) as failure:
        counted.errors.append(f"{path}: {failure!r}")
        return
    counted.times_ms.append((time.perf_counter() - began) * 1e3)
    counted.bytes_read += size
    if status != 200:
        counted.errors.append(f"{path}: {status}")


async def everybody(port: int, sessions: list[str], seconds: float, faster: float) -> Counted:
    """Let all of them read at once."""
    counted = Counted()
    until = time.perf_counter() + seconds
    await asyncio.gather(*(read(port, one, counted, until, faster) for one in sessions))
    return counted


def memory_mb(process_id: int) -> float:
    """Add up the memory of a process and of its children."""
    total = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text(encoding="ascii", errors="replace")
        except OSError:
            continue
        facts = dict(line.partition(":")[::2] for line in status.splitlines() if ":" in line)
        if str(process_id) in {folder.name, facts.get("PPid", "").strip()}:
            total += int(facts.get("VmRSS", "0 kB").split()[0]) / 1024
    return total


def serve(readers: int) -> tuple[serving.Server, list[str]]:
    """Serve the demo organisation and give each reader a session."""
    folder = Path(tempfile.mkdtemp(prefix="orchestre-readers-"))
    serving.prepare(folder)
    serving.orchestre(folder, "demo", "--language", "fr")
    serving.orchestre(
        folder, "user", "create", "admin@example.org", "--name", "Ada", "--role", "administrator",
        "--passphrase-stdin", given="quatre-vents-sur-la-jetee-42\n",
    )  # fmt: skip
    sessions = serving.script(folder, SESSIONS, str(readers)).split()
    server = serving.Server(folder)
    server.start()
    return server, sessions


def main() -> None:
    """Serve, read, and print what the readers saw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--faster", type=float, default=1)
    given = parser.parse_args()
    server, sessions = serve(given.readers)
    try:
        process_id = server.process.pid if server.process else 0
        warm = asyncio.run(everybody(server.port, sessions[:8], 2, 60))
        before = memory_mb(process_id)
        began = time.perf_counter()
        seen = asyncio.run(everybody(server.port, sessions, given.seconds, given.faster))
        spent = time.perf_counter() - began
        after = memory_mb(process_id)
    finally:
        server.stop()
    times = sorted(seen.times_ms)
    p50, p95 = times[len(times) // 2], times[int(0.95 * (len(times) - 1))]
    print(f"{given.readers} readers, pauses of 10 to 40 s divided by {given.faster:g}")
    print(f"  warm-up       {len(warm.times_ms)} pages")
    print(f"  pages         {len(times):,} in {spent:.0f} s: {len(times) / spent:.1f} per second")
    print(f"  seen          p50 {p50:.0f} ms   p95 {p95:.0f} ms   longest {times[-1]:.0f} ms")
    print(f"  read          {seen.bytes_read / len(times) / 1024:.0f} kB a page")
    print(f"  errors        {len(seen.errors)} {seen.errors[:3] or ''}")
    print(f"  memory        {before:.0f} MB before, {after:.0f} MB after")
    print(f"  goal          p95 ≤ {MOST_P95_MS} ms: {'met' if p95 <= MOST_P95_MS else 'missed'}")


if __name__ == "__main__":
    main()
