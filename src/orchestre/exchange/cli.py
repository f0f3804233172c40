"""`orchestre import|undo|export` from the command line: one JSON object out, sentences aside."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

import click
from django.utils.translation import gettext as _

from orchestre.access.queries import organisation
from orchestre.exchange import services
from orchestre.exchange.exporting import FORMATS, every_row, write_to
from orchestre.exchange.planning import plan
from orchestre.exchange.services import report_of
from orchestre.journal import services as journal
from orchestre.journal.models import ChangeSet
from orchestre.kernel.errors import DomainError
from orchestre.sheets.dataset import Dataset
from orchestre.sheets.mapping import Mapping
from orchestre.sheets.presets import PRESETS
from orchestre.ui import formats

Report = dict[str, Any]
FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
NOTHING: Report = {"created": {}, "changed": {}, "unchanged": {}, "deleted": {}, "refused": []}


@click.command(name="import")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@click.option(
    "--preset",
    "preset",
    type=click.Choice([one.code for one in PRESETS]),
    help="How to read the file, when it is not recognised alone.",
)
@click.option("--map", "mapping_file", type=FILE, help="Columns and fields, as JSON.")
@click.option("--only-if-clean", is_flag=True, help="Write nothing when a cell is refused.")
def import_(
    file: Path,
    dry_run: bool,
    as_json: bool,
    preset: str | None,
    mapping_file: Path | None,
    only_if_clean: bool,
) -> None:
    """Import a portfolio file in one act, which `orchestre undo` reverses."""
    mapping = _mapping(mapping_file)
    try:
        dataset = services.dataset_of(
            file.read_bytes(), file.name, preset_code=preset or "", mapping=mapping
        )
        report = _planned(dataset) if dry_run else _applied(file, dataset, clean=only_if_clean)
    except DomainError as error:
        refusal = {"sheet": "", "row": None, "column": "", "value": "", "reason": str(error)}
        _refused({**NOTHING, "refused": [refusal]}, str(error), as_json=as_json)
    if only_if_clean and report["refused"]:
        _refused(report, str(services.NOT_CLEAN), as_json=as_json)
    if not any(report[name] for name in ("created", "changed", "unchanged", "deleted")):
        _refused(report, _("Nothing in this file can be imported."), as_json=as_json)
    _told(report, as_json=as_json)


def _mapping(path: Path | None) -> Mapping | None:
    if path is None:
        return None
    try:
        return Mapping.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        raise click.BadParameter(
            _("%(file)s is not a mapping: “sheets” with sheet, kind and columns is expected.")
            % {"file": path.name},
            param_hint="--map",
        ) from error


def _planned(dataset: Dataset) -> Report:
    return report_of(plan(dataset))


def _applied(file: Path, dataset: Dataset, *, clean: bool) -> Report:
    if clean:
        checked = _planned(dataset)
        if checked["refused"]:
            return checked
    planned, change_set = services.apply_file(file.read_bytes(), file.name, dataset)
    return {**report_of(planned), "change_set": change_set.pk if change_set else None}


@click.command()
@click.argument("change_set", type=int)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def undo(change_set: int, as_json: bool) -> None:
    """Undo an act as a whole: an import or any other, by its number."""
    found = ChangeSet.objects.filter(pk=change_set).first()
    if found is None:
        sentence = _("No act has the number %(number)s.") % {"number": change_set}
        _refused({"refused": sentence}, sentence, as_json=as_json)
    try:
        done = journal.undo(None, found)
    except DomainError as error:
        _refused({"refused": str(error)}, str(error), as_json=as_json)
    if as_json:
        click.echo(json.dumps({"undone": change_set, "change_set": done.pk}))
    else:
        click.echo(done.label)


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--language", type=click.Choice(["fr", "en"]), help="The organisation's by default.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def export(out: Path, language: str | None, as_json: bool) -> None:
    """Write the whole portfolio to a workbook (.xlsx), CSV files (.zip) or data (.json)."""
    form = out.suffix.lower().lstrip(".")
    if form not in FORMATS:
        told = {"name": out.name, "forms": ", ".join(f".{one}" for one in FORMATS)}
        raise click.BadParameter(_("End “%(name)s” with one of: %(forms)s.") % told)
    about = organisation()
    rows = every_row()
    out.write_bytes(write_to(rows, form, language or (about.language if about else "fr")))
    counts = {kind: len(some) for kind, some in rows.items()}
    if as_json:
        click.echo(json.dumps({"file": str(out), "rows": counts}))
    else:
        click.echo(_("%(file)s written.") % {"file": out})


def _refused(report: Report, sentence: str, *, as_json: bool) -> NoReturn:
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, default=str))
    click.echo(sentence, err=True)
    for one in report["refused"] if isinstance(report["refused"], list) else ():
        if one["column"]:
            click.echo(_line(one), err=True)
    sys.exit(1)


def _told(report: Report, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, default=str))
    else:
        for name, words in (
            ("created", _("created")),
            ("changed", _("changed")),
            ("unchanged", _("unchanged")),
        ):
            counts = ", ".join(f"{kind} {number}" for kind, number in report[name].items())
            click.echo(formats.labelled(words, counts or "–"))
        if report.get("change_set"):
            click.echo(_("Undo with: orchestre undo %(number)s") % {"number": report["change_set"]})
    for one in report["refused"]:
        click.echo(_line(one), err=True)


def _line(one: Report) -> str:
    return _("Sheet “%(sheet)s”, row %(row)s, “%(column)s”: %(reason)s") % one


commands = [import_, undo, export]
