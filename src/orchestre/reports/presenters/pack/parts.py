"""The parts of a pack in the order that a committee reads them: decisions first, annexes last.

Features whose rows become a part are added here, at the place where people look for them.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orchestre.reports.presenters.pack import (
    annex,
    changes,
    dates,
    decisions,
    money,
    risks,
    roadmap,
    saturation,
    summary,
    weather,
)
from orchestre.reports.presenters.pack.scope import Part

PARTS: tuple[tuple[Part, str | Promise], ...] = (
    (Part("decisions", decisions.asked, quotes=decisions.asked_of), _("Decisions asked")),
    (Part("summary", summary.sections), _("In short")),
    (Part("changes", changes.sections), _("What moved since the last time")),
    (Part("weather", weather.sections, weather.grounds), _("Weather")),
    (Part("roadmap", roadmap.sections), _("Roadmap")),
    (Part("dates", dates.sections, dates.grounds), _("Dates one can count on")),
    (Part("saturation", saturation.sections, saturation.grounds), _("People and roles")),
    (Part("money", money.sections), _("Money")),
    (Part("risks", risks.sections), _("Conflicts and risks")),
    (
        Part("followup", decisions.followed, quotes=decisions.followed_by),
        _("What was decided, and what it changed"),
    ),
    (Part("annex", annex.sections), _("One page for each initiative")),
)
KEYS = tuple(part.key for part, _label in PARTS)
