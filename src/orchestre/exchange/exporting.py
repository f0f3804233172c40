"""Tables out: the portfolio workbook of what a person sees, ready to be edited and re-imported."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.benefits.models import Benefit
from orchestre.exchange import means, results
from orchestre.exchange.ledger import WHOLE
from orchestre.exchange.policy import may_export
from orchestre.exchange.targets import ASPECTS, TARGETS, written_value
from orchestre.impacts import policy as impacts
from orchestre.impacts import queries
from orchestre.impacts.models import Activity, Impact
from orchestre.kernel.errors import DomainError
from orchestre.org.models import CalendarPeriod, CapacityRule, Population, Unit
from orchestre.org.policy import (
    visible_capacity_rules,
    visible_periods,
    visible_populations,
    visible_units,
)
from orchestre.portfolio.models import (
    Contribution,
    Dependency,
    IndicatorEffect,
    Initiative,
    Milestone,
    Wave,
)
from orchestre.portfolio.policy import visible_to
from orchestre.resources.models import Role, RoleCapacity
from orchestre.sheets.columns import FIELDS
from orchestre.sheets.writing import write_csv_zip, write_workbook
from orchestre.strategy.models import Objective

Rows = dict[str, list[dict[str, Any]]]
# what a side does not read before it has answered, and the mark of the rows where it waits
FIGURES = ("intensity", "hours_per_person", *ASPECTS)
HIDDEN = "figures_hidden"
FORMATS = ("xlsx", "zip", "json")
SHEETS = (
    "units", "populations", "initiatives", "milestones", "impacts", "activities",
    "dependencies", "capacity", "periods", "objectives",
    "roles", "demands", "costs", "envelopes", "waves", "benefits",
)  # fmt: skip


def rows_for(person: Person) -> Rows:
    """Return every sheet of the workbook, limited to what the person sees."""
    may_export(person).require()
    return _mask(person, _rows(_seen_by(person)))


def every_row() -> Rows:
    """Return every sheet whole, for who holds the machine."""
    return _rows(
        _visible(
            Unit.objects.all(),
            Population.objects.all(),
            Initiative.objects.all(),
            CapacityRule.objects.all(),
            CalendarPeriod.objects.all(),
        )
        | means.everything()
        | results.everything()
    )


def _mask(person: Person, rows: Rows) -> Rows:
    """Empty the figures that wait for this person's own answer, as the pages do, and mark it."""
    facts = queries.facts_of_many(person, impacts.visible_to(person))
    waiting = {str(one.id) for one in facts if one.hidden}
    for row in rows["impacts"]:
        if row["id"] in waiting:
            row.update(dict.fromkeys(FIGURES), **{HIDDEN: True})
    return rows


def _said(rows: Rows, language: str) -> Rows:
    """Write in the masked cells why they hold nothing.

    An empty cell would erase the figure when the file comes back; this one is refused.
    """
    with translation.override(language):
        words = dict.fromkeys(FIGURES, _("hidden until you answer"))
    shown = [{**row, **words} if row.get(HIDDEN) else row for row in rows.get("impacts", ())]
    return {**rows, "impacts": shown} if shown else rows


def _rows(found: dict[str, Iterable[models.Model]]) -> Rows:
    return {kind: [_row(kind, one) for one in found[kind]] for kind in SHEETS}


def write_to(rows: Rows, form: str, language: str) -> bytes:
    """Write rows in one of the formats; texts are never taken for formulas."""
    stream = io.BytesIO()
    if form == "xlsx":
        write_workbook(_said(rows, language), language, stream)
    elif form == "zip":
        write_csv_zip(_said(rows, language), language, stream)
    else:
        stream.write(json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False).encode())
    return stream.getvalue()


def one_csv(rows: Rows, kind: str, language: str) -> bytes:
    """Write one sheet as CSV, as the ZIP of all of them does."""
    if not rows[kind]:
        raise DomainError(_("There is nothing to export in this list."), code="empty")
    whole = write_to({kind: rows[kind]}, "zip", language)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return archive.read(archive.namelist()[0])


