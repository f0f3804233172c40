"""How far a go-live may move, and the legal steps before it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from orchestre.org.entry import CountField, FlexibleDateField, VersionedForm
from orchestre.sequencing.services.planning import MOST_DELAY_WEEKS


class RuleForm(VersionedForm):
    """How far a go-live may move."""

    fixed = forms.BooleanField(label=_("This go-live does not move"), required=False)
    earliest_on = FlexibleDateField(label=_("No earlier than"), required=False)
    latest_on = FlexibleDateField(label=_("No later than"), required=False)
    may_wait = forms.BooleanField(
        label=_("It may be postponed beyond the horizon"),
        required=False,
        help_text=_("Only with a value a year: what waiting costs is worked out from it."),
    )
    reason = forms.CharField(label=_("Why"), max_length=250, required=False)


class StepForm(VersionedForm):
    """A legal step before the go-live."""

    name = forms.CharField(
        label=_("Step"),
        max_length=150,
        help_text=_("For instance: works council consultation."),
    )
    opens_on = FlexibleDateField(label=_("Opens on"))
    delay_weeks = CountField(
        label=_("Weeks it takes"),
        least=0,
        most=MOST_DELAY_WEEKS,
        help_text=_("No go-live before the opening plus these weeks."),
    )
    done_on = FlexibleDateField(label=_("Completed on"), required=False)
