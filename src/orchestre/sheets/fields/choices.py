"""The values that fields of the workbook may take, in both languages, with synonyms."""

from orchestre.sheets.fields.declared import choice

# fmt: off
STAGES = (
    choice(
        "idea", "Idée | Idea",
        "idee; proposition; candidat; candidate; proposed; backlog; a l'etude; to do; new",
    ),
    choice(
        "define", "Définir | Define",
        "cadrage; en cadrage; etude; etude prealable; opportunite; definition; scoping; "
        "feasibility; discovery; initiation; etude d'opportunite; avant projet; emergence; "
        "faisabilite",
    ),
    choice(
        "launch", "Lancer | Launch",
        "lancement; lance; demarrage; mobilisation; launched; kick-off; initialisation; "
        "planning; planification",
    ),
    choice(
        "prepare", "Préparer | Prepare",
        "preparation; conception / realisation; conception realisation; conception; "
        "realisation; design; build; delivery; execution; developpement; development; en cours; "
        "in progress; construction; etude / realisation; alpha",
    ),
    choice(
        "deploy", "Implanter | Deploy",
        "implantation; deploiement; experimentation; experimentation / deploiement; pilote; "
        "pilot; generalisation; roll-out; rollout; deployment; mise en oeuvre; mise en service; "
        "implement; beta; recette; en deploiement",
    ),
    choice(
        "consolidate", "Consolider | Consolidate",
        "consolidation; ancrage; stabilisation; sustain; maintien en condition operationnelle; "
        "exploitation; live; en service; operation",
    ),
    choice(
        "value", "Valoriser | Value",
        "valorisation; termine; terminee; acheve; achevee; cloture; clos; bilan; done; "
        "completed; complete; closed; closure; finished; fini; livre; prove value; "
        "benefits realisation",
    ),
    choice(
        "stopped", "Arrêté | Stopped",
        "arrete; arretee; arret; abandonne; abandonnee; abandon; annule; annulee; suspendu; "
        "cancelled; canceled; paused; abandoned; on hold",
    ),
)
FAMILIES = (
    choice(
        "digital", "Numérique | Digital",
        "informatique; si; systeme d'information; digitale; it; ict; technology",
    ),
    choice(
        "organisation", "Organisationnelle | Organisational",
        "organisation; organisationnel; organization; organizational; structure",
    ),
    choice("culture", "Culturelle | Cultural", "culture; culturel"),
    choice("management", "Managériale | Managerial", "management; managerial; rh; hr"),
    choice(
        "regulation", "Réglementaire | Regulatory",
        "reglementaire; reglementation; conformite; regulation; compliance; legal; legale",
    ),
)
KINDS = (
    choice(
        "run", "Courir | Run",
        "maintenir; faire tourner; maintien; fonctionnement; run the business; exploitation",
    ),
    choice(
        "grow", "Croître | Grow",
        "developper; ameliorer; croissance; change; grow the business",
    ),
    choice(
        "explore", "Explorer | Explore",
        "exploration; innovation; innover; transform; transformer",
    ),
)
HEALTHS = (
    choice(
        "ok", "Bonne | On track",
        "vert; verte; green; ok; bon; conforme; g; good",
    ),
    choice(
        "watch", "À surveiller | Watch",
        "orange; ambre; jaune; amber; yellow; a surveiller; amber/green; amber green; "
        "green/amber; a; at risk; vigilance",
    ),
    choice(
        "off", "Critique | Off track",
        "rouge; red; critique; amber/red; amber red; red/amber; r; alerte; critical",
    ),
    choice(
        "done", "Terminée | Done",
        "termine; bleu; blue; completed; complete",
    ),
)
POPULATION_KINDS = (
    choice(
        "unit", "Unité | Unit",
        "personnes d'une unite; people of a unit; service",
    ),
    choice(
        "custom", "Groupe transverse | Group across units",
        "groupe; transverse; custom; group; metier",
    ),
    choice(
        "external", "Externe | External",
        "externes; hors organisation; usagers; clients; fournisseurs; "
        "people outside the organisation",
    ),
)
MILESTONE_KINDS = (
    choice(
        "gate", "Revue | Gate",
        "passage; porte; comite; review; decision",
    ),
    choice(
        "go_live", "Mise en service | Go-live",
        "bascule; demarrage; go live; mise en production; ouverture; cutover",
    ),
    choice(
        "legal", "Étape légale | Legal step",
        "legal; legale; cse; consultation; reglementaire",
    ),
    choice("other", "Jalon | Milestone", "autre; other; jalon intermediaire"),
)
LINK_KINDS = (
    choice(
        "FS", "Fin à début | Finish to start",
        "fs; fd; fin-debut; finish-start; bloque; blocks; prerequis",
    ),
    choice("SS", "Début à début | Start to start", "ss; dd; debut-debut; start-start"),
    choice("FF", "Fin à fin | Finish to finish", "ff; fin-fin; finish-finish"),
    choice("SF", "Début à fin | Start to finish", "sf; df; debut-fin; start-finish"),
)
ASPECTS = (
    choice("process", "Processus | Process", "processes; procedures; procedure"),
    choice("systems", "Systèmes | Systems", "systeme; system; applications"),
    choice("tools", "Outils | Tools", "outil; tool"),
    choice("role", "Rôle | Role", "role; missions; metier; job role"),
    choice(
        "key_behaviours", "Comportements clés | Key behaviours",
        "comportements; behaviours; behaviors; critical behaviors",
    ),
    choice(
        "mindset", "État d’esprit | Mindset",
        "etat d'esprit; croyances; attitudes; culture",
    ),
    choice(
        "reporting_line", "Rattachement | Reporting line",
        "hierarchie; reporting structure; ligne hierarchique",
    ),
    choice(
        "performance_review", "Évaluation | Performance review",
        "evaluation annuelle; performance reviews; appreciation",
    ),
    choice("pay", "Rémunération | Pay", "compensation; salaire; prime"),
    choice("location", "Lieu de travail | Location", "lieu; site; demenagement; workplace"),
)
ACTIVITY_KINDS = (
    choice("training", "Formation | Training", "formations; e-learning; cours; course"),
    choice("workshop", "Atelier | Workshop", "ateliers; workshops"),
    choice("meeting", "Réunion | Meeting", "reunions; seminaire; point"),
    choice(
        "message", "Message | Message",
        "communication; courriel; email; mail; note",
    ),
    choice("test", "Essai utilisateur | User testing", "recette; test; tests; pilote; uat"),
)
PROVENANCES = (
    choice("measured", "Mesuré | Measured", "mesuree; mesure"),
    choice("declared", "Déclaré | Declared", "declaree; declare"),
    choice(
        "assumed", "Supposé | Assumed",
        "supposee; hypothese; estime; estimated; estimee",
    ),
)
PERIOD_KINDS = (
    choice(
        "peak", "Pic d’activité | Business peak",
        "pic; peak; forte activite; saison haute; pic d'activite",
    ),
    choice("leave", "Congés | Leave", "conge; vacances; holidays; conges"),
    choice("understaffed", "Sous-effectif | Understaffing", "understaffed; sous effectif"),
    choice(
        "recovery", "Récupération | Recovery",
        "recuperation; recovery after a heavy change",
    ),
    choice(
        "freeze", "Gel | Freeze",
        "gel des changements; change freeze; periode gelee",
    ),
    choice("holiday", "Jour férié | Public holiday", "ferie; jours feries; bank holiday"),
)
DIRECTIONS = (
    choice("up", "Augmenter | Increase", "hausse; plus; up; more is better; +"),
    choice(
        "down", "Réduire | Decrease",
        "baisse; moins; down; less is better; diminuer; reduce",
    ),
)
