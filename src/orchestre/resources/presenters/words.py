"""How means are said: full-time equivalents, months, amounts."""

from __future__ import annotations

import math
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from orchestre.kernel.models import Provenance
from orchestre.ui import formats


def fte_figure(value: float) -> str:
    """Write full-time equivalents without their unit: one decimal is enough to see."""
    rounded = math.floor(value * 10 + 0.5) / 10
    return formats.number(rounded if rounded or value == 0 else round(value, 2))


def fte(value: float | None) -> str:
    """Write full-time equivalents: 1.5 FTE."""
    if value is None:
        return formats.undefined()
    return _("%(n)s FTE") % {"n": formats.number(round(value, 2))}


def month(day: date) -> str:
    """Write a month: May 2027."""
    return formats.month(day)


def in_month(day: date) -> str:
    """Write when, in a sentence: in May 2027."""
    return pgettext("a month, in a sentence", "in %(month)s") % {"month": formats.month(day)}


def key_of(day: date) -> str:
    """Write a month in addresses: 2027-05."""
    return f"{day:%Y-%m}"


def source(provenance: str) -> str:
    """Write where a figure comes from."""
    return str(Provenance(provenance).label)


def listed(names: list[str], most: int = 3) -> str:
    """Join names; beyond a few, how many more."""
    if len(names) <= most:
        return ", ".join(names)
    return _("%(names)s and %(n)d more") % {
        "names": ", ".join(names[:most]),
        "n": len(names) - most,
    }
