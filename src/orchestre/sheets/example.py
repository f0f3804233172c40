"""The worked example: the portfolio of a made-up mutual insurer, in both languages.

Texts are written `français | English`. Figures and dates are the same in both.
"""

from datetime import date
from typing import Any

from orchestre.sheets.example_means import means_rows, worth_of
from orchestre.sheets.example_results import results_rows

_SEPARATOR = " | "


def _on(text: str) -> date:
    return date.fromisoformat(text)


# fmt: off
_UNITS = (
    ("DG", "Direction générale | Head office", ""),
    ("DAF", "Direction financière | Finance", "DG"),
    ("DRH", "Ressources humaines | Human resources", "DG"),
    ("DSI", "Systèmes d’information | Information systems", "DG"),
    ("DRC", "Relation adhérents | Member relations", "DG"),
    ("DPS", "Prestations santé | Health claims", "DG"),
)
_POPULATIONS = (
    ("COMPTA", "Comptables | Accountants", "DAF", "Lyon", 46),
    ("ACHATS", "Acheteurs | Buyers", "DAF", "Lyon", 18),
    ("GEST-RH", "Gestionnaires RH | HR officers", "DRH", "Lyon", 34),
    ("MANAGERS", "Managers de proximité | Line managers", "DG", "", 122),
    ("CONSEIL-L", "Conseillers adhérents, Lyon | Member advisers, Lyon", "DRC", "Lyon", 140),
    ("CONSEIL-N", "Conseillers adhérents, Nantes | Member advisers, Nantes", "DRC", "Nantes", 95),
    ("GEST-PS", "Gestionnaires de prestations | Claims officers", "DPS", "Nantes", 210),
    ("TECH-SI", "Équipes informatiques | IT teams", "DSI", "Lyon", 64),
)
_OBJECTIVES = (
    ("O1", "Rembourser en 48 heures | Pay claims within 48 hours", "Service | Service",
     "Délai moyen de remboursement | Average payment time", "down", "2028-12-31"),
    ("O2", "Décrocher neuf appels sur dix | Answer nine calls out of ten", "Service | Service",
     "Taux de décroché | Answer rate", "up", "2027-12-31"),
    ("O3", "Réduire les frais de gestion | Lower running costs", "Maîtrise | Control",
     "Frais de gestion par adhérent | Running cost per member", "down", "2028-12-31"),
    ("O4", "Retenir les équipes | Keep our teams", "Équipes | Teams",
     "Départs volontaires | Voluntary leavers", "down", "2027-12-31"),
)
# code, title, why, family, kind, stage, unit, start, end, go-live, cost, mandatory, systems,
# processes, experts, indicators up, indicators down, objectives, priority
_INITIATIVES = (
    ("FACT", "Facture électronique | Electronic invoicing",
     "Obligation légale de réception et d’émission | Legal duty to receive and issue",
     "regulation", "run", "prepare", "DAF", "2026-03-02", "2027-09-30", "2027-03-01", 850_000,
     True, "ERP; Portail | ERP; Portal", "Commande à paiement | Procure to pay",
     "Intégrateur ERP | ERP integrator", "",
     "Frais de gestion par adhérent | Running cost per member", "O3", 1),
    ("ERP2", "Nouvelle version de l’ERP | New ERP release",
     "Fin de maintenance de l’éditeur | Vendor ends support", "digital", "run", "prepare", "DSI",
     "2026-06-01", "2027-06-30", "2027-04-05", 1_900_000, True, "ERP | ERP",
     "Clôture des comptes; Paie | Closing; Payroll",
     "Intégrateur ERP; Architecte | ERP integrator; Architect",
     "", "", "O3", 2),
    ("SIRH", "Portail RH libre-service | HR self-service portal",
     "Alléger la saisie des demandes | Lighten request entry", "digital", "grow", "prepare",
     "DRH",
     "2026-09-01", "2027-07-31", "2027-04-19", 620_000, False,
     "SIRH; Portail | HR system; Portal",
     "Congés; Notes de frais | Leave; Expenses", "Architecte | Architect", "",
     "Départs volontaires | Voluntary leavers",
     "O4", 4),
    ("CRM", "Poste de travail du conseiller | Adviser desktop",
     "Un seul écran par adhérent | One screen per member", "digital", "grow", "prepare", "DRC",
     "2026-04-01", "2027-10-31", "2027-05-17", 2_400_000, False,
     "CRM; Téléphonie | CRM; Telephony",
     "Réponse aux appels | Call answering", "Architecte | Architect",
     "Taux de décroché | Answer rate", "", "O2", 3),
    ("PREST", "Liquidation automatique des prestations | Automatic claims settlement",
     "Traiter sans saisie les deux tiers des dossiers | Settle two thirds of claims untouched",
     "digital", "explore", "define", "DPS", "2027-01-04", "2028-06-30", "2028-01-10", 1_200_000,
     False,
     "Prestations; IA | Claims; AI", "Remboursement | Claim payment",
     "Actuaire données | Data actuary",
     "", "Délai moyen de remboursement | Average payment time", "O1", 5),
    ("PLATEAU", "Regroupement des plateaux de Nantes | Single site in Nantes",
     "Fin du bail de l’ancien site | Lease of the old site ends", "organisation", "run",
     "launch", "DG",
     "2026-11-02", "2027-06-30", "2027-05-31", 480_000, True, "Téléphonie | Telephony", "", "",
     "", "Taux de décroché | Answer rate", "O3", 6),
    ("MANAG", "Management par la subsidiarité | Management by subsidiarity",
     "Décider au plus près des adhérents | Decide close to members", "management", "grow",
     "deploy", "DRH",
     "2026-01-05", "2027-12-31", "2026-10-05", 160_000, False, "", "", "",
     "Taux de décroché | Answer rate", "Départs volontaires | Voluntary leavers", "O4", 8),
    ("TELE", "Accord de télétravail | Remote work agreement",
     "Accord signé en juin | Agreement signed in June", "organisation", "run", "deploy", "DRH",
     "2026-06-15", "2027-02-28", "2027-01-04", 40_000, False, "", "", "", "",
     "Départs volontaires | Voluntary leavers", "O4", 9),
    ("CYBER", "Double authentification | Two-factor sign-in",
     "Exigence de l’assureur | Insurer’s requirement", "digital", "run", "deploy", "DSI",
     "2026-09-14", "2027-03-31", "2027-02-08", 210_000, True,
     "Annuaire; Portail | Directory; Portal", "",
     "", "", "", "O3", 7),
    ("QUAL", "Écoute qualité des appels | Call quality listening",
     "Mesurer la satisfaction à chaud | Measure satisfaction at once", "culture", "explore",
     "idea", "DRC",
     "2027-09-01", "2028-03-31", "2027-11-15", None, False, "CRM | CRM",
     "Réponse aux appels | Call answering", "",
     "Taux de décroché | Answer rate", "", "O2", 11),
    ("DONNEES", "Référentiel des adhérents | Member master data",
     "Une seule fiche par adhérent | One record per member", "digital", "grow", "launch", "DSI",
     "2026-10-01", "2027-12-15", "2027-09-20", 700_000, False, "CRM; Prestations | CRM; Claims",
     "",
     "Architecte; Actuaire données | Architect; Data actuary", "", "", "O1; O2", 5),
    ("PAPIER", "Fin du courrier papier interne | No more internal paper mail",
     "Petit geste, visible de tous | Small step, seen by all", "culture", "run", "consolidate",
     "DG",
     "2026-02-02", "2026-12-18", "2026-09-07", 5_000, False, "", "", "", "", "", "O3", 12),
)
# initiative, population, intensity, hours, reach, from, to, aspects
_IMPACTS = (
    ("FACT", "COMPTA", 4, 21, 1.0, "Factures saisies | Keyed invoices",
     "Factures reçues | Received invoices", "process:4; tools:4; role:3"),
    ("FACT", "ACHATS", 3, 10.5, 1.0, "Bons papier | Paper orders",
     "Commandes en ligne | Online orders", "process:3; tools:3"),
    ("ERP2", "COMPTA", 3, 14, 1.0, "Version 9 | Release 9", "Version 11 | Release 11",
     "systems:4; tools:3"),
    ("ERP2", "ACHATS", 2, 7, 0.8, "", "", "systems:3; tools:2"),
    ("ERP2", "TECH-SI", 4, 70, 0.5, "", "", "systems:5; role:3"),
    ("SIRH", "GEST-RH", 4, 28, 1.0, "Demandes ressaisies | Re-keyed requests",
     "Demandes contrôlées | Checked requests", "process:4; role:4; tools:3"),
    ("SIRH", "MANAGERS", 2, 4, 1.0, "", "", "process:2; tools:2"),
    ("CRM", "CONSEIL-L", 4, 24.5, 1.0, "Cinq écrans | Five screens", "Un écran | One screen",
     "tools:5; process:4; key_behaviours:3"),
    ("CRM", "CONSEIL-N", 4, 24.5, 1.0, "Cinq écrans | Five screens", "Un écran | One screen",
     "tools:5; process:4; key_behaviours:3"),
    ("CRM", "MANAGERS", 3, 10, 0.4, "", "", "performance_review:3; tools:3"),
    ("PREST", "GEST-PS", 5, 42, 0.9, "Dossiers saisis | Keyed claims",
     "Exceptions traitées | Exceptions handled", "role:5; process:5; mindset:4"),
    ("PLATEAU", "CONSEIL-N", 3, 7, 1.0, "Deux sites | Two sites", "Un site | One site",
     "location:4; reporting_line:2"),
    ("PLATEAU", "GEST-PS", 3, 7, 0.6, "", "", "location:4"),
    ("MANAG", "MANAGERS", 4, 30, 1.0, "Contrôler | Control", "Soutenir | Support",
     "key_behaviours:5; mindset:4"),
    ("TELE", "GEST-RH", 2, 3, 1.0, "", "", "location:3"),
    ("TELE", "COMPTA", 2, 2, 0.7, "", "", "location:3"),
    ("CYBER", "TECH-SI", 2, 10, 1.0, "", "", "systems:3"),
    ("CYBER", "CONSEIL-L", 1, 1, 1.0, "", "", "tools:2"),
    ("CYBER", "CONSEIL-N", 1, 1, 1.0, "", "", "tools:2"),
    ("DONNEES", "GEST-PS", 2, 6, 0.8, "", "", "process:3"),
    ("DONNEES", "TECH-SI", 3, 40, 0.4, "", "", "systems:4"),
)
_DEPENDENCIES = (
    ("ERP2", "FACT", "SS", 10, "Interfaces de facturation | Invoicing interfaces", True),
    ("ERP2", "SIRH", "FS", 10, "Référentiel du personnel | Staff records", True),
    ("DONNEES", "CRM", "FF", 0, "Fiche adhérent unique | Single member record", False),
    ("DONNEES", "PREST", "FS", 20, "Historique fiabilisé | Reliable history", True),
    ("CYBER", "SIRH", "FS", 0, "Connexion renforcée | Stronger sign-in", True),
    ("CRM", "QUAL", "FS", 60, "Appels rattachés aux fiches | Calls tied to records", False),
)
_MILESTONES = (
    ("FACT", "Réception ouverte | Receipt opens", "go_live", "2027-03-01", "2027-03-01"),
    ("ERP2", "Répétition générale | Dress rehearsal", "gate", "2027-02-15", "2027-03-01"),
    ("ERP2", "Bascule | Cutover", "go_live", "2027-04-05", "2027-04-05"),
    ("SIRH", "Consultation du CSE | Works council consulted", "legal", "2027-01-28",
     "2027-01-28"),
    ("CRM", "Pilote à Lyon | Pilot in Lyon", "gate", "2027-03-08", "2027-03-22"),
    ("PLATEAU", "Consultation du CSE | Works council consulted", "legal", "2027-01-28",
     "2027-02-25"),
    ("PLATEAU", "Déménagement | Move", "go_live", "2027-05-31", "2027-05-31"),
)
_ACTIVITIES = (
    ("FACT", "COMPTA", "training", "Recevoir une facture | Receive an invoice", "2027-02-08",
     "2027-02-26", 14, 1.0, "tools"),
    ("FACT", "ACHATS", "training", "Commander en ligne | Order online", "2027-02-15",
     "2027-02-26", 7, 1.0, "process"),
    ("ERP2", "COMPTA", "test", "Recette métier | User testing", "2027-03-01", "2027-03-19", 14,
     0.5, "systems"),
    ("CRM", "CONSEIL-L", "training", "Prise en main | Getting started", "2027-04-26",
     "2027-05-14", 14, 1.0, "tools"),
    ("CRM", "CONSEIL-N", "training", "Prise en main | Getting started", "2027-04-26",
     "2027-05-14", 14, 1.0, "tools"),
    ("MANAG", "MANAGERS", "workshop", "Atelier de pratique | Practice workshop", "2027-01-11",
     "2027-03-26", 10.5, 1.0, "key_behaviours"),
    ("SIRH", "MANAGERS", "message", "Ce qui change | What changes", "2027-04-06", "2027-04-09",
     0.5, 1.0, "process"),
)
_CAPACITY = (
    ("DG", 0.1, None, None, "Règle de la maison | House rule", "declared"),
    ("DAF", 0.05, "2026-12-15", "2027-02-15", "Clôture annuelle | Year-end closing", "declared"),
)
_PERIODS = (
    ("DAF", "peak", "Clôture annuelle | Year-end closing", "2026-12-15", "2027-02-15", 0.4),
    ("DRC", "peak", "Échéance des contrats | Contract renewals", "2027-11-15", "2028-01-15", 0.5),
    ("DG", "leave", "Congés d’été | Summer leave", "2027-07-12", "2027-08-29", 0.5),
    ("DSI", "freeze", "Gel de fin d’année | Year-end freeze", "2026-12-14", "2027-01-08", 0.0),
)
# fmt: on


