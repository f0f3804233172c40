"""What nobody said of a candidate, and where to say it for who may."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.portfolio import policy as portfolio
from orchestre.selection import policy
from orchestre.selection.models import Selection
from orchestre.selection.services import priorities
from orchestre.selection.services.priorities import Line
from orchestre.ui import formats
from orchestre.ui.components import Link

OF_SCORE = ("ratings", "value")


@dataclass(frozen=True)
class Doors:
    """What one reader may say of the candidates, found once for a page."""

    selection: Selection
    divisor: str
    rates: bool
    means: bool
    editable: frozenset[str]

    @classmethod
    def of(cls, person: Person, selection: Selection, divisor: str) -> Doors:
        """Ask the policies once, whatever the number of rows."""
        rows = portfolio.editable_by(person).filter(archived_at=None)
        return cls(
            selection,
            divisor,
            bool(policy.may_edit(person, selection)),
            reach_of(person).can(Can.EDIT_RESOURCES),
            frozenset(rows.values_list("code", flat=True)),
        )

    def links(self, line: Line) -> list[tuple[str, Link]]:
        """Name what is missing; the address is empty for who may not say it."""
        code = line.known.code
        edits = code in self.editable
        doors = {
            "ratings": (_("ratings"), "selection:ratings", self.rates),
            "value": (_("value a year"), "resources:worth", edits or self.means),
            "delay": (_("cost of delay"), "resources:worth", edits or self.means),
            "dates": (_("dates"), "portfolio:edit", edits),
            "roles": (_("roles asked"), "resources:ask-role", edits or self.means),
        }
        found = []
        for name in priorities.missing(self.selection, line, self.divisor):
            label, view, may = doors[name]
            target = self.selection.pk if name == "ratings" else code
            found.append((name, Link(label, reverse(view, args=[target]) if may else "")))
        return found

    def score(self, line: Line) -> SafeString:
        """Write « n.d. » in the place of a score, with what is missing."""
        return _cell([one for name, one in self.links(line) if name in OF_SCORE])

    def urgency(self, line: Line) -> SafeString:
        """Write « n.d. » in the place of a cost of delay over a duration or a size."""
        return _cell([one for name, one in self.links(line) if name not in OF_SCORE])


def _cell(lacks: list[Link]) -> SafeString:
    told = format_html_join(
        ", ",
        "{}",
        (
            (format_html('<a href="{}">{}</a>', one.url, one.label) if one.url else one.label,)
            for one in lacks
        ),
    )
    return format_html("{} <small>{}</small>", formats.undefined(), told)
