"""The fields of roles, demands, costs and envelopes.

Few synonyms on purpose: a table of projects with a budget must stay a table of initiatives.
"""

from orchestre.sheets.fields import choices
from orchestre.sheets.fields.declared import choice, declare, field

# fmt: off
NATURES = (
    choice("capex", "Investissement | Investment", "capex; invest"),
    choice("opex", "Fonctionnement | Expense", "opex; charge; depense courante; running cost"),
)
COST_STATES = (
    choice("planned", "Prévu | Planned", "prevue; budget; previsionnel; forecast"),
    choice("committed", "Engagé | Committed", "engagee; commande; ordered"),
    choice("spent", "Réalisé | Spent", "realisee; depense; paye; actual; paid"),
)
_STARTS = field(
    "starts_on", "Début | Starts on", "date", "du; date de debut; from; a partir du",
    example="01/01/2027 | 2027-01-01",
)
_ENDS = field(
    "ends_on", "Fin | Ends on", "date", "au; date de fin; until; jusqu'au",
    example="31/12/2027 | 2027-12-31", closes=True,
)
_PROVENANCE = field(
    "provenance", "Provenance | Provenance", "choice", "source; origine; origin",
    example="Déclaré | Declared", choices=choices.PROVENANCES,
)
_INITIATIVE = field(
    "initiative", "Initiative | Initiative", "text", "code initiative; initiative code",
    example="FACT | INV", required=True,
)
ROLES = declare(
    "roles",
    field(
        "role", "Rôle | Role", "text", "metier; competence; skill; trade",
        example="Architectes | Architects", required=True,
    ),
    field("code", "Code | Code", "text", "code role; role code", example="RO-01 | RO-01"),
    field(
        "unit", "Unité | Unit", "text", "direction; service; department",
        example="DSI | DSI",
    ),
    field(
        "fte", "Capacité (ETP) | Capacity (FTE)", "number", "etp; fte; etp disponibles",
        example="4 | 4", least=0, most=10000,
    ),
    _STARTS, _ENDS, _PROVENANCE,
)
DEMANDS = declare(
    "demands",
    _INITIATIVE,
    field(
        "role", "Rôle | Role", "text", "metier; competence; skill; trade",
        example="Architectes | Architects", required=True,
    ),
    field(
        "fte", "ETP demandés | FTE asked", "number", "etp; fte",
        example="0,5 | 0.5", least=0, most=10000, required=True,
    ),
    _STARTS, _ENDS, _PROVENANCE,
)
COSTS = declare(
    "costs",
    _INITIATIVE,
    field(
        "name", "Dépense | Cost", "text", "poste de depense; cost item",
        example="Licences | Licences",
    ),
    field(
        "amount_eur", "Montant (€) | Amount (€)", "money", "montant; amount",
        example="120 000 | 120,000", unit="€", required=True,
    ),
    _STARTS, _ENDS,
    field("month", "Mois | Month", "date", "mois de depense", example="mars 2027 | March 2027"),
    field(
        "nature", "Nature | Nature", "choice", "capex / opex; type de depense",
        example="Fonctionnement | Expense", choices=NATURES,
    ),
    field(
        "state", "État | State", "choice", "etat de la depense",
        example="Engagé | Committed", choices=COST_STATES,
    ),
    _PROVENANCE,
)
ENVELOPES = declare(
    "envelopes",
    field(
        "name", "Enveloppe | Envelope", "text", "nom de l'enveloppe",
        example="Transformation 2027 | Transformation 2027", required=True,
    ),
    field(
        "programme", "Programme | Programme", "text", "program",
        example="Transformation financière | Finance transformation",
    ),
    field(
        "amount_eur", "Montant (€) | Amount (€)", "money", "montant; amount",
        example="2 500 000 | 2,500,000", unit="€", required=True,
    ),
    _STARTS, _ENDS,
)
WORTH = (
    field(
        "value_eur_per_year", "Valeur par an (€) | Value a year (€)", "money",
        "valeur annuelle; gain annuel; yearly value; annual value",
        example="350 000 | 350,000", unit="€",
    ),
    field(
        "ramp_weeks", "Montée en puissance (semaines) | Ramp (weeks)", "integer",
        "montee en puissance", example="12 | 12", least=0, most=520,
    ),
    field(
        "delay_cost_eur_per_week",
        "Coût d’une semaine de retard (€) | Cost of a week of delay (€)", "money",
        "cout du retard; cost of delay; cost of delay per week",
        example="7 000 | 7,000", unit="€",
    ),
    field(
        "worth_method", "Méthode d’estimation | How the value was estimated", "long",
        "methode d'estimation de la valeur",
        example="Atelier avec le contrôle de gestion | Workshop with management control",
    ),
)
