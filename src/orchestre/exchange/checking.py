"""What applying an import would do, kept a moment so that its pages do not read the file again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language

from orchestre.access.models import User
from orchestre.exchange.fixing import Group, groups_of
from orchestre.exchange.models import ImportSession
from orchestre.exchange.planning import plan
from orchestre.exchange.plans import ImportPlan
from orchestre.exchange.sessions import dataset_for
from orchestre.journal.models import Head
from orchestre.sheets.cells import DateStyle
from orchestre.sheets.mapping import Mapping


@dataclass(frozen=True)
class Checked:
    """The plan of an import, and how the file was read to make it."""

    plan: ImportPlan
    groups: tuple[Group, ...]
    mapping: Mapping
    date_style: DateStyle


def checked(session: ImportSession, person: User) -> Checked:
    """Compare the file with what is there now; the same answer serves until somebody writes."""
    head = Head.objects.filter(pk=1).values_list("hash", flat=True).first() or ""
    instant = session.created_at.isoformat()
    return _checked(
        session.pk, session.version, f"{session.digest} {instant}", person.pk, head, get_language()
    )


@lru_cache(maxsize=1)
def _checked(
    session_pk: int,
    version: int,  # noqa: ARG001 - part of what the answer depends on
    digest: str,  # noqa: ARG001 - idem
    person_pk: int,
    head: str,  # noqa: ARG001 - idem
    language: str | None,  # noqa: ARG001 - idem
) -> Checked:
    dataset = dataset_for(ImportSession.objects.get(pk=session_pk))
    planned = plan(dataset, User.objects.get(pk=person_pk))
    return Checked(planned, groups_of(planned), dataset.mapping, dataset.date_style)
