"""`orchestre analyse`: a portfolio file read apart from everything, without a server."""

from __future__ import annotations

import json
import threading
from datetime import date, datetime
from importlib import import_module
from pathlib import Path

import click
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from orchestre.access.terminal import language as terminal_language
from orchestre.interactions.models import Finding
from orchestre.interactions.queries import Names, ranked, with_parts
from orchestre.kernel.errors import DomainError
from orchestre.load.queries import Reader
from orchestre.reports.pack_cli import publish
from orchestre.reports.presenters import machine, sentences
from orchestre.reports.presenters.frame import Subject
from orchestre.reports.rules import FEWEST_WEEKS, MOST_WEEKS, WEEKS
from orchestre.reports.services import analysis, scratch
from orchestre.sheets.presets import PRESETS

EVERYBODY = Reader(None, None, frozenset())


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), help="Write the report there."
)
@click.option("--preset", default=None, type=click.Choice([one.code for one in PRESETS]))
@click.option(
    "--as-of", "day", type=click.DateTime(["%Y-%m-%d"]), help="First day; chosen and told if not."
)
@click.option(
    "--weeks", type=click.IntRange(FEWEST_WEEKS, MOST_WEEKS), default=WEEKS, show_default=True
)
@click.option("--language", type=click.Choice(["fr", "en"]), default=terminal_language)
def analyse(
    *,
    file: Path,
    as_json: bool,
    html: Path | None,
    preset: str | None,
    day: datetime | None,
    weeks: int,
    language: str,
) -> None:
    """Read a portfolio FILE apart: who is overloaded, when, by what; nothing is kept."""
    with translation.override(language):
        try:
            subject = _read(file, preset or "", day.date() if day else None, weeks)
            if html is not None:
                _write(subject, html)
        except DomainError as refused:
            click.echo(str(refused), err=True)
            raise SystemExit(1) from refused
        click.echo(subject.when, err=True)
        if as_json:
            told = machine.as_object(subject)
            click.echo(json.dumps(told, ensure_ascii=False, allow_nan=False))
        else:
            _say(subject)


def _read(file: Path, preset: str, asked: date | None, weeks: int) -> Subject:
    content = scratch.content_of(file)
    warming = threading.Thread(target=import_module, args=("orchestre.reports.services.findings",))
    warming.start()  # the library that compares texts is slow to load: meanwhile, the file is read
    scratch.prepare()
    source = scratch.take_in(content, file.name, preset)
    when = analysis.as_of(asked, weeks, timezone.localdate())
    view = analysis.load_of(when)
    warming.join()
    from orchestre.reports.services import findings  # noqa: PLC0415 - loaded by the thread above

    left_out = findings.look(view, when.on)
    return Subject(
        view=view,
        first=0,
        weeks=weeks,
        reader=EVERYBODY,
        names=Names(frozenset(), None),
        findings=list(with_parts(ranked(Finding.objects.all()))),
        initiatives=source.initiatives,
        source=source.name,
        digest=source.digest,
        preset=source.preset,
        refused=source.refused,
        left_out=sum(left_out.values()),
        when=sentences.chosen(when),
    )


def _write(subject: Subject, path: Path) -> None:
    from orchestre.reports.presenters import alone, report  # noqa: PLC0415 - templates, if wanted

    try:
        path.write_text(alone.page(report.build(subject)), encoding="utf-8")
    except OSError as error:
        raise DomainError(
            _("%(file)s cannot be written: %(why)s.") % {"file": path, "why": error.strerror},
            code="unwritable",
        ) from error
    click.echo(_("Report written: %(file)s") % {"file": path}, err=True)


def _say(subject: Subject) -> None:
    """Write the report as a few lines of text."""
    lines = [sentences.headline(subject), ""]
    lines += [f"- {line}" for line in sentences.overload_lines(subject)]
    if subject.between:
        lines += ["", *(f"- {line}" for line in sentences.finding_lines(subject))]
    click.echo("\n".join(lines))


commands = [analyse, publish]
