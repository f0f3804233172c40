"""The fields of impacts and activities."""

from orchestre.sheets.fields import choices
from orchestre.sheets.fields.declared import declare, field

# fmt: off
ASPECT_FIELDS = tuple(
    field(
        one.code, f"{one.fr} (0 à 5) | {one.en} (0 to 5)", "number",
        "; ".join((one.fr, one.en, one.code, *one.synonyms)),
        example="2 | 2", least=0, most=5,
    )
    for one in choices.ASPECTS
)
IMPACTS = declare(
    "impacts",
    field(
        "initiative", "Initiative | Initiative", "text",
        "projet; project; code initiative; initiative code; changement; change",
        example="FACT | INV", required=True,
    ),
    field(
        "population", "Population | Population", "text",
        "public; groupe; group; population code; code population; audience; equipe; team; "
        "impacted group",
        example="COMPTA | ACC", required=True,
    ),
    field(
        "intensity", "Intensité (0 à 5) | Intensity (0 to 5)", "number",
        "intensite; niveau d'impact; impact; intensity; impact level; severity; degre",
        example="3 | 3", least=0, most=5,
    ),
    *ASPECT_FIELDS,
    field(
        "hours_per_person", "Heures par personne | Hours per person", "number",
        "heures; heures/personne; hours; hours per head; charge (heures); heures par agent; "
        "duree (heures)",
        example="14 | 14", least=0, most=10000,
    ),
    field(
        "reach_ratio", "Part touchée | Share reached", "ratio",
        "part touchee; part de la population; portee (%); reach; reach ratio; "
        "taux de couverture; coverage; % touche",
        example="80 % | 80%",
    ),
    field(
        "from_state", "Aujourd’hui | From", "long",
        "avant; etat actuel; situation actuelle; from state; as is; current state",
        example="Factures papier | Paper invoices",
    ),
    field(
        "to_state", "Demain | To", "long",
        "apres; etat cible; situation cible; to state; to be; target state; future state",
        example="Factures sur le portail | Invoices on the portal",
    ),
    field(
        "go_live_on", "Mise en service | Go-live", "date",
        "date de mise en service; bascule; go live; go live date; date",
        example="01/03/2027 | 2027-03-01",
    ),
    field(
        "provenance", "Provenance | Provenance", "choice",
        "source; origine; origin",
        example="Déclaré | Declared", choices=choices.PROVENANCES,
    ),
    field(
        "rater", "Évalué par | Rated by", "text",
        "evaluateur; rater; auteur; assessed by; evalue par",
        example="Responsable comptable | Head of accounting",
    ),
)
ACTIVITIES = declare(
    "activities",
    field(
        "initiative", "Initiative | Initiative", "text",
        "projet; project; code initiative; initiative code; changement; change",
        example="FACT | INV", required=True,
    ),
    field(
        "population", "Population | Population", "text",
        "public; groupe; group; population code; code population; audience; equipe; team; "
        "impacted group",
        example="COMPTA | ACC", required=True,
    ),
    field(
        "kind", "Type | Kind", "choice",
        "nature; type d'activite; activity type",
        example="Formation | Training", choices=choices.ACTIVITY_KINDS,
    ),
    field(
        "name", "Activité | Activity", "text",
        "nom; libelle; intitule; name; titre; title; session",
        example="Prise en main du portail | Portal basics",
    ),
    field(
        "starts_on", "Début | Starts on", "date",
        "du; date de debut; from; start; start date; date",
        example="01/02/2027 | 2027-02-01",
    ),
    field(
        "ends_on", "Fin | Ends on", "date",
        "au; date de fin; to; until; end; end date",
        example="26/02/2027 | 2027-02-26", closes=True,
    ),
    field(
        "hours_per_person", "Heures par personne | Hours per person", "number",
        "heures; heures/personne; hours; hours per head; charge (heures); heures par agent; "
        "duree (heures)",
        example="7 | 7", least=0, most=10000,
    ),
    field(
        "reach_ratio", "Part touchée | Share reached", "ratio",
        "part touchee; part de la population; portee (%); reach; reach ratio; "
        "taux de couverture; coverage; % touche",
        example="100 % | 100%",
    ),
    field(
        "aspect", "Aspect | Aspect", "choice",
        "aspect touche; dimension",
        example="Outils | Tools", choices=choices.ASPECTS,
    ),
)
