"""What people type: days in six forms, shares, hours; and forms that know their version.

Any feature above this one on the street builds its forms with these fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from orchestre.kernel.errors import CannotDo, Clash, DomainError, StaleVersion
from orchestre.org import rules
from orchestre.sheets.cells import Cell, CellError, format_number, parse_date, parse_number
from orchestre.ui import formats
from orchestre.ui.components import ConflictPanel, ConflictRow

ONE_DAY = timedelta(days=1)
DAY_HINT = _("For example 16/03/2026, 16 March 2026 or week 12 2026.")


class Written:
    """Shows a value as text that is read back as the same value, seen or hidden."""

    @staticmethod
    def written(value: object) -> str:
        """Write a value."""
        return str(value)

    def format_value(self, value: object) -> str | None:
        """Write a value for the attribute of the field (Django's hook)."""
        return value if value is None or isinstance(value, str) else self.written(value)


class _Day(Written):
    @staticmethod
    def written(value: object) -> str:
        return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)


class _LastDay(Written):
    @staticmethod
    def written(value: object) -> str:
        return _Day.written(value - ONE_DAY) if isinstance(value, date) else str(value)


class _Number(Written):
    @staticmethod
    def written(value: object) -> str:
        return format_number(value, _language()) if isinstance(value, float | int) else str(value)


class _Percent(Written):
    @staticmethod
    def written(value: object) -> str:
        if not isinstance(value, int | float):
            return str(value)
        return f"{format_number(round(value * 100, 4), _language())} %"


class DayInput(_Day, forms.TextInput):
    """A day, seen."""


class HiddenDay(_Day, forms.HiddenInput):
    """A day, as it was when the form was shown."""


class LastDayInput(_LastDay, forms.TextInput):
    """The last day of a range whose stored end is not included."""


class HiddenLastDay(_LastDay, forms.HiddenInput):
    """The same, as it was when the form was shown."""


class NumberInput(_Number, forms.TextInput):
    """A number with the decimal mark of the reader."""


class HiddenNumber(_Number, forms.HiddenInput):
    """The same, as it was when the form was shown."""


class PercentInput(_Percent, forms.TextInput):
    """A ratio of 0.05 is written 5 %."""


class HiddenPercent(_Percent, forms.HiddenInput):
    """The same, as it was when the form was shown."""


def _language() -> str:
    return "fr" if (get_language() or "fr").startswith("fr") else "en"


def _decimal() -> str:
    return "," if _language() == "fr" else "."


class FlexibleDateField(forms.Field):
    """Reads 2026-03-16, 16/03/2026, 16 mars 2026, mars 2026, T1 2026, S12 2026.

    A date that is not exact stands for the first day it covers.
    """

    widget: type[forms.Widget] = DayInput
    hidden_widget: type[forms.Widget] = HiddenDay

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - options of Django
        options.setdefault("help_text", DAY_HINT)
        super().__init__(**options)

    def to_python(self, value: object) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            # days first: it is how both French and British readers write them
            cell = parse_date(str(value), dayfirst=True)
        except CellError as error:
            raise ValidationError(error.message, code=error.code) from None
        return self.day_of(cell)

    def day_of(self, cell: Cell) -> date | None:
        """Choose the day when what was written covers several."""
        return rules.first_day(cell)

    def in_words(self, value: object) -> str:
        """Write a stored value for the panel of a conflict."""
        return formats.day(date.fromisoformat(str(value)))


class LastDayField(FlexibleDateField):
    """Reads the last day included; the value is the first day after it."""

    widget = LastDayInput
    hidden_widget = HiddenLastDay

    def day_of(self, cell: Cell) -> date | None:
        last = rules.last_day(cell)
        return None if last is None else last + ONE_DAY

    def in_words(self, value: object) -> str:
        """Write the last day included."""
        return formats.day(date.fromisoformat(str(value)) - ONE_DAY)


class NumberField(forms.Field):
    """Reads `1 234,5` as well as `1,234.5`, between bounds that the refusal names."""

    widget: type[forms.Widget] = NumberInput
    hidden_widget: type[forms.Widget] = HiddenNumber

    def __init__(self, *, least: float = 0, most: float = 1e9, **options: Any) -> None:  # noqa: ANN401 - options of Django
        self.least, self.most = least, most
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {} if widget.is_hidden else {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: object) -> float | None:
        if value in self.empty_values:
            return None
        try:
            found = value if isinstance(value, int | float) else self.read(str(value))
        except CellError as error:
            raise ValidationError(error.message, code=error.code) from None
        if found is not None and not self.least <= found <= self.most:
            raise ValidationError(
                _("Give a figure from %(least)s to %(most)s."),
                code="out_of_bounds",
                params={"least": self.shown(self.least), "most": self.shown(self.most)},
            )
        return found

    def read(self, text: str) -> float | None:
        """Read the text of a number."""
        value = parse_number(text, decimal=_decimal()).value
        return float(value) if isinstance(value, int | float) else None

    def shown(self, value: float) -> str:
        """Write a bound for the refusal."""
        return formats.number(value)


class CountField(NumberField):
    """A whole number."""

    def to_python(self, value: object) -> int | None:
        found = super().to_python(value)
        if found is None:
            return None
        if not float(found).is_integer():
            raise ValidationError(_("Give a whole number."), code="not_whole")
        return int(found)


