"""Acts and changes as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.journal import policy
from orchestre.journal.models import Change, ChangeSet
from orchestre.journal.rows import Plain
from orchestre.journal.services import NOT_COMPARED, changed_since
from orchestre.ui import formats

LONG_TEXT = 300

FAMILIES: dict[str, str | Promise] = {
    "access": gettext_lazy("Accounts and rights"),
    "exchange": gettext_lazy("Imports"),
    "impacts": gettext_lazy("Impacts"),
    "interactions": gettext_lazy("Findings"),
    "journal": gettext_lazy("Undone acts"),
    "load": gettext_lazy("Load"),
    "org": gettext_lazy("Organisation"),
    "portfolio": gettext_lazy("Portfolio"),
    "reports": gettext_lazy("Reports"),
    "strategy": gettext_lazy("Strategy"),
    "weather": gettext_lazy("Weather"),
}


@dataclass(frozen=True)
class FieldChange:
    """One field, before and after, written for the reader."""

    label: str
    before: str | None
    after: str | None
    now: str | None = None  # what somebody wrote since; an undo would overwrite it


@dataclass(frozen=True)
class RowChange:
    """What happened to one row."""

    kind: str
    name: str
    operation: str
    operation_label: str
    fields: tuple[FieldChange, ...]

    @property
    def overwrites(self) -> bool:
        """Tell whether somebody wrote there since."""
        return any(field.now is not None for field in self.fields)


@dataclass(frozen=True)
class ActLine:
    """One line of the journal."""

    pk: int
    number: int | None
    at: datetime
    who: str
    what: str
    family: str
    url: str
    undone: bool
    reason: str = ""


@dataclass(frozen=True)
class HistoryLine:
    """One line of the history of a row."""

    at: datetime
    who: str
    what: str
    url: str
    undone: bool
    fields: tuple[FieldChange, ...]


def family(verb: str) -> str:
    """Return the part of the product where an act took place."""
    name = verb.partition(".")[0]
    return str(FAMILIES.get(name, name))


def who(change_set: ChangeSet) -> str:
    """Return who acted: a person, or the product itself."""
    return str(change_set.actor) if change_set.actor else _("Orchestre")


def act_line(change_set: ChangeSet) -> ActLine:
    """Write one act as a line; its name is withheld when it tells about a closed row."""
    hidden = bool(getattr(change_set, "is_hidden", False))
    entry = getattr(change_set, "entry", None)
    return ActLine(
        pk=change_set.pk,
        number=entry.seq if entry else None,
        at=change_set.created_at,
        who=who(change_set),
        what=_("Act on a confidential initiative") if hidden else change_set.label,
        family=family(change_set.verb),
        url=reverse("journal:show", args=[change_set.pk]),
        undone=hasattr(change_set, "undone_by"),
        reason="" if hidden else change_set.reason,
    )


def row_change(change: Change, person: Person) -> RowChange:
    """Write what happened to one row, field by field."""
    model = _model(change.model)
    row = model._default_manager.filter(pk=change.object_id).first() if model else None  # noqa: SLF001 - Django's documented API
    since = changed_since(row, change) if row is not None else set()
    return RowChange(
        kind=_kind(model, change.model),
        name=change.object_label,
        operation=change.operation,
        operation_label=str(change.get_operation_display()),
        fields=_fields(change, model, person, row, since),
    )


def history_line(change: Change, person: Person) -> HistoryLine:
    """Write one change of a row whose page is shown."""
    act = change.change_set
    return HistoryLine(
        at=act.created_at,
        who=who(act),
        what=act.label,
        url=reverse("journal:show", args=[act.pk]),
        undone=hasattr(act, "undone_by"),
        fields=_fields(change, _model(change.model), person, None, set())
        if change.operation == Change.Operation.UPDATED
        else (),
    )


def _fields(
    change: Change,
    model: type[models.Model] | None,
    person: Person,
    row: models.Model | None,
    since: set[str],
) -> tuple[FieldChange, ...]:
    names = [n for n in {**change.before, **change.after} if n not in NOT_COMPARED]
    lines = []
    for name in names:
        before, after = change.before.get(name), change.after.get(name)
        if before in (None, "", [], {}) and after in (None, "", [], {}):
            continue
        field = _field(model, name)
        now = getattr(row, name, None) if row is not None and name in since else None
        lines.append(
            FieldChange(
                label=_label(field, name),
                before=_written(field, before, person) if name in change.before else None,
                after=_written(field, after, person) if name in change.after else None,
                now=_written(field, now, person) if name in since else None,
            )
        )
    return tuple(lines)


def _model(label: str) -> type[models.Model] | None:
    try:
        found: type[models.Model] = apps.get_model(label)
    except LookupError:
        return None  # the table of a feature that was taken out
    return found


def _kind(model: type[models.Model] | None, label: str) -> str:
    name = str(model._meta.verbose_name) if model else label  # noqa: SLF001 - Django's documented API
    return name[:1].upper() + name[1:]


def _field(model: type[models.Model] | None, attname: str) -> models.Field[Any, Any] | None:
    if model is None:
        return None
    for field in model._meta.concrete_fields:  # noqa: SLF001 - Django's documented API
        if field.attname == attname:
            return field
    return None


def _label(field: models.Field[Any, Any] | None, name: str) -> str:
    label = str(field.verbose_name) if field is not None else name
    return label[:1].upper() + label[1:]


def _written(field: models.Field[Any, Any] | None, value: Plain, person: Person) -> str:
    if value is None or value == "":
        return _("empty")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, models.ForeignKey):
        return _named(field, value, person)
    choices = dict(field.flatchoices) if field is not None else {}
    if value in choices:
        return str(choices[value])
    return _plain_text(field, value)


def _plain_text(field: models.Field[Any, Any] | None, value: Plain) -> str:
    if isinstance(field, models.DateTimeField):
        return formats.instant(parse_datetime(value) if isinstance(value, str) else value)
    if isinstance(field, models.DateField):
        return formats.day(parse_date(value) if isinstance(value, str) else value)
    if isinstance(value, int | float):
        return formats.number(value, None)
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or _("empty")
    if isinstance(value, dict):
        return ", ".join(formats.labelled(*pair) for pair in value.items()) or _("empty")
    text = str(value)
    return text if len(text) <= LONG_TEXT else text[:LONG_TEXT] + "…"


def _named(field: models.ForeignKey[Any, Any], value: Plain, person: Person) -> str:
    target = field.remote_field.model
    try:
        row = target._default_manager.filter(pk=value).first()  # noqa: SLF001 - Django's documented API
    except (ValueError, FieldDoesNotExist):
        row = None
    if row is None:
        return _("no. %(number)s, deleted since") % {"number": value}
    if not isinstance(row, User) and not policy.open_to(person, row._meta.label_lower, row.pk):  # noqa: SLF001 - idem
        return _("confidential")
    return str(row)


def hidden_sentence(count: int) -> str:
    """Say how many changes are not shown."""
    if not count:
        return ""
    return ngettext(
        "%(count)s change is closed to you and is not shown.",
        "%(count)s changes are closed to you and are not shown.",
        count,
    ) % {"count": formats.number(count)}
