"""`orchestre select`: what to keep under a budget, what roles can give and people absorb."""

from __future__ import annotations

import json
from typing import Any

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access import terminal
from orchestre.kernel.errors import DomainError
from orchestre.selection import queries, rules
from orchestre.selection.models import Selection
from orchestre.selection.presenters import orders, plain
from orchestre.selection.services import computing, priorities


@click.command("select")
@click.argument("number", type=int, required=False)
@click.option("--budget", type=click.FloatRange(0), help="Money in all, in euros.")
@click.option("--months", type=click.IntRange(1, rules.MOST_MONTHS), default=12, show_default=True)
@click.option("--scores", is_flag=True, help="Give the scores and the cost of delay instead.")
@click.option(
    "--by",
    type=click.Choice(priorities.DIVISORS),
    default=priorities.DURATION,
    show_default=True,
    help="With --scores: what the cost of delay is divided by.",
)
@click.option("--orders", "ordered", is_flag=True, help="Give the orders of NUMBER instead.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def select(
    *,
    number: int | None,
    budget: float | None,
    months: int,
    scores: bool,
    by: str,
    ordered: bool,
    as_json: bool,
) -> None:
    """Say what to keep: the answer of selection NUMBER, or a choice by value made at once."""
    with terminal.told(as_json=as_json):
        if ordered:
            _orders(number, as_json=as_json)
        elif scores:
            _scores(number, by, as_json=as_json)
        else:
            _say(_kept(number) if number is not None else _at_once(budget, months), as_json=as_json)


def _say(answer: dict[str, Any], *, as_json: bool) -> None:
    """Write the answer: a sentence, what is kept, and what is refused with its reason."""
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    click.echo(answer["sentence"])
    for one in answer["kept"]:
        click.echo(f"+ {one['initiative']}\t{one['title']}")
    for one in answer["refused"]:
        click.echo(f"- {one['initiative']}\t{one['title']}\t{one['why']}")


def _scores(number: int | None, by: str, *, as_json: bool) -> None:
    """Write both orders of the candidates; without NUMBER, those of the whole portfolio."""
    selection = _portfolio(None, 12) if number is None else _found(number)
    found = priorities.read(selection, by)
    rows = plain.priorities_of(selection, found, queries.every_name())
    last = len(rows) + 1
    rows.sort(key=lambda row: row["score_rank"] or last)
    if as_json:
        told = plain.weighting(found) | {"by": by, "priorities": rows}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(orders.lead(found))
    for row in rows:
        places = f"{orders.rank(row['score_rank'])}\t{orders.rank(row['delay_rank'])}"
        click.echo(f"{places}\t{row['initiative']}\t{row['title']}")


def _orders(number: int | None, *, as_json: bool) -> None:
    """Write what is kept or left out by order, each with its reason."""
    if number is None:
        raise click.UsageError(_("Give the NUMBER of a selection: --orders needs one."))
    rows = _found(number).orders.select_related("initiative").order_by("initiative__code")
    if as_json:
        told = [plain.order(one) for one in rows]
        click.echo(json.dumps({"selection": number, "orders": told}, ensure_ascii=False))
        return
    for one in rows:
        click.echo(f"{one.initiative.code}\t{one.get_way_display()}\t{one.reason}")
    if not rows:
        click.echo(_("Nothing is ordered: the computation chooses."))


def _found(number: int) -> Selection:
    selection = Selection.objects.filter(pk=number).first()
    if selection is None:
        raise DomainError(_("No selection has the number %s.") % number)
    return selection


def _kept(number: int) -> dict[str, Any]:
    found = computing.outcomes(_found(number))
    if found is None:
        raise DomainError(_("Selection %s has no answer yet: compute it from its page.") % number)
    return plain.answer(found, queries.every_name())


def _at_once(budget: float | None, months: int) -> dict[str, Any]:
    """Choose among the whole portfolio by euros a year; nothing is written."""
    found = computing.at_once(_portfolio(budget, months))
    if not found.problem.candidates:
        raise DomainError(_("No initiative is a candidate."))
    return plain.answer(found, queries.every_name())


def _portfolio(budget: float | None, months: int) -> Selection:
    return Selection(
        name="select",
        starts_on=rules.next_month(timezone.localdate()),
        months=months,
        method=Selection.Method.WORTH,
        budget_eur=budget,
    )


commands = [select]
