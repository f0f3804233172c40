"""Two people wrote the same fact: what each wrote, and the choice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from orchestre.kernel.errors import Conflict
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.presenters.words import capital
from orchestre.ui import formats
from orchestre.ui.components import ConflictPanel, ConflictRow


class Posted(Protocol):
    """The values of a form, each name with all of its values."""

    def lists(self) -> Iterable[tuple[str, list[str]]]:
        """Return every name with its values."""


def conflict_panel(
    initiative: Initiative, conflict: Conflict, posted: Posted, action_url: str
) -> ConflictPanel:
    """Return the panel that keeps what was typed until the person has chosen."""
    when = formats.instant(conflict.at)
    rows = tuple(
        ConflictRow(
            field=clash.field,
            label=capital(_field_label(clash.field)),
            mine=written(clash.field, clash.mine),
            theirs=written(clash.field, clash.theirs),
            who=conflict.who or _("Somebody"),
            when=when,
        )
        for clash in conflict.clashes
    )
    skipped = {"version", "csrfmiddlewaretoken", *(f"keep-{row.field}" for row in rows)}
    hidden = [
        (name, value) for name, values in posted.lists() if name not in skipped for value in values
    ]
    return ConflictPanel(
        title=_("Two people changed the same fact. Nothing was saved yet."),
        rows=rows,
        action_url=action_url,
        cancel_url=reverse("portfolio:edit", args=[initiative.code]),
        hidden=(*hidden, ("version", str(conflict.current_version))),
    )


def written(name: str, value: object) -> str:
    """Write the stored value of a fact for the reader."""
    field = Initiative._meta.get_field(name)  # noqa: SLF001 - Django's documented Meta API
    if value in (None, "", []):
        return _("empty")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, models.ForeignKey):
        found = field.related_model._default_manager.filter(pk=value).first()  # noqa: SLF001 - Django's documented API
        return str(found or value)
    if isinstance(field, models.DateField):
        day = date.fromisoformat(str(value))
        return formats.day(_shown_day(name, day))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    choices = dict(getattr(field, "flatchoices", ()))
    return capital(choices[value]) if value in choices else str(value)


def _shown_day(name: str, day: date) -> date:
    return date.fromordinal(day.toordinal() - 1) if name.endswith("ends_on") else day


def _field_label(name: str) -> str:
    return str(getattr(Initiative._meta.get_field(name), "verbose_name", name))  # noqa: SLF001 - idem
