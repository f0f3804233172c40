"""The curves of the gallery: how likely, what drives, what slipped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from orchestre.ui import formats
from orchestre.ui.charts.curve import CurveMark, CurvePoint, SCurve
from orchestre.ui.charts.slip import Reported, SlipChart, SlipLine
from orchestre.ui.charts.tornado import Blade, Tornado
from orchestre.ui.component import Component

PROMISED = date(2026, 3, 16)
DAYS = (-12, -3, 2, 7, 12, 18, 25, 33, 42, 58, 90)


def curves() -> Mapping[str, tuple[Component, ...]]:
    """Return the three curves, as committees ask for them."""
    return {"SCurve": (_s_curve(),), "Tornado": (_tornado(),), "SlipChart": (_slips(),)}


def _s_curve() -> SCurve:
    days = [PROMISED + timedelta(days=later) for later in DAYS]
    points = tuple(
        CurvePoint(float(day.toordinal()), at / 10, formats.day(day)) for at, day in enumerate(days)
    )
    return SCurve(
        _("One chance in five to be live on 16 March; four in five by 27 April."),
        points,
        (
            CurveMark(points[2].value, 0.2, formats.day(days[2]), "promise"),
            CurveMark(points[5].value, 0.5, f"P50 – {formats.day(days[5])}"),
            CurveMark(points[8].value, 0.8, f"P80 – {formats.day(days[8])}"),
        ),
        _("Live on"),
        tuple((points[at].value, formats.day_short(days[at])) for at in (0, 4, 8, 10)),
    )


def _tornado() -> Tornado:
    rows = (("Recette utilisateurs", 0.558), ("Reprise des données", 0.417), ("Formation", 0.306))
    return Tornado(
        _("User acceptance drives the date most."),
        tuple(Blade(name, value, formats.number(value, 2)) for name, value in rows),
        _("Step"),
        _("Sensitivity"),
    )


def _slips() -> SlipChart:
    first = date(2026, 1, 5)

    def line(name: str, later: tuple[int, ...], reached: date | None = None) -> SlipLine:
        start = date(2026, 4, 6) if reached is None else date(2026, 2, 23)
        return SlipLine(
            name,
            tuple(
                Reported(first + timedelta(weeks=3 * at), start + timedelta(weeks=weeks))
                for at, weeks in enumerate(later)
            ),
            reached,
        )

    return SlipChart(
        _("The go-live slipped three times; the pilot was held."),
        (line("Mise en service", (0, 2, 4, 7)), line("Pilote", (0, 0), date(2026, 2, 23))),
        date(2026, 3, 16),
    )
