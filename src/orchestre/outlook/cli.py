"""`orchestre outlook`: dates and money with their chances, for people and for programs."""

from __future__ import annotations

import json
from typing import Any

import click
from django.utils.translation import gettext as _

from orchestre.access.terminal import told
from orchestre.kernel.errors import DomainError
from orchestre.outlook.presenters import checks, words
from orchestre.outlook.presenters.plain import one_report, report
from orchestre.outlook.services import compute
from orchestre.outlook.services import known as known_rows
from orchestre.outlook.services.quality import check
from orchestre.outlook.snapshot.problem import code_of


@click.command("outlook")
@click.argument("code", required=False)
@click.option("--year", type=int, help="Year of the value brought; this one by default.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def outlook(code: str | None, year: int | None, as_json: bool) -> None:
    """Say how likely the go-lives are on time, or that of the initiative CODE."""
    with told(as_json=as_json):
        found = _one(code) if code else _all(year)
        if as_json:
            click.echo(json.dumps(found["report"], ensure_ascii=False))
            return
        for line in found["lines"]:
            click.echo(line)


def _all(year: int | None) -> dict[str, Any]:
    view = compute.portfolio(year=year, wait=True)
    lines = []
    for seen in sorted(view.result.seen if view.result else (), key=_kept):
        code = code_of(seen.task)
        lines.append(f"{code}  {words.promise(view, seen, view.inputs.known[code].promised_on)}")
    return {"report": report(view), "lines": lines or [_("No go-live to come has a date.")]}


def _kept(seen: Any) -> tuple[float, str]:  # noqa: ANN401 - what the engine has seen of a task
    return (2.0 if seen.probability_kept is None else seen.probability_kept, seen.task)


def _one(code: str) -> dict[str, Any]:
    inputs = known_rows.inputs()
    if code not in inputs.known:
        raise DomainError(_("No live initiative has the code %s.") % code)
    plan = compute.undrawn(code, inputs=inputs)
    checked = check(inputs, plan.built, code)
    view = plan if checked.refuses else compute.of_initiative(code, inputs=inputs, wait=True)
    found = one_report(view, code, checked)
    lines = [found["sentence"] or _("The plan does not allow a simulation.")]
    lines += [
        "  " + _("Check not met: %s") % checks.LABELS[one["check"]]
        for one in found["checks"]
        if one["passed"] is False
    ]
    return {"report": found, "lines": lines}


commands = [outlook]
