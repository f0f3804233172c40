"""Twelve files shaped as real ones, thirty planted faults: how many are found, what is mapped."""

from __future__ import annotations

from typing import Any

import pytest

from exchange.tables import workbook
from orchestre.exchange.guessing import guesses_of
from orchestre.exchange.planning import plan
from orchestre.exchange.services import apply_dataset, dataset_of, read_file
from orchestre.portfolio.models import Initiative

pytestmark = pytest.mark.django_db

# how twelve offices write the same eight columns
HEADERS = (
    ("N°", "Projet", "Direction", "Chef de projet", "Début", "Fin", "Budget k€", "Statut"),
    ("Code", "Intitulé", "Unité", "Responsable", "Date de début", "Date de fin", "Coût (€)",
     "Étape"),
    ("ID", "Project name", "Department", "Owner", "Start date", "End date", "Budget", "Status"),
    ("Réf.", "Nom du projet", "Entité", "Pilote", "Démarrage", "Échéance", "Coût total", "Phase"),
    ("Key", "Summary", "Business unit", "Assignee", "Start", "Due date", "Cost", "State"),
    ("Numéro", "Libellé", "Service", "Porteur", "Du", "Au", "Montant", "Avancement"),
    ("Identifiant", "Initiative", "Structure porteuse", "Directeur de projet",
     "Date de lancement", "Fin prévue", "Enveloppe", "État"),
    ("Project ID", "Title", "Division", "Project manager", "Planned start", "Finish", "Total cost",
     "Project phase"),
    ("Ref", "Démarche", "Département", "Responsable du projet", "Date de démarrage",
     "Date de fin prévisionnelle", "Budget total", "Phase en cours"),
    ("Number", "Change", "Organisation", "Change lead", "Start Date", "Deadline",
     "Estimated cost", "Lifecycle stage"),
    ("Code", "Nom", "Direction", "Chef de projet", "Commence le", "Terme", "Coût complet",
     "Statut"),
    ("Référence", "Sujet", "Ministère", "Chef de projet", "Début du projet", "Date d’échéance",
     "Coût estimé", "Phase du projet"),
)  # fmt: skip
# (column, what is planted): every one is a value that no table may keep
FAULTS = (
    (4, "31/02/2026"), (4, "bientôt"), (4, "45/13/2026"), (5, "2019-01-01"), (5, "fin d’année ?"),
    (5, "32/12/2026"), (6, "à voir"), (6, "10 à 20"), (6, "-500"), (7, "Bizarre"), (7, "42"),
    (1, ""), (1, "X" * 300), (4, "#REF!"), (6, "#DIV/0!"), (3, "Y" * 200), (0, "Z" * 60),
    (5, "#N/A!x"), (7, "en pause café"), (6, "12 $"), (4, "1026-01-01"), (5, "2026-02-30"),
    (4, "S54 2026"), (6, "1,2,3,4,5,6.7.8"), (7, "Terminé ou presque"), (5, "demain matin"),
    (6, "cent mille"), (4, "13/13/2026"), (5, "00/00/2026"), (6, "entre 9 et 20 M€"),
)  # fmt: skip


def files() -> list[tuple[bytes, list[tuple[int, int, str]]]]:
    """Return the files, each with its faults: row in the file, column, value."""
    made = []
    for number, headers in enumerate(HEADERS):
        rows: list[list[Any]] = [list(headers)]
        rows += [
            [f"F{number}-{n}", f"Projet {number}.{n}", f"Direction {n % 3}", f"Nom {n}",
             f"{1 + n:02}/03/2026", f"{1 + n:02}/09/2026", 100 + n, "En cours"]
            for n in range(8)
        ]  # fmt: skip
        planted = []
        for rank, (column, value) in enumerate(FAULTS):
            if rank % len(HEADERS) == number:
                row = 2 + len(planted) * 2
                rows[row - 1][column] = value or None
                planted.append((row, column, value))
        made.append((workbook(Feuil1=rows), planted))
    return made


def test_planted_faults_are_found_and_nothing_wrong_is_written() -> None:
    found = wrong = mapped = columns = 0
    missed = []
    for content, planted in files():
        (guess,) = guesses_of(read_file(content, "a.xlsx"))
        columns += len(guess.guesses)
        mapped += sum(one.field is not None for one in guess.guesses)
        dataset = dataset_of(content, "a.xlsx")
        planned, _act = apply_dataset(None, dataset, "a.xlsx")
        told = {(one.row, one.column) for one in planned.refused}
        for row, column, value in planted:
            if (row, guess.guesses[column].header) in told:
                found += 1
            else:
                missed.append((guess.guesses[column].header, value))
        assert plan(dataset).counts()["changed"] == {}
    for one in Initiative.objects.all():
        _number, n = (int(part) for part in one.title.removeprefix("Projet ").split("."))
        right = (
            (one.starts_on is None or one.starts_on.isoformat() == f"2026-03-{1 + n:02}")
            and (one.ends_on is None or one.ends_on.isoformat() == f"2026-09-{2 + n:02}")
            and (one.cost_eur is None or one.cost_eur in (100 + n, 1000 * (100 + n)))
            and one.stage in ("prepare", "idea")
            and one.lead_name in ("", f"Nom {n}")
        )
        wrong += not right
    # the guide tells these figures
    assert (found, missed) == (len(FAULTS), [])
    assert wrong == 0
    assert (mapped, columns) == (96, 96)
