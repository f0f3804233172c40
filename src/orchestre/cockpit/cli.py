"""`orchestre ask`: the eight questions of a committee, answered as one person reads them."""

from __future__ import annotations

import click
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from orchestre.access.terminal import account, as_json, tell, told
from orchestre.cockpit.presenters import answering
from orchestre.cockpit.presenters.answering import Answer, Part
from orchestre.kernel.errors import DomainError
from orchestre.sequencing.presenters.asking import LONGEST_WEEKS


@click.command("ask")
@click.argument("question", type=click.Choice(answering.KEYS), required=False)
@click.option("--as", "email", required=True, help="Address of the account that asks.")
@click.option("--initiative", default="", help="Code of an initiative: add, stop, delay.")
@click.option("--programme", default="", help="Code of a programme: stop.")
@click.option("--unit", default="", help="Code of a unit, for all that it leads: delay.")
@click.option(
    "--weeks",
    type=click.IntRange(-LONGEST_WEEKS, LONGEST_WEEKS),
    default=0,
    help="Weeks of delay, 8 by default: delay.",
)
@click.option("--quarter", default="", help="As 2027-2, that quarter: delay.")
@as_json
def ask(*, question: str | None, email: str, as_json: bool, **about: str | int) -> None:
    """Answer QUESTION as its page does; without it, list the questions."""
    with told(as_json=as_json):
        person = account(email)
        with translation.override(person.language):
            if question is None:
                _list(answering.listed(person), as_json=as_json)
                return
            try:
                found = answering.answer(person, question, about)
            except Http404 as missing:
                raise DomainError(_("No such code, or it is not open to you.")) from missing
            if as_json:
                tell({"ok": True, **answering.plain(found)})
            else:
                _say(found)


def _list(found: list[dict[str, object]], *, as_json: bool) -> None:
    if as_json:
        tell({"ok": True, "questions": found})
        return
    for one in found:
        click.echo(f"{one['key']:<10}  {one['question']}")
    if not found:
        click.echo(_("You are offered no question: they are about the whole organisation."))


def _say(found: Answer) -> None:
    for line in (found.question, found.sentence, found.detail):
        if line:
            click.echo(line)
    for figure in found.figures:
        beside = " · ".join(one for one in (figure.trend, figure.note) if one)
        told = _("%(label)s: %(value)s") % {"label": figure.label, "value": figure.value}
        click.echo(f"  {told} ({beside})" if beside else f"  {told}")
    for part in found.parts:
        _part(part)
    if found.choices:
        click.echo(_("Choose what it is about:"))
    for one in found.choices:
        click.echo(f"  --{one.parameter} {one.value}\t{one.label}")


def _part(part: Part) -> None:
    click.echo("")
    click.echo(part.title)
    for line in part.lines:
        click.echo(f"  {line}")
    if part.rows:
        click.echo("\t".join(part.columns))
    for row in part.rows:
        click.echo("\t".join(row))
    if part.note:
        click.echo(part.note)


commands = [ask]
