"""`orchestre select`: what to keep under a budget, what roles can give and people absorb."""

from __future__ import annotations

import json
from typing import Any

import click
from django.utils import timezone

from orchestre.kernel.errors import DomainError
from orchestre.selection import queries, rules
from orchestre.selection.models import Selection
from orchestre.selection.presenters import plain
from orchestre.selection.services import computing


@click.command("select")
@click.argument("number", type=int, required=False)
@click.option("--budget", type=click.FloatRange(0), help="Money in all, in euros.")
@click.option("--months", type=click.IntRange(1, rules.MOST_MONTHS), default=12, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def select(number: int | None, budget: float | None, months: int, as_json: bool) -> None:
    """Say what to keep: the answer of selection NUMBER, or a choice by value made at once."""
    try:
        told = _kept(number) if number is not None else _at_once(budget, months)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(told["sentence"])
    for one in told["kept"]:
        click.echo(f"+ {one['initiative']}\t{one['title']}")
    for one in told["refused"]:
        click.echo(f"- {one['initiative']}\t{one['title']}\t{one['why']}")


def _kept(number: int) -> dict[str, Any]:
    selection = Selection.objects.filter(pk=number).first()
    found = None if selection is None else computing.outcomes(selection)
    if found is None:
        raise click.ClickException(f"No selection {number} has an answer.")
    return plain.answer(found, queries.every_name())


def _at_once(budget: float | None, months: int) -> dict[str, Any]:
    """Choose among the whole portfolio by euros a year; nothing is written."""
    selection = Selection(
        name="select",
        starts_on=rules.next_month(timezone.localdate()),
        months=months,
        method=Selection.Method.WORTH,
        budget_eur=budget,
    )
    found = computing.at_once(selection)
    if not found.problem.candidates:
        raise click.ClickException("No initiative is a candidate.")
    return plain.answer(found, queries.every_name())


commands = [select]
