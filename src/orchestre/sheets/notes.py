"""What is said of a column: in the note of its header and in the documentation.

Workbooks and pages exist in both languages whatever the language of the person who asks,
so that these sentences live beside the declarations they describe.
"""

from orchestre.sheets.columns import FIELDS, SHEETS, Field
from orchestre.sheets.limits import Limits

_TYPES = {
    "id": ("rempli par Orchestre, à laisser tel quel", "filled by Orchestre, leave it as it is"),
    "text": ("texte", "text"),
    "long": ("texte, sur plusieurs lignes si besoin", "text, on several lines if need be"),
    "date": ("date, mois, trimestre ou semaine", "date, month, quarter or week"),
    "number": ("nombre", "number"),
    "integer": ("nombre entier", "whole number"),
    "money": ("montant en euros, ou avec son unité (12,5 M€)",
    "amount in euros, or with its unit (€12.5m)"),
    "ratio": ("part, en pour cent ou de 0 à 1", "share, in percent or from 0 to 1"),
    "bool": ("oui ou non", "yes or no"),
    "list": ("noms séparés par des points-virgules", "several names, separated by semicolons"),
    "choice": ("une valeur parmi", "one of"),
    "years": ("durée en années\u00a0; donne la fin si elle manque",
    "duration in years; gives the end when missing"),
    "months": ("durée en mois\u00a0; donne la fin si elle manque",
    "duration in months; gives the end when missing"),
}  # fmt: skip


def type_note(field: Field, language: str) -> str:
    """Return what the cells of a column hold."""
    note = _TYPES[field.type][language != "fr"]
    if field.choices:
        colon = "\u00a0: " if language == "fr" else ": "
        return note + colon + ", ".join(one.label(language) for one in field.choices)
    if field.closes:
        return note + (" (dernier jour compris)" if language == "fr" else " (last day included)")
    if field.least is not None and field.most is not None and field.most <= 168:
        word = "de {:g} à {:g}" if language == "fr" else "{:g} to {:g}"
        return f"{note}, {word.format(field.least, field.most)}"
    return note


def header_note(field: Field, language: str) -> str:
    """Return the note shown on the header of a column."""
    note = type_note(field, language)
    lines = [note[:1].upper() + note[1:] + "."]
    if field.required:
        lines.append("Obligatoire." if language == "fr" else "Required.")
    if field.example(language):
        word = "Exemple\u00a0: " if language == "fr" else "Example: "
        lines.append(word + field.example(language))
    return "\n".join(lines)


def reference(language: str) -> str:
    """Return the columns of every sheet as Markdown tables, for the guide."""
    french = language == "fr"
    head = "| Colonne | Contenu | Exemple |" if french else "| Column | Holds | Example |"
    parts = []
    for sheet in SHEETS:
        lines = [f"### {sheet.title(language)}", "", head, "|---|---|---|"]
        for field in FIELDS[sheet.kind]:
            if field.type == "id":
                continue
            name = f"**{field.header(language)}**" if field.required else field.header(language)
            lines.append(f"| {name} | {type_note(field, language)} | {field.example(language)} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def limits_table(limits: Limits, language: str) -> str:
    """Return the limits of reading as a Markdown table, for the guide."""
    french = language == "fr"
    mib = "Mio" if french else "MiB"

    def count(number: int) -> str:
        return f"{number:,}".replace(",", "\u202f" if french else ",")

    rows = (
        ("Classeur, CSV ou ZIP", "Workbook, CSV or ZIP", f"{limits.xlsx_bytes >> 20} {mib}"),
        ("Plan MS Project (XML)", "MS Project plan (XML)", f"{limits.mspdi_bytes >> 20} {mib}"),
        ("Taille décompressée", "Unpacked size", f"{limits.unpacked_bytes >> 20} {mib}"),
        ("Taux de compression", "Compression ratio", count(limits.ratio)),
        ("Parties de l’archive", "Parts of the archive", count(limits.members)),
        ("Feuilles", "Sheets", count(limits.sheets)),
        ("Lignes par feuille", "Rows per sheet", count(limits.rows)),
        ("Colonnes par feuille", "Columns per sheet", count(limits.columns)),
        ("Cellules remplies", "Filled cells", count(limits.cells)),
        ("Caractères par cellule", "Characters per cell", count(limits.cell_chars)),
        ("Ligne de texte", "Line of text", f"{limits.line_bytes >> 20} {mib}"),
        ("Tâches d’un plan", "Tasks of a plan", count(limits.tasks)),
        ("Niveaux d’un XML", "Levels of an XML", count(limits.depth)),
        ("Mémoire de lecture", "Memory while reading", f"{limits.memory_bytes >> 20} {mib}"),
        ("Temps de calcul", "Computing time", f"{limits.cpu_seconds} s"),
        ("Durée totale", "Overall time", f"{limits.wall_seconds} s"),
    )
    head = "| Limite | Valeur |" if french else "| Limit | Value |"
    lines = (f"| {fr if french else en} | {value} |" for fr, en, value in rows)
    return "\n".join((head, "|---|---|", *lines)) + "\n"
