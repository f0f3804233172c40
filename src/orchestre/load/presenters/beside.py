"""What the load says beside an initiative, and in the list of initiatives."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.load.presenters import words
from orchestre.load.queries import reader_of
from orchestre.load.rules.dates import week_label
from orchestre.load.services import compute
from orchestre.load.services.answer import LoadView
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.presenters.panels import Panel
from orchestre.ui import formats


def worst_caused(ids: list[int]) -> dict[int, str]:
    """Write, for each initiative, the highest load it takes part in from now on."""
    view = compute.at_hand()
    heaviest = view.heaviest(view.week_index(compute.today()) or 0)
    codes = Initiative.objects.filter(pk__in=ids).values_list("pk", "code")
    return {
        pk: _dated(words.ratio(heaviest[code][0]), view) for pk, code in codes if code in heaviest
    }


def _dated(told: str, view: LoadView) -> str:
    """Add until when a figure was exact, when something was written since."""
    if view.exact_until is None:
        return told
    until = formats.instant(view.exact_until)
    return _("%(figure)s (as of %(instant)s)") % {"figure": told, "instant": until}


def panel(person: Person, initiative: Initiative) -> Panel | None:
    """Say the heaviest week that an initiative takes part in."""
    view = compute.at_hand()
    first = view.week_index(compute.today()) or 0
    found = view.heaviest(first).get(initiative.code)
    if found is None:
        return None
    ratio, population, week = found
    if not reader_of(person).sees_population(population):
        return None
    group = view.snapshot.groups[population]
    monday = view.monday(week)
    told = _("%(name)s, %(week)s: %(ratio)s of what they can absorb.") % {
        "name": group.name,
        "week": words.week_with_dates(monday),
        "ratio": words.ratio(ratio),
    }
    return Panel(
        title=_("Heaviest week it takes part in"),
        body=format_html("<p>{}</p>", _dated(told, view)),
        url=words.address("load:cell", f"p{group.pk}", week_label(monday)),
        url_label=_("See what makes it up"),
    )
