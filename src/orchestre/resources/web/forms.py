"""Forms of roles, demands, costs, envelopes and worth: few fields each."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orchestre.kernel.models import Provenance
from orchestre.org.entry import (
    CountField,
    FlexibleDateField,
    LastDayField,
    NumberField,
    VersionedForm,
)
from orchestre.resources.models import CostLine
from orchestre.ui import formats

CENT = Decimal("0.01")
LAST_DAY_HELP = _("A week stands for its Sunday, a month for its last day.")


class AmountField(NumberField):
    """Euros, kept to the cent; `12,5 M€` and `900 k€` are read too."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - options of Django
        super().__init__(most=9e12, **options)

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]  # exact money
        found = super().to_python(float(value) if isinstance(value, Decimal) else value)
        return None if found is None else Decimal(str(found)).quantize(CENT)

    def prepare_value(self, value: object) -> object:
        """Show what is stored as a plain number."""
        return float(value) if isinstance(value, Decimal) else value

    def in_words(self, value: object) -> str:
        """Write a stored amount for the panel of a conflict."""
        return formats.euros(float(str(value)), 2)


class OneOfField(forms.TypedChoiceField):
    """A choice among rows, by their key; empty is nobody."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - options of Django
        super().__init__(coerce=int, empty_value=None, **options)

    def offer(self, rows: Iterable[tuple[int, str]], empty: object = None) -> None:
        """Offer some rows; `empty` names the choice of none of them."""
        first = [("", empty)] if empty is not None else []
        self.choices = [*first, *rows]


class RangeForm(VersionedForm):
    """A figure over a range of days."""

    starts_on = FlexibleDateField(label=_("First day"))
    ends_on = LastDayField(label=_("Last day, included"), help_text=LAST_DAY_HELP)


class RoleForm(VersionedForm):
    """A trade or a skill."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("A trade or a skill, never a person: architects, trainers."),
    )
    code = forms.CharField(
        label=_("Code"), max_length=40, required=False, help_text=_("Empty: given for you.")
    )
    unit_id = OneOfField(label=_("Unit"), required=False)

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **options: Any) -> None:  # noqa: ANN401 - options of Django
        super().__init__(*args, **options)
        self.fields["unit_id"].offer(units, _("Shared by the whole organisation"))  # type: ignore[attr-defined]  # a OneOfField


class CapacityForm(RangeForm):
    """What can be given of a role."""

    fte = NumberField(
        label=_("Full-time equivalents that can be given to initiatives"), most=10_000
    )
    provenance = forms.ChoiceField(label=_("Source"), choices=Provenance.choices)
    field_order = ("fte",)


class DemandForm(RangeForm):
    """What an initiative asks of a role."""

    role_id = OneOfField(label=_("Role"))
    fte = NumberField(
        label=_("Full-time equivalents"),
        most=10_000,
        help_text=_("0.5 is half the time of one person."),
    )
    provenance = forms.ChoiceField(label=_("Source"), choices=Provenance.choices)
    field_order = ("role_id", "fte")

    def __init__(self, *args: Any, roles: Iterable[tuple[int, str]], **options: Any) -> None:  # noqa: ANN401 - options of Django
        super().__init__(*args, **options)
        self.fields["role_id"].offer(roles)  # type: ignore[attr-defined]  # a OneOfField


class CostForm(RangeForm):
    """Money of an initiative over a range of days."""

    amount_eur = AmountField(
        label=_("Amount (€)"), help_text=_("Spread evenly over the days. 1.2 M€ is understood.")
    )
    name = forms.CharField(label=_("What for"), max_length=200, required=False)
    nature = forms.ChoiceField(label=_("Nature"), choices=CostLine.Nature.choices)
    state = forms.ChoiceField(label=_("State"), choices=CostLine.State.choices)
    provenance = forms.ChoiceField(label=_("Source"), choices=Provenance.choices)
    field_order = ("amount_eur", "name")


class EnvelopeForm(RangeForm):
    """Money that may be spent over a range of days."""

    name = forms.CharField(label=_("Name"), max_length=200)
    amount_eur = AmountField(label=_("Amount (€)"), help_text=_("1.2 M€ is understood."))
    programme_id = OneOfField(label=_("For"), required=False)
    field_order = ("name", "amount_eur", "programme_id")

    def __init__(self, *args: Any, programmes: Iterable[tuple[int, str]], **options: Any) -> None:  # noqa: ANN401 - options of Django
        super().__init__(*args, **options)
        self.fields["programme_id"].offer(programmes, _("The whole portfolio"))  # type: ignore[attr-defined]  # a OneOfField


class WorthForm(VersionedForm):
    """What an initiative brings once in use, and what waiting costs."""

    value_eur_per_year = AmountField(
        label=_("Value once in use (€ a year)"),
        required=False,
        help_text=_("Empty: not known. 1.2 M€ is understood."),
    )
    ramp_weeks = CountField(
        label=_("Weeks from go-live to full value"), most=520, help_text=_("0: at once.")
    )
    delay_cost_eur_per_week = AmountField(
        label=_("Cost of a week of delay (€)"),
        required=False,
        help_text=_("What is lost or paid for each week later. Empty: not known."),
    )
    method = forms.CharField(
        label=_("How it was estimated"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Assumptions, source, who agreed: what an auditor would ask."),
    )
    provenance = forms.ChoiceField(label=_("Source"), choices=Provenance.choices)
