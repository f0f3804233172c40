"""The files of a pack: what they hold, for people, for programs and for screen readers."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.util import Inches

from factories.packs import pack
from orchestre.reports.presenters.files import pdf, slides, workbook
from orchestre.reports.rules.document import Bar, Line, Pack, Road, Table

DIGEST = "7f3a91c2" + "0" * 56


def words(deck: Any) -> str:
    found = []
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if getattr(shape, "has_table", False) and shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def test_the_pdf_is_tagged_and_says_its_title_and_language() -> None:
    made = pdf.pack_pdf(pack(), DIGEST)
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert re.search(rb"/Lang\s*\(fr", made)
    assert b"pdfuaid" in made


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_one_part_is_printed_alone(paper: pdf.Paper) -> None:
    whole = pack()
    made = pdf.page_pdf(whole, whole.sections[0], DIGEST, paper)
    sizes = {tuple(map(float, found)) for found in re.findall(
        rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", made)}  # fmt: skip
    width, height = next(iter(sizes))
    assert (width > height) == (paper == "a3")


def test_hostile_texts_are_texts_in_every_file() -> None:
    nasty = '#panic("no") <b>\\ $x$ `code` =1+1 "quoted"'
    whole = replace(pack(), title=nasty)
    assert pdf.pack_pdf(whole, DIGEST).startswith(b"%PDF-")
    deck = Presentation(io.BytesIO(slides.pack_slides(whole, DIGEST)))
    assert nasty in words(deck)
    book = openpyxl.load_workbook(io.BytesIO(workbook.pack_workbook(whole, DIGEST)))
    assert book.worksheets[0]["B2"].value == nasty


def test_slides_hold_native_charts_with_their_rows_and_alternatives() -> None:
    made = slides.pack_slides(pack(), DIGEST)
    deck = Presentation(io.BytesIO(made))
    charts = [s for slide in deck.slides for s in slide.shapes if getattr(s, "has_chart", False)]
    assert [one.chart.plots[0].categories[0] for one in charts] == ["nov. 26"]
    assert charts[0].chart.series[0].values[0] == 1200.5
    assert 'descr="Money rises"' in charts[0]._element.xml
    names = zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert [one for one in names if one.startswith("ppt/embeddings/") and one.endswith(".xlsx")]
    assert all(slide.shapes.title is not None for slide in list(deck.slides)[1:])
    assert "7f3a 91c2" in words(deck)
    assert "140 %" in words(deck)


def test_nothing_is_drawn_outside_the_slides() -> None:
    rows = tuple(Line(str(n), (pack().sections[0].blocks[1].rows[0].cells)) for n in range(90))  # type: ignore[union-attr]  # the table
    bars = tuple(
        Bar(str(n), f"IN-{n} " + "long " * 20, pack().as_of, pack().as_of.replace(year=2027))
        for n in range(45)
    )
    section = pack().sections[0]
    table, road = section.blocks[1], section.blocks[4]
    assert isinstance(table, Table)
    assert isinstance(road, Road)
    long = replace(section, blocks=(replace(table, rows=rows), replace(road, bars=bars)))
    whole: Pack = replace(pack(), sections=(long,))
    deck = Presentation(io.BytesIO(slides.pack_slides(whole, DIGEST)))
    told = words(deck)
    assert told.count("16 mars") == 90
    assert all(f"IN-{n} " in told for n in range(45))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top + shape.height <= deck.slide_height + Inches(0.01), shape.name


def test_a_template_of_the_customer_says_where_things_go() -> None:
    theirs = Presentation()
    layout = theirs.slide_layouts[5]
    area = layout.placeholders[1] if len(layout.placeholders) > 1 else layout.placeholders[0]
    area.name = "Orchestre: content"
    area.left, area.top, area.width, area.height = (
        Inches(1), Inches(2), Inches(6), Inches(4),
    )  # fmt: skip
    theirs.slides.add_slide(theirs.slide_layouts[0])
    saved = io.BytesIO()
    theirs.save(saved)
    deck = Presentation(io.BytesIO(slides.pack_slides(pack(), DIGEST, saved.getvalue())))
    assert (deck.slide_width, deck.slide_height) == (theirs.slide_width, theirs.slide_height)
    tables = [s for slide in deck.slides for s in slide.shapes if getattr(s, "has_table", False)]
    assert tables
    assert {(one.left, one.width) for one in tables} == {(Inches(1), Inches(6))}
    assert deck.slides[0].shapes.title.text == "Comité"


def test_the_workbook_holds_figures_as_figures() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.pack_workbook(pack(), DIGEST)))
    assert [row[0] for row in book["Milestones"].iter_rows(values_only=True)] == ["When", "16 mars"]
    assert book["Milestones"]["B2"].value == 7
    assert book["Load"]["B2"].value == 1.4
    assert [c.value for c in book["Euros"][2]] == ["nov. 26", 1200.5, 0]
    assert book["Which order"]["C2"].value == 120
