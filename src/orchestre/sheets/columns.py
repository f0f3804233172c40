"""The portfolio workbook as declared, and the guess of which foreign column is which field."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from orchestre.sheets.fields.declared import Choice, Field, SheetKind
from orchestre.sheets.fields.impact import ACTIVITIES, IMPACTS
from orchestre.sheets.fields.means import COSTS, DEMANDS, ENVELOPES, ROLES
from orchestre.sheets.fields.organisation import CAPACITY, PERIODS, POPULATIONS, UNITS
from orchestre.sheets.fields.portfolio import DEPENDENCIES, INITIATIVES, MILESTONES, OBJECTIVES
from orchestre.sheets.fields.results import BENEFITS, WAVES
from orchestre.sheets.typed import parse_field
from orchestre.sheets.values import CellError
from orchestre.sheets.words import header_key

__all__ = [
    "FIELDS",
    "KNOWN_HEADERS",
    "SHEETS",
    "Choice",
    "ColumnGuess",
    "Confidence",
    "Field",
    "SheetKind",
    "field_of",
    "guess_kind",
    "guess_mapping",
    "header_signature",
    "kind_named",
]

Confidence = Literal["sure", "check", "unknown"]

SHEETS = (
    SheetKind("units", "Unités", "Units", ("unite", "organisation", "organigramme")),
    SheetKind("populations", "Populations", "Populations", ("population", "groupes", "groups")),
    SheetKind(
        "initiatives",
        "Initiatives",
        "Initiatives",
        ("projets", "projects", "portefeuille", "portfolio"),
    ),
    SheetKind("milestones", "Jalons", "Milestones", ("jalon", "milestone")),
    SheetKind("impacts", "Impacts", "Impacts", ("impact",)),
    SheetKind("activities", "Activités", "Activities", ("activite", "activity", "formations")),
    SheetKind("dependencies", "Dépendances", "Dependencies", ("dependance", "dependency", "liens")),
    SheetKind("capacity", "Capacités", "Capacities", ("capacite", "capacity")),
    SheetKind("periods", "Périodes", "Periods", ("periode", "period", "calendrier", "calendar")),
    SheetKind("objectives", "Objectifs", "Objectives", ("objectif", "objective")),
    SheetKind("roles", "Rôles", "Roles", ("metiers", "competences", "skills")),
    SheetKind("demands", "Besoins", "Demands", ("besoins de roles", "role demands")),
    SheetKind("costs", "Coûts", "Costs", ("depenses", "lignes de cout", "cost lines")),
    SheetKind("envelopes", "Enveloppes", "Envelopes", ("enveloppe", "envelope")),
    SheetKind("waves", "Vagues", "Waves", ("vague", "wave")),
    SheetKind("benefits", "Bénéfices", "Benefits", ("benefice", "benefit")),
)
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "units": UNITS,
    "populations": POPULATIONS,
    "initiatives": INITIATIVES,
    "milestones": MILESTONES,
    "impacts": IMPACTS,
    "activities": ACTIVITIES,
    "dependencies": DEPENDENCIES,
    "capacity": CAPACITY,
    "periods": PERIODS,
    "objectives": OBJECTIVES,
    "roles": ROLES,
    "demands": DEMANDS,
    "costs": COSTS,
    "envelopes": ENVELOPES,
    "waves": WAVES,
    "benefits": BENEFITS,
}
_BY_CODE = {(field.kind, field.code): field for fields in FIELDS.values() for field in fields}
_ENOUGH = 86.0
"""Likeness out of 100 from which a header is proposed, to be checked by the person."""


def _keys(field: Field) -> tuple[str, ...]:
    own = (field.fr, field.en, field.code.replace("_", " "), *field.synonyms)
    return tuple(dict.fromkeys(header_key(name) for name in own))


_KEYS = {kind: {field.code: _keys(field) for field in fields} for kind, fields in FIELDS.items()}
_SHEET_KEYS = {
    header_key(name): sheet.kind
    for sheet in SHEETS
    for name in (sheet.fr, sheet.en, *sheet.synonyms)
}
KNOWN_HEADERS = frozenset(
    key for fields in _KEYS.values() for keys in fields.values() for key in keys
)


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a foreign column seems to be: our field, how sure we are, three of its cells."""

    index: int
    header: str
    field: str | None
    confidence: Confidence
    samples: tuple[object, ...]


def field_of(kind: str, code: str) -> Field | None:
    """Return the declaration of a field, if it is one."""
    return _BY_CODE.get((kind, code))


def kind_named(sheet_name: str) -> str | None:
    """Return the kind of sheet that a name announces, if any."""
    return _SHEET_KEYS.get(header_key(sheet_name))


