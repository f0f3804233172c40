"""`orchestre weather`: the weather of the portfolio, or of one initiative."""

from __future__ import annotations

import json
from typing import Any

import click
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from orchestre.access.terminal import told
from orchestre.kernel.errors import DomainError
from orchestre.portfolio.models import Initiative
from orchestre.weather import policy
from orchestre.weather.presenters import listing, plain, zombies
from orchestre.weather.presenters.words import AXES, level_word
from orchestre.weather.rules.zombies import Asked


@click.command("weather")
@click.argument("code", required=False)
@click.option("--zombies", "asleep", is_flag=True, help="List what looks asleep, and why.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def weather(code: str | None, asleep: bool, as_json: bool) -> None:
    """Say how changes are doing: calculated beside declared, the worst first."""
    with told(as_json=as_json):
        if code:
            _one(code, as_json=as_json)
        elif asleep:
            _zombies(as_json=as_json)
        else:
            _all(as_json=as_json)


def _written(values: object) -> None:
    click.echo(json.dumps(values, ensure_ascii=False, cls=DjangoJSONEncoder))


def _one(code: str, *, as_json: bool) -> None:
    initiative = policy.under_way(Initiative.objects.all()).filter(code=code).first()
    if initiative is None:
        raise DomainError(_("No initiative under way has the code %s.") % code)
    found = plain.one(initiative)
    if as_json:
        _written(found)
        return
    click.echo(_line(f"{found['initiative']} {found['title']}", found["calculated"]))
    for axis in found["axes"]:
        click.echo(f"  {_line(str(AXES[axis['axis']]), axis['calculated'])}")
        for measure in axis["measures"]:
            click.echo(f"    {measure['sentence']}")


def _line(name: str, level: str) -> str:
    return _("%(label)s: %(value)s") % {"label": name, "value": level_word(level)}


def _all(*, as_json: bool) -> None:
    rows, frame = listing.everything()
    if as_json:
        _written([plain.line(row, frame.number) for row in rows])
        return
    for row in rows:
        said = "-" if row.stale else level_word(row.declared)
        click.echo(f"{row.code}\t{level_word(row.level)}\t{said}\t{row.title}")
    if not rows:
        click.echo(_("No initiative is under way."))


def _zombies(*, as_json: bool) -> None:
    seen = set(policy.under_way(Initiative.objects.all()).values_list("pk", flat=True))
    found: list[dict[str, Any]] = [zombies.plain(one) for one in zombies.among(seen, Asked())]
    if as_json:
        _written(found)
        return
    for one in found:
        click.echo(f"{one['code']} {one['title']}")
        for reason in one["reasons"]:
            click.echo(f"  {reason['sentence']}")
    if not found:
        click.echo(_("Nothing looks asleep."))


commands = [weather]
