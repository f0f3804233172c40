"""Forms of scenarios; they clean what is typed and write nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from orchestre.org.entry import (
    CountField,
    FlexibleDateField,
    HiddenNumber,
    LastDayField,
    NumberField,
    NumberInput,
    PercentField,
    VersionedForm,
)
from orchestre.portfolio.rules.dates import LAST_DAY
from orchestre.sequencing.presenters import words
from orchestre.sequencing.rules.edits import LONGEST_DAYS
from orchestre.sheets.cells import format_number


class _Weeks:
    """Days, written as weeks."""

    @staticmethod
    def written(value: object) -> str:
        """Write 21 as 3, and 10 as 1.43."""
        if isinstance(value, int | float):
            french = (get_language() or "fr").startswith("fr")
            return format_number(round(value / 7, 2), "fr" if french else "en")
        return str(value)


class WeeksInput(_Weeks, NumberInput):
    """A number of weeks, seen."""


class HiddenWeeks(_Weeks, HiddenNumber):
    """The same, as it was when the form was shown."""


class WeeksField(NumberField):
    """A move in weeks, kept in days."""

    widget = WeeksInput
    hidden_widget = HiddenWeeks

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - options of Django
        super().__init__(least=-LONGEST_DAYS, most=LONGEST_DAYS, required=False, **options)

    def read(self, text: str) -> float | None:
        """Read weeks, later or, below 0, earlier."""
        found = super().read(text.replace("−", "-"))
        return None if found is None else round(found * 7)

    def to_python(self, value: object) -> int | None:
        """Return whole days."""
        found = super().to_python(value)
        return None if found is None else int(found)

    def in_words(self, value: object) -> str:
        """Write a stored move for the panel of a conflict."""
        return words.shifted(int(str(value)))


class _WholeDays(forms.IntegerField):
    """A move in days, as a bar of the roadmap posts it."""

    def in_words(self, value: object) -> str:
        """Write a stored move for the panel of a conflict."""
        return words.shifted(int(str(value)))


class NameForm(VersionedForm):
    """What the scenario asks."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("The question it answers: what if the till waited for HR?"),
    )
    why = forms.CharField(
        label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class InitiativeForm(VersionedForm):
    """What a scenario says of one initiative; empty is « as in the plan »."""

    shift_days = WeeksField(
        label=_("Move by (weeks)"),
        help_text=_("3 moves it three weeks later, -3 three weeks earlier."),
    )
    starts_on = FlexibleDateField(label=_("Or a first day"), required=False)
    ends_on = LastDayField(label=_("Last day"), required=False)
    go_live_on = FlexibleDateField(label=_("Go-live"), required=False)
    included = forms.BooleanField(label=_("Kept in the scenario"), required=False)
    rank = CountField(label=_("Priority"), required=False, least=1, most=999)
    allocation_ratio = PercentField(
        label=_("Share of the FTE asked of roles"),
        required=False,
        most=10,
        help_text=_("50 % asks half as many people; the load of populations stays."),
    )
    amount_ratio = PercentField(label=_("Share of the money to come"), required=False, most=10)
    amount_eur = NumberField(label=_("Or a full cost (€)"), required=False, most=1e12)
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - options of Django
        super().__init__(*arguments, **options)
        # even when there is no override yet: what another writes meanwhile is not ours to empty
        for name, field in self.fields.items():
            field.show_hidden_initial = name != "version"


class MoveForm(forms.Form):
    """Where a bar was dropped; the whole of what it says, not the last step."""

    shift_days = _WholeDays(
        label=_("Move by (weeks)"), required=False, min_value=-LONGEST_DAYS, max_value=LONGEST_DAYS
    )
    starts_on = forms.DateField(label=_("First day"), required=False)
    ends_on = forms.DateField(label=_("Last day"), required=False)
    go_live_on = forms.DateField(label=_("Go-live"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def changes(self) -> dict[str, Any]:
        """Return what was dropped, without what the person gives up after a conflict."""
        names = ("shift_days", "starts_on", "ends_on", "go_live_on")
        return {
            name: self.cleaned_data[name]
            for name in names
            if name in self.data and self.data.get(f"keep-{name}") != "theirs"
        }


class WaveForm(VersionedForm):
    """Where one wave goes live; its version is the day on which the person saw it, as a number."""

    go_live_on = FlexibleDateField(label=_("Go-live of the wave"))
    version = forms.IntegerField(
        required=False, widget=forms.HiddenInput, min_value=1, max_value=LAST_DAY.toordinal()
    )


class PublishForm(forms.Form):
    """The decision that makes a scenario the plan."""

    decision = forms.CharField(
        label=_("Decision"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a sentence: what was decided, by which committee."),
    )
    reference = forms.CharField(
        label=_("Reference"),
        max_length=120,
        required=False,
        help_text=_("For example: COMEX of 12 March, decision 4."),
    )
    expected = forms.CharField(widget=forms.HiddenInput, max_length=80)
