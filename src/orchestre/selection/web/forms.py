"""Forms of selections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from orchestre.org.entry import CountField, FlexibleDateField, NumberField, ShownForm, VersionedForm
from orchestre.portfolio.models import Initiative, Programme
from orchestre.selection import rules
from orchestre.selection.models import Order, Selection
from orchestre.strategy.models import Objective
from orchestre.ui import formats

MOST_EUROS = 1e12


class BudgetsField(forms.CharField):
    """One period per line: `2026-Q2 = 3 000 000`."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        if isinstance(value, dict):
            return "\n".join(f"{name} = {formats.number(value[name])}" for name in sorted(value))
        return value

    def to_python(self, value: Any) -> dict[str, float]:  # type: ignore[override]  # noqa: ANN401 - a dictionary, not a text
        if isinstance(value, Mapping):
            return dict(value)
        found: dict[str, float] = {}
        reader = NumberField(most=MOST_EUROS)
        for line in str(value or "").splitlines():
            if not line.strip():
                continue
            name, equal, amount = line.partition("=")
            if not equal:
                raise forms.ValidationError(
                    _now("Write each line as a period, “=” and an amount: 2026-Q2 = 3 000 000.")
                )
            euros = reader.clean(amount.strip())
            if euros is not None:
                found[name.strip().upper().replace("T", "Q")] = euros
        return found


class SelectionForm(VersionedForm):
    """What an exercise chooses among, within what, and how it values."""

    name = forms.CharField(label=_("Name"), max_length=150)
    starts_on = FlexibleDateField(label=_("From"))
    months = CountField(
        label=_("Number of months"),
        least=1,
        most=rules.MOST_MONTHS,
        help_text=_("Money, roles and people are counted over these months only."),
    )
    budget_eur = NumberField(
        label=_("Budget in all (€)"),
        required=False,
        most=MOST_EUROS,
        help_text=_("Empty: no limit in all; the answer then says what roles and people allow."),
    )
    grain = forms.ChoiceField(label=_("Budget cut"), choices=Selection.Grain.choices)
    budgets = BudgetsField(
        label=_("Budget of some periods"),
        required=False,
        help_text=_(
            "One per line: 2026-Q2 = 3 000 000. A period left out has no limit of its own."
        ),
    )
    method = forms.ChoiceField(
        label=_("What an initiative is worth"),
        choices=Selection.Method.choices,
        widget=forms.RadioSelect,
    )
    stages = forms.MultipleChoiceField(
        label=_("Stages among which to choose"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[one for one in Initiative.Stage.choices if one[0] != Initiative.Stage.STOPPED],
        help_text=_("None ticked: all. What is left out goes on, and takes its people first."),
    )
    programme = forms.ModelChoiceField(
        label=_("Programme"),
        required=False,
        queryset=Programme.objects.all(),
        empty_label=_("The whole portfolio"),
    )
    use_roles = forms.BooleanField(label=_("Count what roles can give"), required=False)
    use_people = forms.BooleanField(label=_("Count what people can absorb"), required=False)
    later_months = forms.TypedChoiceField(
        label=_("Candidates may start later by"),
        coerce=int,
        choices=[(0, _("not at all")), (1, _("1 month")), (2, _("2 months")), (3, _("3 months"))],
        help_text=_("Each month later keeps 98% of the value."),
    )

    def values(self) -> dict[str, Any]:
        """Return the columns of the table."""
        found = {name: self.cleaned_data[name] for name in self.fields if name != "version"}
        found["programme_id"] = found["programme"].pk if found["programme"] else None
        del found["programme"]
        return found

    def changed_values(self) -> dict[str, Any]:
        """Return the columns that the person changed and wants to keep."""
        changed = self.changes()
        values = self.values()
        names = {"programme_id" if name == "programme" else name for name in changed}
        return {name: values[name] for name in names}


class DriverForm(VersionedForm):
    """A driver."""

    name = forms.CharField(label=_("Name"), max_length=80)
    meaning = forms.CharField(label=_("What it means"), max_length=250, required=False)
    objective = forms.ModelChoiceField(
        label=_("Objective it stands for"), required=False, queryset=Objective.objects.all()
    )
    weight = NumberField(
        label=_("Declared weight"),
        required=False,
        least=0.01,
        most=1000,
        help_text=_(
            "Used while nobody compares the drivers, once each has one; only proportions count."
        ),
    )

    def values(self) -> dict[str, Any]:
        """Return the columns of the table."""
        objective = self.cleaned_data["objective"]
        return {
            "name": self.cleaned_data["name"],
            "meaning": self.cleaned_data["meaning"],
            "objective_id": objective.pk if objective else None,
            "weight": self.cleaned_data["weight"],
        }


class RaterForm(forms.Form):
    """Somebody who compares."""

    name = forms.CharField(label=_("Who compares"), max_length=80)


class OrderForm(ShownForm):
    """An order on one candidate; it remembers the orders that the page showed."""

    initiative = forms.ChoiceField(label=_("Initiative"))
    way = forms.ChoiceField(label=_("Order"), choices=Order.Way.choices)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=250,
        help_text=_("Kept with your name, and shown to the committee."),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - options of Django
        among: list[Initiative],
        known: Mapping[str, Order],
        **options: Any,  # noqa: ANN401 - idem
    ) -> None:
        versions = {code: one.version for code, one in known.items()}
        super().__init__(*args, known=versions, **options)
        field = self.fields["initiative"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.code, f"{one.code} {one.title}") for one in among]

    def values(self) -> dict[str, str]:
        """Return what is ordered; after a conflict, what is theirs is left alone."""
        return {
            name: self.cleaned_data[name]
            for name in ("way", "reason")
            if not self.keeps_theirs(name)
        }
