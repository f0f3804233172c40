"""The coming half-year of one population: load, what is possible, and what is not sure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from orchestre.load.presenters import words
from orchestre.load.presenters.cell import cell_url
from orchestre.load.rules import scale
from orchestre.load.services.answer import LoadView
from orchestre.load.snapshot import Group
from orchestre.ui import formats
from orchestre.ui.charts.small import Band, BandPoint, LoadStrip, StripWeek
from orchestre.ui.components import Button

WEEKS = 26
STRIP = 13


@dataclass(frozen=True)
class RowPage:
    """What the page of a population draws."""

    title: str
    sentence: str
    people: str
    strip: LoadStrip
    band: Band | None
    map_url: str
    edit: Button | None
    known: bool


def of_group(view: LoadView, group: Group, today: date, thresholds: tuple[float, ...]) -> RowPage:
    """Assemble the page of one population."""
    first = view.week_index(today) or 0
    row = view.result.population_row(group.code)
    last = min(first + WEEKS, view.weeks)
    edit = words.address("org:edit-population", group.pk)
    return RowPage(
        title=group.name,
        sentence=_sentence(view, row, first, last),
        people=words.people(group.headcount),
        strip=_strip(view, group, row, range(first, min(first + STRIP, view.weeks)), thresholds),
        band=_band(view, row, range(first, last)),
        map_url=words.address("load:map"),
        edit=Button(_("Open the population"), edit, icon="people") if edit else None,
        known=view.heard[row],
    )


def _sentence(view: LoadView, row: int, first: int, last: int) -> str:
    if not view.heard[row]:
        return _("Nothing is known yet of what this population is asked.")
    over = [at for at in range(first, last) if view.result.excess_hours[row, at] > 0]
    if not over:
        return _("Never above its capacity in the %(n)s coming weeks.") % {"n": last - first}
    worst = max(over, key=lambda at: (view.result.load_ratio[row, at], -at))
    return _(
        "Weeks above its capacity: %(count)s out of %(n)s; the worst: %(week)s, %(ratio)s."
    ) % {
        "count": len(over),
        "n": last - first,
        "week": words.week_with_dates(view.monday(worst)),
        "ratio": words.ratio(float(view.result.load_ratio[row, worst])),
    }


def _strip(
    view: LoadView, group: Group, row: int, weeks: range, thresholds: tuple[float, ...]
) -> LoadStrip:
    found = []
    for at in weeks:
        ratio = float(view.result.load_ratio[row, at])
        monday = view.monday(at)
        known = view.heard[row] and ratio == ratio  # noqa: PLR0124 - nan differs from itself
        value = words.ratio(ratio) if view.heard[row] else "?"
        found.append(
            StripWeek(
                text=formats.week(monday),
                title=f"{formats.week_long(monday)} – {value}",
                value=value,
                ratio=min(ratio, 9.99) if known else None,
                level=scale.level(ratio, thresholds),
                url=cell_url("", f"p{group.pk}", monday, view),
            )
        )
    return LoadStrip(_("Load of the 13 coming weeks, as a share of capacity"), tuple(found))


def _band(view: LoadView, row: int, weeks: range) -> Band | None:
    drawn = view.uncertainty
    if drawn is None or not view.heard[row]:
        return None
    capacities = {round(float(view.result.capacity_hours[row, at]), 6) for at in weeks}
    usual = max(capacities)
    return Band(
        caption=_("Hours asked per person and week: the middle, and 8 worlds out of 10"),
        points=tuple(
            BandPoint(
                formats.week(view.monday(at)),
                float(drawn.p10[row, at]),
                float(drawn.p50[row, at]),
                float(drawn.p90[row, at]),
                formats.week_long(view.monday(at)),
            )
            for at in weeks
        ),
        capacity=usual,
        capacity_label=_("%(hours)s possible") % {"hours": formats.hours(usual, 2)}
        if len(capacities) == 1
        else _("%(hours)s possible in a usual week") % {"hours": formats.hours(usual, 2)},
        unit="h",
    )
