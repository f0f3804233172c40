"""The form of a link to share."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from orchestre.access.keys import LONGEST_LINK


def _days_at_most() -> str:
    return str(_("%(days)s days at most.")) % {"days": LONGEST_LINK.days}


def _in_a_month() -> object:
    return timezone.localdate() + timedelta(days=30)


class ShareForm(forms.Form):
    """What a link is called, and until when it opens."""

    title = forms.CharField(
        label=_("Name of the link"),
        max_length=120,
        help_text=_("Shown to its readers and in your list of links."),
    )
    expires_on = forms.DateField(
        label=_("Opens until"),
        initial=_in_a_month,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=lazy(_days_at_most, str)(),
    )
