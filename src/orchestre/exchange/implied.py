"""What the cells of a record imply, before it is compared with the tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from orchestre.exchange.targets import ASPECTS, Target
from orchestre.kernel.text import fold
from orchestre.sheets.dataset import Dataset, Record
from orchestre.sheets.typed import last_day


def mapped_fields(dataset: Dataset) -> dict[str, set[str]]:
    """Return the fields that the file has a column for, by kind."""
    found: dict[str, set[str]] = {}
    for sheet in dataset.mapping.sheets:
        codes = {column.target.removesuffix("+custom") for column in sheet.columns}
        found.setdefault(sheet.kind, set()).update(codes)
    return found


def _level(value: object) -> object:
    """Return a level of 3.0 as the 3 that people gave."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def completed(
    kind: str, values: Mapping[str, object], columns: Collection[str] = (), *, own: bool = False
) -> dict[str, object]:
    """Add what follows from the cells: the headline of the aspects, the two agreements."""
    given = dict(values)
    if kind == "impacts":
        aspects = {name: _level(given[name]) for name in ASPECTS if given.get(name) is not None}
        if aspects or (own and set(ASPECTS) <= set(columns)):
            given["aspects"] = aspects
        if aspects and not own:
            given.setdefault("intensity", max(float(str(level)) for level in aspects.values()))
    if kind == "dependencies" and "agreed" in given:
        given["agreed_by_giver"] = given["agreed_by_taker"] = given["agreed"]
    month = given.pop("month", None) if kind == "costs" else None
    if isinstance(month, date) and not (given.get("starts_on") or given.get("ends_on")):
        given["starts_on"] = month.replace(day=1)
        given["ends_on"] = last_day(month.replace(day=1), 1)
    return given


def unkept(kind: str, values: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return the fields that no table holds: refused with a reason, or kept as text without."""
    if kind == "capacity":
        reason = _("A capacity stands all year. For some weeks only, use the sheet of periods.")
        return [(code, reason) for code in ("starts_on", "ends_on") if code in values]
    if kind == "impacts":
        return [("rater", "")] if values.get("rater") else []
    if kind == "initiatives" and not (values.get("starts_on") and values.get("ends_on")):
        return [(c, "") for c in ("duration_years", "duration_months") if values.get(c)]
    return []


def is_needed(target: Target, attname: str) -> bool:
    """Tell whether a row cannot be without this reference."""
    return attname in {
        f.attname
        for f in target.model._meta.concrete_fields  # noqa: SLF001 - Django's documented Meta API
        if not f.null and f.is_relation
    }


def texts(value: object) -> list[str]:
    """Return a cell as a list of texts."""
    if isinstance(value, list | tuple):
        return [str(one) for one in value if str(one).strip()]
    return [str(value)] if value else []


def without_custom(record: Record) -> Record:
    """Return a record without its own columns, for the rows that it only implies."""
    return Record(record.kind, record.key, record.values, {}, record.sheet, record.row)


def parents_first(records: Iterable[Record]) -> list[Record]:
    """Order units so that a parent named in the file comes before its children."""
    left = list(records)
    keys = {fold(str(r.values.get(name) or "")) for r in left for name in ("code", "name")}
    done: set[str] = set()
    ordered: list[Record] = []
    while left:
        ready = [
            r
            for r in left
            if (parent := fold(str(r.values.get("parent") or ""))) not in keys or parent in done
        ]
        if not ready:
            return ordered + left  # a loop: refused when the parent is looked up
        for record in ready:
            ordered.append(record)
            done |= {fold(str(record.values.get(name) or "")) for name in ("code", "name")}
        placed = {id(record) for record in ready}
        left = [record for record in left if id(record) not in placed]
    return ordered
