"""`orchestre publish`: a pack from the command line, frozen like any other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from django.utils import translation
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.terminal import account, as_json, tell, told
from orchestre.access.terminal import language as terminal_language
from orchestre.governance import policy as committees
from orchestre.kernel.errors import DomainError
from orchestre.reports import queries
from orchestre.reports.models import Publication, SlideTemplate
from orchestre.reports.presenters.files import pdf, slides, workbook
from orchestre.reports.presenters.pack.parts import KEYS
from orchestre.reports.rules.asked import PackAsked
from orchestre.reports.rules.document import thaw
from orchestre.reports.services import publishing
from orchestre.runs import jobs

FORMS = ("pdf", "pptx", "xlsx")


@click.command("publish")
@click.option("--as", "email", required=True, help="Address of the account that publishes.")
@click.option("--title", default="", help="Title; that of the last pack by default.")
@click.option("--audience", default="", help="Committee that receives it.")
@click.option("--language", type=click.Choice(["fr", "en"]), default=terminal_language)
@click.option("--meeting", type=int, help="Number of the meeting that it is for.")
@click.option("--confidential", is_flag=True, help="Name the confidential initiatives.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write PDF, slides, workbook there.",
)
@click.option("--template", default="", help="Name of the slide template.")
@as_json
def publish(
    *,
    email: str,
    out: Path | None,
    template: str,
    as_json: bool,
    **said: Any,  # noqa: ANN401 - what is said of the pack, one option each
) -> None:
    """Publish a pack and, with --out, write its files."""
    with told(as_json=as_json):
        person = account(email)
        row = _made(person, _asked(person, **said))
        files = _write(row, out, template) if out else []
        if as_json:
            tell({"ok": True, "publication": row.pk, "fingerprint": row.fingerprint,
                  "files": [str(one) for one in files]})  # fmt: skip
        else:
            click.echo(_("Published: %(pack)s, fingerprint %(mark)s.")
                       % {"pack": row, "mark": row.fingerprint[:16]})  # fmt: skip
            for one in files:
                click.echo(str(one))


def _for_meeting(person: User, key: int, language: str) -> PackAsked:
    meeting = committees.visible_meetings(person).filter(pk=key).first()
    if meeting is None:
        raise DomainError(_("The meeting this pack is for is not there."))
    return publishing.for_meeting(person, meeting, KEYS, language)


def _asked(
    person: User,
    *,
    meeting: int | None,
    title: str,
    audience: str,
    language: str,
    confidential: bool,
) -> PackAsked:
    """Return the usual pack of a meeting or of some readers, with what is said otherwise."""
    if meeting is None:
        last = queries.last_publication(person, audience, confidential=confidential)
        with translation.override(language):
            title_of_first = _("Transformation committee")
        usual = PackAsked(
            title=last.title if last else title_of_first,
            audience=audience,
            language=language,
            parts=KEYS,
            previous=last.pk if last else None,
        )
    else:
        usual = _for_meeting(person, meeting, language)
    return replace(
        usual,
        title=title or usual.title,
        audience=audience or usual.audience,
        confidential=confidential,
    )


def _made(person: User, asked: PackAsked) -> Publication:
    run, waits = publishing.ask(person, asked, KEYS)
    if waits:
        autodiscover_modules("jobs")
        run = jobs.compute(run)
    if run.status != run.Status.DONE:
        raise DomainError(run.message or _("The pack is being written by another process."))
    return queries.publication(person, run.summary["publication"])


def _write(row: Publication, out: Path, template: str) -> list[Path]:
    pack, content = thaw(bytes(row.content)), b""
    theirs = None
    if template:
        known = SlideTemplate.objects.filter(name=template).first()
        if known is None:
            names = ", ".join(SlideTemplate.objects.values_list("name", flat=True)) or "–"
            raise DomainError(
                _("No slide template is called “%(name)s”. There are: %(names)s.")
                % {"name": template, "names": names}
            )
        theirs = bytes(known.content)
    made = []
    for form in FORMS:
        if form == "pdf":
            content = pdf.pack_pdf(pack, row.fingerprint)
        elif form == "pptx":
            content = slides.pack_slides(pack, row.fingerprint, theirs)
        else:
            content = workbook.pack_workbook(pack, row.fingerprint)
        path = out / f"pack-{row.pk}-{row.as_of.isoformat()}.{form}"
        try:
            out.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise DomainError(
                _("%(file)s cannot be written: %(why)s.") % {"file": path, "why": error.strerror}
            ) from error
        made.append(path)
    return made
