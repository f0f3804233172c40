"""What a file says of roles and of the worth of initiatives: rows that stand beside its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestre.exchange.constraints import objections, rounded
from orchestre.exchange.implied import without_custom
from orchestre.exchange.ledger import PlannedRow
from orchestre.exchange.targets import TARGETS, empty_value, stored_value
from orchestre.sheets.dataset import Record

if TYPE_CHECKING:
    from orchestre.exchange.planning import Planner

WORTH = TARGETS["worths"].stored


class Hands:
    """Roles told line by line, and what each initiative is worth."""

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        self.ledger, self.refusals = planner.ledger, planner.refusals
        self.worths = {row.value("initiative_id"): row for row in self.ledger.books["worths"].rows}

    def role(self, record: Record) -> PlannedRow | None:
        """Find, make or complete the role of a line of the sheet of roles."""
        values: dict[str, Any] = {"name": str(record.values["role"]).strip()}
        code = str(record.values.get("code") or "").strip()
        if code:
            values["code"] = code
        if record.values.get("unit"):
            unit = self.planner.references.find("units", str(record.values["unit"]), record, "unit")
            if unit is not None:
                values["unit_id"] = unit
        book = self.ledger.books["trades"]
        known = (book.coded(code) if code else None) or book.find(values["name"])
        for one in objections(TARGETS["trades"], values, known):
            self.refusals.refuse(
                record, "code" if one.attname == "code" else "role", one.value, one.reason
            )
            return None
        if known is None:
            values.setdefault("code", self.planner.references.codes.free("trades", values["name"]))
            return self.planner.references.plan("trades", values, record)
        self.planner.compare(TARGETS["trades"], without_custom(record), known, values)
        book.touched.add(id(known))
        return known

    def worth(self, record: Record, initiative: PlannedRow) -> None:
        """Plan what a line of the initiatives says that it is worth."""
        target = TARGETS["worths"]
        values = {
            attname: stored_value(target, code, record.values[code])
            for code, attname in WORTH.items()
            if code in record.values
        }
        key = initiative.pk if initiative.stored is not None else None
        known = self.worths.get(key) if key is not None else None
        if known is not None and self.planner.own and record.values.get("id"):
            columns = self.planner.columns.get("initiatives", set())
            values |= {
                attname: empty_value(target, attname)
                for code, attname in WORTH.items()
                if code in columns
                and code not in record.values
                and not self.refusals.has(record, code)
            }
        rounded(target, values)
        for one in objections(target, values, known):
            del values[one.attname]
            code = next(code for code, attname in WORTH.items() if attname == one.attname)
            self.refusals.refuse(record, code, one.value, one.reason)
        if not values:
            return
        if known is None:
            made = self.planner.new(
                target, without_custom(record), values | {"initiative_id": initiative}
            )
        else:
            made = known
            self.planner.compare(target, without_custom(record), known, values)
        if made is not None:
            self.ledger.books["worths"].touched.add(id(made))
