"""The list of initiatives: narrowed, searched, ordered, cut in pages, in few statements."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from orchestre.access.reach import Person
from orchestre.kernel.text import fold
from orchestre.portfolio import policy
from orchestre.portfolio.models import Contribution, Initiative
from orchestre.portfolio.rules.facts import QUIET_STAGES, STALE_AFTER_DAYS
from orchestre.portfolio.rules.view import PAGE_ROWS, View

STAGE_ORDER = {value: place for place, value in enumerate(Initiative.Stage.values)}
SORT_FIELDS = {
    "code": "code",
    "title": "title",
    "stage": "stage",
    "sponsor": "sponsor_name",
    "lead": "lead_name",
    "starts": "starts_on",
    "ends": "ends_on",
    "updated": "updated_at",
    "cost": "cost_eur",
}
GROUP_FIELDS = {
    "unit": "unit__name",
    "programme": "programme__name",
    "stage": "stage",
    "family": "family",
}
SEARCHED = ("code", "title", "sponsor_name", "lead_name", "programme__name", "unit__name")
_FOLDED = lru_cache(maxsize=50_000)(fold)


class Light(NamedTuple):
    """What ordering, searching and totals need of one initiative, and nothing else."""

    pk: int
    sort: Any
    group: str
    starts_on: date | None
    ends_on: date | None
    cost_eur: Decimal | None
    texts: tuple[str | None, ...]


@dataclass(frozen=True)
class Totals:
    """Figures of the whole list, whatever the page."""

    initiatives: int
    without_dates: int
    cost_eur: Decimal | None
    without_cost: int


@dataclass(frozen=True)
class Page:
    """One page of the list, in order, with the group of each row."""

    view: View
    rows: tuple[Initiative, ...]
    groups: tuple[str, ...]
    group_sizes: dict[str, int]
    totals: Totals
    pages: int
    hidden_by: tuple[tuple[str, int], ...] = ()
    anything: bool = True


def choices() -> dict[str, list[str]]:
    """Return the closed lists that an address may ask for."""
    return {
        "stage": list(Initiative.Stage.values),
        "family": list(Initiative.Family.values),
        "kind": list(Initiative.Kind.values),
    }


def page(person: Person, view: View) -> Page:
    """Return the wanted page; a page after the last is the last."""
    found = ordered(person, view)
    pages = max(1, -(-len(found) // PAGE_ROWS))
    view = replace(view, page=min(view.page, pages))
    cut = found[(view.page - 1) * PAGE_ROWS : view.page * PAGE_ROWS]
    sizes: dict[str, int] = {}
    for one in found if view.group else ():
        sizes[one.group] = sizes.get(one.group, 0) + 1
    return Page(
        view=view,
        rows=whole([one.pk for one in cut]),
        groups=tuple(one.group for one in cut),
        group_sizes=sizes,
        totals=_totals(found),
        pages=pages,
        hidden_by=_hidden_by(person, view) if not found and view.is_narrowed else (),
        anything=bool(found) or policy.visible_to(person).exists(),
    )


def everything(person: Person, view: View) -> tuple[Initiative, ...]:
    """Return all the initiatives of a view, in its order, for an export."""
    return whole([one.pk for one in ordered(person, view)])


def whole(keys: list[int]) -> tuple[Initiative, ...]:
    """Read full rows, in the order of the keys."""
    rows: dict[int, Initiative] = {}
    for start in range(0, len(keys), 500):
        some = Initiative.objects.filter(pk__in=keys[start : start + 500])
        rows |= {row.pk: row for row in some.select_related("unit", "programme")}
    return tuple(rows[key] for key in keys if key in rows)


def ordered(person: Person, view: View) -> list[Light]:
    """Return the light rows of a view in its order: groups first, unknown values last."""
    found = [one for one in _light(narrowed(person, view), view) if _matches(one, view)]
    if view.group == "axis":
        axes = axes_served()
        found = [one._replace(group=axes.get(one.pk, "")) for one in found]
    known = [one for one in found if one.sort not in (None, "")]
    unknown = [one for one in found if one.sort in (None, "")]
    key = _sort_key(view.sort or "code")
    known.sort(key=lambda one: (key(one.sort), one.pk), reverse=view.descending)
    result = known + sorted(unknown, key=lambda one: one.pk)
    if view.group:
        result.sort(key=lambda one: _group_key(view.group, one.group))
    return result


def axes_served() -> dict[int, str]:
    """Return the strategic axis that each initiative serves most, in one statement."""
    rows = Contribution.objects.exclude(objective__axis="").order_by("weight", "-pk")
    return dict(rows.values_list("initiative_id", "objective__axis"))


def narrowed(person: Person, view: View) -> QuerySet[Initiative]:
    """Return the visible initiatives that every filter keeps, texts not yet compared."""
    found = policy.visible_to(person).filter(archived_at__isnull=not view.values("archived"))
    for condition in view.filters:
        wanted = _condition(condition.name, condition.values)
        if wanted is not None:
            found = found.filter(wanted)
    return found


def _condition(name: str, values: tuple[str, ...]) -> Q | None:
    if name in {"stage", "family", "kind"}:
        return Q(**{f"{name}__in": values})
    if name == "programme":
        return Q(programme_id__in=values)
    if name == "unit":
        found = Q(pk__in=[])
        for value in values:
            found |= Q(unit__path__contains=f"/{int(value)}/")
        return found
    if name == "objective":
        numbers = [int(value) for value in values if value.isdecimal()]
        wanted = Q(pk__in=Initiative.objects.filter(contributions__objective__in=numbers))
        return wanted | Q(contributions=None) if "none" in values else wanted
    if name in {"mandatory", "micro", "confidential"}:
        return Q(**{name: True})
    return _date_condition(name, values)


def _date_condition(name: str, values: tuple[str, ...]) -> Q | None:
    if name == "dates":
        return Q(starts_on=None) | Q(ends_on=None)
    if name == "starts_after":
        return Q(starts_on__gte=max(values))
    if name == "ends_before":
        return Q(ends_on__lte=min(values))
    if name == "news":
        limit = timezone.now() - timedelta(days=STALE_AFTER_DAYS)
        return Q(updated_at__lt=limit) & ~Q(stage__in=QUIET_STAGES)
    if name == "health":
        wanted = ["" if value == "unknown" else value for value in values]
        return (
            Q(health_human__in=wanted)
            | Q(health_technical__in=wanted)
            | Q(health_economic__in=wanted)
        )
    return None


def _light(found: QuerySet[Initiative], view: View) -> list[Light]:
    texts = SEARCHED if view.text else ()
    names = [
        "pk",
        SORT_FIELDS[view.sort or "code"],
        GROUP_FIELDS.get(view.group, "code"),
        "starts_on",
        "ends_on",
        "cost_eur",
        "sponsor_name",
        "lead_name",
        *texts,
    ]
    rows = found.order_by().values_list(*dict.fromkeys(names))
    places = {name: place for place, name in enumerate(dict.fromkeys(names))}
    kept = []
    for row in rows:
        if not _same_person(row[places["sponsor_name"]], view.values("sponsor")):
            continue
        if not _same_person(row[places["lead_name"]], view.values("lead")):
            continue
        kept.append(
            Light(
                row[0],
                row[places[names[1]]],
                (row[places[names[2]]] or "") if view.group else "",
                row[places["starts_on"]],
                row[places["ends_on"]],
                row[places["cost_eur"]],
                tuple(row[places[name]] for name in texts),
            )
        )
    return kept


def _same_person(name: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or _FOLDED(name) in {_FOLDED(one) for one in wanted}


def _matches(one: Light, view: View) -> bool:
    if not view.text:
        return True
    haystack = " ".join(_FOLDED(text) for text in one.texts if text)
    return all(word in haystack for word in _FOLDED(view.text).split())


_DIGITS = re.compile(r"(\d+)")


def _sort_key(sort: str) -> Callable[[Any], Any]:
    if sort == "stage":
        return lambda value: STAGE_ORDER.get(value, len(STAGE_ORDER))
    if sort == "code":
        return lambda value: [
            (0, int(part), "") if part.isdecimal() else (1, 0, part)
            for part in _DIGITS.split(value)
        ]
    if sort in {"title", "sponsor", "lead"}:
        return _FOLDED
    return lambda value: value.timestamp() if isinstance(value, datetime) else value


def _group_key(group: str, value: str) -> tuple[int, int, str]:
    if group == "stage":
        return (0, STAGE_ORDER.get(value, len(STAGE_ORDER)), "")
    return (int(not value), 0, _FOLDED(value))


def _totals(found: list[Light]) -> Totals:
    costs = [one.cost_eur for one in found if one.cost_eur is not None]
    return Totals(
        initiatives=len(found),
        without_dates=sum(one.starts_on is None or one.ends_on is None for one in found),
        cost_eur=sum(costs, Decimal(0)) if costs else None,
        without_cost=len(found) - len(costs),
    )


def _hidden_by(person: Person, view: View) -> tuple[tuple[str, int], ...]:
    """Return, for each condition, how many initiatives its removal would show, most first."""
    names = (["q"] if view.text else []) + [found.name for found in view.filters]
    counts = [(name, len(ordered(person, view.without(name)))) for name in names]
    return tuple(sorted(counts, key=lambda pair: -pair[1]))
