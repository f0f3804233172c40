"""Forms of the strategy; only what the person changed is written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orchestre.strategy.models import Indicator, Objective
from orchestre.strategy.rules import target_is_better


class OpenForm(forms.Form):
    """Remembers the values it was opened with, so that two people can be told apart."""

    def __init__(self, data: Any, row: Objective | Indicator | None, **initial: Any) -> None:  # noqa: ANN401 - a query dict
        known = {name: getattr(row, name) for name in self.base_fields} if row else initial
        super().__init__(data, initial=known)
        for field in self.fields.values():
            field.show_hidden_initial = row is not None

    def changed_values(self) -> dict[str, Any]:
        """Return what the person changed and did not dismiss."""
        return {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if self.data.get(f"keep-{name}") != "theirs"
        }


class ObjectiveForm(OpenForm):
    """An objective."""

    title = forms.CharField(label=_("Objective"), max_length=250)
    axis = forms.CharField(
        label=_("Strategic axis"),
        max_length=150,
        required=False,
        help_text=_("Objectives with the same axis are shown together."),
        widget=forms.TextInput(attrs={"list": "axes"}),
    )
    horizon_on = forms.DateField(
        label=_("Horizon"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    owner_name = forms.CharField(label=_("Owner"), max_length=150, required=False)


class IndicatorForm(OpenForm):
    """An indicator."""

    name = forms.CharField(label=_("Indicator"), max_length=200)
    objective_id = forms.TypedChoiceField(
        label=_("Objective"), required=False, coerce=int, empty_value=None
    )
    direction = forms.ChoiceField(label=_("Which way is better"), choices=Indicator.Direction)
    unit_of_measure = forms.CharField(
        label=_("Unit of measure"),
        max_length=40,
        required=False,
        help_text=_("For example %, days."),
    )
    baseline = forms.FloatField(label=_("Baseline"), required=False)
    target = forms.FloatField(label=_("Target"), required=False)

    def __init__(
        self,
        data: Any,  # noqa: ANN401 - a query dict
        row: Indicator | None,
        objectives: list[Objective],
        **initial: Any,  # noqa: ANN401 - values of fields
    ) -> None:
        super().__init__(data, row, **initial)
        field = self.fields["objective_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("none")), *((one.pk, one.title) for one in objectives)]

    def clean(self) -> dict[str, Any]:
        """Refuse a target that would make the indicator worse."""
        given = super().clean() or {}
        better = target_is_better(
            given.get("direction", ""), given.get("baseline"), given.get("target")
        )
        if better is False:
            self.add_error(
                "target",
                _("This target is worse than the baseline. Change it, or which way is better."),
            )
        return given
