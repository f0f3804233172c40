"""The fields of units, populations, capacity and periods."""

from orchestre.sheets.fields import choices
from orchestre.sheets.fields.declared import declare, field

# fmt: off
UNITS = declare(
    "units",
    field(
        "code", "Code | Code", "text",
        "id; identifiant; reference; sigle; code unite; unit code; acronym",
        example="DAF | FIN",
    ),
    field(
        "name", "Unité | Unit", "text",
        "nom; libelle; intitule; name; label; direction; service; entite; unit name; "
        "nom de l'unite; department",
        example="Direction financière | Finance", required=True,
    ),
    field(
        "parent", "Unité parente | Parent unit", "text",
        "parent; parent id; rattachement; rattachee a; superieur; reports to; unite mere; "
        "belongs to; code parent; id parent",
        example="DG | HQ",
    ),
    field(
        "manager", "Responsable | Manager", "text",
        "directeur; chef de service; head; manager name; direction assuree par",
        example="Directrice financière | Finance director",
    ),
)
POPULATIONS = declare(
    "populations",
    field(
        "code", "Code | Code", "text",
        "id; identifiant; reference; code population",
        example="COMPTA | ACC",
    ),
    field(
        "name", "Population | Population", "text",
        "nom; libelle; intitule; name; groupe; group; population name; public; audience; "
        "equipe; team",
        example="Comptables | Accountants", required=True,
    ),
    field(
        "unit", "Unité | Unit", "text",
        "direction; entite; service; code unite; department; unit code",
        example="DAF | FIN",
    ),
    field(
        "role", "Métier | Job", "text",
        "role; fonction; emploi; poste; job title; occupation",
        example="Comptable | Accountant",
    ),
    field(
        "site", "Site | Site", "text",
        "lieu; localisation; location; ville; office",
        example="Lyon | Leeds",
    ),
    field(
        "shift", "Équipe horaire | Shift", "text",
        "poste horaire; horaire; vacation; roster",
        example="Jour | Day",
    ),
    field(
        "kind", "Type | Kind", "choice",
        "nature; type de population; population type",
        example="Unité | Unit", choices=choices.POPULATION_KINDS,
    ),
    field(
        "headcount", "Effectif | Headcount", "integer",
        "effectifs; nombre de personnes; nb personnes; nb agents; people; number of people; "
        "etp; fte; taille; size",
        example="42 | 42", least=0, most=100000000,
    ),
    field(
        "headcount_on", "Effectif au | Headcount on", "date",
        "date de l'effectif; effectif compte le; headcount date; headcount counted on; as of",
        example="01/10/2026 | 2026-10-01",
    ),
    field(
        "weekly_hours", "Heures par semaine | Weekly hours", "number",
        "heures hebdomadaires; duree hebdomadaire; hours per week; temps hebdomadaire",
        example="35 | 35", least=0, most=168,
    ),
)
CAPACITY = declare(
    "capacity",
    field(
        "unit", "Unité | Unit", "text",
        "direction; entite; service; code unite; department; population",
        example="DAF | FIN", required=True,
    ),
    field(
        "absorption_ratio", "Part de temps pour le changement | Share of time for change", "ratio",
        "capacite; capacite d'absorption; absorption; part; taux; absorption ratio; capacity; "
        "share",
        example="10 % | 10%",
    ),
    field(
        "starts_on", "Début | Starts on", "date",
        "du; date de debut; from; start; start date; a partir du",
        example="01/01/2027 | 2027-01-01",
    ),
    field(
        "ends_on", "Fin | Ends on", "date",
        "au; date de fin; to; until; end; end date; jusqu'au",
        example="31/12/2027 | 2027-12-31", closes=True,
    ),
    field(
        "reason", "Motif | Reason", "text",
        "raison; commentaire; comment; why; justification",
        example="Clôture des comptes | Year-end closing",
    ),
    field(
        "provenance", "Provenance | Provenance", "choice",
        "source; origine; origin",
        example="Déclaré | Declared", choices=choices.PROVENANCES,
    ),
)
PERIODS = declare(
    "periods",
    field(
        "unit", "Unité | Unit", "text",
        "direction; entite; service; code unite; department",
        example="DAF | FIN",
    ),
    field(
        "kind", "Type | Kind", "choice",
        "nature; type de periode; period type",
        example="Pic d’activité | Business peak", choices=choices.PERIOD_KINDS,
    ),
    field(
        "name", "Période | Period", "text",
        "nom; libelle; intitule; name; evenement; event",
        example="Clôture annuelle | Year-end closing", required=True,
    ),
    field(
        "starts_on", "Début | Starts on", "date",
        "du; date de debut; from; start; start date",
        example="15/12/2026 | 2026-12-15",
    ),
    field(
        "ends_on", "Fin | Ends on", "date",
        "au; date de fin; to; until; end; end date",
        example="31/01/2027 | 2027-01-31", closes=True,
    ),
    field(
        "factor", "Part de capacité restante | Share of capacity left", "ratio",
        "facteur; factor; coefficient; capacite restante; capacity left",
        example="50 % | 50%",
    ),
)
