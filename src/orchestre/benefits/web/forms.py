"""Forms of benefits, amounts and evidence."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orchestre.benefits.models import EUROS, Benefit, Evidence
from orchestre.org.entry import (
    CountField,
    FlexibleDateField,
    NumberField,
    PercentField,
    ShownForm,
    VersionedForm,
)

CENT = Decimal("0.01")
MOST_BYTES = 20 * 1024 * 1024


class DecimalField(NumberField):
    """A figure kept to the hundredth; `1.2 M€` is read too."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - options of Django
        super().__init__(most=9e12, **options)

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]  # exact figures
        found = super().to_python(float(value) if isinstance(value, Decimal) else value)
        return None if found is None else Decimal(str(found)).quantize(CENT)

    def prepare_value(self, value: object) -> object:
        """Show what is stored as a plain number."""
        return float(value) if isinstance(value, Decimal) else value


class OneOfField(forms.TypedChoiceField):
    """A choice among rows, by their key; empty is nobody."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - options of Django
        super().__init__(coerce=int, empty_value=None, required=False, **options)


class BenefitForm(VersionedForm):
    """What must change, from where, how it is measured, and what an auditor asks."""

    title = forms.CharField(
        label=_("Title"), max_length=250, help_text=_("An outcome, not the change itself.")
    )
    owner_name = forms.CharField(
        label=_("Owner"),
        max_length=150,
        required=False,
        help_text=_("The function that answers for it."),
    )
    unit_id = OneOfField(label=_("Who benefits"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Benefit.Kind.choices)
    hard = forms.BooleanField(label=_("Leaves a budget line"), required=False)
    disbenefit = forms.BooleanField(label=_("It is a negative effect"), required=False)
    measure = forms.CharField(
        label=_("Unit of measure"),
        max_length=40,
        help_text=_("€ to be added to the others; minutes, tonnes… to stand apart."),
    )
    budget_line = forms.CharField(
        label=_("Budget line or indicator"), max_length=150, required=False
    )
    recurrence = forms.ChoiceField(
        label=_("Once or every year"), choices=Benefit.Recurrence.choices, required=False
    )
    baseline_value = DecimalField(label=_("Baseline"), required=False)
    baseline_on = FlexibleDateField(label=_("Date of the baseline"), required=False)
    baseline_source = forms.CharField(
        label=_("Source of the baseline"), max_length=250, required=False
    )
    target_per_year = DecimalField(
        label=_("Gain aimed at, a year"),
        required=False,
        help_text=_("At full value, before the share and the confidence."),
    )
    ramp_months = CountField(label=_("Months from the start to full value"), most=120)
    anchor = forms.ChoiceField(label=_("Counts from"), choices=Benefit.Anchor.choices)
    milestone_id = OneOfField(label=_("Milestone"))
    lag_weeks = CountField(label=_("Weeks after"), most=520)
    attribution_ratio = PercentField(label=_("Share due to this initiative"))
    confidence_ratio = PercentField(label=_("Confidence"))
    assumptions = forms.CharField(
        label=_("Assumptions"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    method = forms.CharField(
        label=_("Method of measure"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    cost_to_achieve_eur = DecimalField(label=_("Cost to achieve (€)"), required=False)
    committed_on = FlexibleDateField(label=_("Committed by its owner on"), required=False)
    budgeted_on = FlexibleDateField(label=_("In the budget since"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - options of Django
        units: Iterable[tuple[int, str]],
        milestones: Iterable[tuple[int, str]],
        **options: Any,  # noqa: ANN401 - idem
    ) -> None:
        super().__init__(*args, **options)
        self.fields["unit_id"].choices = [("", "–"), *units]  # type: ignore[attr-defined]  # a OneOfField
        self.fields["milestone_id"].choices = [("", "–"), *milestones]  # type: ignore[attr-defined]  # idem


NEW: dict[str, object] = {
    "measure": EUROS,
    "ramp_months": 0,
    "lag_weeks": 0,
    "anchor": Benefit.Anchor.GO_LIVE,
    "attribution_ratio": 1.0,
    "confidence_ratio": 1.0,
    "kind": Benefit.Kind.CASHABLE,
}


class AmountForm(ShownForm):
    """What one month brought, or will bring."""

    month_on = FlexibleDateField(label=_("Month"), help_text=_("For example March 2027."))
    amount = DecimalField(label=_("Amount"))
    note = forms.CharField(label=_("Note"), max_length=250, required=False)


class ValidateForm(VersionedForm):
    """How much of what was declared is proven."""

    amount = DecimalField(
        label=_("Amount validated"), help_text=_("What is declared, or less when part is proven.")
    )


class ContestForm(VersionedForm):
    """Why a validation is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea)


class EvidenceForm(VersionedForm):
    """A note, and a file of which the fingerprint is kept."""

    note = forms.CharField(label=_("What it proves"), widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "Only its name, size and SHA-256 fingerprint are kept: keep the file where it is."
        ),
    )

    def clean_file(self) -> object:
        """Refuse a file too large to be read at once."""
        found = self.cleaned_data.get("file")
        if found is not None and found.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 20 MiB."))
        return found


class ReviewForm(VersionedForm):
    """How strong a piece of evidence is."""

    grade = forms.ChoiceField(
        label=_("Grade"),
        choices=[one for one in Evidence.Grade.choices if one[0]],
        widget=forms.RadioSelect,
    )
