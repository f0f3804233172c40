"""From records to a plan: what would be created, changed cell by cell, left as it is, refused."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.exchange.absent import absent_from
from orchestre.exchange.constraints import looped, missing, objections, rounded
from orchestre.exchange.custom import custom_after
from orchestre.exchange.gains import Gains
from orchestre.exchange.hands import Hands
from orchestre.exchange.identity import TAKEN, Identity, Unclear, name_in
from orchestre.exchange.implied import (
    completed,
    is_needed,
    mapped_fields,
    parents_first,
    unkept,
)
from orchestre.exchange.ledger import (
    NATURAL,
    REPEATABLE,
    WHOLE,
    FieldDiff,
    Ledger,
    PlannedRow,
    comparable,
    natural_key,
)
from orchestre.exchange.linking import Links
from orchestre.exchange.plans import ImportPlan
from orchestre.exchange.references import References, Refusals
from orchestre.exchange.targets import TARGETS, Target, empty_value, label_of_field, stored_value
from orchestre.exchange.waves import Waves
from orchestre.journal.services import Actor
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.policy import visible_to
from orchestre.sheets.columns import field_of
from orchestre.sheets.dataset import Dataset, Record

OWN_WORKBOOK = "portfolio"
NAMES_OFFERED = 500
EVERYWHERE_WITHOUT = {"capacity", "periods"}  # without their unit they would be everybody's
SHEETS_IN_ORDER = (
    "units", "populations", "objectives", "initiatives",
    "milestones", "impacts", "activities", "waves", "dependencies", "capacity", "periods",
    "roles", "demands", "costs", "envelopes", "benefits",
)  # fmt: skip


def plan(dataset: Dataset, person: Actor = None) -> ImportPlan:
    """Compare a data set with what a person sees of the tables; nobody means all of it."""
    hidden: set[int] = set()
    if isinstance(person, User):
        seen = visible_to(person).values("pk")
        hidden = set(Initiative.objects.exclude(pk__in=seen).values_list("pk", flat=True))
    return Planner(dataset, hidden).run()


class Planner:
    """Goes through the lines once, parents before children, and plans each."""

    def __init__(self, dataset: Dataset, hidden: set[int]) -> None:
        self.dataset = dataset
        self.ledger = Ledger(hidden)
        self.refusals = Refusals(dataset)
        self.notices = list(dataset.notices)
        self.own = dataset.preset == OWN_WORKBOOK
        self.columns = mapped_fields(dataset)
        self.identity = Identity(self.ledger, dataset, self.notices)
        self.references = References(dataset, self.ledger, self.refusals)
        self.links = Links(self)
        self.hands = Hands(self)
        self.waves = Waves(self)
        self.gains = Gains(self)
        self.parents: dict[int, PlannedRow] = {}
        for unit in self.ledger.books["units"].rows:
            above = self.ledger.row_of("units", unit.value("parent_id"))
            if above is not None:
                self.parents[id(unit)] = above

    def run(self) -> ImportPlan:
        for kind in SHEETS_IN_ORDER:
            records = self.dataset.records.get(kind, ())
            for record in records if kind != "units" else parents_first(records):
                self._record(kind, record)
        self.waves.settle()
        self.notices += self.references.notices()
        rows = self.ledger.rows()
        absent = absent_from(self.dataset, self.ledger)
        names = {
            kind: self.ledger.books[kind].known_names(NAMES_OFFERED)
            for kind in ("units", "populations", "initiatives", "objectives")
        }
        return ImportPlan(rows, self.refusals.all, self.notices, absent, self.refusals.near, names)

    def _record(self, kind: str, record: Record) -> None:
        target = TARGETS[kind]
        role = self.hands.role(record) if kind == "roles" else None
        if kind == "roles" and (role is None or record.values.get("fte") is None):
            return  # a role whose capacity nobody said is a role all the same
        values = self._values(target, record)
        people = self.waves.people(record) if kind == "waves" else ()
        if values is None or people is None:
            return
        if role is not None:
            values["role_id"] = role
        try:
            row = self.identity.find(kind, record, values)
        except Unclear as unclear:
            self.refusals.refuse(record, self._naming(target), name_in(record), str(unclear))
            return
        self._hold(target, record, values, row)
        if not self._holds(kind, record, values, row):
            return
        row = self.new(target, record, values) if row is None else self._known(record, row, values)
        if row is None:
            return
        row.named_at = record.row
        self.ledger.books[kind].touched.add(id(row))
        if kind == "initiatives":
            self.links.take(record, row)
            self.hands.worth(record, row)
        elif kind == "objectives" and record.values.get("indicator"):
            self.links.measure(record, row)
        elif kind == "waves":
            self.waves.take(record, row, people)

    def _holds(
        self, kind: str, record: Record, values: dict[str, Any], row: PlannedRow | None
    ) -> bool:
        """Tell whether a line of waves or of benefits may stand; why not is said."""
        if kind == "waves":
            return self.waves.holds(record, values, row)
        return kind != "benefits" or self.gains.holds(record, values, row)

    def _naming(self, target: Target) -> str:
        """Return the field by which people name a row of a table."""
        codes = [*target.stored, *target.references]
        names = ("title", "name", "initiative", "predecessor", "unit", "role")
        return next(code for code in names if code in codes)

    def _values(self, target: Target, record: Record) -> dict[str, Any] | None:
        own = self.own and bool(record.values.get("id"))
        columns = self.columns.get(target.kind, set())
        # a refused cell says nothing: it neither fills nor empties what is gathered from several
        read = {code for code in columns if not self.refusals.has(record, code)}
        given = completed(target.kind, record.values, read, own=own)
        values: dict[str, Any] = {}
        for code, (attname, kind) in target.references.items():
            text = str(given.get(code) or "")
            if text == WHOLE and target.kind in EVERYWHERE_WITHOUT:
                values[attname] = None
            elif text:
                row = self.references.find(kind, text, record, code)
                needed = is_needed(target, attname) or target.kind in EVERYWHERE_WITHOUT
                if row is None and needed:
                    return None
                if row is not None:
                    values[attname] = row
        for code, attname in target.stored.items():
            if code in given:
                values[attname] = stored_value(target, code, given[code])
        if own:
            self._clear(target, record, values)
        rounded(target, values)
        self._unkept(target, record)
        return values

    def _unkept(self, target: Target, record: Record) -> None:
        """Keep as text, or refuse, what the file says and no table holds."""
        for code, reason in unkept(target.kind, record.values):
            if reason:
                self.refusals.refuse(record, code, str(record.values[code]), reason)
            else:
                declared = field_of(record.kind, code)
                header = self.refusals.header(record.kind, code)
                if declared is not None and header == declared.en:
                    header = declared.fr  # one name, whatever the language of the file
                record.custom.setdefault(header, str(record.values[code]))

    def _clear(self, target: Target, record: Record, values: dict[str, Any]) -> None:
        emptied = self.columns.get(target.kind, set()) - set(record.values)
        for code in emptied:
            if self.refusals.has(record, code):
                continue
            attname = target.stored.get(code) or target.references.get(code, ("", ""))[0]
            if attname and attname not in values and attname not in {"code", "title", "name"}:
                values[attname] = empty_value(target, attname)

    def _hold(
        self, target: Target, record: Record, values: dict[str, Any], row: PlannedRow | None
    ) -> None:
        """Refuse, cell by cell, what the table would refuse."""
        codes = {attname: code for code, attname in target.stored.items()}
        for one in objections(target, values, row):
            del values[one.attname]
            self.refusals.refuse(record, codes.get(one.attname, one.attname), one.value, one.reason)
        above = values.get("parent_id")
        if target.kind == "units" and row is not None and isinstance(above, PlannedRow):
            reason = looped(row, above, self.parents)
            if reason:
                del values["parent_id"]
                self.refusals.refuse(record, "parent", above.label, reason)

    def new(self, target: Target, record: Record, values: dict[str, Any]) -> PlannedRow | None:
        lacks = missing(target, values | {"code": ""})
        if lacks or self._turns_on_itself(target, values):
            self._left_out(target, record, lacks)
            return None
        name = str(values.get("title") or values.get("name") or "")
        if "code" in target.stored.values() and not values.get("code"):
            values["code"] = self.references.codes.free(target.kind, name)
        if record.custom and hasattr(target.model, "custom"):
            values["custom"] = dict(record.custom)
        if target.kind == "initiatives":
            for end in ("starts_on", "ends_on"):
                if values.get(end):
                    values[f"baseline_{end}"] = values[end]
        row = self.references.plan(target.kind, values, record)
        row.label = name or self._described(target, values)
        if target.kind == "units" and isinstance(values.get("parent_id"), PlannedRow):
            self.parents[id(row)] = values["parent_id"]
        self._keyed(target, row, values)
        return row

    def _turns_on_itself(self, target: Target, values: dict[str, Any]) -> bool:
        if target.kind != "dependencies":
            return False
        ends = [
            self.ledger.row_of("initiatives", values.get(name))
            for name in ("predecessor_id", "successor_id")
        ]
        return ends[0] is not None and ends[0] is ends[1]

    def _left_out(self, target: Target, record: Record, lacks: str) -> None:
        codes = {attname: code for code, attname in target.stored.items()}
        if not lacks:
            reason = _("An initiative cannot depend on itself.")
            self.refusals.refuse(
                record, "successor", str(record.values.get("successor") or ""), reason
            )
            return
        label = label_of_field(target, lacks)
        reason = _("Without “%(field)s”, this row is left out.") % {"field": label}
        self.refusals.refuse(record, codes[lacks], "", reason)

    def _keyed(self, target: Target, row: PlannedRow, values: dict[str, Any]) -> None:
        key = natural_key(target.kind, values, self.ledger)
        if key is not None:
            book = self.ledger.books[target.kind]
            number = self.identity.seen[target.kind, *key] or 1
            book.by_key.setdefault((*key, number), row)

    def _described(self, target: Target, values: dict[str, Any]) -> str:
        parts = [
            row.label
            for attname, kind in target.references.values()
            if (row := self.ledger.row_of(kind, values.get(attname))) is not None
        ]
        return " → ".join(parts) or str(target.model._meta.verbose_name)  # noqa: SLF001 - Django's documented Meta API

    def _known(self, record: Record, row: PlannedRow, values: dict[str, Any]) -> PlannedRow | None:
        """Plan what a line changes of a row that exists."""
        target = TARGETS[row.kind]
        effective = {**vars(row.stored), **values} if row.stored else {**row.values, **values}
        if self._turns_on_itself(target, effective):
            self._left_out(target, record, "")
            return None
        both = row.value("agreed_by_giver") and row.value("agreed_by_taker")
        if row.kind == "dependencies" and record.values.get("agreed") == both:
            values.pop("agreed_by_giver", None)  # one cell for two answers: unchanged if it
            values.pop("agreed_by_taker", None)  # still says what both of them say
        taken = self._taken(row, effective)
        if taken:
            self.refusals.refuse(record, self._naming(target), row.label, taken)
            return None
        self.compare(target, record, row, values)
        if row.kind == "units" and isinstance(row.values.get("parent_id"), PlannedRow):
            self.parents[id(row)] = row.values["parent_id"]
        return row

    def _taken(self, row: PlannedRow, effective: dict[str, Any]) -> str:
        """Return why a row cannot become what the line says: another is already that."""
        book = self.ledger.books[row.kind]
        code = str(effective.get("code") or "")
        if code and code != row.value("code"):
            other = book.coded(code)
            if (other is not None and other is not row) or (other is None and book.has_code(code)):
                return str(TAKEN) % {"code": code}
            book.by_code[code] = row
        if row.kind in NATURAL and row.kind not in REPEATABLE:
            key = natural_key(row.kind, effective, self.ledger) or ()
            other = book.by_key.setdefault((*key, 1), row)
            if other is not row:
                return _("“%(what)s” already exists.") % {"what": other.label}
        return ""

    def compare(
        self, target: Target, record: Record, row: PlannedRow, values: dict[str, Any]
    ) -> None:
        row.sheet, row.row = record.sheet, record.row
        if row.stored is None:
            row.values.update(values)  # only named so far: here it is described
            return
        current = vars(row.stored)
        if "custom" in current:
            own = self.own and bool(record.values.get("id"))
            values["custom"] = custom_after(self.dataset, record, current["custom"], own=own)
        references = dict(target.references.values())
        for attname, value in values.items():
            kind = references.get(attname)
            before = current.get(attname)
            was = self.ledger.row_of(kind, before) if kind else before
            now = self.ledger.row_of(kind, value) if kind else value
            if comparable(was) == comparable(now):
                continue
            row.values[attname] = value
            row.diffs.append(FieldDiff(attname, label_of_field(target, attname), was, now))
        if row.values:
            row.action = "changed"
