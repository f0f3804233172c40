"""The one thing asked when a finding is put aside: why."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """A reason, kept with the decision."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with your name: the next reader understands without asking you."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
