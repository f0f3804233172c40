"""Load the demo organisation into an empty installation; wipe it in one act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from graphlib import TopologicalSorter

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.utils.translation import gettext as _

from orchestre.access.models import Organisation
from orchestre.access.policy import may_administer
from orchestre.access.queries import organisation
from orchestre.access.reach import Person
from orchestre.demo import committees, outlook, results, scenarios, selecting, waves, weather
from orchestre.demo.rules import Teller, Values, first_monday
from orchestre.exchange.services import apply_dataset
from orchestre.interactions.services import refresh
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError
from orchestre.org.models import Unit
from orchestre.portfolio.models import (
    Initiative,
)
from orchestre.sheets.cells import DateStyle
from orchestre.sheets.dataset import Dataset, Record
from orchestre.sheets.mapping import Mapping
from orchestre.sheets.records import key_of

NAMES = {"fr": "Groupe Arvanne (démonstration)", "en": "Arvanne Group (demo)"}
# accounts, the journal and the queue of tasks outlive the demo
KEPT = ("access", "journal")
KEPT_BUT = "access.sharelink"


def tables() -> list[type[models.Model]]:
    """Return every table of the product that the demo fills, those that refer to others first."""
    wiped = [
        model
        for model in apps.get_models()
        if model.__module__.startswith("orchestre.")
        and (model._meta.app_label not in KEPT or model._meta.label_lower == KEPT_BUT)  # noqa: SLF001 - Django's documented Meta API
    ]
    order = TopologicalSorter[type[models.Model]]()
    for model in wiped:
        order.add(model)
        for parent in _protectors(model):
            if parent in wiped and parent is not model:
                order.add(parent, model)
    return list(order.static_order())


def _protectors(model: type[models.Model]) -> Iterator[type[models.Model]]:
    """Give the tables whose rows cannot go, or take rows of this one away, before it is empty."""
    for field in model._meta.concrete_fields:  # noqa: SLF001 - Django's documented Meta API
        kept = isinstance(field, models.ForeignKey) and field.remote_field.on_delete
        if kept and kept is not models.SET_NULL and field.related_model is not None:
            yield field.related_model


def dataset(language: str, start: date) -> Dataset:
    """Return the demo organisation as if it had been read from a workbook."""
    records = {
        kind: tuple(
            Record(kind, key_of(kind, values), values, {}, kind, number)
            for number, values in enumerate(map(_as_written, rows), start=2)
        )
        for kind, rows in Teller(language, start).records().items()
    }
    style = DateStyle(dayfirst=True, certain=True, example="")
    return Dataset(records, (), (), "", Mapping(()), style)


def _as_written(values: Values) -> Values:
    """Give the last day where the content counts to the first day after."""
    ends_on = values.get("ends_on")
    kept = {name: value for name, value in values.items() if value not in (None, "")}
    if isinstance(ends_on, date):
        kept["ends_on"] = ends_on - timedelta(days=1)
    return kept


def load(person: Person | None, language: str, start: date | None = None) -> ChangeSet:
    """Fill an empty installation with the demo organisation, in one language."""
    if person is not None:
        may_administer(person).require()
    if Initiative.objects.exists() or Unit.objects.exists():
        raise DomainError(
            _("There is already data here: the demo organisation needs an empty installation."),
            code="not-empty",
        )
    with transaction.atomic():
        about = organisation() or Organisation(name="")
        about.name, about.language, about.is_demo = NAMES[language], language, True
        about.save()
        _plan, change_set = apply_dataset(
            None if isinstance(person, AnonymousUser) else person,
            dataset(language, start or first_monday(date.today())),  # noqa: DTZ011 - a calendar date
            _("Loaded the demo organisation"),
            checked=False,
        )
    if change_set is None:
        raise DomainError(_("The demo organisation is empty."), code="empty")
    waves.load(language, start or first_monday(date.today()))  # noqa: DTZ011 - a calendar date
    outlook.plant(Teller(language, start or first_monday(date.today())))  # noqa: DTZ011 - idem
    refresh.look_again(None)
    results.load(language, start or first_monday(date.today()))  # noqa: DTZ011 - idem
    weather.load(language, start or first_monday(date.today()))  # noqa: DTZ011 - idem
    committees.load(language, start or first_monday(date.today()))  # noqa: DTZ011 - idem
    selecting.load(language, date.today())  # noqa: DTZ011 - idem
    scenarios.load(language)
    return change_set


def wipe(person: Person | None, name: str = "") -> int:
    """Delete everything of the demo organisation; refused on any other. Return the row count."""
    if person is not None:
        may_administer(person).require()
    about = organisation()
    if about is None or not about.is_demo:
        raise DomainError(
            _("This installation does not hold the demo organisation; nothing was deleted."),
            code="not-demo",
        )
    with act(person, "demo.wipe", _("Wiped the demo organisation"), undoable=False) as done:
        total = 0
        for table in tables():
            rows = table._default_manager.all()  # noqa: SLF001 - Django's documented API
            for field in table._meta.concrete_fields:  # noqa: SLF001 - Django's documented Meta API
                if field.related_model is table:
                    rows.update(**{field.name: None})  # a row would protect its parent
            total += rows.delete()[0]
        about.is_demo, about.name = False, name or "Orchestre"
        about.save()
        done.note(rows=total)
    return total
