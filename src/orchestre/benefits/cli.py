"""`orchestre benefits`: what was planned, declared and validated."""

from __future__ import annotations

import json
from typing import Any

import click
from django.utils.translation import gettext as _

from orchestre.access.terminal import told
from orchestre.benefits.presenters import plain, words
from orchestre.ui import formats
from orchestre_engine.value.realisation import LEVELS


@click.command("benefits")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def benefits(as_json: bool) -> None:
    """Say what was planned to date, declared, validated, and how much could be audited."""
    with told(as_json=as_json):
        report = plain.of_everything()
        if as_json:
            click.echo(json.dumps(report, ensure_ascii=False, default=str))
        else:
            _say(report)


def _say(report: dict[str, Any]) -> None:
    gains = (
        (_("Planned to date: %s"), "planned_eur"),
        (_("Declared to date: %s"), "declared_eur"),
        (_("Validated: %s"), "validated_eur"),
    )
    for sentence, name in gains:
        click.echo(sentence % formats.euros(report[name]))
    for one in report["double_counts"]:
        several = {"benefits": ", ".join(one["benefits"]), "line": one["line"]}
        click.echo(_("Claimed twice: %(benefits)s, on %(line)s") % several)
    for one in report["benefits"]:
        level = words.LEVELS[LEVELS.index(one["level"])]
        click.echo(f"{one['code']}  {one['initiative']}  {level}  {one['title']}")


commands = [benefits]
