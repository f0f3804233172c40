"""The manual page of the commands names every command and every option, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from orchestre.config.cli import street

DOCS = Path(__file__).resolve().parents[2] / "docs"


def commands() -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    context = click.Context(street)
    for name in street.list_commands(context):
        one = street.get_command(context, name)
        assert one is not None
        if isinstance(one, click.Group):
            found |= {f"{name} {below}": command for below, command in one.commands.items()}
        else:
            found[name] = one
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_command_and_option_is_in_the_manual(language: str) -> None:
    text = (DOCS / language / "admin" / "commands.md").read_text(encoding="utf-8")
    sections = dict(
        re.findall(
            r"^## orchestre ([a-z]+(?: [a-z]+)?)[^\n]*\n(.*?)(?=^## |\Z)",
            text,
            re.MULTILINE | re.DOTALL,
        )
    )
    known = commands()
    assert set(sections) == set(known)
    for name, command in known.items():
        told = set(re.findall(r"--[a-z-]+", sections[name].split("Options")[1].split("\n")[0]))
        there = {
            option
            for parameter in command.params
            if isinstance(parameter, click.Option)
            for option in parameter.opts
            if option.startswith("--")
        }
        assert told == there, name
