"""`orchestre check`, `backup` and `restore`: what an administrator runs on the server."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from orchestre.access import status
from orchestre.access.terminal import as_json, tell, told
from orchestre.journal import backups, checking, restores
from orchestre.journal.rules import Anchor, Break
from orchestre.kernel.errors import DomainError


def _sentence(found: Break) -> str:
    sentences = {
        "missing": _("Link %(seq)s of the journal is missing."),
        "altered": _("Link %(seq)s of the journal no longer matches its fingerprint."),
        "rewritten": _("Link %(seq)s of the journal is not the one that was written down."),
        "truncated": _("The journal ends before link %(seq)s, which was written."),
        "values": _("What act of link %(seq)s wrote was altered."),
        "unlinked": _("Act %(seq)s was written beside the journal."),
    }
    told_about = sentences[found.reason] % {"seq": found.seq}
    return told_about + " " + _("Tell the auditor; correct nothing.")


@click.command()
@click.option("--anchor", default="", help="A head written down elsewhere, SEQ:HASH.")
@as_json
def check(anchor: str, as_json: bool) -> None:
    """Walk the journal, the database and the settings; exit 1 when something is broken."""
    with told(as_json=as_json):
        links, found = checking.verify(_anchors(anchor))
        damage = _damage()
        findings = status.doctor()
        ok = found is None and not damage and not any(f.serious for f in findings)
        if as_json:
            head = checking.head_of()
            tell(
                {
                    "ok": ok,
                    "links": links,
                    "head": asdict(head),
                    "break": asdict(found) if found else None,
                    "database": damage or "ok",
                    "findings": [asdict(finding) for finding in findings],
                }
            )
        else:
            _print(links, found, damage, findings)
    if not ok:
        raise SystemExit(1)


def _print(links: int, found: Break | None, damage: str, findings: list[status.Finding]) -> None:
    if found is None:
        click.echo(_("%(links)s links of the journal verified, intact.") % {"links": links})
    else:
        click.echo(_sentence(found), err=True)
    if damage:
        click.echo(_("The database is damaged: %(why)s") % {"why": damage}, err=True)
    else:
        click.echo(_("Database: intact."))
    for finding in findings:
        click.echo(finding.sentence, err=True)


def _anchors(given: str) -> list[Anchor]:
    anchors = []
    if given:
        try:
            anchors.append(Anchor.parse(given))
        except ValueError as wrong:
            raise click.UsageError(
                _("An anchor is written 12481:7f3a91c2…, with at least 16 digits of the hash.")
            ) from wrong
    verified = status.last_verified()
    if verified is not None:
        anchors.append(Anchor(verified.seq, verified.hash))
    return anchors


def _damage() -> str:
    try:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA integrity_check")
                state = str(cursor.fetchone()[0])
                if state != "ok":
                    return state
        connection.check_constraints()
    except DatabaseError as wrong:
        return str(wrong)
    return ""


@click.command()
@click.argument("out", required=False, type=click.Path(dir_okay=False, path_type=Path))
@as_json
def backup(out: Path | None, as_json: bool) -> None:
    """Write a backup while people work, read it back, and print where it is."""
    with told(as_json=as_json):
        if out is not None and out.exists():
            raise DomainError(_("%(file)s already exists. Choose another name.") % {"file": out})
        path, manifest = backups.make(out)
        found = restores.check(path)
        if as_json:
            tell({"ok": True, "file": str(path), "head": manifest.head_hash, **asdict(found)})
            return
        click.echo(
            _("Backup written and read back: %(rows)s rows, 0 difference, %(seconds)s s.")
            % {"rows": found.rows, "seconds": found.seconds},
            err=True,
        )
        click.echo(str(path))


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Read it back aside, change nothing.")
@click.option("--replace", is_flag=True, help="Take the place of a database that holds data.")
@as_json
def restore(file: Path, only_check: bool, replace: bool, as_json: bool) -> None:
    """Put a backup in place, after comparing it with what it says of itself."""
    with told(as_json=as_json):
        found = restores.check(file) if only_check else restores.restore(file, replace=replace)
        if as_json:
            tell({"ok": True, "restored": not only_check, **asdict(found)})
            return
        sentence = (
            _("Backup read back: %(rows)s rows, %(links)s links, 0 difference, %(seconds)s s.")
            if only_check
            else _("Restored in %(seconds)s s: %(rows)s rows, %(links)s links, 0 difference.")
        )
        click.echo(sentence % asdict(found), err=True)


commands = [check, backup, restore]
