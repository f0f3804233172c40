"""Forms of impacts, ratings, activities and assumptions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from orchestre.impacts import presenters, rules
from orchestre.impacts.models import Activity, Aspect
from orchestre.kernel.models import Provenance
from orchestre.org.entry import (
    FlexibleDateField,
    LastDayField,
    NumberField,
    PercentField,
    VersionedForm,
)
from orchestre.org.models import Population
from orchestre.portfolio.models import Initiative

LEVELS = tuple(range(rules.MAX_INTENSITY + 1))


class AspectsInput(forms.Widget):
    """Ten lines of buttons, from blank to 5."""

    template_name = "impacts/aspects_input.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ANN401 - Django's signature
        context = super().get_context(name, value, attrs)
        chosen = value if isinstance(value, dict) else {}
        context["levels"] = LEVELS
        context["lines"] = [
            {"name": f"{name}-{key}", "label": label, "level": chosen.get(key)}
            for key, label in zip(rules.ASPECTS, presenters.aspect_names(), strict=True)
        ]
        return context

    def format_value(self, value: object) -> str:  # noqa: ARG002 - idem
        """Return nothing: the lines are drawn from the value itself."""
        return ""

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, Any],  # noqa: ARG002 - Django's signature
        name: str,
    ) -> dict[str, str]:
        return {key: str(data.get(f"{name}-{key}", "")) for key in rules.ASPECTS}


class HiddenAspects(forms.HiddenInput):
    """The ten aspects as they were when the form was shown."""

    def format_value(self, value: object) -> str:
        return json.dumps(value, sort_keys=True) if isinstance(value, dict) else "{}"


class AspectsField(forms.Field):
    """The ten aspects of work, each 0 to 5 or blank; the value holds those that are rated."""

    widget = AspectsInput
    hidden_widget = HiddenAspects

    def to_python(self, value: Any) -> dict[str, int]:  # noqa: ANN401 - Django's signature
        if isinstance(value, str):
            value = json.loads(value or "{}")
        found = {}
        for key, level in (value or {}).items():
            if level in {"", None}:
                continue
            if not str(level).isdecimal() or int(level) not in LEVELS or key not in rules.ASPECTS:
                raise forms.ValidationError(_("Rate each aspect from 0 to 5, or leave it blank."))
            found[key] = int(level)
        return found

    def in_words(self, value: Mapping[str, int]) -> str:
        """Write the aspects for the panel of a conflict."""
        return ", ".join(f"{Aspect(name).label} {level}" for name, level in value.items())


class PopulationsField(forms.ModelMultipleChoiceField[Population]):
    """Several populations at once, with their unit and headcount."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:  # noqa: ANN401 - Django's signature
        unit = f" – {obj.unit.name}" if obj.unit else ""
        people = "" if obj.headcount is None else f" ({obj.headcount})"
        return f"{obj.name}{unit}{people}"


