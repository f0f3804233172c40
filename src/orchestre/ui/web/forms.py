from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of each kind, for the gallery."""

    name = forms.CharField(label=_("Name of the change"), max_length=120)
    starts_on = forms.DateField(
        label=_("Start"), help_text=_("For example 16/03/2026, or S12 2026.")
    )
    status = forms.ChoiceField(
        label=_("Status"), choices=[("ok", _("On track")), ("watch", _("Watch"))]
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea, required=False)
    scope = forms.ChoiceField(
        label=_("Scope"),
        widget=forms.RadioSelect,
        choices=[("all", _("Everybody")), ("some", _("Some populations"))],
    )
    confirmed = forms.BooleanField(
        label=_("The dates are confirmed"), required=False, help_text=_("They count in the load.")
    )
    people = forms.IntegerField(label=_("People"), min_value=0, required=False)
