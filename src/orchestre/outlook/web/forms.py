"""Forms of estimates, risks, costs, assumptions and reference classes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orchestre.kernel.models import Provenance
from orchestre.org.entry import FlexibleDateField, NumberField, PercentField, VersionedForm
from orchestre.outlook.models import MilestoneEstimate
from orchestre.portfolio.models import Milestone


class EstimateForm(VersionedForm):
    """Three dates of a milestone."""

    optimistic_on = FlexibleDateField(
        label=_("Optimistic date"), help_text=_("If the step before is held on its forecast.")
    )
    likely_on = FlexibleDateField(label=_("Likely date"))
    pessimistic_on = FlexibleDateField(label=_("Pessimistic date"))
    kind = forms.ChoiceField(
        label=_("How to read them"),
        choices=MilestoneEstimate.Kind.choices,
        help_text=_("What people call extremes are most often one chance in ten on each side."),
    )
    basis = forms.CharField(label=_("What it rests on"), max_length=250, required=False)
    provenance = forms.ChoiceField(label=_("Source"), choices=Provenance.choices)


class CostForm(VersionedForm):
    """Between which shares of what is left to spend the cost may end."""

    low_ratio = PercentField(label=_("At best, share of what is left to spend"), most=1)
    high_ratio = PercentField(
        label=_("At worst, share of what is left to spend"), least=1, most=10,
        help_text=_("130 % when it may cost a third more."),
    )  # fmt: skip
    basis = forms.CharField(label=_("What it rests on"), max_length=250, required=False)


class RiskForm(VersionedForm):
    """An event that may happen."""

    name = forms.CharField(label=_("What may happen"), max_length=250)
    probability = PercentField(label=_("Probability"))
    milestone = forms.ModelChoiceField(
        label=_("Milestone it delays"), queryset=Milestone.objects.none(), required=False,
        empty_label=_("the go-live"),
    )  # fmt: skip
    impact_weeks = NumberField(
        label=_("Weeks of delay"), required=False, least=-520, most=520,
        help_text=_("Below 0 for an opportunity. Weeks, euros, or both."),
    )  # fmt: skip
    impact_eur = NumberField(label=_("Cost (€)"), required=False, least=-1e12, most=1e12)
    mitigation = forms.CharField(label=_("Mitigation"), max_length=250, required=False)
    residual_probability = PercentField(label=_("Probability after mitigation"), required=False)
    residual_weeks = NumberField(
        label=_("Weeks of delay after mitigation"), required=False, least=-520, most=520
    )
    residual_eur = NumberField(
        label=_("Cost after mitigation (€)"), required=False, least=-1e12, most=1e12
    )
    owner_role = forms.CharField(
        label=_("Owner: a role, not a name"), max_length=120, required=False
    )
    closed = forms.BooleanField(label=_("No longer possible"), required=False)

    def __init__(self, *args: Any, among: Any, **options: Any) -> None:  # noqa: ANN401 - options of Django
        super().__init__(*args, **options)
        self.fields["milestone"].queryset = among  # type: ignore[attr-defined]  # a ModelChoiceField


class AssumptionsForm(VersionedForm):
    """What is assumed of dates and money where nobody has said anything."""

    programme_correlation = NumberField(
        label=_("Correlation inside a programme"), most=0.99,
        help_text=_("0: each has its own luck; 0.5: they are late together."),
    )  # fmt: skip
    supplier_correlation = NumberField(label=_("Correlation with the same supplier"), most=0.99)
    unit_correlation = NumberField(label=_("Correlation inside an owning unit"), most=0.99)
    cost_low_ratio = PercentField(label=_("Cost at best"), most=1)
    cost_high_ratio = PercentField(label=_("Cost at worst"), least=1, most=10)
    discount_rate = PercentField(
        label=_("Discount rate"), required=False, most=0.99,
        help_text=_("Empty: no net present value. The UK Green Book uses 3.5 %."),
    )  # fmt: skip
    discount_source = forms.CharField(
        label=_("Where the rate comes from"), max_length=250, required=False
    )


class ReferenceForm(VersionedForm):
    """A table of finished projects: what was planned, what came."""

    source = forms.CharField(label=_("Name of the class"), max_length=120)
    file = forms.FileField(
        label=_("CSV table"),
        help_text=_("One line per finished project; columns separated by commas or semicolons."),
    )
    name = forms.CharField(label=_("Column of the project"), required=False)
    planned_days = forms.CharField(label=_("Column of the planned days"), required=False)
    actual_days = forms.CharField(label=_("Column of the actual days"), required=False)
    planned_eur = forms.CharField(label=_("Column of the planned cost"), required=False)
    actual_eur = forms.CharField(label=_("Column of the actual cost"), required=False)
    starts_on = forms.CharField(label=_("Column of the start"), required=False)
    planned_on = forms.CharField(label=_("Column of the planned end"), required=False)
    actual_on = forms.CharField(label=_("Column of the actual end"), required=False)