class ImpactForm(VersionedForm):
    """What a change asks of a population."""

    from_state = forms.CharField(
        label=_("From: how people work today"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    to_state = forms.CharField(
        label=_("To: how they will work"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    aspects = AspectsField(
        label=_("What changes in their work, from 0 (nothing) to 5 (everything)"), required=False
    )
    intensity = NumberField(
        label=_("Overall intensity"),
        required=False,
        most=rules.MAX_INTENSITY,
        help_text=_("Empty: the strongest aspect counts."),
    )
    hours_per_person = NumberField(
        label=_("Hours of adaptation per person touched"),
        required=False,
        most=2000,
        help_text=_("Empty: read from the intensity, and marked assumed."),
    )
    reach_ratio = PercentField(
        label=_("Share of the population touched"),
        least=0.0001,
        help_text=_("100 % when everybody is."),
    )
    go_live_on = FlexibleDateField(
        label=_("Go-live for this population"),
        required=False,
        help_text=_(
            "Empty: the go-live of the initiative. For example 16/03/2026 or week 12 2026."
        ),
    )

    def without_figures(self) -> None:
        """Take the evaluation out: both sides have answered, it is settled elsewhere."""
        for name in ("aspects", "intensity", "hours_per_person"):
            del self.fields[name]


class NewImpactsForm(ImpactForm):
    """The same for several populations at once."""

    populations = PopulationsField(
        label=_("Populations touched"), queryset=Population.objects.none()
    )
    field_order = ("populations",)

    def __init__(self, *args: Any, among: Any, **options: Any) -> None:  # noqa: ANN401 - options of Django
        super().__init__(*args, **options)
        self.fields["populations"].queryset = among  # type: ignore[attr-defined]  # a PopulationsField


class RatingForm(VersionedForm):
    """What one side says of an impact."""

    aspects = AspectsField(
        label=_("What changes in their work, from 0 (nothing) to 5 (everything)"), required=False
    )
    intensity = NumberField(
        label=_("Overall intensity"),
        required=False,
        most=rules.MAX_INTENSITY,
        help_text=_("Empty: the strongest aspect counts."),
    )
    hours_per_person = NumberField(
        label=_("Hours of adaptation per person touched"), required=False, most=2000
    )
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the other side should know. Do not name anyone."),
    )


class SettleForm(VersionedForm):
    """What counts, difference by difference, and why."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - options of Django
        differences: Iterable[rules.Difference],
        **options: Any,  # noqa: ANN401 - idem
    ) -> None:
        super().__init__(*args, **options)
        self.names = [one.name for one in differences]
        for one in differences:
            self.fields[one.name] = forms.ChoiceField(
                label=presenters.figure_label(one.name),
                choices=presenters.choices_for(one),
                widget=forms.RadioSelect,
            )
        self.order_fields([*self.names, "reason"])

    def choices(self) -> dict[str, str]:
        """Return what was chosen for each difference."""
        return {name: self.cleaned_data[name] for name in self.names}


class ActivityForm(VersionedForm):
    """A training, a workshop, a meeting, a message, a test."""

    name = forms.CharField(label=_("Name"), max_length=250, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Activity.Kind.choices)
    starts_on = FlexibleDateField(label=_("First day"))
    ends_on = LastDayField(
        label=_("Last day, included"),
        help_text=_("A week stands for its Sunday, a month for its last day."),
    )
    hours_per_person = NumberField(label=_("Hours per person touched"), most=2000)
    reach_ratio = PercentField(label=_("Share of the population touched"), least=0.0001)
    aspect = forms.ChoiceField(
        label=_("Aspect it prepares for"),
        required=False,
        choices=[("", "–"), *Aspect.choices],
    )
    provenance = forms.ChoiceField(label=_("Source"), choices=Provenance.choices)


class NewActivitiesForm(ActivityForm):
    """The same for several populations at once."""

    populations = PopulationsField(
        label=_("Populations concerned"), queryset=Population.objects.none()
    )
    field_order = ("populations",)

    def __init__(self, *args: Any, among: Any, **options: Any) -> None:  # noqa: ANN401 - options of Django
        super().__init__(*args, **options)
        self.fields["populations"].queryset = among  # type: ignore[attr-defined]  # a PopulationsField


class AssumptionsForm(VersionedForm):
    """Every assumption in plain fields; the tables are rebuilt from them."""

    in_force = forms.BooleanField(label=_("In force"), required=False)
    absorption_ratio = PercentField(
        label=_("Share of working time for change"),
        help_text=_("Where no unit says otherwise."),
    )
    reach_ratio = PercentField(label=_("Share of people touched"), least=0.0001)
    intensity_without_cost = NumberField(
        label=_("Intensity when the cost is unknown"), most=rules.MAX_INTENSITY
    )
    hours_margin_ratio = PercentField(label=_("Margin on hours, more or less"))
    capacity_margin_ratio = PercentField(label=_("Margin on capacity, more or less"))
    go_live_earlier_weeks = NumberField(label=_("Go-live could be earlier by, in weeks"), most=104)
    go_live_later_weeks = NumberField(label=_("Go-live could be later by, in weeks"), most=104)

    def __init__(self, *args: Any, values: rules.AssumptionValues, **options: Any) -> None:  # noqa: ANN401 - options of Django
        initial = {name: getattr(values, name) for name in self.base_fields if name != "version"}
        initial |= options.pop("initial", {}) | _table_initial(values)
        options["initial"] = initial
        self.bands = len(values.intensity_by_cost)
        super().__init__(*args, **options)
        for n in range(self.bands - 1):
            self._add(f"limit_{n}", _("Cost up to (M€)"), 1e6)
        for n in range(self.bands):
            self._add(f"level_{n}", _("Intensity"), rules.MAX_INTENSITY)
        for family, label in Initiative.Family.choices:
            self._add(f"family_{family}", label, rules.MAX_INTENSITY)
        for level in LEVELS:
            self._add(f"hours_{level}", _("Hours at intensity %d") % level, 2000)

    def _add(self, name: str, label: Any, most: float) -> None:  # noqa: ANN401 - a lazy text
        self.fields[name] = NumberField(label=label, most=most)

    def row_values(self) -> dict[str, Any]:
        """Return the fields of the row of assumptions."""
        data = self.cleaned_data
        plain = {name: data[name] for name in self.base_fields if name != "version"}
        limits = [data[f"limit_{n}"] * 1e6 for n in range(self.bands - 1)]
        levels = [data[f"level_{n}"] for n in range(self.bands)]
        return plain | {
            "intensity_by_cost": [list(band) for band in zip([*limits, None], levels, strict=True)],
            "intensity_by_family": {
                family: data[f"family_{family}"] for family in Initiative.Family.values
            },
            "hours_by_intensity": [data[f"hours_{level}"] for level in LEVELS],
        }

    @property
    def band_lines(self) -> list[tuple[Any, Any]]:
        """Return the cost bands as pairs of fields; the last has no limit."""
        limits = [self[f"limit_{n}"] for n in range(self.bands - 1)]
        levels = [self[f"level_{n}"] for n in range(self.bands)]
        return list(zip([*limits, None], levels, strict=True))

    @property
    def family_lines(self) -> list[Any]:
        """Return the fields of the families."""
        return [self[f"family_{family}"] for family in Initiative.Family.values]

    @property
    def hour_lines(self) -> list[Any]:
        """Return the fields of the hours."""
        return [self[f"hours_{level}"] for level in LEVELS]


def _table_initial(values: rules.AssumptionValues) -> dict[str, float]:
    families = dict(values.intensity_by_family)
    found = {f"family_{name}": families.get(name, 0.0) for name in Initiative.Family.values}
    for n, (limit, level) in enumerate(values.intensity_by_cost):
        found[f"level_{n}"] = level
        if limit is not None:
            found[f"limit_{n}"] = limit / 1e6
    found |= {f"hours_{level}": values.hours_by_intensity[level] for level in LEVELS}
    return found
