"""`orchestre means`: hands and money, month by month."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.terminal import told
from orchestre.resources import queries, rules
from orchestre.resources.presenters import plain, words
from orchestre.ui import formats


@click.command("means")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First month; this one.")
@click.option("--months", default=12, show_default=True, type=click.IntRange(1, 60))
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def means(first: datetime | None, months: int, as_json: bool) -> None:
    """Say which roles are asked for more than they can give, and what the envelopes hold."""
    day = first.date() if first else timezone.localdate()
    with told(as_json=as_json):
        report = plain.of_everything(day, months)
        if as_json:
            click.echo(json.dumps(report, ensure_ascii=False, default=str))
        else:
            _say(report, day, months)


def _say(report: dict[str, Any], day: date, months: int) -> None:
    """Write what is short, the worst first, then what each envelope is asked."""
    board = queries.whole_board(day, months)
    found = rules.shortages(board.asked, board.available, board.codes, board.months)
    for one in found:
        missing, asked = words.fte(one.missing_fte), words.fte(one.asked_fte)
        told_of = {
            "role": board.means.roles[one.role],
            "month": words.month(one.month),
            "asked": asked,
            "missing": missing,
        }
        click.echo(_("%(role)s, %(month)s: %(asked)s asked, %(missing)s missing") % told_of)
    if not found:
        click.echo(_("No role is known to be short."))
    for line in report["envelopes"]:
        told_of = {
            "envelope": line["name"],
            "asked": formats.euros(line["asked_eur"]),
            "amount": formats.euros(line["amount_eur"]),
        }
        click.echo(_("%(envelope)s: %(asked)s asked of %(amount)s") % told_of)


commands = [means]
