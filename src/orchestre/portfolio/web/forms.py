"""Forms of the portfolio; they clean what is typed and write nothing."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orchestre.access.models import User
from orchestre.org.models import Population
from orchestre.org.policy import visible_units
from orchestre.portfolio.models import Dependency, Initiative, Milestone
from orchestre.portfolio.presenters.words import lazy_capital
from orchestre.portfolio.queries.beside import programmes
from orchestre.portfolio.web.fields import DayField, LastDayField, WordsField

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise
Choices = Iterable[tuple[Any, str | Promise]]


def choice(label: Words, choices: Choices, *, empty: Words | None = None) -> forms.ChoiceField:
    """Return a closed list whose words begin with a capital letter."""
    words = [(value, lazy_capital(text)) for value, text in choices if value != ""]
    head = [] if empty is None else [("", empty)]
    return forms.ChoiceField(label=label, choices=[*head, *words], required=empty is None)


class Numbered(forms.TypedChoiceField):
    """A row chosen by its number, or none."""

    def __init__(self, label: Words, help_text: Words = "") -> None:
        super().__init__(
            label=label, required=False, coerce=int, empty_value=None, help_text=help_text
        )

    def propose(self, rows: Iterable[tuple[int, str]]) -> None:
        """Set the rows to choose from."""
        self.choices = [("", _("none")), *rows]


class NewForm(forms.Form):
    """Two facts; the rest can wait."""

    title = forms.CharField(label=_("Title"), max_length=250)
    lead_name = forms.CharField(label=_("Lead"), max_length=150, required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(*arguments, **options)
        self.fields["title"].widget.attrs["autofocus"] = True


HEALTHS = [(value, label) for value, label in Initiative.Health.choices if value]


class EditForm(forms.Form):
    """Every fact of an initiative; only what the person changed is written."""

    title = forms.CharField(label=_("Title"), max_length=250)
    why = forms.CharField(
        label=_("Why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What becomes better, and for whom."),
    )
    stage = choice(_("Stage"), Initiative.Stage.choices)
    lead_name = forms.CharField(label=_("Lead"), max_length=150, required=False)
    sponsor_name = forms.CharField(label=_("Sponsor"), max_length=150, required=False)
    starts_on = DayField(label=_("First day"))
    ends_on = LastDayField(label=_("Last day"))
    go_live_on = DayField(label=_("Go-live"))
    go_live_earlier_weeks = forms.FloatField(
        label=_("Could be earlier by (weeks)"), required=False, min_value=0, max_value=260
    )
    go_live_later_weeks = forms.FloatField(
        label=_("Could be later by (weeks)"), required=False, min_value=0, max_value=260
    )
    baseline_starts_on = DayField(label=_("First day of the baseline"))
    baseline_ends_on = LastDayField(label=_("Last day of the baseline"))
    health_human = choice(_("Human health"), HEALTHS, empty=_("Not reported"))
    health_technical = choice(_("Technical health"), HEALTHS, empty=_("Not reported"))
    health_economic = choice(_("Economic health"), HEALTHS, empty=_("Not reported"))
    family = choice(_("Family"), Initiative.Family.choices, empty=_("Not said"))
    kind = choice(_("Kind"), Initiative.Kind.choices, empty=_("Not said"))
    priority = forms.IntegerField(
        label=_("Priority"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=_("1 comes first."),
    )
    unit_id = Numbered(_("Owning unit"))
    programme_id = Numbered(_("Programme"))
    new_programme = forms.CharField(label=_("Or a new programme"), max_length=200, required=False)
    cost_eur = forms.DecimalField(
        label=_("Full cost (€)"), required=False, min_value=0, max_digits=15, decimal_places=2
    )
    mandatory = forms.BooleanField(label=_("Mandatory"), required=False)
    mandatory_reason = forms.CharField(label=_("Why mandatory"), max_length=250, required=False)
    confidential = forms.BooleanField(
        label=_("Confidential"),
        required=False,
        help_text=_("Seen by the people named and the office only; its load still counts."),
    )
    micro = forms.BooleanField(label=_("Micro-change"), required=False)
    systems = WordsField(label=_("Systems touched"), required=False, help_text=_("One per line."))
    processes = WordsField(label=_("Processes touched"), required=False)
    suppliers = WordsField(label=_("Suppliers"), required=False)
    experts = WordsField(label=_("Scarce expertise needed"), required=False)
    deliverables = WordsField(label=_("Deliverables"), required=False)

    SECTIONS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
        (_("What it is"), ("title", "why", "stage", "family", "kind", "priority", "micro")),
        (
            _("Who carries it"),
            ("lead_name", "sponsor_name", "unit_id", "programme_id", "new_programme"),
        ),
        (
            _("When"),
            (
                "starts_on",
                "ends_on",
                "go_live_on",
                "go_live_earlier_weeks",
                "go_live_later_weeks",
                "baseline_starts_on",
                "baseline_ends_on",
            ),
        ),
        (_("How it goes"), ("health_human", "health_technical", "health_economic")),
        (_("Cost and constraints"), ("cost_eur", "mandatory", "mandatory_reason", "confidential")),
        (_("What it touches"), ("systems", "processes", "suppliers", "experts", "deliverables")),
    )

    def __init__(self, data: Any, user: User, initiative: Initiative) -> None:  # noqa: ANN401 - a query dict
        initial = {name: _plain(getattr(initiative, name, None)) for name in self.base_fields}
        super().__init__(data, initial=initial)
        for field in self.fields.values():
            field.show_hidden_initial = True
        units = dict(visible_units(user).values_list("pk", "name"))
        if initiative.unit is not None:
            units[initiative.unit.pk] = initiative.unit.name
        by_name = sorted(units.items(), key=lambda pair: pair[1])
        self._propose("unit_id", by_name)
        self._propose("programme_id", ((one.pk, one.name) for one in programmes()))

    def _propose(self, name: str, rows: Iterable[tuple[int, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, Numbered):
            field.propose(rows)

    def changed_values(self) -> dict[str, Any]:
        """Return what the person changed since the form was opened, without the dismissed."""
        values = {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if self.data.get(f"keep-{name}") != "theirs"
        }
        for name in ("go_live_earlier_weeks", "go_live_later_weeks"):
            if name in values and values[name] is None:
                values[name] = 0.0
        return values

    def sections(self) -> list[tuple[str | Promise, list[forms.BoundField]]]:
        """Return the fields under their headings."""
        return [(label, [self[name] for name in names]) for label, names in self.SECTIONS]


def _plain(value: object) -> object:
    """Write 2.0 as people type it: 2."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


