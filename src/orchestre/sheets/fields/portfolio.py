"""The fields of initiatives, milestones, dependencies and objectives."""

from orchestre.sheets.fields import choices
from orchestre.sheets.fields.declared import declare, field
from orchestre.sheets.fields.means import WORTH

# fmt: off
INITIATIVES = declare(
    "initiatives",
    field(
        "code", "Code | Code", "text",
        "reference; ref; numero; n°; number; project number; project id; id projet; key; "
        "issue key; cle; identifiant; id",
        example="FACT | INV",
    ),
    field(
        "title", "Intitulé | Title", "text",
        "titre; projet; nom du projet; nom; initiative; demarche; libelle; project; "
        "project name; name; summary; subject; sujet; task name; nom de la tache; changement; "
        "change; programme name; nom de l'initiative",
        example="Facture électronique | Electronic invoicing", required=True,
    ),
    field(
        "why", "Pourquoi | Why", "long",
        "raison; objet; finalite; description; description et objectifs; description / aims; "
        "objectif; contexte; purpose; rationale; aims; description and aims; resume; enjeux",
        example="Obligation légale au 1er septembre | Legal obligation from September",
    ),
    field(
        "family", "Famille | Family", "choice",
        "categorie; category; type de changement; change type; domaine",
        example="Numérique | Digital", choices=choices.FAMILIES,
    ),
    field(
        "kind", "Nature | Kind", "choice",
        "type; run / grow / explore; run grow explore",
        example="Croître | Grow", choices=choices.KINDS,
    ),
    field(
        "stage", "Étape | Stage", "choice",
        "phase; phase du projet; phase du projet en cours; phase en cours; statut; status; "
        "etat; state; avancement; phase actuelle; project phase; lifecycle stage; bucket; "
        "bucket name",
        example="Préparer | Prepare", choices=choices.STAGES,
    ),
    field(
        "sponsor", "Sponsor | Sponsor", "text",
        "commanditaire; sro; senior responsible owner; directeur sponsor; executive sponsor",
        example="Directrice financière | Finance director",
    ),
    field(
        "lead", "Responsable | Lead", "text",
        "chef de projet; pilote; project manager; owner; assignee; assigned to; porteur; "
        "change lead; responsable du projet; directeur de projet; manager; project director",
        example="Responsable comptable | Head of accounting",
    ),
    field(
        "unit", "Unité | Unit", "text",
        "direction; entite; service; departement; department; organisation; business unit; "
        "unite porteuse; owning unit; ministere; ministere porteur; organization; division; "
        "structure porteuse",
        example="Direction financière | Finance",
    ),
    field(
        "programme", "Programme | Programme", "text",
        "program; portefeuille; portfolio; chantier; parent; epic; projet parent",
        example="Transformation financière | Finance transformation",
    ),
    field(
        "starts_on", "Début | Starts on", "date",
        "date de debut; debut du projet; start; start date; project start date; demarrage; "
        "date de demarrage; du; commence le; project - start date; date de lancement; "
        "planned start",
        example="01/09/2026 | 2026-09-01",
    ),
    field(
        "ends_on", "Fin | Ends on", "date",
        "date de fin; fin prevue; date de fin previsionnelle; end; end date; finish; "
        "finish date; project end date; echeance; due date; due; deadline; au; terme; "
        "project - end date; date d'echeance; planned end",
        example="30/06/2027 | 2027-06-30", closes=True,
    ),
    field(
        "duration_years", "Durée (années) | Duration (years)", "years",
        "duree du projet en annees; duree du projet en annee; duree previsionnelle en annee; "
        "duree en annees; duree previsionnelle; duration in years; duree; "
        "duree prevue (annees); duree totale en annees",
        example="1,5 | 1.5", least=0,
    ),
    field(
        "duration_months", "Durée (mois) | Duration (months)", "months",
        "duree en mois; duration in months; nombre de mois",
        example="18 | 18", least=0,
    ),
    field(
        "go_live_on", "Mise en service | Go-live", "date",
        "date de mise en service; bascule; date de bascule; go live; go live date; "
        "mise en production; date de mise en production; ouverture du service",
        example="01/03/2027 | 2027-03-01",
    ),
    field(
        "go_live_earlier_weeks",
        "Peut avancer de (semaines) | Could be earlier by (weeks)", "number",
        "avance possible (semaines); go live earlier weeks",
        example="2 | 2", least=0,
    ),
    field(
        "go_live_later_weeks", "Peut reculer de (semaines) | Could be later by (weeks)", "number",
        "recul possible (semaines); go live later weeks",
        example="8 | 8", least=0,
    ),
    field(
        "cost_eur", "Coût (€) | Cost (€)", "money",
        "cout; cout estime; cout complet; cout complet estime; budget; cout total; "
        "budget total; cost; total cost; budget (€); montant; budget en cout complet; "
        "estimated cost; enveloppe",
        example="1 200 000 | 1,200,000", unit="€",
    ),
    field(
        "mandatory", "Obligatoire | Mandatory", "bool",
        "impose; contraint; obligation legale; must do",
        example="oui | yes",
    ),
    field(
        "mandatory_reason", "Motif de l’obligation | Why mandatory", "text",
        "raison de l'obligation; reglementation applicable; mandatory reason; texte de reference",
        example="Loi de finances 2024 | Finance act 2024",
    ),
    field(
        "confidential", "Confidentiel | Confidential", "bool",
        "confidentialite; restricted; secret",
        example="non | no",
    ),
    field(
        "micro", "Micro-changement | Micro-change", "bool",
        "micro changement; petit changement; micro change",
        example="non | no",
    ),
    field(
        "health_human", "Santé humaine | Human health", "choice",
        "meteo humaine; people health; sante rh",
        example="Bonne | On track", choices=choices.HEALTHS,
    ),
    field(
        "health_technical", "Santé technique | Technical health", "choice",
        "meteo; meteo technique; rag; rag status; rag rating; colour rating; "
        "delivery confidence; delivery confidence assessment; "
        "delivery confidence assessment rating; ipa delivery confidence assessment; "
        "sro delivery confidence assessment; mpa rag rating; ipa rag rating; sante; health",
        example="À surveiller | Watch", choices=choices.HEALTHS,
    ),
    field(
        "health_economic", "Santé économique | Economic health", "choice",
        "meteo budgetaire; budget health; sante financiere; sante budgetaire",
        example="Critique | Off track", choices=choices.HEALTHS,
    ),
    field(
        "systems", "Systèmes | Systems", "list",
        "applications; systemes touches; si impactes; applications impactees; systems touched; "
        "it systems",
        example="ERP ; Chorus | ERP; Payroll",
    ),
    field(
        "processes", "Processus | Processes", "list",
        "processus touches; processes touched; business processes; procedures",
        example="Commande à paiement | Procure to pay",
    ),
    field(
        "supplier", "Fournisseur | Supplier", "list",
        "fournisseurs; prestataire; prestataires; titulaire; vendor; suppliers; editeur; "
        "integrateur",
        example="Éditeur retenu | Chosen vendor",
    ),
    field(
        "experts", "Experts rares | Scarce experts", "list",
        "expertises rares; experts; competences rares; key experts; scarce expertise needed",
        example="Architecte de données | Data architect",
    ),
    field(
        "deliverables", "Livrables | Deliverables", "list",
        "livrable; deliverable; outputs; produits",
        example="Portail fournisseurs | Supplier portal",
    ),
    field(
        "indicators_up", "Indicateurs à la hausse | Indicators raised", "list",
        "indicateurs +; fait monter; indicators up; indicators pushed up",
        example="Délai tenu | Paid on time",
    ),
    field(
        "indicators_down", "Indicateurs à la baisse | Indicators lowered", "list",
        "indicateurs -; fait baisser; indicators down; indicators pushed down",
        example="Coût par facture | Cost per invoice",
    ),
    field(
        "objectives", "Objectifs servis | Objectives served", "list",
        "objectifs; objectif strategique; objectifs strategiques; strategic objective; "
        "strategic objectives; objectives",
        example="O1 ; O3 | O1; O3",
    ),
    field(
        "priority", "Priorité | Priority", "integer",
        "rang; rank; prio; ordre de priorite",
        example="1 | 1", least=0, most=32767,
    ),
    *WORTH,
)
MILESTONES = declare(
    "milestones",
    field(
        "initiative", "Initiative | Initiative", "text",
        "projet; project; code initiative; initiative code; changement",
        example="FACT | INV", required=True,
    ),
    field(
        "name", "Jalon | Name", "text",
        "nom; libelle; milestone; intitule; nom du jalon; milestone name; evenement; name",
        example="Ouverture du portail | Portal opens", required=True,
    ),
    field(
        "kind", "Type | Kind", "choice",
        "type de jalon; nature; milestone type",
        example="Mise en service | Go-live", choices=choices.MILESTONE_KINDS,
    ),
    field(
        "baseline_on", "Date de référence | Baseline", "date",
        "initiale; date initiale; date prevue initialement; baseline date; original date; "
        "planned; date de base",
        example="01/03/2027 | 2027-03-01", closes=True,
    ),
    field(
        "forecast_on", "Date prévue | Forecast", "date",
        "prevision; date previsionnelle; date; forecast date; due; due date; echeance; "
        "date actuelle; expected",
        example="15/03/2027 | 2027-03-15", closes=True,
    ),
    field(
        "actual_on", "Date réelle | Actual", "date",
        "realisee le; date de realisation; actual date; done on; atteint le; achieved",
        closes=True,
    ),
)
DEPENDENCIES = declare(
    "dependencies",
    field(
        "predecessor", "Prédécesseur | Predecessor", "text",
        "de; from; fournisseur; giver; initiative amont; amont; depend de; depends on; avant",
        example="REF | REF", required=True,
    ),
    field(
        "successor", "Successeur | Successor", "text",
        "vers; to; preneur; taker; initiative aval; aval; pour; apres; initiative",
        example="FACT | INV", required=True,
    ),
    field(
        "kind", "Type de lien | Kind", "choice",
        "type; lien; link type; dependency type; nature",
        example="Fin à début | Finish to start", choices=choices.LINK_KINDS,
    ),
    field(
        "lag_days", "Décalage (jours) | Lag (days)", "number",
        "decalage; delai; lag; lag days; marge (jours); retard (jours)",
        example="5 | 5",
    ),
    field(
        "what", "Objet | What", "text",
        "livrable attendu; ce qui est livre; what is delivered; description; deliverable; quoi",
        example="Référentiel fournisseurs | Supplier master data",
    ),
    field(
        "agreed", "Accord des deux parties | Agreed", "bool",
        "accorde; convenu; accepted; agreed by both; valide",
        example="oui | yes",
    ),
)
OBJECTIVES = declare(
    "objectives",
    field(
        "code", "Code | Code", "text",
        "reference; ref; numero; id",
        example="O1 | O1",
    ),
    field(
        "title", "Objectif | Objective", "text",
        "intitule; titre; libelle; title; nom; name",
        example="Payer à trente jours | Pay within thirty days", required=True,
    ),
    field(
        "axis", "Axe stratégique | Strategic axis", "text",
        "axe; axis; theme; priorite strategique; pillar; orientation",
        example="Fiabilité | Reliability",
    ),
    field(
        "indicator", "Indicateur | Indicator", "text",
        "kpi; mesure; resultat cle; key result; metric",
        example="Délai moyen de paiement | Average payment time",
    ),
    field(
        "direction", "Sens | Direction", "choice",
        "tendance; sens de variation; desired direction",
        example="Réduire | Decrease", choices=choices.DIRECTIONS,
    ),
    field(
        "horizon", "Horizon | Horizon", "date",
        "echeance; date cible; target date; annee cible; horizon on",
        example="31/12/2027 | 2027-12-31", closes=True,
    ),
)
