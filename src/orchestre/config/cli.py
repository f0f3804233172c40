"""The command line: `orchestre run|demo|import|analyse|load|findings|…`."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import sys
import tempfile
from importlib import import_module
from importlib.util import find_spec

import click
from django.apps import apps

FEATURES = (
    "access",
    "journal",
    "runs",
    "exchange",
    "resources",
    "benefits",
    "load",
    "interactions",
    "selection",
    "outlook",
    "weather",
    "sequencing",
    "governance",
    "reports",
    "cockpit",
    "demo",
)


# works apart from the installation: in memory, with nothing read from it and nothing left
APART = {"analyse": "reports"}


def keep_apart() -> None:
    """Point this process at a base in memory and a folder that goes away with it."""
    if apps.ready:  # Django is set up already: what it works on is not ours to change
        return
    folder = tempfile.mkdtemp(prefix="orchestre-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ.update(
        ORCHESTRE_DATABASE_URL="sqlite://:memory:",
        ORCHESTRE_SECRET_KEY=secrets.token_urlsafe(50),
        ORCHESTRE_DATA=folder,
    )


def keep_stdout() -> None:
    """Leave standard output to what commands say: a solver that prints writes beside it."""
    if sys.stdout is None:
        return
    sys.stdout.flush()
    kept = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.stdout = open(kept, "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors)  # noqa: SIM115, PTH123 - kept open as long as the process


class Street(click.Group):
    """Finds the commands in the features, after Django is set up."""

    def _commands(self, only: str = "") -> dict[str, click.Command]:
        import django  # noqa: PLC0415 - set up only when a command is wanted

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orchestre.config.settings")
        django.setup()
        modules = [f"orchestre.{name}.cli" for name in ([only] if only else FEATURES)]
        found: dict[str, click.Command] = {}
        for module in modules if only else [*modules, "orchestre.config.serving"]:
            if find_spec(module):
                for command in import_module(module).commands:
                    found[command.name] = command
        return found

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands, in alphabetical order."""
        return sorted(self._commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - idem
        """Find one command; one that works apart loads nothing of the others."""
        if cmd_name in APART:
            keep_apart()
        return self._commands(APART.get(cmd_name, "")).get(cmd_name)


@click.command(cls=Street, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="orchestre")
def street() -> None:
    """Orchestre: who is overloaded by change, when, by what, and what to move."""
    from django.utils import translation  # noqa: PLC0415 - Django is set up now, a command is known

    from orchestre.access.terminal import language  # noqa: PLC0415 - idem

    translation.activate(language())


def main() -> None:
    """Run one command of this process."""
    keep_stdout()
    street()
