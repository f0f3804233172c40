"""What is asked of a better order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orchestre.sequencing.rules.asked import (
    LONGEST_SECONDS,
    MONTHS,
    MOST_SLIDER,
    MOST_WEEKS,
    USUAL_SPREAD,
    Asked,
)

USUAL = Asked()


def _slider(label: Any) -> forms.IntegerField:  # noqa: ANN401 - a lazy text
    widget = forms.NumberInput(attrs={"type": "range", "min": 0, "max": MOST_SLIDER, "step": 1})
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_SLIDER, widget=widget)


def _weeks(label: Any, told: Any = "", *, required: bool = True) -> forms.IntegerField:  # noqa: ANN401 - lazy texts
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST_WEEKS, help_text=told, required=required
    )


class ProposeForm(forms.Form):
    """Three things to protect, how far, which may move, for how long to look."""

    people = _slider(_("Protect people from overload"))
    dates = _slider(_("Protect the dates that were announced"))
    benefits = _slider(_("Protect the benefits"))
    months = forms.TypedChoiceField(
        label=_("Months ahead"), coerce=int, choices=[(one, str(one)) for one in MONTHS]
    )
    later_weeks = _weeks(
        _("Weeks later, at most"), _("Where nobody set a window. What is mandatory never slips.")
    )
    earlier_weeks = _weeks(_("Weeks earlier, at most"))
    only = forms.CharField(
        label=_("Only these may move"),
        required=False,
        max_length=2000,
        help_text=_("Codes separated by commas; empty: all that their rules let move."),
    )
    pinned = forms.CharField(
        label=_("These stand where you say"),
        required=False,
        max_length=2000,
        help_text=_("Code and weeks from the plan, such as IN-014:0 or IN-020:3."),
    )
    split = forms.BooleanField(
        label=_("Deployment in waves allowed"),
        required=False,
        help_text=_("Waves of an initiative may move apart; otherwise they move with it."),
    )
    spread_weeks = _weeks(
        _("Weeks between the first and the last wave, at most"),
        _("Empty: 26. Never less than in the plan in force."),
        required=False,
    )
    seconds = forms.IntegerField(
        label=_("Seconds to look for"), min_value=1, max_value=LONGEST_SECONDS
    )

    @classmethod
    def read(cls, query: Mapping[str, str]) -> dict[str, Any]:
        """Read what an address asks; the usual request for the rest."""
        usual = {name: getattr(USUAL, name) for name in cls.base_fields}
        usual["only"] = usual["pinned"] = ""
        return {name: query.get(name, value) for name, value in usual.items()}

    @property
    def sliders(self) -> tuple[forms.BoundField, ...]:
        """What to protect."""
        return self["people"], self["dates"], self["benefits"]

    def clean_spread_weeks(self) -> int:
        """Read the spread of waves, the usual one when nothing is said."""
        told: int | None = self.cleaned_data["spread_weeks"]
        return USUAL_SPREAD if told is None else told

    def clean_only(self) -> tuple[str, ...]:
        """Read codes."""
        return tuple(_codes(self.cleaned_data["only"]))

    def clean_pinned(self) -> tuple[tuple[str, int], ...]:
        """Read codes with weeks."""
        found = []
        for one in _codes(self.cleaned_data["pinned"]):
            code, _colon, weeks = one.rpartition(":")
            digits = weeks.removeprefix("-").removeprefix("+")
            if not code or not (digits.isascii() and digits.isdigit()) or len(digits) > 3:
                raise forms.ValidationError(
                    _("“%(told)s” is not a code and a number of weeks, such as IN-014:0."),
                    params={"told": one},
                )
            found.append((code, int(weeks)))
        return tuple(found)

    def asked(self, hidden: tuple[str, ...]) -> Asked:
        """Return what is asked, once it is valid."""
        return Asked(**self.cleaned_data, hidden=hidden)


def _codes(text: str) -> list[str]:
    return list(dict.fromkeys(one.strip() for one in text.split(",") if one.strip()))
