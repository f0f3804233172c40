"""Filters said as sentences, each with its way out."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orchestre.org.models import Unit
from orchestre.portfolio.models import Initiative, Programme
from orchestre.portfolio.presenters import words
from orchestre.portfolio.rules.view import Filter, View
from orchestre.strategy.models import Objective
from orchestre.ui import formats
from orchestre.ui.components import Chip

FLAG_SENTENCES = {
    "dates": gettext_lazy("Dates are missing"),
    "news": gettext_lazy("No news for more than 30 days"),
    "mandatory": gettext_lazy("Mandatory"),
    "micro": gettext_lazy("Micro-change"),
    "confidential": gettext_lazy("Confidential"),
    "archived": gettext_lazy("Archived"),
}
SUBJECTS = {
    "stage": gettext_lazy("Stage"),
    "family": gettext_lazy("Family"),
    "kind": gettext_lazy("Kind"),
    "unit": gettext_lazy("Unit"),
    "programme": gettext_lazy("Programme"),
    "objective": gettext_lazy("Objective"),
    "sponsor": gettext_lazy("Sponsor"),
    "lead": gettext_lazy("Lead"),
    "health": gettext_lazy("One of the healths"),
}
NAMED: dict[str, type[Unit | Programme | Objective]] = {
    "unit": Unit,
    "programme": Programme,
    "objective": Objective,
}
LISTS = {
    "stage": Initiative.Stage,
    "family": Initiative.Family,
    "kind": Initiative.Kind,
}


def chips(view: View, base: str) -> tuple[Chip, ...]:
    """Return every condition of a view as a sentence with the address without it."""
    found = [Chip(_("Text contains “%s”") % view.text, f"{base}?{view.without('q').query()}")]
    return tuple(found if view.text else ()) + tuple(
        Chip(sentence(one), f"{base}?{view.without(one.name).query()}") for one in view.filters
    )


def sentence(condition: Filter) -> str:
    """Say one condition: “Sponsor is Dupont or Martin”."""
    name, values = condition.name, condition.values
    if name in FLAG_SENTENCES:
        return str(FLAG_SENTENCES[name])
    if name == "starts_after":
        return _("Starts on or after %s") % formats.day(date.fromisoformat(max(values)))
    if name == "ends_before":
        return _("Ends before %s") % formats.day(date.fromisoformat(min(values)))
    if name == "objective" and values == ("none",):
        return _("Serves no objective")
    return _("%(subject)s is %(values)s") % {
        "subject": SUBJECTS[name],
        "values": _(" or ").join(_value(name, value) for value in values),
    }


def named(name: str, view: View) -> str:
    """Say the condition of a view that has this name."""
    if name == "q":
        return _("Text contains “%s”") % view.text
    return sentence(next(one for one in view.filters if one.name == name))


def _value(name: str, value: str) -> str:
    if name in LISTS:
        return str(LISTS[name](value).label)
    if name == "health":
        return str(Initiative.Health("" if value == "unknown" else value).label)
    if name in {"unit", "programme", "objective"}:
        return _name_of(name, value)
    return value


def _name_of(name: str, value: str) -> str:
    if value == "none":
        return _("none")
    found = NAMED[name]._default_manager.filter(pk=int(value)).first()  # noqa: SLF001 - Django's documented API
    return str(found) if found else words.capital(_("deleted since"))
