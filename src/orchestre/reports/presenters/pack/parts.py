"""The parts of a pack in the order that a committee reads them: decisions first, annexes last.

Features whose rows become a part are added here, at the place where people look for them.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orchestre.reports.presenters.pack import (
    annex,
    changes,
    money,
    risks,
    roadmap,
    saturation,
    summary,
)
from orchestre.reports.presenters.pack.scope import Part

PARTS: tuple[tuple[Part, str | Promise], ...] = (
    (Part("summary", summary.sections), _("In short")),
    (Part("changes", changes.sections), _("What moved since the last time")),
    (Part("roadmap", roadmap.sections), _("Roadmap")),
    (Part("saturation", saturation.sections, saturation.grounds), _("People and roles")),
    (Part("money", money.sections), _("Money")),
    (Part("risks", risks.sections), _("Conflicts and risks")),
    (Part("annex", annex.sections), _("One page for each initiative")),
)
KEYS = tuple(part.key for part, _label in PARTS)
