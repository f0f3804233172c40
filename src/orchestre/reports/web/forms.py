"""What the report reads, as an address says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.load.rules.dates import monday, parse_week
from orchestre.load.rules.view import FIRST, LAST

LENGTHS = (13, 26, 52, 104)


@dataclass(frozen=True)
class Reading:
    """The weeks read, and whether what is assumed counts; `told` says what was set right."""

    first: date
    weeks: int
    confirmed_only: bool
    told: tuple[str, ...] = ()

    def query(self) -> str:
        """Write the reading as the end of an address."""
        count = "&count=confirmed" if self.confirmed_only else ""
        return f"?from={self.first.isoformat()}&weeks={self.weeks}{count}"


class ReadingForm(forms.Form):
    """The filters of the report."""

    # the names of the load map, so that an address means the same on both pages
    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self.fields["from"] = forms.CharField(
            label=_("From"),
            initial=reading.first.isoformat(),
            widget=forms.DateInput(attrs={"type": "date"}),
        )
        self.fields["weeks"] = forms.ChoiceField(
            label=_("How long"),
            initial=reading.weeks,
            choices=[(n, ngettext("%(n)s week", "%(n)s weeks", n) % {"n": n}) for n in LENGTHS],
        )
        self.fields["count"] = forms.ChoiceField(
            label=_("What counts"),
            initial="confirmed" if reading.confirmed_only else "all",
            choices=[("all", _("everything")), ("confirmed", _("what is confirmed"))],
        )


def read(parameters: Mapping[str, str], today: date) -> Reading:
    """Read an address; what is impossible becomes the usual value, and is told."""
    told = []
    first = monday(today)
    if asked := parameters.get("from", ""):
        found = parse_week(asked)
        if found is None or not FIRST <= found <= LAST:
            told.append(
                _("“%(value)s” is not a day: the report starts this week.") % {"value": asked[:40]}
            )
        else:
            first = found
    weeks = parameters.get("weeks", "52")
    known = weeks in {str(n) for n in LENGTHS}
    if not known:
        told.append(_("The report reads 13, 26, 52 or 104 weeks: it shows 52."))
    return Reading(
        first, int(weeks) if known else 52, parameters.get("count") == "confirmed", tuple(told)
    )
