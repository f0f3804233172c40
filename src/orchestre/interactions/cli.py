"""`orchestre findings`: what the rules find between initiatives."""

from __future__ import annotations

import json
from typing import Any

import click
from django.utils.translation import gettext as _

from orchestre.access.terminal import told
from orchestre.interactions import queries
from orchestre.interactions.models import Finding
from orchestre.interactions.presenters.sentences import sentence
from orchestre.interactions.rules import facts_of
from orchestre.interactions.services.refresh import look_again

EVERYTHING = queries.Names(frozenset(), None)


@click.command("findings")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def findings(as_json: bool) -> None:
    """Have the rules look again, then list the open findings, the heaviest first."""
    with told(as_json=as_json):
        look_again(None)
        rows = Finding.objects.filter(present=True, state__in=queries.OPEN)
        found = list(queries.with_parts(queries.ranked(rows)))
        if as_json:
            click.echo(json.dumps([as_values(one) for one in found], ensure_ascii=False))
            return
        for one in found:
            click.echo(f"[{one.get_kind_display()}] {sentence(one, EVERYTHING)}")
        if not found:
            click.echo(_("No finding."))


def as_values(one: Finding) -> dict[str, Any]:
    """Give a finding as plain values."""
    return {
        "id": one.pk,
        "key": one.key,
        "kind": one.kind,
        "rule": one.rule,
        "state": one.state,
        "sentence": sentence(one, EVERYTHING),
        "initiatives": sorted(initiative.code for initiative in one.initiatives.all()),
        "populations": sorted(population.code for population in one.populations.all()),
        "starts_on": one.starts_on.isoformat() if one.starts_on else None,
        "ends_on": one.ends_on.isoformat() if one.ends_on else None,
        "score": one.score,
        "score_unit": one.score_unit,
        "facts": [list(pair) for pair in facts_of(one.facts).told],
    }


commands = [findings]
