"""The command line: `orchestre run|demo|import|analyse|load|findings|…`."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec

import click

FEATURES = (
    "access",
    "journal",
    "runs",
    "exchange",
    "load",
    "interactions",
    "reports",
    "demo",
)


class Street(click.Group):
    """Finds the commands in the features, after Django is set up."""

    def _commands(self) -> dict[str, click.Command]:
        import django  # noqa: PLC0415 - set up only when a command is wanted

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orchestre.config.settings")
        django.setup()
        modules = [f"orchestre.{name}.cli" for name in FEATURES]
        found: dict[str, click.Command] = {}
        for module in [*modules, "orchestre.config.serving"]:
            if find_spec(module):
                for command in import_module(module).commands:
                    found[command.name] = command
        return found

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands, in alphabetical order."""
        return sorted(self._commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - idem
        """Find one command."""
        return self._commands().get(cmd_name)


@click.command(cls=Street, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="orchestre")
def main() -> None:
    """Orchestre: who is overloaded by change, when, by what, and what to move."""
