"""The thresholds of the weather: read by all, changed by the office, each time as a version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from orchestre.org.entry import CountField, NumberField, PercentField, attempt, posted
from orchestre.weather import policy
from orchestre.weather.presenters import thresholds as presenter
from orchestre.weather.presenters.words import AXES, COUNTED, MEASURES
from orchestre.weather.services.thresholds import LONGEST_PERIOD, Wanted, change


class ThresholdsForm(forms.Form):
    """Bounds, weights and rules, as people write them."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    rule = forms.ChoiceField(
        label=gettext_lazy("Level of the initiative"),
        choices=(
            ("worst", gettext_lazy("The worst blocking axis, or the mean when it is worse")),
            ("mean", gettext_lazy("The weighted mean, never green while a blocking axis is red")),
        ),
        widget=forms.RadioSelect,
    )
    blocking = forms.MultipleChoiceField(
        label=gettext_lazy("Blocking axes"),
        choices=tuple(AXES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    least_known_share = PercentField(
        label=gettext_lazy("Part of the weights that must be known to be on track")
    )
    period_days = CountField(
        label=gettext_lazy("Reporting period (days)"),
        least=1,
        most=LONGEST_PERIOD,
        help_text=gettext_lazy("An older report is grey, out of date."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why this change"),
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Kept with your name: readings before and after do not compare."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - options of Django
        super().__init__(*args, **options)
        for name in presenter.measures():
            made = NumberField if name in COUNTED else PercentField
            label = MEASURES[name]
            limits = {"most": 1000} if name in COUNTED else {"most": 10}
            self.fields[f"amber_{name}"] = made(
                label=_("%s: watch from") % label, required=True, **limits
            )
            self.fields[f"red_{name}"] = made(
                label=_("%s: off track from") % label, required=False, **limits
            )
        for axis, label in AXES.items():
            self.fields[f"weight_{axis}"] = NumberField(
                label=_("Weight of %s") % str(label).lower(), most=100
            )

    def bounds(self) -> list[tuple[str, BoundField, BoundField]]:
        """Return the two fields of each measure beside its name."""
        return [
            (str(MEASURES[name]), self[f"amber_{name}"], self[f"red_{name}"])
            for name in presenter.measures()
        ]

    def weights(self) -> list[tuple[str, BoundField]]:
        """Return the weight of each axis beside its name."""
        return [(str(label), self[f"weight_{axis}"]) for axis, label in AXES.items()]

    def wanted(self) -> Wanted:
        """Return what was written."""
        told = self.cleaned_data
        return Wanted(
            bounds={
                name: (told[f"amber_{name}"], told[f"red_{name}"]) for name in presenter.measures()
            },
            weights={axis: told[f"weight_{axis}"] for axis in AXES},
            blocking=frozenset(told["blocking"]),
            rule=told["rule"],
            least_known_share=told["least_known_share"],
            period_days=told["period_days"],
        )


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Show the thresholds in force; with POST, write a new version."""
    form = ThresholdsForm(posted(request), initial=presenter.initial())
    status = 200
    if request.method == "POST":
        policy.may_set_thresholds(request.user).require()
        if form.is_valid():
            told = form.cleaned_data
            tried = attempt(
                form,
                lambda: change(
                    request.user, form.wanted(), told["reason"], expected=told["version"]
                ),
                action_url=request.path,
                cancel_url=reverse("weather:thresholds"),
                mergeable=False,
            )
            if tried.done:
                messages.success(request, _("Thresholds changed."))
                return redirect("weather:thresholds")
        status = 422
    context = {"page": presenter.build(request.user), "form": form}
    return render(request, "weather/thresholds.html", context, status=status)