class PercentField(NumberField):
    """A share: `5`, `5 %` and `0,05` are the same; the value is a ratio."""

    widget = PercentInput
    hidden_widget = HiddenPercent

    def __init__(self, *, least: float = 0, most: float = 1, **options: Any) -> None:  # noqa: ANN401 - options of Django
        super().__init__(least=least, most=most, **options)

    def read(self, text: str) -> float | None:
        found = super().read(text)
        # a bare figure below 1 is a ratio, from 1 on it is a number of hundredths
        bare = found is not None and found >= 1 and "%" not in text
        return found / 100 if bare and found is not None else found

    def shown(self, value: float) -> str:
        return formats.percent(value)

    def in_words(self, value: object) -> str:
        """Write a stored ratio for the panel of a conflict."""
        return formats.percent(float(str(value)), 1)


class VersionedForm(forms.Form):
    """A form that remembers what it showed, so that only what the person changed is written.

    After a conflict the panel posts `keep-<field>`: what is theirs is left alone. A form that
    showed nothing says version 0: what somebody wrote meanwhile is not written over.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - options of Django
        super().__init__(*args, **options)
        self.initial = {**self.initial, "version": self.initial.get("version") or 0}
        for name, field in self.fields.items():
            field.show_hidden_initial = name != "version" and bool(self.initial.get("version"))

    @property
    def expected_version(self) -> int | None:
        """Return the version the person saw."""
        version: int | None = self.cleaned_data.get("version")
        return version

    def keeps_theirs(self, name: str) -> bool:
        """Tell whether, after a conflict, the value of the other person stays."""
        return self.data.get(self.add_prefix(f"keep-{name}")) == "theirs"

    def changes(self) -> dict[str, Any]:
        """Return the cleaned values that the person changed and wants to keep."""
        return {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if name in self.cleaned_data and name != "version" and not self.keeps_theirs(name)
        }


class ShownForm(VersionedForm):
    """A form about one row among many: it remembers the rows that the page showed, by their key."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - options of Django
        known: Mapping[str, int],
        **options: Any,  # noqa: ANN401 - idem
    ) -> None:
        shown = " ".join(f"{key}:{version}" for key, version in known.items())
        initial = {**(options.pop("initial", None) or {}), "shown": shown}
        super().__init__(*args, initial=initial, **options)

    def read_version(self, key: str) -> int:
        """Return the version of the row that the person read, 0 when they read none."""
        if self.expected_version:
            return self.expected_version
        shown = dict(one.rpartition(":")[::2] for one in self.cleaned_data["shown"].split())
        version = shown.get(key, "0")
        return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0


def conflict_panel(
    error: StaleVersion, form: forms.Form, action_url: str, cancel_url: str
) -> ConflictPanel:
    """Ask, field by field, whose value stays; nothing was written yet."""
    found = error.conflict
    when = formats.instant(found.at)
    return ConflictPanel(
        title=error.message,
        rows=tuple(
            ConflictRow(
                field=_field_of(form, clash),
                label=form.fields[_field_of(form, clash)].label or clash.field,
                mine=_shown(form, clash, clash.mine),
                theirs=_shown(form, clash, clash.theirs),
                who=found.who or _("Somebody"),
                when=when,
            )
            for clash in found.clashes
        ),
        action_url=action_url,
        cancel_url=cancel_url,
        hidden=_posted(form, found.current_version),
    )


def _posted(form: forms.Form, version: int) -> tuple[tuple[str, str], ...]:
    left_out = {"csrfmiddlewaretoken", "version"}
    lists: Sequence[tuple[str, list[str]]] = list(form.data.lists())  # type: ignore[attr-defined]  # a QueryDict in every view
    return (
        ("version", str(version)),
        *(
            (name, value)
            for name, values in lists
            if name not in left_out and not name.startswith("keep-")
            for value in values
        ),
    )


def _field_of(form: forms.Form, clash: Clash) -> str:
    return clash.field if clash.field in form.fields else clash.field.removesuffix("_id")


def _shown(form: forms.Form, clash: Clash, value: object) -> str:
    field = form.fields[_field_of(form, clash)]
    if value in (None, ""):
        return str(_("empty"))
    in_words = getattr(field, "in_words", None)
    if in_words is not None:
        return str(in_words(value))
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]  # flat choices only
    return str(value)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, even when empty: a form is bound as soon as it is posted."""
    return request.POST if request.method == "POST" else None


@dataclass(frozen=True)
class Attempt:
    """What became of a posted form: written, to be mended, or in conflict."""

    done: bool
    conflict: ConflictPanel | None = None

    @property
    def http_status(self) -> int:
        """Return the status of the page that shows the form again."""
        return StaleVersion.http_status if self.conflict else DomainError.http_status


def attempt(
    form: forms.Form,
    save: Callable[[], object],
    *,
    action_url: str,
    cancel_url: str,
    mergeable: bool = True,
) -> Attempt:
    """Save a cleaned form; a refusal lands on its field, a conflict asks whose value stays.

    A form that cannot be merged field by field asks to read again what changed.
    """
    try:
        save()
    except StaleVersion as error:
        clashes = error.conflict.clashes
        if not mergeable or any(_field_of(form, one) not in form.fields for one in clashes):
            form.add_error(None, f"{error} {_('Reload the page to see what changed.')}")
            return Attempt(done=False)
        return Attempt(done=False, conflict=conflict_panel(error, form, action_url, cancel_url))
    except CannotDo:
        raise
    except DomainError as error:
        placed = [name for name in error.fields if name in form.fields]
        for name in placed:
            form.add_error(name, [str(text) for text in error.fields[name]])
        if not placed:
            form.add_error(None, str(error))
        return Attempt(done=False)
    return Attempt(done=True)
