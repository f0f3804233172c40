"""Forms that link an initiative to the strategy."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.strategy.models import Indicator, Objective


class AimForm(forms.Form):
    """An objective and a weight."""

    objective = forms.TypedChoiceField(label=_("Objective"), coerce=int)
    weight = forms.FloatField(
        label=_("Weight"),
        initial=1,
        min_value=0.01,
        max_value=100,
        help_text=_("1 is usual; 2 serves it twice as much."),
    )

    def __init__(self, data: Any, objectives: QuerySet[Objective]) -> None:  # noqa: ANN401 - a query dict
        super().__init__(data, auto_id="aim_%s")
        field = self.fields["objective"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.pk, one.title) for one in objectives]


class EffectForm(forms.Form):
    """An indicator and which way it is pushed."""

    indicator = forms.TypedChoiceField(label=_("Indicator"), coerce=int)
    direction = forms.ChoiceField(
        label=_("Pushes it"), choices=[("up", _("Up")), ("down", _("Down"))]
    )

    def __init__(self, data: Any, indicators: QuerySet[Indicator]) -> None:  # noqa: ANN401 - a query dict
        super().__init__(data, auto_id="effect_%s")
        field = self.fields["indicator"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.pk, one.name) for one in indicators]
