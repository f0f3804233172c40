"""What people type about a decision and its effect."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.governance.models import AgendaItem, Body, Decision
from orchestre.governance.services.effects import GIVEN
from orchestre.governance.web.forms import AboutForm, InitiativeField, lines
from orchestre.org.entry import FlexibleDateField, NumberField, VersionedForm


class EffectForm(forms.Form):
    """What a decision is to change, and when that is read again."""

    decided_by = forms.CharField(label=_("Decided by"), max_length=250)
    reason = forms.CharField(label=_("Why"), required=False, widget=lines(2))
    dissent = forms.CharField(
        label=_("Dissent, in words"), required=False, max_length=2000, widget=lines(2)
    )
    conditions = forms.CharField(
        label=_("Conditions"), required=False, max_length=2000, widget=lines(2)
    )
    expected = forms.CharField(
        label=_("Expected effect"), required=False, max_length=2000, widget=lines(2)
    )
    measure = forms.ChoiceField(
        label=_("Measure"), required=False, choices=[("", "–"), *Decision.Measure.choices]
    )
    measure_name = forms.CharField(
        label=_("Other measure, in words"), required=False, max_length=150
    )
    value_then = NumberField(
        label=_("Its value today, for another measure"), required=False, least=-1e12, most=1e12
    )
    value_expected = NumberField(label=_("Value expected"), required=False, least=-1e12, most=1e12)
    review_on = FlexibleDateField(label=_("Read the effect again on"), required=False)


class DecideForm(EffectForm):
    """The option chosen, and why the others are refused."""

    option = forms.ChoiceField(label=_("Option chosen"), widget=forms.RadioSelect, required=False)
    chosen = forms.CharField(
        label=_("What is decided, in one sentence"),
        required=False,
        max_length=250,
        help_text=_("Empty: the words of the option."),
    )
    replaces = forms.ModelChoiceField(
        label=_("Decision that it replaces"),
        queryset=Decision.objects.none(),
        required=False,
        empty_label=_("none: it replaces nothing"),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - options of Django
        item: AgendaItem,
        best: str,
        standing: QuerySet[Decision],
        **options: Any,  # noqa: ANN401 - idem
    ) -> None:
        super().__init__(*args, **options)
        self.fields["replaces"].queryset = standing  # type: ignore[attr-defined]  # a ModelChoiceField
        if not standing.exists():
            del self.fields["replaces"]
        self.options = {str(one.pk): one for one in item.options.all()}
        choices = [(key, one.title) for key, one in self.options.items()]
        if choices:
            self.fields["option"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        else:
            del self.fields["option"]
        refused = {key: one for key, one in self.options.items() if key != best}
        for key, one in refused.items():
            self.fields[f"why_{key}"] = forms.CharField(
                label=_("Why not “%(option)s”") % {"option": one.title},
                required=False,
                max_length=1000,
            )
        self.order_fields(["option", *(f"why_{key}" for key in refused), "decided_by"])


class OutsideForm(EffectForm, AboutForm):
    """A decision taken without a meeting."""

    body = forms.ModelChoiceField(label=_("Body"), queryset=Body.objects.none())
    question = forms.CharField(label=_("Question"), max_length=250)
    chosen = forms.CharField(label=_("What is decided, in one sentence"), max_length=250)
    decided_on = FlexibleDateField(label=_("Decided on"))
    initiative = InitiativeField(required=False)
    field_order = ("body", "question", "chosen", "decided_on", "decided_by", "initiative")


def _given() -> list[tuple[str, str]]:
    return [(one, str(label)) for one, label in Decision.Verdict.choices if one in GIVEN]


class VerdictForm(VersionedForm):
    """What came of a decision."""

    verdict = forms.ChoiceField(label=_("Verdict"), choices=_given, widget=forms.RadioSelect)
    value = NumberField(label=_("Value today"), required=False, least=-1e12, most=1e12)
    reason = forms.CharField(label=_("What makes you say so"), max_length=2000, widget=lines(4))
