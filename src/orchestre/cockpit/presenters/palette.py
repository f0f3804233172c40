"""What the palette proposes: acts on what was found, names, pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can, Reach
from orchestre.cockpit.queries import names
from orchestre.cockpit.rules.search import Named, best
from orchestre.load.presenters import words

MOST_PER_KIND = 6


@dataclass(frozen=True)
class Option:
    """One line of the palette."""

    label: str
    url: str
    kind: str
    icon: str


@dataclass(frozen=True)
class Place:
    """A page of the product: other words that lead to it, and who may open it."""

    label: str | Promise
    page: str
    icon: str
    words: str
    needs: Can = Can.READ


PLACES = (
    Place(gettext_lazy("Home"), "cockpit:home", "home", "accueil start début"),
    Place(gettext_lazy("To do"), "cockpit:todo", "todo", "à faire tasks tâches"),
    Place(gettext_lazy("Portfolio"), "portfolio:list", "portfolio",
          "portefeuille initiatives projets projects changements changes liste list"),
    Place(gettext_lazy("Roadmap"), "portfolio:roadmap", "roadmap",
          "feuille de route gantt calendrier calendar plan"),
    Place(gettext_lazy("Dependencies"), "portfolio:dependencies", "link",
          "dépendances adhérences liens links"),
    Place(gettext_lazy("Load"), "load:map", "load",
          "charge de changement heat map carte saturation workload capacité"),
    Place(gettext_lazy("Overloads"), "load:overloads", "warn",
          "surcharges saturation au-dessus above"),
    Place(gettext_lazy("Findings"), "interactions:list", "collision",
          "constats collisions conflits conflicts doublons duplicates synergies contradictions"),
    Place(gettext_lazy("Report"), "reports:report", "file",
          "rapport imprimer print dossier pack télécharger download"),
    Place(gettext_lazy("People"), "org:populations", "people",
          "personnes populations organisation organigramme unités units effectifs headcount"),
    Place(gettext_lazy("Capacity"), "org:capacity", "people",
          "capacité absorption congés leave gel freeze périodes periods calendrier"),
    Place(gettext_lazy("My team"), "cockpit:team", "people", "mon équipe manager semaine week"),
    Place(gettext_lazy("To rate"), "impacts:to-rate", "edit",
          "à évaluer impacts évaluer rate rating évaluation", Can.RATE_AS_UNIT),
    Place(gettext_lazy("Assumptions"), "impacts:assumptions", "puzzle",
          "hypothèses supposé assumed conventions"),
    Place(gettext_lazy("Strategy"), "strategy:list", "strategy",
          "stratégie objectifs objectives axes indicateurs indicators kpi"),
    Place(gettext_lazy("Import"), "exchange:new", "import",
          "importer excel csv fichier file ms project", Can.IMPORT),
    Place(gettext_lazy("Journal"), "journal:list", "journal",
          "historique history annuler undo audit qui quand", Can.READ_JOURNAL),
    Place(gettext_lazy("Settings"), "access:settings", "settings",
          "réglages paramètres comptes accounts accès droits rights", Can.ADMINISTER),
    Place(gettext_lazy("My account"), "access:account", "person",
          "mon compte profil langue language thème theme mot de passe passphrase"),
    Place(gettext_lazy("Help"), "cockpit:help", "help",
          "aide guide documentation méthodes methods comment how"),
)  # fmt: skip


def options(person: Person, text: str) -> list[Option]:
    """Return what answers to the words typed; without words, the pages."""
    reach = reach_of(person)
    if not text.strip():
        return [_page(place) for place in PLACES if _open(place, reach)]
    found = best(names.initiatives(person), text, MOST_PER_KIND)
    return [
        *_acts(person, found),
        *(_initiative(one) for one in found),
        *_pages(reach, text),
        *_people(person, text),
        *_creation(reach, text),
    ]


def _open(place: Place, reach: Reach) -> bool:
    return bool(words.address(place.page)) and (
        reach.can_somewhere(place.needs) or place.page in {"access:account", "cockpit:help"}
    )


def _page(place: Place) -> Option:
    return Option(str(place.label), words.address(place.page), _("page"), place.icon)


def _pages(reach: Reach, text: str) -> list[Option]:
    """Find pages by their name in either language, or by other words."""
    by_page = {place.page: place for place in PLACES if _open(place, reach)}
    rows = []
    for page, place in by_page.items():
        other = []
        for language in ("fr", "en"):
            with override(language):
                other.append(str(place.label))
        rows.append(Named("", str(place.label), page, " ".join([*other, place.words])))
    return [_page(by_page[one.ref]) for one in best(rows, text, MOST_PER_KIND)]


def _initiative(one: Named) -> Option:
    url = words.address("portfolio:show", one.ref)
    return Option(f"{one.code} · {one.name}", url, _("initiative"), "portfolio")


def _acts(person: Person, found: list[Named]) -> list[Option]:
    """Propose acts on the initiative that is meant without doubt."""
    if len(found) != 1 or not names.may_move(person, found[0].ref):
        return []
    code = found[0].code
    acts = (
        (_("Move %(code)s…") % {"code": code}, "portfolio:move", "calendar"),
        (_("Edit %(code)s…") % {"code": code}, "portfolio:edit", "edit"),
        (_("Impacts of %(code)s") % {"code": code}, "impacts:of", "people"),
    )
    return [
        Option(label, words.address(page, code), _("act"), icon)
        for label, page, icon in acts
        if words.address(page, code)
    ]


def _people(person: Person, text: str) -> list[Option]:
    populations = best(names.populations(person), text, MOST_PER_KIND)
    units = best(names.units(person), text, MOST_PER_KIND)
    return [
        *(
            Option(one.name, words.address("load:row", f"p{one.ref}"), _("population"), "people")
            for one in populations
        ),
        *(
            Option(one.name, words.address("load:row", f"u{one.ref}"), _("unit"), "people")
            for one in units
        ),
    ]


def _creation(reach: Reach, text: str) -> list[Option]:
    url = words.address("portfolio:new")
    if not url or not reach.can_somewhere(Can.EDIT_PORTFOLIO):
        return []
    row = Named("", _("Create an initiative"), url, "créer nouveau nouvelle new add ajouter")
    return [Option(one.name, url, _("act"), "plus") for one in best([row], text, 1)]
