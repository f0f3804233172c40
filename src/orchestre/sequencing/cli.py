"""`orchestre scenario`: list, read, compare and publish scenarios."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import click
from django.utils.translation import gettext as _

from orchestre.access import terminal
from orchestre.access.models import User
from orchestre.kernel.errors import DomainError
from orchestre.sequencing import services
from orchestre.sequencing.models import Scenario
from orchestre.sequencing.order_cli import sequence
from orchestre.sequencing.presenters import margins, words
from orchestre.sequencing.queries import scenarios as queries
from orchestre.sequencing.rules.measures import MORE_IS_BETTER, delta, verdict
from orchestre.sequencing.services import differences
from orchestre.sequencing.services.gauges import Gauges, measure
from orchestre.sequencing.services.live import live
from orchestre.ui import formats

State = Scenario.State
CURRENT = "current"


@click.group("scenario")
def scenario() -> None:
    """List, read, compare and publish scenarios."""


def _shared() -> list[Scenario]:
    """Return the scenarios that their owners shared: drafts stay private here too."""
    rows = Scenario.objects.filter(state__in=(State.SHARED, State.PUBLISHED))
    return list(rows.select_related("owner", "published_as").order_by("pk"))


def _named(name: str) -> Scenario | None:
    if name == CURRENT:
        return None
    found = next((one for one in _shared() if str(one.pk) == name), None)
    if found is None:
        raise DomainError(_("No shared scenario has the number %s.") % name)
    return found


def _write(told: Any, *, as_json: bool, lines: list[str]) -> None:  # noqa: ANN401 - plain values
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, default=str))
    else:
        click.echo("\n".join(lines))


@scenario.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def list_scenarios(as_json: bool) -> None:
    """List the scenarios that were shared or became the plan."""
    with terminal.told(as_json=as_json):
        found = _shared()
        told = [
            {"id": one.pk, "name": one.name, "state": one.state, "owner": str(one.owner or "")}
            for one in found
        ]
        lines = [
            f"{one.pk}  [{one.get_state_display()}]  {one.name}"
            + (f" ({one.owner})" if one.owner else "")
            for one in found
        ]
        _write(told, as_json=as_json, lines=lines or [_("No shared scenario.")])


@scenario.command("show")
@click.argument("number", default=CURRENT)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def show_scenario(number: str, as_json: bool) -> None:
    """Measure the plan in force (current) or a scenario, and say what it changes."""
    with terminal.told(as_json=as_json):
        found = _named(number)
        gauges = measure(found)
        moves = differences.of(found).moves if found else ()
        told = {
            "of": number,
            "figures": asdict(gauges.measures),
            "moves": [
                {"initiative": one.initiative.code, "steps": [asdict(step) for step in one.steps]}
                for one in moves
            ],
            "expected": differences.of(found).expected if found else None,
        }
        lines = [_said(name, words.measured(name, gauges.measures)) for name in words.NAMES]
        lines += [
            formats.labelled(one.initiative.code, formats.clauses(map(words.step, one.steps)))
            for one in moves
        ]
        _write(told, as_json=as_json, lines=lines)


@scenario.command("compare")
@click.argument("numbers", nargs=-1, required=True)
@click.option("--margins", "drawn", is_flag=True, help="Give dates and money at P50 and P80.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def compare_scenarios(numbers: tuple[str, ...], drawn: bool, as_json: bool) -> None:
    """Compare up to four plans; the first is what the others are measured against.

    With one number, it is compared with the plan in force.
    """
    with terminal.told(as_json=as_json):
        wanted = (CURRENT, *numbers) if len(numbers) == 1 else numbers
        if len(wanted) > 4:
            raise DomainError(_("Compare four plans at most."))
        scenarios = [_named(name) for name in wanted]
        columns = list(zip(wanted, map(measure, scenarios), strict=True))
        base = columns[0][1]
        told = [
            {"of": name, "figures": asdict(one.measures), **_against(base, one)}
            for name, one in columns
        ]
        lines = [
            _said(name, "  |  ".join(_cell(name, base, one) for _of, one in columns))
            for name in words.NAMES
        ]
        if drawn:
            plans = tuple(zip(wanted, map(queries.edits, scenarios), strict=True))
            found = margins.plain(live(), plans, names=lambda _code: True, money=True)
            told = [one | {"margins": more} for one, more in zip(told, found, strict=True)]
            lines += _margins(found)
        _write(
            told, as_json=as_json, lines=["  |  ".join(_in_words(name) for name in wanted), *lines]
        )


def _margins(found: list[dict[str, Any]]) -> list[str]:
    """Write cost, value and go-lives of each plan at P50 and P80."""
    value = _("Value brought in %(year)d") % {"year": found[0]["year"]}
    sums = ((_("Cost of the portfolio"), "cost_eur"), (value, "value_eur"))
    lines = [
        formats.labelled(label, "  |  ".join(_range(one[name], formats.euros) for one in found))
        for label, name in sums
    ]
    lives = [{one["initiative"]: one for one in plan["go_lives"]} for plan in found]
    for code in dict.fromkeys(code for plan in lives for code in plan):
        ranges = (_range(plan.get(code), formats.day, "_on") for plan in lives)
        lines.append(formats.labelled(code, "  |  ".join(ranges)))
    return lines


def _range(told: dict[str, Any] | None, write: Callable[[Any], str], end: str = "") -> str:
    if told is None:
        return formats.undefined()
    planned, p50, p80 = (write(told[name + end]) for name in ("planned", "p50", "p80"))
    return f"{planned} (P50 {p50}, P80 {p80})"


def _said(name: str, figures: str) -> str:
    return formats.labelled(words.LABELS[name], figures)


def _in_words(name: str) -> str:
    return _("Plan in force") if name == CURRENT else name


def _against(base: Gauges, one: Gauges) -> dict[str, Any]:
    deltas = {name: delta(name, base.measures, one.measures) for name in MORE_IS_BETTER}
    return {"delta": deltas, "verdict": {name: verdict(name, d) for name, d in deltas.items()}}


def _cell(name: str, base: Gauges, one: Gauges) -> str:
    difference = delta(name, base.measures, one.measures)
    told = words.measured(name, one.measures)
    changed = words.delta(name, difference)
    return f"{told} ({changed}, {words.judged(verdict(name, difference))})" if changed else told


@scenario.command("publish")
@click.argument("number")
@click.option("--decision", required=True, help="What was decided, in a sentence.")
@click.option("--reference", default="", help="Where it was decided.")
@click.option("--expected", required=True, help="As `orchestre scenario show` wrote it.")
@click.option("--as", "email", required=True, help="Address of the person who decides.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def publish_scenario(
    number: str, decision: str, reference: str, expected: str, email: str, as_json: bool
) -> None:
    """Make a shared scenario the plan, exactly as it was shown."""
    with terminal.told(as_json=as_json):
        found, person = _named(number), User.objects.filter(email__iexact=email).first()
        if found is None:
            raise DomainError(_("The plan in force is already the plan."))
        if person is None:
            raise DomainError(_("No account has the address %s.") % email)
        plan = services.publish(
            person, found, decision=decision, reference=reference, expected=expected
        )
        told = {"plan": plan.number, "name": plan.name, "fingerprint": plan.fingerprint}
        line = _("Plan %(number)s is in force: %(fingerprint)s")
        _write(
            told,
            as_json=as_json,
            lines=[line % {"number": plan.number, "fingerprint": plan.fingerprint}],
        )


commands = [scenario, sequence]
