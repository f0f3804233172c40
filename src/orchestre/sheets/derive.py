"""Records and dates that follow from what was read, each of them told."""

from collections.abc import MutableMapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from orchestre.sheets.mapping import Mapping
from orchestre.sheets.records import Record, Refusal, key_of
from orchestre.sheets.shapes import Notice
from orchestre.sheets.typed import last_day
from orchestre.sheets.words import match_key

_DAYS_IN_YEAR = 365.25
Records = MutableMapping[str, list[Record]]


def complete(
    records: Records, mapping: Mapping, notices: list[Notice], refused: list[Refusal]
) -> None:
    """Add the ends that durations give, then the units and populations that names give."""
    _ends_from_durations(records["initiatives"], notices)
    wanted = {name for sheet in mapping.sheets for name in sheet.derive}
    if "units" in wanted:
        _units_from_initiatives(records, notices)
    _refuse_loops(records["units"], refused)
    if "populations" in wanted:
        _populations_from_units(records, notices)
    for record in records["initiatives"]:
        record.values.pop("@unit_code", None)


def name_of(record: Record) -> str:
    """Return how a person would name this record."""
    values = record.values
    for field in ("title", "name", "code"):
        if values.get(field):
            return str(values[field])
    return record.key.replace(" / ", " → ")


def end_of(starts_on: date, years: float | None, months: float | None) -> date | None:
    """Return the last day of a span given in years or in months."""
    spans = (years, 12), (months, 1)
    for span, in_months in spans:
        if span is None:
            continue
        whole = span * in_months
        if float(whole).is_integer() and starts_on.day == 1:
            return last_day(starts_on, int(whole))
        days = round(whole / 12 * _DAYS_IN_YEAR)
        return starts_on + timedelta(days=max(0, days - 1))
    return None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _ends_from_durations(initiatives: list[Record], notices: list[Notice]) -> None:
    count, example = 0, ""
    for record in initiatives:
        values, starts_on = record.values, record.values.get("starts_on")
        if values.get("ends_on") or not isinstance(starts_on, date):
            continue
        ends_on = end_of(
            starts_on, _number(values.get("duration_years")), _number(values.get("duration_months"))
        )
        if ends_on is not None:
            values["ends_on"] = ends_on
            count += 1
            example = example or f"{name_of(record)}: {starts_on} → {ends_on}"
    if count:
        text = _(
            "Ends computed from the beginning and the duration: %(count)d. Example: %(example)s."
        )
        notices.append(Notice("derived_ends", text % {"count": count, "example": example}))


def _units_from_initiatives(records: Records, notices: list[Notice]) -> None:
    known = {match_key(str(one.values.get("name") or "")) for one in records["units"]}
    before = len(records["units"])
    for record in records["initiatives"]:
        name = record.values.get("unit")
        if not name or match_key(str(name)) in known:
            continue
        known.add(match_key(str(name)))
        values: dict[str, object] = {"name": name}
        if record.values.get("@unit_code"):
            values["code"] = record.values["@unit_code"]
        records["units"].append(
            Record("units", key_of("units", values), values, {}, record.sheet, record.row)
        )
    added = len(records["units"]) - before
    if added:
        text = _("Units taken from the initiatives that name them: %(count)d.")
        notices.append(Notice("derived_units", text % {"count": added}))


def _populations_from_units(records: Records, notices: list[Notice]) -> None:
    """Give each unit the population of its people, whose headcount stays unknown."""
    for unit in records["units"]:
        values: dict[str, object] = {
            "name": unit.values["name"],
            "unit": unit.values.get("code") or unit.values["name"],
            "kind": "unit",
        }
        if unit.values.get("code"):
            values["code"] = unit.values["code"]
        records["populations"].append(
            Record("populations", unit.key, values, {}, unit.sheet, unit.row)
        )
    if records["units"]:
        text = _("One population per unit, of unknown headcount: %(count)d.")
        notices.append(Notice("derived_populations", text % {"count": len(records["units"])}))


def _refuse_loops(units: list[Record], refused: list[Refusal]) -> None:
    """Refuse the parents that would make a unit sit above itself."""
    by_name = {match_key(str(one.values.get("name") or "")): one for one in units}
    by_name |= {match_key(str(one.values["code"])): one for one in units if one.values.get("code")}

    def above(unit: Record) -> Record | None:
        return by_name.get(match_key(str(unit.values.get("parent") or "")))

    settled: set[int] = set()
    for unit in units:
        path: list[Record] = []
        one: Record | None = unit
        while one is not None and id(one) not in settled:
            if any(one is other for other in path):
                reason = _("This parent would put the unit above itself.")
                parent = str(one.values.pop("parent"))
                refused.append(Refusal(one.sheet, one.row, "", parent, reason, "parent"))
                break
            path.append(one)
            one = above(one)
        settled.update(id(one) for one in path)
