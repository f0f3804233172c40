"""Forms of the organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orchestre.org.entry import (
    CountField,
    FlexibleDateField,
    LastDayField,
    NumberField,
    PercentField,
    VersionedForm,
)
from orchestre.org.models import CalendarPeriod, Population, Unit
from orchestre.org.presenters import indented
from orchestre.org.rules import MAX_FACTOR

Units = list[tuple[Unit, int]]


class UnitChoiceField(forms.TypedChoiceField):
    """A unit chosen in the tree; the value is its id."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - options of Django
        super().__init__(coerce=int, empty_value=None, **options)

    def offer(self, units: Units, nothing: Any) -> None:  # noqa: ANN401 - a lazy text
        """Fill the list."""
        self.choices = [("", nothing), *indented(units)]


class UnitForm(VersionedForm):
    """A unit of the organisation."""

    name = forms.CharField(label=_("Name"), max_length=200)
    parent = UnitChoiceField(label=_("Parent unit"), required=False)
    manager_name = forms.CharField(label=_("Manager"), max_length=150, required=False)
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        required=False,
        help_text=_("Found again in files. Empty: made from the name."),
    )

    def __init__(self, *args: Any, units: Units, **options: Any) -> None:  # noqa: ANN401 - idem
        super().__init__(*args, **options)
        self.fields["parent"].offer(units, _("None: at the top"))  # type: ignore[attr-defined]  # a UnitChoiceField


class PopulationForm(VersionedForm):
    """A group of people who live the same changes."""

    name = forms.CharField(label=_("Name"), max_length=200)
    unit = UnitChoiceField(label=_("Unit"), required=False)
    headcount = CountField(
        label=_("Headcount"),
        required=False,
        most=10_000_000,
        help_text=_("Leave empty when nobody has counted: unknown is not zero."),
    )
    headcount_on = FlexibleDateField(label=_("Counted on"), required=False)
    weekly_hours = NumberField(label=_("Hours worked per week"), least=1, most=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=Population.Kind.choices)
    role = forms.CharField(label=_("Job"), max_length=120, required=False)
    site = forms.CharField(label=_("Site"), max_length=120, required=False)
    shift = forms.CharField(label=_("Shift"), max_length=60, required=False)
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        required=False,
        help_text=_("Found again in files. Empty: made from the name."),
    )

    def __init__(self, *args: Any, units: Units, **options: Any) -> None:  # noqa: ANN401 - idem
        super().__init__(*args, **options)
        self.fields["unit"].offer(units, _("None: across units"))  # type: ignore[attr-defined]  # a UnitChoiceField


class ShareForm(VersionedForm):
    """The share of working time that can go to change."""

    absorption_ratio = PercentField(
        label=_("Share of working time"), help_text=_("For example 5 % or 7,5 %.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=250,
        required=False,
        help_text=_("What tells you so: a survey, past projects, an agreement."),
    )


class PeriodForm(VersionedForm):
    """Days when capacity differs."""

    name = forms.CharField(label=_("Name"), max_length=150)
    kind = forms.ChoiceField(label=_("Kind"), choices=CalendarPeriod.Kind.choices)
    starts_on = FlexibleDateField(label=_("First day"))
    ends_on = LastDayField(
        label=_("Last day, included"),
        help_text=_("A week stands for its Sunday, a month for its last day."),
    )
    factor = PercentField(
        label=_("Capacity left"),
        most=MAX_FACTOR,
        help_text=_("0 %: none, it is a freeze. 50 %: half. 100 %: as usual."),
    )
    unit = UnitChoiceField(label=_("For whom"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - options of Django
        units: Units,
        everybody: bool,
        **options: Any,  # noqa: ANN401 - idem
    ) -> None:
        super().__init__(*args, **options)
        field = self.fields["unit"]
        if everybody:
            field.offer(units, _("The whole organisation"))  # type: ignore[attr-defined]  # a UnitChoiceField
        else:
            field.required = True
            field.choices = indented(units)  # type: ignore[attr-defined]  # idem
