"""How the columns of foreign portfolios are recognised: by their words, never by position."""

import re
from dataclasses import dataclass

from orchestre.sheets.words import header_key


@dataclass(frozen=True, slots=True)
class Foreign:
    """Columns of a foreign file that hold one of our fields.

    `target` is a field; `custom` keeps the cell as it is; `money` keeps an amount with its
    currency; a field followed by `+custom` is read and kept. `unit` is that of bare amounts.
    """

    target: str
    pattern: re.Pattern[str]
    unit: str = ""


def _foreign(target: str, pattern: str, unit: str = "") -> Foreign:
    return Foreign(target, re.compile(pattern), unit)


PANORAMA = (
    _foreign("unit", r"(ministere|administration|porteur).*(nom complet|complet)"),
    _foreign(
        "@unit_code", r"(sigle|code|acronyme).*ministere|ministere.*(sigle|code|acronyme|court)"
    ),
    _foreign("unit", r"ministere|administration porteuse|^porteur( du projet)?$"),
    _foreign("@unit_code", r"^ministere( porteur)?$"),
    _foreign("custom", r"inter ?ministeriel"),
    _foreign(
        "title",
        r"^(nom|intitule|titre|libelle)?( (du|de))? ?(grand )?projets?( si| numerique)?$|^nom$",
    ),
    _foreign("why", r"^description|^objectifs?( et description)?( du projet)?$"),
    _foreign("duration_months", r"^duree.*\bmois\b"),
    _foreign("duration_years", r"^duree"),
    _foreign("starts_on", r"^(date (de |du )?)?(debut|demarrage|lancement)"),
    _foreign("ends_on", r"^(date (de |du )?)?(fin|terme|echeance)\b(?!ancement)"),
    _foreign("stage", r"^(phase|etape|avancement|statut)\b"),
    _foreign("custom", r"tranche|fourchette|ecart|evolution|gain|publication"),
    _foreign("cost_eur", r"^(cout|budget|montant).*(actualise|reestime|reevalue)", "M€"),
    _foreign("cost_eur", r"^(cout|budget|montant)", "M€"),
)  # fmt: skip
GMPP = (
    _foreign("code", r"^(gmpp id( number)?|project (number|id)|gmpp project id)$"),
    _foreign(
        "title", r"^(gmpp )?(project|programme|project programme) ?(name|title)$|^project$|^name$"
    ),
    _foreign("unit", r"^(lead |owning |sponsoring )?(department|dept|organisation)( name)?$"),
    _foreign("custom", r"commentary|narrative|comment$|variance"),
    _foreign("health_technical+custom", r"colour rating|\brag\b|delivery confidence|\bdca\b"),
    _foreign("why", r"^(project )?description|^aims|description aims"),
    _foreign("starts_on", r"start date|^start$"),
    _foreign("ends_on", r"end date|^end$|completion date"),
    _foreign("money", r"£|\b(baseline|budget|forecast|cost|costs|benefits|wlc)\b", "M£"),
)  # fmt: skip
ORG_CHART = (
    _foreign("code", r"^(id|identifiant|code|reference|uid|unit id|code unite)$"),
    _foreign("parent", r"parent|rattachement|superieur|reports to|unite mere"),
    _foreign("name", r"^(libelle|label|nom|name|intitule|unite|unit|direction|service|entite)$"),
    _foreign("manager", r"^(manager|responsable|directeur|directrice|chef)"),
)
FOREIGN = {"panorama": PANORAMA, "gmpp": GMPP, "org_chart": ORG_CHART}


def targets(headers: tuple[str, ...], rules: tuple[Foreign, ...]) -> dict[int, Foreign]:
    """Return the rule of each column; a field is given once, to the best placed rule."""
    found: dict[int, Foreign] = {}
    taken: set[str] = set()
    for rule in rules:
        for index, header in enumerate(headers):
            key = header_key(header.replace("_", " "))
            if index in found or not rule.pattern.search(key):
                continue
            field = rule.target.removesuffix("+custom")
            if field in taken:
                continue
            found[index] = rule
            if field not in ("custom", "money"):
                taken.add(field)
    return found


def recognised(headers: tuple[str, ...]) -> int:
    """Return how many fields these headers give, under the most favourable rules."""
    return max(
        len({rule.target for rule in targets(headers, rules).values()})
        for rules in FOREIGN.values()
    )
