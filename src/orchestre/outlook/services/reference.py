"""Reference classes: the organisation's own past drifts, and those its users import."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError
from orchestre.kernel.text import fold
from orchestre.org import rules as org
from orchestre.outlook import policy
from orchestre.outlook.models import ReferenceCase
from orchestre.outlook.snapshot.money import lines_of, spent_of
from orchestre.outlook.snapshot.rows import Inputs
from orchestre.sheets.cells import CellError, parse_date, parse_number
from orchestre_engine.errors import ProblemError
from orchestre_engine.outlook import LEAST_CASES, ReferenceClass, reference_class

OWN = ""
"""Name of the class of the organisation's own past."""

MOST_ROWS = 5_000
MOST_BYTES = 5_000_000
HEADERS: dict[str, tuple[str, ...]] = {
    "name": ("name", "project", "project name", "projet", "nom", "nom du projet", "titre"),
    "planned_days": ("planned days", "jours prevus", "duree prevue", "planned duration"),
    "actual_days": ("actual days", "jours reels", "duree reelle", "actual duration"),
    "planned_eur": ("planned cost", "budget", "cout prevu", "baseline cost"),
    "actual_eur": ("actual cost", "cout reel", "outturn"),
    "starts_on": ("start", "start date", "debut", "date de debut"),
    "planned_on": ("planned end", "planned end date", "fin prevue", "end date baseline"),
    "actual_on": ("actual end", "actual end date", "fin reelle"),
}
FIELDS = tuple(HEADERS)


@dataclass(frozen=True)
class Drift:
    """One class, for dates or for money; None when it has too few cases, with how many."""

    source: str
    cases: int
    found: ReferenceClass | None


def own_durations(inputs: Inputs) -> list[tuple[float, float]]:
    """Return planned and actual days of what went live here, against its baseline."""
    found = []
    for known in inputs.known.values():
        go, start = known.go_live, known.row.baseline_starts_on or known.row.starts_on
        if go is None or go.actual_on is None or go.baseline_on is None or start is None:
            continue
        planned, actual = (go.baseline_on - start).days, (go.actual_on - start).days
        if planned > 0 and actual > 0:
            found.append((float(planned), float(actual)))
    return found


def own_costs(inputs: Inputs) -> list[tuple[float, float]]:
    """Return announced and spent money of what went live here and has nothing left to spend."""
    found = []
    for code, lines in lines_of(inputs).items():
        known = inputs.known.get(code)
        if known is None or known.live_on is None or known.row.cost_eur is None:
            continue
        spent = spent_of(lines)
        if spent and all(one.state == "spent" for one in lines) and known.row.cost_eur > 0:
            found.append((float(known.row.cost_eur), spent))
    return found


def drift(source: str, cases: list[tuple[float, float]]) -> Drift:
    """Make a class of cases, when they are enough."""
    try:
        return Drift(source, len(cases), reference_class(cases))
    except ProblemError:
        return Drift(source, len(cases), None)


def durations(inputs: Inputs) -> list[Drift]:
    """Return every class of durations: ours first."""
    return [drift(OWN, own_durations(inputs)), *_imported("planned_days", "actual_days")]


def costs(inputs: Inputs) -> list[Drift]:
    """Return every class of costs: ours first."""
    return [drift(OWN, own_costs(inputs)), *_imported("planned_eur", "actual_eur")]


def _imported(planned: str, actual: str) -> list[Drift]:
    rows = ReferenceCase.objects.filter(**{f"{planned}__gt": 0, f"{actual}__gt": 0}).values_list(
        "source", planned, actual
    )
    cases: dict[str, list[tuple[float, float]]] = {}
    for source, before, after in rows:
        cases.setdefault(source, []).append((before, after))
    return [drift(source, cases[source]) for source in sorted(cases)]


def import_table(
    person: Person, source: str, content: bytes, columns: dict[str, str]
) -> tuple[int, int]:
    """Read a class from a CSV table; return how many cases were kept, and how many left out.

    `columns` names the column of each fact; those left empty are looked for by their usual names.
    """
    policy.may_assume(person).require()
    source = source.strip()
    if not source:
        raise _refused("source", _("Give the class a name."))
    rows = _rows(content)
    at = _columns(rows[0], columns)
    made, left = [], 0
    for row in rows[1:]:
        case = _case(source, row, at)
        if case is None:
            left += 1
        else:
            made.append(case)
    if not made:
        raise _refused(
            "file",
            _("No row holds both what was planned and what came. Name the columns that do."),
        )
    label = _("Imported the reference class “%(name)s”") % {"name": source}
    with act(person, "outlook.import-reference", label) as done:
        for old in ReferenceCase.objects.filter(source=source):
            done.delete(old)
        done.create_many(made)
    return len(made), left


def remove_class(person: Person, source: str) -> None:
    """Delete an imported class."""
    policy.may_assume(person).require()
    label = _("Deleted the reference class “%(name)s”") % {"name": source}
    with act(person, "outlook.remove-reference", label) as done:
        for old in ReferenceCase.objects.filter(source=source):
            done.delete(old)


def _refused(field: str, sentence: str) -> DomainError:
    return DomainError(sentence, code="not-valid", fields={field: [sentence]})


def _rows(content: bytes) -> list[list[str]]:
    if len(content) > MOST_BYTES:
        raise _refused("file", _("This file is larger than 5 MB. Keep the useful columns only."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=mark) if any(row)]
    if len(rows) < LEAST_CASES:
        raise _refused(
            "file",
            _("This table has %(n)d lines; at least %(least)d finished projects are needed.")
            % {"n": max(len(rows) - 1, 0), "least": LEAST_CASES},
        )
    if len(rows) > MOST_ROWS:
        raise _refused("file", _("This table has more than 5,000 lines. Keep the useful ones."))
    return rows


def _columns(heads: list[str], columns: dict[str, str]) -> dict[str, int]:
    folded = [fold(head) for head in heads]
    found = {}
    for field, names in HEADERS.items():
        asked = fold(columns.get(field, ""))
        if asked and asked not in folded:
            raise _refused(
                field if field in columns else "file",
                _("The table has no column “%(name)s”.") % {"name": columns[field]},
            )
        wanted = (asked,) if asked else names
        at = next((folded.index(name) for name in wanted if name in folded), None)
        if at is not None:
            found[field] = at
    return found


def _case(source: str, row: list[str], at: dict[str, int]) -> ReferenceCase | None:
    def cell(field: str) -> str:
        place = at.get(field)
        return row[place].strip() if place is not None and place < len(row) else ""

    figures = {name: _number(cell(name)) for name in FIELDS[1:5]}
    start, planned, actual = (_day(cell(name)) for name in FIELDS[5:])
    if start and planned and actual:
        figures["planned_days"] = figures["planned_days"] or float((planned - start).days)
        figures["actual_days"] = figures["actual_days"] or float((actual - start).days)
    times = (figures["planned_days"] or 0) > 0 and (figures["actual_days"] or 0) > 0
    money = (figures["planned_eur"] or 0) > 0 and (figures["actual_eur"] or 0) > 0
    if not times and not money:
        return None
    return ReferenceCase(source=source, name=cell("name")[:250] or source, **figures)


def _number(text: str) -> float | None:
    try:
        value = parse_number(text).value if text else None
    except CellError:
        return None
    return float(value) if isinstance(value, int | float) else None


def _day(text: str) -> date | None:
    try:
        return org.first_day(parse_date(text, dayfirst=True)) if text else None
    except CellError:
        return None
