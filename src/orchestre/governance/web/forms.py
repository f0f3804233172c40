"""What people type about committees."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.governance import policy
from orchestre.governance.models import (
    AgendaItem,
    Body,
    Matter,
    Meeting,
    Opinion,
    RaciRole,
)
from orchestre.org.entry import CountField, FlexibleDateField, VersionedForm
from orchestre.org.models import Unit
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative, Programme
from orchestre.sequencing import policy as drafts
from orchestre.sequencing.models import Scenario

TIMES = ["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M", "%Hh", "%H h"]


def lines(rows: int = 3) -> forms.Textarea:
    """Return a text of some lines."""
    return forms.Textarea(attrs={"rows": rows})


def initial_of(form: type[forms.Form], row: models.Model) -> dict[str, Any]:
    """Return what a form shows of a row."""
    found: dict[str, Any] = {}
    for name in form.base_fields:
        key = f"{name}_id" if hasattr(row, f"{name}_id") else name
        if hasattr(row, key):
            found[name] = getattr(row, key)
    return found


class RowForm(VersionedForm):
    """A form whose fields are those of a row."""

    def values(self) -> dict[str, Any]:
        """Return what makes a new row."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def changes(self) -> dict[str, Any]:
        """Return what changed, foreign rows by their key."""
        return {
            f"{name}_id" if self._is_foreign(name) else name: (
                value.pk if isinstance(value, models.Model) else value
            )
            for name, value in super().changes().items()
        }

    def _is_foreign(self, name: str) -> bool:
        return isinstance(self.fields[name], forms.ModelChoiceField | InitiativeField)


