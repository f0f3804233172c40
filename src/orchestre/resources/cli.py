"""`orchestre means`: hands and money, month by month."""

from __future__ import annotations

import json
from datetime import datetime

import click
from django.utils import timezone

from orchestre.resources import queries, rules
from orchestre.resources.presenters import plain, words


@click.command("means")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First month; this one.")
@click.option("--months", default=12, show_default=True, type=click.IntRange(1, 60))
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def means(first: datetime | None, months: int, as_json: bool) -> None:
    """Say which roles are asked for more than they can give, and what the envelopes hold."""
    day = first.date() if first else timezone.localdate()
    report = plain.of_everything(day, months)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, default=str))
        return
    board = queries.whole_board(day, months)
    found = rules.shortages(board.asked, board.available, board.codes, board.months)
    for one in found:
        missing, asked = words.fte(one.missing_fte), words.fte(one.asked_fte)
        click.echo(f"{board.means.roles[one.role]}  {one.month:%Y-%m}  {asked}  -{missing}")
    if not found:
        click.echo("No role is known to be short.")
    for line in report["envelopes"]:
        click.echo(f"{line['name']}  {line['asked_eur']:.0f} / {line['amount_eur']:.0f} EUR")


commands = [means]
