"""A frozen pack as a tagged PDF (PDF/UA-1), set by Typst; the data go in as JSON, never as code."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

import font_source_sans_pro
import typst
from django.utils import translation
from django.utils.translation import gettext as _

from orchestre.reports.presenters.files import drawing, palette
from orchestre.reports.rules.document import Block, Chart, Heat, Pack, Road, Section, Words, short
from orchestre.ui import formats

Paper = Literal["a4", "a3"]
TEMPLATE = Path(__file__).parents[2] / "typst" / "pack.typ"
FONTS = Path(font_source_sans_pro.__file__).parent / "files"


def pack_pdf(pack: Pack, digest: str) -> bytes:
    """Set the whole pack on landscape pages."""
    return _set(pack, pack.sections, digest, paper="a4", flipped=True, cover=True)


def page_pdf(pack: Pack, section: Section, digest: str, paper: Paper = "a4") -> bytes:
    """Set one part alone, on A4 or A3."""
    return _set(pack, (section,), digest, paper=paper, flipped=paper == "a3", cover=False)


def _set(
    pack: Pack,
    sections: Iterable[Section],
    digest: str,
    *,
    paper: Paper,
    flipped: bool,
    cover: bool,
) -> bytes:
    with translation.override(pack.language):
        data = {
            "title": pack.title,
            "organisation": pack.organisation,
            "audience": pack.audience,
            "language": pack.language,
            "day": [pack.as_of.year, pack.as_of.month, pack.as_of.day],
            "paper": paper,
            "flipped": flipped,
            "cover": cover,
            "foot": foot(pack, digest),
            "labels": {
                "state": _("State of %(when)s") % {"when": pack.written_at},
                "contents": _("In this pack"),
                "recommended": _("recommended"),
                "grounds": _("What the figures rest on"),
                "page": _("page"),
            },
            "grounds": [_ground(one) for one in pack.grounds],
            "sections": [_section(one) for one in sections],
            "tones": palette.TONES,
            "levels": palette.LEVELS,
            "inks": palette.LEVEL_INKS,
        }
    return _compile(data)


def _compile(data: dict[str, Any]) -> bytes:
    made = typst.compile(
        str(TEMPLATE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=str)},
    )
    if not isinstance(made, bytes):
        raise TypeError("one PDF is expected")
    return made


def foot(pack: Pack, digest: str) -> str:
    """Write the line at the foot of every page: plan, instant, fingerprint."""
    parts = [pack.plan, pack.written_at, _("fingerprint %s") % short(digest)]
    if pack.confidential:
        parts.insert(0, _("Confidential"))
    return " · ".join(part for part in parts if part)


def _ground(one: object) -> str:
    values = asdict(one)  # type: ignore[call-overload]  # a Ground
    seed = _("seed %s") % values["seed"] if values["seed"] else ""
    mark = short(values["fingerprint"]) if values["fingerprint"] else ""
    name = f"{values['computation']}/{values['version']}"
    return " · ".join(part for part in (name, seed, mark) if part)


def _section(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": section.title,
        "lead": section.lead,
        "blocks": [told for block in section.blocks for told in _blocks(block)],
    }


def _blocks(block: Block) -> list[dict[str, Any]]:
    if isinstance(block, Chart):
        return [_image(block.title, str(drawing.chart_svg(block)), block.sentence)]
    if isinstance(block, Road):
        if not block.bars:
            return [asdict(Words(block.key, (block.empty,), title=block.title))]
        cuts = drawing.roads(block)
        found = [
            _image(block.title if at == 0 else "", str(drawing.road_svg(one)), _road_words(one))
            for at, one in enumerate(cuts)
        ]
        found[-1]["note"] = block.note
        return found
    if isinstance(block, Heat):
        return [{**asdict(block), "count": len(block.columns)}]
    return [asdict(block)]


def _image(title: str, svg: str, alt: str) -> dict[str, Any]:
    return {"kind": "image", "title": title, "svg": svg, "alt": alt, "note": ""}


def _road_words(road: Road) -> str:
    return formats.clauses(
        formats.labelled(bar.label, formats.dates(bar.starts_on, bar.ends_on)) for bar in road.bars
    )
