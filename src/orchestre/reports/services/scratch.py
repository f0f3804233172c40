"""A file analysed apart: imported into a base in memory that nothing else ever sees."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from orchestre.exchange import services as exchange
from orchestre.kernel.errors import DomainError
from orchestre.portfolio.models import Initiative
from orchestre.sheets.limits import LIMITS, MEBIBYTE
from orchestre.sheets.reading import FileRefused

IN_MEMORY = ":memory:"


@dataclass(frozen=True)
class Source:
    """The file that was read, and what could not be."""

    name: str
    digest: str
    preset: str
    initiatives: int
    refused: tuple[dict[str, Any], ...]


def prepare() -> None:
    """Make the tables of the scratch base; refused on a base that is kept."""
    if str(connection.settings_dict["NAME"]) != IN_MEMORY:
        raise DomainError(
            _("A file is analysed in memory only; this process is connected to kept data."),
            code="not-in-memory",
        )
    call_command("migrate", verbosity=0, interactive=False)


def content_of(path: Path) -> bytes:
    """Read a file; what cannot be read is told."""
    most = max(LIMITS.xlsx_bytes, LIMITS.csv_bytes, LIMITS.mspdi_bytes)
    try:
        if path.stat().st_size > most:
            raise DomainError(
                _("This file is larger than %(most)s MB.") % {"most": most // MEBIBYTE},
                code="too-large",
            )
        return path.read_bytes()
    except OSError as error:
        raise DomainError(
            _("%(file)s cannot be read: %(why)s.") % {"file": path.name, "why": error.strerror},
            code="unreadable",
        ) from error


def take_in(content: bytes, file_name: str, preset_code: str = "") -> Source:
    """Import a file as the product does, into the scratch base."""
    try:
        dataset = exchange.dataset_of(content, file_name, preset_code=preset_code)
    except FileRefused as refused:
        raise DomainError(refused.message, code=refused.code) from refused
    planned, _change_set = exchange.apply_dataset(
        None, dataset, _("Imported %(file)s") % {"file": file_name}, checked=False
    )
    initiatives = Initiative.objects.count()
    if not initiatives:
        raise DomainError(
            _("No initiative was found in %(file)s: nothing can be analysed.")
            % {"file": file_name},
            code="no-initiative",
        )
    return Source(
        name=file_name,
        digest=hashlib.sha256(content).hexdigest(),
        preset=dataset.preset,
        initiatives=initiatives,
        refused=tuple(exchange.refused_rows(planned)),
    )
