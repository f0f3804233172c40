"""Minutes as files: DOCX for who edits around them, tagged PDF (PDF/UA-1) for who keeps them."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from pathlib import Path

import docx
import font_source_sans_pro
import typst
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from orchestre.governance.presenters.minutes import Pair, Paper

TEMPLATE = Path(__file__).resolve().parents[1] / "documents" / "minutes.typ"
FONTS = Path(font_source_sans_pro.__file__).parent / "files"


def pdf(paper: Paper) -> bytes:
    """Write the minutes as a tagged PDF; the data travel as JSON, never as markup."""
    made = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        format="pdf",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(asdict(paper))},
        pdf_standards="ua-1",
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave several files for one PDF")
    return made


def word(paper: Paper) -> bytes:
    """Write the minutes as a DOCX: real headings, real lists, a table with a header row."""
    document = docx.Document()
    document.core_properties.title = paper.title
    document.core_properties.author = paper.organisation
    document.core_properties.language = paper.language
    document.add_heading(paper.title, 0)
    for line in (paper.draft, paper.signature):
        if line:
            document.add_paragraph(line)
    if paper.correction:
        _said(document, Pair(paper.labels["corrects"], paper.correction), paper.labels["colon"])
    for pair in paper.facts:
        _said(document, pair, paper.labels["colon"])
    document.add_heading(paper.labels["present"], 1)
    _table(document, paper.people)
    document.add_heading(paper.labels["items"], 1)
    for item in paper.items:
        document.add_heading(f"{item.number}. {item.title} ({item.state})", 2)
        for pair in item.pairs:
            _said(document, pair, paper.labels["colon"])
        _list(document, paper.labels["discarded"], item.discarded)
        _list(document, paper.labels["opinions"], item.opinions)
        _list(document, paper.labels["actions"], item.actions)
    _list(document, paper.labels["actions"], paper.actions)
    document.sections[0].footer.paragraphs[0].text = paper.footer
    _speak(document, paper.language)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _said(document: docx.document.Document, pair: Pair, colon: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{pair.term}{colon} ").bold = True
    paragraph.add_run(pair.text)


def _list(document: docx.document.Document, label: str, lines: tuple[str, ...]) -> None:
    if not lines:
        return
    document.add_paragraph().add_run(label).bold = True
    for line in lines:
        document.add_paragraph(line, style="List Bullet")


def _table(document: docx.document.Document, people: tuple[Pair, ...]) -> None:
    if not people:
        return
    table = document.add_table(rows=0, cols=2)
    table.style = "Light List"
    for pair in people:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = pair.term, pair.text


def _speak(document: docx.document.Document, language: str) -> None:
    """Say the language of the text, for who listens to it."""
    properties = document.styles["Normal"].element.get_or_add_rPr()
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "fr-FR" if language == "fr" else "en-GB")
    properties.append(spoken)
