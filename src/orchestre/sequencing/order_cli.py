"""`orchestre sequence`: a better order from the command line."""

from __future__ import annotations

import json

import click
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _

from orchestre.access.terminal import as_json, tell, told
from orchestre.kernel.errors import DomainError
from orchestre.sequencing.presenters import proposal as presenter
from orchestre.sequencing.presenters import words
from orchestre.sequencing.rules import proposal as kept
from orchestre.sequencing.rules.asked import (
    LONGEST_SECONDS,
    MONTHS,
    MOST_WEEKS,
    USUAL_SECONDS,
    USUAL_SPREAD,
    Asked,
)
from orchestre.sequencing.services import proposing, telling
from orchestre.ui import formats

WEIGHT = click.IntRange(0, 10)


@click.command("sequence")
@click.option("--people", type=WEIGHT, default=6, show_default=True)
@click.option("--dates", type=WEIGHT, default=2, show_default=True)
@click.option("--benefits", type=WEIGHT, default=2, show_default=True)
@click.option("--months", type=click.Choice([str(one) for one in MONTHS]), default="12")
@click.option("--only", multiple=True, help="Code of an initiative that may move; all by default.")
@click.option(
    "--waves",
    type=click.IntRange(0, MOST_WEEKS),
    help="Waves may move apart, the last at most so many weeks after the first.",
)
@click.option(
    "--seconds", type=click.IntRange(1, LONGEST_SECONDS), default=USUAL_SECONDS, show_default=True
)
@as_json
def sequence(
    *,
    people: int,
    dates: int,
    benefits: int,
    months: str,
    only: tuple[str, ...],
    waves: int | None,
    seconds: int,
    as_json: bool,
) -> None:
    """Look for an order of go-lives that people bear better; nothing is written."""
    with told(as_json=as_json):
        asked = Asked(
            people=people, dates=dates, benefits=benefits, months=int(months), only=only,
            seconds=seconds, split=waves is not None,
            spread_weeks=USUAL_SPREAD if waves is None else waves,
        )  # fmt: skip
        proposing.check(asked)
        autodiscover_modules("jobs")
        found = proposing.search(asked, on_better=lambda _result: None, should_stop=lambda: False)
        unknown = sorted(set(only) - set(found.there.rows.initiatives))
        if unknown:
            raise DomainError(_("No initiative has the code %s.") % ", ".join(unknown))
        answer = telling.answer_of(found, asked, stopped=False)
        if as_json:
            tell({"ok": True, **json.loads(kept.plain(kept.freeze(answer)))})
        else:
            _say(answer)


def _say(answer: kept.Answer) -> None:
    for one in answer.proposals:
        click.echo(formats.labelled(presenter.NAMES[one.name], presenter.sentence(answer, one)))
        for move in one.moves:
            moved = _("postponed beyond the horizon")
            if move.weeks is not None:
                moved = words.shifted(7 * move.weeks)
            click.echo(f"  {move.code} {move.wave_name}".rstrip() + f"  {moved}")
