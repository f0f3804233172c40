"""`orchestre demo`: the demo organisation from the command line."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime

import click
from django.utils.translation import gettext as _

from orchestre.demo import services
from orchestre.impacts.models import Impact
from orchestre.kernel.errors import DomainError
from orchestre.org.models import Population
from orchestre.portfolio.models import Initiative


@click.command(name="demo")
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@click.option("--start", type=click.DateTime(["%Y-%m-%d"]), help="A Monday; October by default.")
@click.option("--wipe", is_flag=True, help="Delete the demo organisation and all its data.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def demo(language: str, start: datetime | None, wipe: bool, as_json: bool) -> None:
    """Load the demo organisation into an empty installation, or wipe it."""
    try:
        report = _wipe() if wipe else _load(language, start.date() if start else None)
    except DomainError as error:
        click.echo(str(error), err=True)
        if as_json:
            click.echo(json.dumps({"refused": str(error)}, ensure_ascii=False))
        sys.exit(1)
    if as_json:
        click.echo(json.dumps(report))
    else:
        click.echo(" · ".join(f"{name}: {value}" for name, value in report.items()))


def _load(language: str, start: date | None) -> dict[str, int]:
    change_set = services.load(None, language, start)
    click.echo(_("The demo organisation is loaded. “orchestre demo --wipe” removes it."), err=True)
    return {
        "initiatives": Initiative.objects.count(),
        "populations": Population.objects.count(),
        "impacts": Impact.objects.count(),
        "change_set": change_set.pk,
    }


def _wipe() -> dict[str, int]:
    return {"deleted": services.wipe(None)}


commands = [demo]