def example_rows(language: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every sheet, in a language."""

    def say(text: str) -> str:
        french, separator, english = text.partition(_SEPARATOR)
        return french if language == "fr" or not separator else english

    return {
        "units": [{"code": c, "name": say(n), "parent": p} for c, n, p in _UNITS],
        "populations": [
            {"code": c, "name": say(n), "unit": u, "site": s, "kind": "unit", "headcount": h,
             "headcount_on": _on("2026-10-01"), "weekly_hours": 35}
            for c, n, u, s, h in _POPULATIONS
        ],
        "objectives": [
            {"code": c, "title": say(t), "axis": say(a), "indicator": say(i), "direction": d,
             "horizon": _on(h)}
            for c, t, a, i, d, h in _OBJECTIVES
        ],
        "initiatives": [_initiative(row, say) for row in _INITIATIVES],
        "impacts": [_impact(row, say) for row in _IMPACTS],
        "dependencies": [
            {"predecessor": p, "successor": s, "kind": k, "lag_days": lag, "what": say(w),
             "agreed": a}
            for p, s, k, lag, w, a in _DEPENDENCIES
        ],
        "milestones": [
            {"initiative": i, "name": say(n), "kind": k, "baseline_on": _on(b),
             "forecast_on": _on(f)}
            for i, n, k, b, f in _MILESTONES
        ],
        "activities": [
            {"initiative": i, "population": p, "kind": k, "name": say(n), "starts_on": _on(s),
             "ends_on": _on(e), "hours_per_person": h, "reach_ratio": r, "aspect": a}
            for i, p, k, n, s, e, h, r, a in _ACTIVITIES
        ],
        "capacity": [
            {"unit": u, "absorption_ratio": a, "starts_on": s and _on(s), "ends_on": e and _on(e),
             "reason": say(r), "provenance": p}
            for u, a, s, e, r, p in _CAPACITY
        ],
        "periods": [
            {"unit": u, "kind": k, "name": say(n), "starts_on": _on(s), "ends_on": _on(e),
             "factor": f}
            for u, k, n, s, e, f in _PERIODS
        ],
        **means_rows(say),
        **results_rows(say),
    }  # fmt: skip


def _initiative(row: tuple[Any, ...], say: Any) -> dict[str, Any]:  # noqa: ANN401 - rows of texts and figures
    names = (
        "code", "title", "why", "family", "kind", "stage", "unit", "starts_on", "ends_on",
        "go_live_on", "cost_eur", "mandatory", "systems", "processes", "experts",
        "indicators_up", "indicators_down", "objectives", "priority",
    )  # fmt: skip
    told = dict(zip(names, row, strict=True))
    for name in (
        "systems",
        "processes",
        "experts",
        "indicators_up",
        "indicators_down",
        "objectives",
    ):
        told[name] = tuple(one for one in say(told[name]).split("; ") if one)
    for name in ("starts_on", "ends_on", "go_live_on"):
        told[name] = _on(told[name])
    words = {"title": say(told["title"]), "why": say(told["why"])}
    return told | words | worth_of(told["code"])


def _impact(row: tuple[Any, ...], say: Any) -> dict[str, Any]:  # noqa: ANN401 - idem
    initiative, population, intensity, hours, reach, before, after, aspects = row
    told = dict(part.split(":") for part in aspects.split("; "))
    return {
        "initiative": initiative,
        "population": population,
        "intensity": intensity,
        "hours_per_person": hours,
        "reach_ratio": reach,
        "from_state": say(before),
        "to_state": say(after),
        "provenance": "declared",
        **{name: int(level) for name, level in told.items()},
    }