def _seen_by(person: Person) -> dict[str, Iterable[models.Model]]:
    return (
        _visible(
            visible_units(person),
            visible_populations(person),
            visible_to(person),
            visible_capacity_rules(person),
            visible_periods(person),
        )
        | means.seen_by(person)
        | results.seen_by(person)
    )


def _visible(
    units: QuerySet[Unit],
    people: QuerySet[Population],
    initiatives: QuerySet[Initiative],
    capacity: QuerySet[CapacityRule],
    periods: QuerySet[CalendarPeriod],
) -> dict[str, Iterable[models.Model]]:
    seen = initiatives.values("pk")
    both = {"initiative__in": seen, "population__in": people.values("pk")}
    return {
        "units": units.select_related("parent").order_by("path", "pk"),
        "populations": people.select_related("unit").order_by("code"),
        "initiatives": initiatives.select_related("unit", "programme", "worth")
        .prefetch_related(
            models.Prefetch(
                "contributions", Contribution.objects.select_related("objective").order_by("pk")
            ),
            models.Prefetch(
                "effects", IndicatorEffect.objects.select_related("indicator").order_by("pk")
            ),
        )
        .order_by("code"),
        "milestones": Milestone.objects.filter(initiative__in=seen)
        .select_related("initiative")
        .order_by("initiative__code", "pk"),
        "impacts": Impact.objects.filter(**both)
        .select_related("initiative", "population")
        .order_by("initiative__code", "population__code"),
        "activities": Activity.objects.filter(**both)
        .select_related("initiative", "population")
        .order_by("initiative__code", "starts_on", "pk"),
        "dependencies": Dependency.objects.filter(predecessor__in=seen, successor__in=seen)
        .select_related("predecessor", "successor")
        .order_by("pk"),
        "capacity": capacity.select_related("unit").order_by("pk"),
        "periods": periods.select_related("unit").order_by("pk"),
        "objectives": Objective.objects.prefetch_related("indicators").order_by("code"),
    }


def _row(kind: str, instance: models.Model) -> dict[str, Any]:
    if isinstance(instance, Role):
        return means.unsaid(instance)
    target = TARGETS[kind]
    stored = vars(instance)
    row: dict[str, Any] = {"id": str(instance.pk)}
    for code, (attname, _kind) in target.references.items():
        other = getattr(instance, attname.removesuffix("_id"))
        row[code] = getattr(other, "name" if code in {"programme", "role"} else "code", None)
    for code, attname in target.stored.items():
        row[code] = written_value(target, code, stored[attname])
    row["custom"] = dict(stored.get("custom") or {})
    for field in FIELDS[kind]:
        if field.code not in row and field.fr in row["custom"]:
            row[field.code] = row["custom"].pop(field.fr)  # read in the file, held by no column
    _complete(kind, instance, row)
    return row


def _complete(kind: str, instance: models.Model, row: dict[str, Any]) -> None:
    """Add the cells that are not one column of one table."""
    if isinstance(instance, RoleCapacity):
        row |= means.about(instance.role)
    if isinstance(instance, Initiative):
        row |= means.worth_of(instance)
        row["objectives"] = [one.objective.code for one in instance.contributions.all()]
        for direction in ("up", "down"):
            row[f"indicators_{direction}"] = [
                one.indicator.name for one in instance.effects.all() if one.direction == direction
            ]
    elif kind == "impacts":
        aspects = row.pop("aspects") or {}
        row.update({name: aspects.get(name) for name in ASPECTS})
    elif kind == "dependencies":
        row["agreed"] = row.pop("agreed_by_giver") and row.pop("agreed_by_taker")
    elif kind == "capacity":
        row["unit"] = row["unit"] or WHOLE
    elif isinstance(instance, Wave):
        row |= results.served(instance)
    elif isinstance(instance, Benefit):
        row["milestone"] = instance.milestone.name if instance.milestone else None
    elif isinstance(instance, Objective):
        first = next(iter(instance.indicators.all()), None)
        row["indicator"] = first.name if first else None
        row["direction"] = first.direction if first else None
