"""`orchestre load`: the load of every population, for people and for programs."""

from __future__ import annotations

import json
import math
from datetime import datetime
from typing import Any

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.terminal import told
from orchestre.load.rules.view import WEEKS
from orchestre.load.services import compute
from orchestre.load.services.answer import LoadView
from orchestre.ui import formats
from orchestre_engine.load import COMPUTATION


@click.command("load")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="First day; today by default.")
@click.option("--weeks", default=WEEKS, show_default=True, help="Number of weeks.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON, confidential names left out.")
def load(as_of: datetime | None, weeks: int, as_json: bool) -> None:
    """Say who is asked for more than they can absorb."""
    with told(as_json=as_json):
        view = compute.compute(as_of.date() if as_of else timezone.localdate(), weeks)
        if as_json:
            click.echo(json.dumps(report(view), ensure_ascii=False))
        else:
            _table(view)


def report(view: LoadView) -> dict[str, Any]:
    """Give the load as plain values; what is not known is null."""
    return {
        "weeks": list(view.result.weeks),
        "populations": [_population(view, row) for row in range(len(view.result.population_ids))],
        "provenance": {
            "computation": COMPUTATION,
            "fingerprint": view.fingerprint,
            "run": view.run_id,
            "seed": compute.SEED,
            "draws": compute.DRAWS if view.uncertainty is not None else None,
            "computed_at": view.computed_at.isoformat(),
            "assumed_ratio": view.result.assumed_ratio(),
            "guessed_ratio": view.guessed_ratio,
            "initiatives_without_dates": len(view.snapshot.undated),
            "initiatives_touching_nobody": len(view.snapshot.unmapped),
        },
    }


def _population(view: LoadView, row: int) -> dict[str, Any]:
    result, drawn = view.result, view.uncertainty
    code = result.population_ids[row]
    known = view.heard[row]
    return {
        "code": code,
        "name": view.snapshot.groups[code].name,
        "headcount": result.headcounts[row],
        "load_hours": _rounded(result.load_hours[row].tolist()) if known else None,
        "capacity_hours": _rounded(result.capacity_hours[row].tolist()),
        "probability_over": _rounded(drawn.probability_over[row].tolist())
        if drawn is not None and known
        else None,
    }


def _rounded(values: list[float]) -> list[float]:
    return [round(value, 6) for value in values]


def _table(view: LoadView) -> None:
    """Write one line per population, the heaviest first."""
    lines = []
    for row, code in enumerate(view.result.population_ids):
        group = view.snapshot.groups[code]
        if not view.heard[row]:
            lines.append((-1.0, f"{group.name:<40.40} {'?':>8}   {_('nothing known yet')}"))
            continue
        ratios = [0.0 if math.isnan(one) else one for one in view.result.load_ratio[row].tolist()]
        worst = max(range(len(ratios)), key=lambda at: ratios[at])
        above = int((view.result.excess_hours[row] > 0).sum())
        told_of = group.name, formats.percent(ratios[worst]), view.result.weeks[worst], above
        text = "{:<40.40} {:>8}   {:<10} {}".format(*told_of)
        lines.append((ratios[worst], text))
    heads = _("Population"), _("Worst"), _("Week"), _("Weeks above")
    click.echo("{:<40} {:>8}   {:<10} {}".format(*heads))
    for _ratio, text in sorted(lines, key=lambda line: -line[0]):
        click.echo(text)
    undated = len(view.snapshot.undated)
    if undated:
        sentence = ngettext(
            "%(count)s initiative without dates is not counted.",
            "%(count)s initiatives without dates are not counted.",
            undated,
        )
        click.echo(sentence % {"count": undated})


commands = [load]
