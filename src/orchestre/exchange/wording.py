"""What the rows of each table are called, one of them or many."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.exchange.targets import TARGETS
from orchestre.ui import formats


def kind_word(kind: str) -> str:
    """Return what one row of a table is called."""
    return {
        "units": _("Unit"),
        "populations": _("Population"),
        "programmes": _("Programme"),
        "objectives": _("Objective"),
        "indicators": _("Indicator"),
        "initiatives": _("Initiative"),
        "milestones": _("Milestone"),
        "impacts": _("Impact"),
        "activities": _("Activity"),
        "dependencies": _("Dependency"),
        "capacity": _("Capacity"),
        "periods": _("Period"),
        "contributions": _("Objective served"),
        "effects": _("Effect on an indicator"),
        "trades": _("Role"),
        "worths": _("Worth"),
        "roles": _("Capacity of a role"),
        "demands": _("Role asked"),
        "costs": _("Cost"),
        "envelopes": _("Envelope"),
        "waves": _("Wave"),
        "wave_people": _("Who goes live with a wave"),
        "benefits": _("Benefit"),
    }[kind]


def model_name(kind: str) -> str:
    """Return the name by which reports count the rows of a table."""
    return str(TARGETS[kind].model._meta.model_name)  # noqa: SLF001 - Django's documented API


def counted(model: str, number: int) -> str:
    """Return “3 initiatives”, for the tables that people know."""
    words = {
        "unit": ngettext("%(n)s unit", "%(n)s units", number),
        "population": ngettext("%(n)s population", "%(n)s populations", number),
        "programme": ngettext("%(n)s programme", "%(n)s programmes", number),
        "objective": ngettext("%(n)s objective", "%(n)s objectives", number),
        "indicator": ngettext("%(n)s indicator", "%(n)s indicators", number),
        "initiative": ngettext("%(n)s initiative", "%(n)s initiatives", number),
        "milestone": ngettext("%(n)s milestone", "%(n)s milestones", number),
        "impact": ngettext("%(n)s impact", "%(n)s impacts", number),
        "activity": ngettext("%(n)s activity", "%(n)s activities", number),
        "dependency": ngettext("%(n)s dependency", "%(n)s dependencies", number),
        "capacityrule": ngettext("%(n)s capacity", "%(n)s capacities", number),
        "calendarperiod": ngettext("%(n)s period", "%(n)s periods", number),
        "contribution": ngettext("%(n)s objective served", "%(n)s objectives served", number),
        "indicatoreffect": ngettext("%(n)s effect", "%(n)s effects", number),
        "role": ngettext("%(n)s role", "%(n)s roles", number),
        "worth": ngettext("%(n)s worth", "%(n)s worths", number),
        "rolecapacity": ngettext("%(n)s capacity of a role", "%(n)s capacities of roles", number),
        "roledemand": ngettext("%(n)s role asked", "%(n)s roles asked", number),
        "costline": ngettext("%(n)s cost line", "%(n)s cost lines", number),
        "wave": ngettext("%(n)s wave", "%(n)s waves", number),
        "wavepopulation": ngettext(
            "%(n)s population in a wave", "%(n)s populations in waves", number
        ),
        "benefit": ngettext("%(n)s benefit", "%(n)s benefits", number),
        "envelope": ngettext("%(n)s envelope", "%(n)s envelopes", number),
    }
    return words[model] % {"n": formats.number(number)}
