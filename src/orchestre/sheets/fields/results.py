"""The fields of waves of deployment and of benefits.

Few synonyms on purpose: a table of projects with an expected gain must stay a table of
initiatives. Amounts month by month are in no sheet: what is validated needs two people.
"""

from orchestre.sheets.fields.declared import choice, declare, field

# fmt: off
BENEFIT_KINDS = (
    choice("cashable", "Monétaire | Cashable", "financier; financial"),
    choice("non_cashable", "Non monétaire | Non-cashable", "non financier; non financial"),
    choice("quality", "Qualité | Quality"),
    choice("risk", "Risque évité | Risk avoided", "risque; risk"),
    choice("environment", "Environnement | Environment"),
)
RECURRENCES = (
    choice("once", "Une fois | Once", "ponctuel; one-off"),
    choice("yearly", "Chaque année | Every year", "annuel; recurrent; yearly; recurring"),
)
ANCHORS = (
    choice("go_live", "Mise en service | Go-live"),
    choice("end", "Fin | End", "fin de l'initiative; end of the initiative"),
    choice("milestone", "Jalon | Milestone"),
)
_INITIATIVE = field(
    "initiative", "Initiative | Initiative", "text", "code initiative; initiative code",
    example="FACT | INV", required=True,
)
WAVES = declare(
    "waves",
    _INITIATIVE,
    field(
        "name", "Vague | Wave", "text", "nom de la vague; wave name",
        example="Agences | Branches", required=True,
    ),
    field(
        "go_live_on", "Mise en service | Go-live", "date", "date de mise en service; go live",
        example="04/05/2027 | 2027-05-04", required=True,
    ),
    field(
        "populations", "Populations | Populations", "list", "population",
        example="COMPTA ; ACHATS | ACCOUNTS; BUYERS",
    ),
    field(
        "closed", "Populations non montrées | Populations not shown", "integer",
        example=" | ", least=0, most=100000,
    ),
)
BENEFITS = declare(
    "benefits",
    field("code", "Code | Code", "text", "code du benefice; benefit code",
          example="B-01 | B-01"),
    _INITIATIVE,
    field(
        "title", "Bénéfice | Benefit", "text", "nom du benefice; benefit name",
        example="Moins de factures saisies à la main | Fewer invoices keyed by hand",
        required=True,
    ),
    field(
        "owner", "Responsable | Owner", "text", "responsable du benefice; benefit owner",
        example="Directrice comptable | Head of accounting",
    ),
    field("unit", "Bénéficiaire | Who benefits", "text", "unite beneficiaire",
          example="DAF | FIN"),
    field(
        "kind", "Type | Kind", "choice", "type de benefice; benefit kind",
        example="Monétaire | Cashable", choices=BENEFIT_KINDS,
    ),
    field("hard", "Quitte une ligne budgétaire | Leaves a budget line", "bool",
          example="oui | yes"),
    field("disbenefit", "Effet négatif | Negative effect", "bool", example="non | no"),
    field("measure", "Unité de mesure | Unit of measure", "text", example="€ | €"),
    field(
        "budget_line", "Ligne budgétaire ou indicateur | Budget line or indicator", "text",
        "ligne budgetaire; budget line",
        example="Affranchissement et saisie | Postage and keying",
    ),
    field(
        "recurrence", "Récurrence | Recurrence", "choice",
        example="Chaque année | Every year", choices=RECURRENCES,
    ),
    field("baseline_value", "Référence | Baseline", "number",
          example="1 450 000 | 1,450,000"),
    field("baseline_on", "Date de la référence | Date of the baseline", "date",
          example="01/01/2027 | 2027-01-01"),
    field("baseline_source", "Source de la référence | Source of the baseline", "text",
          example="Comptabilité analytique | Cost accounts"),
    field("target_per_year", "Cible annuelle | Target a year", "number",
          example="620 000 | 620,000", least=0),
    field("ramp_months", "Montée en puissance (mois) | Ramp (months)", "integer",
          example="6 | 6", least=0, most=120),
    field(
        "anchor", "Compte à partir de | Counts from", "choice",
        example="Mise en service | Go-live", choices=ANCHORS,
    ),
    field("milestone", "Jalon | Milestone", "text", example=" | "),
    field("lag_weeks", "Semaines après | Weeks after", "integer",
          example="4 | 4", least=-520, most=520),
    field("attribution_ratio", "Part due à l’initiative | Share due to the initiative", "ratio",
          example="60 % | 60%"),
    field("confidence_ratio", "Confiance | Confidence", "ratio", example="80 % | 80%"),
    field("assumptions", "Hypothèses | Assumptions", "long",
          example="Volume de factures stable | Invoice volume stays the same"),
    field("method", "Méthode de mesure | Method of measure", "long",
          example="Coût complet par facture | Full cost of an invoice"),
    field("cost_to_achieve_eur", "Coût d’obtention (€) | Cost to achieve (€)", "money",
          example="290 000 | 290,000", unit="€"),
    field("committed_on", "Engagé par son responsable le | Committed by its owner on", "date",
          example="15/01/2027 | 2027-01-15"),
    field("budgeted_on", "Au budget depuis | In the budget since", "date",
          example="01/01/2028 | 2028-01-01"),
)
