"""What a question may be about, one click away: projects to come, programmes, services, delays."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.load.presenters.words import listed
from orchestre.org.models import Unit
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative, Programme
from orchestre.sequencing.services.live import live
from orchestre.ui import formats
from orchestre.ui.components import Pager
from orchestre.ui.tables import Column, DataTable, Row, only

LISTED = 20
NAMED = 3
USUAL_WEEKS = 8
Stage = Initiative.Stage


def live_rows(person: Person) -> QuerySet[Initiative]:
    """Return the visible initiatives that the plan counts."""
    return portfolio.visible_to(person).filter(archived_at=None).exclude(stage=Stage.STOPPED)


def ahead(person: Person, rows: QuerySet[Initiative] | None = None) -> QuerySet[Initiative]:
    """Return those that people do not use yet: these are the ones that can still be late."""
    some = live_rows(person) if rows is None else rows
    return some.filter(go_live_on__gte=live().today)


def tables(person: Person, name: str) -> tuple[DataTable, ...]:
    """Return the lists to choose from in one click, the likeliest first."""
    if name == "add":
        return _kept(_to_come(person))
    if name == "stop":
        return _kept(_programmes(person))
    return _kept(_services(person), _next(person))


def _kept(*tables: DataTable) -> tuple[DataTable, ...]:
    return tuple(one for one in tables if one.rows)


def _address(name: str, *given: tuple[str, str]) -> str:
    weeks = (("weeks", str(USUAL_WEEKS)),) if name == "delay" else ()
    return f"{reverse('sequencing:question', args=[name])}?{urlencode((*given, *weeks))}"


def _initiatives(caption: str, name: str, rows: QuerySet[Initiative]) -> DataTable:
    total = rows.count()
    return DataTable(
        caption,
        (Column(_("Initiative"), wide=True), Column(_("Owning unit")), Column(_("Go-live"))),
        tuple(
            Row(
                (
                    str(one),
                    one.unit.name if one.unit else formats.undefined(),
                    formats.day(one.go_live_on),
                ),
                url=_address(name, ("initiative", one.code)),
            )
            for one in rows.select_related("unit")[:LISTED]
        ),
        pager=Pager(only(LISTED, total)) if total > LISTED else None,
    )


def _to_come(person: Person) -> DataTable:
    rows = live_rows(person).filter(stage__in=(Stage.IDEA, Stage.DEFINE))
    return _initiatives(_("Projects that are not launched yet"), "add", rows.order_by("code"))


def _next(person: Person) -> DataTable:
    rows = ahead(person).order_by("go_live_on", "code")
    return _initiatives(_("The next go-lives"), "delay", rows)


def _services(person: Person) -> DataTable:
    counts = Counter(ahead(person).exclude(unit=None).values_list("unit_id", flat=True))
    units = Unit.objects.filter(pk__in=list(counts)).order_by("name")
    return DataTable(
        _("Everything that a unit leads"),
        (Column(_("Owning unit"), wide=True), Column(_("Initiatives to come"), numeric=True)),
        tuple(
            Row(
                (unit.name, formats.number(counts[unit.pk])),
                url=_address("delay", ("unit", unit.code)),
            )
            for unit in units
        ),
    )


def _programmes(person: Person) -> DataTable:
    titles: dict[int, list[str]] = {}
    rows = live_rows(person).exclude(programme=None).order_by("code")
    for programme, title in rows.values_list("programme_id", "title"):
        titles.setdefault(programme or 0, []).append(title)
    return DataTable(
        _("Programmes"),
        (
            Column(_("Programme")),
            Column(_("Initiatives"), numeric=True),
            Column(_("What they are"), wide=True),
        ),
        tuple(
            Row(
                (one.name, formats.number(len(titles[one.pk])), listed(titles[one.pk], NAMED)),
                url=_address("stop", ("programme", one.code)),
            )
            for one in Programme.objects.filter(pk__in=list(titles))
        ),
    )
