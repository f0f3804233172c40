"""Benefits of the workbook: each stays with its initiative, and counts from one of its dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from orchestre.benefits.models import Benefit
from orchestre.exchange.ledger import PlannedRow
from orchestre.sheets.dataset import Record
from orchestre.sheets.words import match_key

if TYPE_CHECKING:
    from orchestre.exchange.planning import Planner


class Gains:
    """Checks the lines of the sheet of benefits before they are planned."""

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        self.ledger, self.refusals = planner.ledger, planner.refusals

    def holds(self, record: Record, values: dict[str, Any], known: PlannedRow | None) -> bool:
        """Find the milestone of a line; refuse another initiative, or an anchor without one."""
        initiative = values["initiative_id"]
        if known is not None and self._initiative(known) is not initiative:
            reason = _("“%(what)s” stays with its initiative. Write a line without its identifier.")
            text = str(record.values.get("initiative") or "")
            self.refusals.refuse(record, "initiative", text, reason % {"what": known.label})
            return False
        self._milestone(record, values, initiative, known)
        self._anchor(record, values, known)
        return True

    def _initiative(self, row: PlannedRow) -> PlannedRow | None:
        return self.ledger.row_of("initiatives", row.value("initiative_id"))

    def _milestone(
        self,
        record: Record,
        values: dict[str, Any],
        initiative: PlannedRow,
        known: PlannedRow | None,
    ) -> None:
        name = str(record.values.get("milestone") or "").strip()
        if not name:
            own = self.planner.own and record.values.get("id")
            column = "milestone" in self.planner.columns.get("benefits", set())
            if own and column and not self.refusals.has(record, "milestone"):
                values["milestone_id"] = None
            return
        found = [
            row
            for row in self.ledger.books["milestones"].names.get(match_key(name), ())
            if self._initiative(row) is initiative
        ]
        now = self.ledger.row_of("milestones", known.value("milestone_id")) if known else None
        if now is not None and any(row is now for row in found):
            values["milestone_id"] = now
        elif len(found) == 1:
            values["milestone_id"] = found[0]
        elif found:
            reason = _("Several milestones of this initiative are called “%(name)s”.")
            self.refusals.refuse(record, "milestone", name, reason % {"name": name})
        else:
            reason = _("No milestone of this initiative is called “%(name)s”. Correct the name.")
            self.refusals.refuse(record, "milestone", name, reason % {"name": name})

    def _anchor(self, record: Record, values: dict[str, Any], known: PlannedRow | None) -> None:
        """Refuse to count from a milestone that nobody names, and from none to empty it."""

        def after(attname: str) -> object:
            return values.get(attname, known.value(attname) if known else None)

        if after("anchor") != Benefit.Anchor.MILESTONE or after("milestone_id") is not None:
            return
        code = "anchor" if values.get("anchor") == Benefit.Anchor.MILESTONE else "milestone"
        reason = _("Choose the milestone from which it counts.")
        self.refusals.refuse(record, code, str(record.values.get(code) or ""), reason)
        values.pop("anchor", None)
        if known is not None and known.value("anchor") == Benefit.Anchor.MILESTONE:
            values.pop("milestone_id", None)
