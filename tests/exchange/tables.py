"""Files as people send them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl

Table = Sequence[Sequence[object]]
DIRECTIONS = ("Direction commerciale", "Direction financière", "DSI", "Direction des opérations")
HEADERS = (
    "N°", "Projet", "Direction", "Chef de projet", "Début", "Fin", "Budget k€", "Statut",
    "Commentaire COPIL",
)  # fmt: skip
STAGES = ("Cadrage", "En cours", "Déploiement", "Terminé")


def workbook(**sheets: Table) -> bytes:
    """Return an XLSX file."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def forty(changes: dict[tuple[int, str], object] | None = None) -> list[list[object]]:
    """Return a table of forty projects under French headers, with some cells changed."""
    rows: list[list[object]] = [list(HEADERS)]
    rows += [
        [
            f"P{n + 1:02}", f"Projet {n + 1}", DIRECTIONS[n % 4], f"Responsable {n}",
            f"{1 + n % 12:02}/0{1 + n % 9}/2026", f"15/0{1 + n % 9}/2027", 50 + n,
            STAGES[n % 4], f"Note {n}",
        ]
        for n in range(40)
    ]  # fmt: skip
    for (row, header), value in (changes or {}).items():
        rows[row - 1][HEADERS.index(header)] = value
    return rows
