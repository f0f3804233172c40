"""`orchestre benefits`: what was planned, declared and validated."""

from __future__ import annotations

import json

import click

from orchestre.benefits.presenters import plain


@click.command("benefits")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def benefits(as_json: bool) -> None:
    """Say what was planned to date, declared, validated, and how much could be audited."""
    report = plain.of_everything()
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, default=str))
        return
    for name in ("planned", "declared", "validated"):
        amount = report[f"{name}_eur"]
        click.echo(f"{name}  {'n/a' if amount is None else f'{amount:.0f} EUR'}")
    for one in report["double_counts"]:
        click.echo(f"double  {', '.join(one['benefits'])}  {one['line']}")
    for one in report["benefits"]:
        click.echo(f"{one['code']}  {one['initiative']}  {one['level']}  {one['title']}")


commands = [benefits]
