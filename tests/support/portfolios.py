"""A file as people keep it: forty projects, French headers, written the way Excel writes."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

HEADERS = (
    "Code", "Projet", "Direction", "Population impactée", "Effectif", "Début", "Fin",
    "Mise en service", "Intensité", "Budget (k€)", "Chef de projet", "Commentaire",
)  # fmt: skip
VERBS = ("Moderniser", "Regrouper", "Ouvrir", "Fermer", "Simplifier")
THINGS = ("la paie", "les achats", "le magasin", "la caisse", "le planning", "les contrats",
          "la maintenance", "l’accueil")  # fmt: skip
UNITS = ("Finances", "Logistique", "Ventes", "Ressources humaines")


def monday() -> date:
    """Return the Monday of this week."""
    today = date.today()  # noqa: DTZ011 - a calendar date
    return today - timedelta(days=today.weekday())


def rows() -> list[tuple[object, ...]]:
    """Return forty projects around today; three groups of people are hit together."""
    made: list[tuple[object, ...]] = []
    for number in range(40):
        starts_on = monday() + timedelta(weeks=number % 10 - 4)
        ends_on = starts_on + timedelta(weeks=12 + number % 8, days=4)
        unit = UNITS[number % len(UNITS)]
        made.append(
            (
                f"P{number + 1:02}",
                f"{VERBS[number % len(VERBS)]} {THINGS[number // len(VERBS)]}",
                unit,
                f"Équipes {unit}",
                (45, 120, 80, 30)[number % len(UNITS)],
                starts_on,
                ends_on,
                starts_on + timedelta(weeks=8),
                1 + number % 5,
                50 + 10 * number,
                f"Chef {number % 7}",
                "" if number % 3 else "à confirmer",
            )
        )
    return made


def forty_projects(path: Path) -> Path:
    """Write the workbook."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Portefeuille")
    bold = book.add_format({"bold": True})
    for at, header in enumerate(HEADERS):
        sheet.write(0, at, header, bold)
    for number, row in enumerate(rows(), start=1):
        for at, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, at, value)
            else:
                sheet.write(number, at, value)
    book.close()
    return path