def header_signature(headers: Sequence[str]) -> str:
    """Return what recognises the same columns next time, in whatever order they come."""
    keys = sorted({header_key(header) for header in headers if header_key(header)})
    return hashlib.sha256(json.dumps(keys).encode()).hexdigest()


def guess_kind(headers: Sequence[str], sheet_name: str = "") -> str:
    """Return the sheet of the workbook that these headers look most like."""
    named = kind_named(sheet_name)
    if named:
        return named
    keys = {header_key(header) for header in headers}

    def likeness(kind: str) -> tuple[bool, int]:
        own = _KEYS[kind]
        whole = all(keys & set(own[field.code]) for field in FIELDS[kind] if field.required)
        return whole, sum(bool(keys & set(names)) for names in own.values())

    order = ("initiatives", *(kind for kind in FIELDS if kind != "initiatives"))
    return max(order, key=likeness)


def guess_mapping(
    headers: Sequence[str],
    samples: Sequence[Sequence[object]] = (),
    kind: str = "initiatives",
) -> tuple[ColumnGuess, ...]:
    """Propose one field for each column, each field being proposed once at most."""
    columns = [tuple(samples[i]) if i < len(samples) else () for i in range(len(headers))]
    found: dict[int, tuple[str, Confidence]] = {}
    _take_exact(headers, columns, kind, found)
    _take_like(headers, columns, kind, found)
    unknown: tuple[None, Confidence] = (None, "unknown")
    guesses = []
    for i, header in enumerate(headers):
        code, confidence = found.get(i, unknown)
        guesses.append(ColumnGuess(i, header, code, confidence, _shown(columns[i])))
    return tuple(guesses)


def _take_exact(
    headers: Sequence[str],
    columns: Sequence[Sequence[object]],
    kind: str,
    found: dict[int, tuple[str, Confidence]],
) -> None:
    """Give fields to the columns that bear one of their names, best names first."""
    wanted = {
        key: (code, rank)
        for code, keys in reversed(_KEYS[kind].items())
        for rank, key in reversed(tuple(enumerate(keys)))
    }
    matches = sorted(
        (wanted[header_key(header)][1], i)
        for i, header in enumerate(headers)
        if header_key(header) in wanted
    )
    taken: set[str] = set()
    for _rank, i in matches:
        code = wanted[header_key(headers[i])][0]
        if code not in taken:
            taken.add(code)
            fits = _fits(_BY_CODE[kind, code], columns[i])
            found[i] = (code, "sure" if fits else "check")


def _take_like(
    headers: Sequence[str],
    columns: Sequence[Sequence[object]],
    kind: str,
    found: dict[int, tuple[str, Confidence]],
) -> None:
    """Propose, to be checked, the fields whose names are nearly those of the other columns."""
    taken = {code for code, _confidence in found.values()}
    names = {key: code for code, keys in _KEYS[kind].items() for key in keys if len(key) > 3}
    likely: list[tuple[float, int, str]] = []
    for i, header in enumerate(headers):
        key = header_key(header)
        if i in found or len(key) < 4:
            continue
        for name, score, _ in process.extract(
            key, tuple(names), scorer=_likeness, limit=5, score_cutoff=_ENOUGH
        ):
            if _fits(_BY_CODE[kind, names[name]], columns[i]):
                likely.append((score, i, names[name]))
    for _score, i, code in sorted(likely, key=lambda one: (-one[0], one[1])):
        if i not in found and code not in taken and code != "id":
            taken.add(code)
            found[i] = (code, "check")


def _likeness(one: str, other: str, *, score_cutoff: float | None = None) -> float:
    """Compare letters, and words whatever their order when they are nearly as many."""
    del score_cutoff
    words = fuzz.token_set_ratio(one, other) if len(other) > 5 else 0.0
    length = min(len(one), len(other)) / max(len(one), len(other))
    return max(fuzz.ratio(one, other), words * (0.9 + 0.1 * length))


def _fits(field: Field, cells: Sequence[object]) -> bool:
    """Return whether most of the cells can be read as this field."""
    filled = [cell for cell in cells if cell not in (None, "")][:50]
    readable: Callable[[object], bool] = lambda cell: _reads(field, cell)  # noqa: E731 - one use
    return not filled or sum(map(readable, filled)) * 2 >= len(filled)


def _reads(field: Field, cell: object) -> bool:
    try:
        parse_field(field, cell, dayfirst=True)
    except CellError:
        return False
    return True


def _shown(cells: Sequence[object]) -> tuple[object, ...]:
    return tuple(cell for cell in cells if cell not in (None, ""))[:3]