class CellForm(forms.Form):
    """One fact, changed in place."""

    value: forms.Field

    def __init__(self, data: Any, name: str, initiative: Initiative) -> None:  # noqa: ANN401 - a query dict
        super().__init__(
            data, initial={"value": getattr(initiative, name)}, auto_id=f"cell-{initiative.pk}-%s"
        )
        field = copy.deepcopy(EditForm.base_fields[name])
        self.fields["value"] = field
        field.widget.attrs["aria-label"] = str(field.label)


class MoveForm(forms.Form):
    """By how many weeks, or to which first day."""

    weeks = forms.IntegerField(
        label=_("Weeks"),
        required=False,
        min_value=-520,
        max_value=520,
        help_text=_("4 moves it four weeks later, -4 four weeks earlier."),
    )
    starts_on = DayField(label=_("Or a new first day"))

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        given = super().clean() or {}
        if not self.errors and not given.get("weeks") and not given.get("starts_on"):
            raise forms.ValidationError(_("Say by how many weeks, or a new first day."))
        return given


class StopForm(forms.Form):
    """Why it stops."""

    reason = forms.CharField(
        label=_("Why it stops"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Kept in the journal and shown in the history."),
    )


class MilestoneForm(forms.Form):
    """A dated event."""

    name = forms.CharField(label=_("Name"), max_length=250)
    kind = choice(_("Kind"), Milestone.Kind.choices)
    forecast_on = DayField(label=_("Forecast"))
    actual_on = DayField(label=_("Reached on"), help_text=_("Empty while it is to come."))

    def __init__(self, data: Any = None, initial: dict[str, Any] | None = None) -> None:  # noqa: ANN401 - a query dict
        super().__init__(data, initial=initial or {"kind": Milestone.Kind.OTHER})


class WaveForm(forms.Form):
    """A part of a deployment: a name, a day, people."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("For example Pilot, Branches or Head office.")
    )
    go_live_on = DayField(
        label=_("Go-live"),
        required=True,
        error_messages={"required": _("Say when this wave goes live.")},
    )
    populations = forms.ModelMultipleChoiceField(
        label=_("Populations"),
        error_messages={
            "required": _("Choose at least one population: a wave is people who go live together.")
        },
        queryset=Population.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "A population is in one wave at most. Those in no wave follow the go-live of the "
            "initiative."
        ),
    )

    def __init__(
        self,
        data: Any,  # noqa: ANN401 - a query dict
        among: QuerySet[Population],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["populations"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = among

    def values(self) -> dict[str, Any]:
        """Return what is written."""
        return {**self.cleaned_data, "populations": list(self.cleaned_data["populations"])}


class DependencyForm(forms.Form):
    """What one initiative needs of another."""

    direction = forms.ChoiceField(label=_("Direction"), widget=forms.RadioSelect)
    other = forms.TypedChoiceField(label=_("Other initiative"), coerce=int)
    what = forms.CharField(label=_("What is delivered"), max_length=250, required=False)
    kind = choice(_("Type"), Dependency.Kind.choices)
    lag_days = forms.IntegerField(
        label=_("Lag (days)"),
        min_value=-3650,
        max_value=3650,
        initial=0,
        help_text=_("Days to leave between the two; negative when they may overlap."),
    )

    def __init__(self, data: Any, code: str, others: Iterable[Initiative]) -> None:  # noqa: ANN401 - a query dict
        super().__init__(data, initial={"direction": "needs"})
        direction, other = self.fields["direction"], self.fields["other"]
        if isinstance(direction, forms.ChoiceField):
            direction.choices = [
                ("needs", _("%s needs it") % code),
                ("gives", _("%s gives to it") % code),
            ]
        if isinstance(other, forms.ChoiceField):
            other.choices = [(one.pk, str(one)) for one in others]


class SaveViewForm(forms.Form):
    """A name for the list as it is."""

    name = forms.CharField(label=_("Name of the view"), max_length=80)
    shared = forms.BooleanField(
        label=_("Share with everybody"),
        required=False,
        help_text=_("Each person sees only the initiatives open to them."),
    )
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)


class BulkForm(forms.Form):
    """The new value of one fact, for many initiatives."""

    def __init__(self, data: Any, field: str, user: User) -> None:  # noqa: ANN401 - a query dict
        super().__init__(data)
        made = copy.deepcopy(EditForm.base_fields[field])
        made.label = _("New value")
        if isinstance(made, Numbered):
            units = visible_units(user).values_list("pk", "name").order_by("name")
            made.propose(units if field == "unit_id" else ((p.pk, p.name) for p in programmes()))
        self.fields["value"] = made

    def shown(self) -> str:
        """Return the new value as people read it."""
        value, field = self.cleaned_data["value"], self.fields["value"]
        if isinstance(field, forms.ChoiceField):
            words = dict(field.choices)  # type: ignore[arg-type]  # no grouped choices here
            return str(words.get("" if value is None else value, value))
        return str(value) or str(_("empty"))