class InitiativeField(forms.CharField):
    """An initiative by its code, among those that the person may see."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - options of Django
        options.setdefault("label", _("Initiative"))
        options.setdefault("help_text", _("Its code, for example IN-014."))
        # no max_length: its validator would measure the initiative, not the code
        super().__init__(**options)
        self.widget.attrs["maxlength"] = "40"
        self.among: models.QuerySet[Initiative] = Initiative.objects.none()

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        if isinstance(value, int):
            value = self.among.filter(pk=value).first()
        return value.code if isinstance(value, Initiative) else value

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - idem
        if value in self.empty_values or isinstance(value, Initiative):
            return value or None
        code = str(value).strip()
        found = None if "\x00" in code else self.among.filter(code__iexact=code).first()
        if found is None:
            raise ValidationError(_("No initiative “%(code)s”."), params={"code": code})
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ANN401 - idem
        return str(self.prepare_value(initial) or "") != str(data or "").strip()

    def in_words(self, value: object) -> str:
        """Write a stored key for the panel of a conflict."""
        return str(self.prepare_value(value))


class AboutForm(RowForm):
    """A form that may name an initiative and a body."""

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:  # noqa: ANN401 - options of Django
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, InitiativeField):
                field.among = portfolio.visible_to(person)
        body = self.fields.get("body")
        if isinstance(body, forms.ModelChoiceField):
            body.queryset = policy.runnable_bodies(person).filter(closed_at=None)
        scenario = self.fields.get("scenario")
        if isinstance(scenario, forms.ModelChoiceField):
            scenario.queryset = drafts.visible_to(person).filter(state__in=drafts.OPEN)


def accounts(**options: Any) -> forms.ModelChoiceField[User]:  # noqa: ANN401 - options of Django
    """Return a choice among the accounts in use."""
    rows = User.objects.filter(is_active=True).order_by("name", "email")
    return forms.ModelChoiceField(queryset=rows, **options)


class BodyForm(RowForm):
    """A body: its mandate, its quorum, its cadence, what it decides about."""

    name = forms.CharField(label=_("Name"), max_length=150)
    kind = forms.ChoiceField(label=_("Kind"), choices=Body.Kind.choices)
    mandate = forms.CharField(
        label=_("Mandate"),
        required=False,
        widget=lines(),
        help_text=_("What it decides, and what it does not."),
    )
    quorum = CountField(
        label=_("Quorum"),
        required=False,
        least=1,
        most=500,
        help_text=_("Voting members needed to decide. Empty: no quorum."),
    )
    cadence = forms.ChoiceField(label=_("Cadence"), choices=Body.Cadence.choices)
    usual_minutes = CountField(label=_("Usual length, in minutes"), least=5, most=600)
    scope = forms.ChoiceField(label=_("Scope"), choices=Body.Scope.choices)
    programme = forms.ModelChoiceField(
        label=_("Programme"), queryset=Programme.objects.all(), required=False
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.order_by("path"), required=False
    )
    secretary = accounts(
        label=_("Secretary"),
        required=False,
        help_text=_("Prepares the meetings and writes the minutes."),
    )
    open_to_readers = forms.BooleanField(
        label=_("Open to every reader: agendas and decisions, never a confidential initiative"),
        required=False,
    )


class MemberForm(RowForm):
    """Who sits."""

    user = accounts(label=_("Account"), required=False)
    name = forms.CharField(
        label=_("Name or role"),
        max_length=150,
        required=False,
        help_text=_("For example “Finance director”. Empty: the name of the account."),
    )
    votes = forms.BooleanField(label=_("Votes, and counts for the quorum"), required=False)
    chairs = forms.BooleanField(label=_("Chairs"), required=False)


class MeetingForm(RowForm):
    """When and where a body meets."""

    day = FlexibleDateField(label=_("Day"))
    time = forms.TimeField(
        label=_("Time"),
        input_formats=TIMES,
        help_text=_("For example 14:30 or 14 h 30."),
        widget=forms.TimeInput(format="%H:%M"),
    )
    minutes = CountField(label=_("Length, in minutes"), least=5, most=600)
    place = forms.CharField(label=_("Place or address of the call"), max_length=250, required=False)
    guests = forms.CharField(label=_("Guests"), required=False, widget=lines(2))

    def values(self) -> dict[str, Any]:
        return self._dated(super().values())

    def changes(self) -> dict[str, Any]:
        return self._dated(super().changes())

    def _dated(self, values: dict[str, Any]) -> dict[str, Any]:
        moved = {"day", "time"} & set(values)
        kept = {name: value for name, value in values.items() if name not in {"day", "time"}}
        if moved:
            naive = datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"])
            kept["starts_at"] = timezone.make_aware(naive)
        return kept

    @staticmethod
    def initial_for(meeting: Meeting) -> dict[str, Any]:
        """Return what the form shows of a meeting."""
        at = timezone.localtime(meeting.starts_at)
        known = {name: getattr(meeting, name) for name in ("minutes", "place", "guests")}
        return known | {"version": meeting.version, "day": at.date(), "time": at.time()}


class ItemForm(AboutForm):
    """A question put to a meeting."""

    title = forms.CharField(label=_("Question"), max_length=250)
    kind = forms.ChoiceField(label=_("What is expected"), choices=AgendaItem.Kind.choices)
    context = forms.CharField(
        label=_("Context, in three lines"), required=False, max_length=2000, widget=lines(3)
    )
    recommendation = forms.CharField(
        label=_("Recommendation"), required=False, max_length=2000, widget=lines(2)
    )
    deadline_on = FlexibleDateField(label=_("To be decided by"), required=False)
    waiting_cost = forms.CharField(
        label=_("Cost of waiting"),
        required=False,
        max_length=250,
        help_text=_("For example: 40 000 € a month, or a go-live that slips to autumn."),
    )
    minutes = CountField(label=_("Minutes"), least=1, most=240)
    initiative = InitiativeField(required=False)


class OptionForm(AboutForm):
    """An answer to a question."""

    title = forms.CharField(label=_("Option"), max_length=200)
    detail = forms.CharField(label=_("What it means"), required=False, widget=lines(2))
    consequence = forms.CharField(
        label=_("Consequence, with figures"), required=False, max_length=250
    )
    does_nothing = forms.BooleanField(label=_("This is “do nothing”"), required=False)
    recommended = forms.BooleanField(label=_("Recommended"), required=False)
    scenario = forms.ModelChoiceField(
        label=_("Scenario that it applies"),
        queryset=Scenario.objects.none(),
        required=False,
        help_text=_("Its figures are read from the gauges; choosing it changes the plan."),
    )


class AskForm(forms.Form):
    """Whose opinion is asked."""

    user = accounts(label=_("Ask the opinion of"))
    on_behalf_of = forms.CharField(label=_("On behalf of"), max_length=150, required=False)


class OpinionForm(forms.Form):
    """An opinion."""

    position = forms.ChoiceField(
        label=_("Your opinion"), choices=Opinion.Position.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("Reasons"), required=False, max_length=5000, widget=lines(5))


class ActionForm(AboutForm):
    """Something to do."""

    what = forms.CharField(label=_("What"), max_length=250)
    owner = accounts(label=_("Owner's account"), required=False)
    owner_name = forms.CharField(
        label=_("Owner, when there is no account"), max_length=150, required=False
    )
    due_on = FlexibleDateField(label=_("Due on"), required=False)
    body = forms.ModelChoiceField(
        label=_("Body that follows it"), queryset=Body.objects.none(), required=False
    )
    initiative = InitiativeField(required=False)


class FinishForm(forms.Form):
    """What came of an action."""

    result = forms.CharField(
        label=_("What came of it"), required=False, max_length=2000, widget=lines(2)
    )


class ChaseForm(forms.Form):
    """A reminder."""

    note = forms.CharField(label=_("Note of the reminder"), required=False, max_length=250)


class MatterForm(AboutForm):
    """A risk, an issue, a change request."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Matter.Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=250)
    detail = forms.CharField(label=_("What is known"), required=False, widget=lines(3))
    body = forms.ModelChoiceField(label=_("Body that follows it"), queryset=Body.objects.none())
    initiative = InitiativeField(required=False)
    owner = accounts(label=_("Owner's account"), required=False)
    owner_name = forms.CharField(
        label=_("Owner, when there is no account"), max_length=150, required=False
    )


class ClosingForm(forms.Form):
    """Why a point is closed."""

    closing = forms.CharField(label=_("Why it is closed"), max_length=1000, widget=lines(2))


class RaciForm(forms.Form):
    """A role given to somebody."""

    letter = forms.ChoiceField(label=_("Role"), choices=RaciRole.Letter.choices)
    name = forms.CharField(label=_("Who: a role or a person"), max_length=150)


class SignForm(forms.Form):
    """A signature: the name, typed."""

    name = forms.CharField(
        label=_("Your name, as a signature"),
        max_length=150,
        help_text=_("Signed minutes no longer change; a correction is a new edition."),
    )
    correction = forms.CharField(
        label=_("What is corrected"), required=False, max_length=1000, widget=lines(2)
    )
