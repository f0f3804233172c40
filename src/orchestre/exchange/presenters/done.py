"""What an import did, the list of imports, and what stands in the way of undoing one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.exchange.models import ImportSession
from orchestre.exchange.sessions import is_open, run_of
from orchestre.exchange.wording import counted
from orchestre.journal import policy as journal
from orchestre.journal.models import Change, ChangeSet
from orchestre.journal.services import changed_since
from orchestre.ui import formats
from orchestre.ui.component import Content
from orchestre.ui.components import Badge, Step, Stepper
from orchestre.ui.tables import Column, DataTable, Row

UNDO_DAYS = timedelta(days=30)


@dataclass(frozen=True)
class DonePage:
    """What the last page of an import shows."""

    lines: tuple[str, ...]
    refused: int
    undo_until: str
    undone: bool
    load_url: str
    portfolio_url: str


def done_page(session: ImportSession, person: Person) -> DonePage:
    """Write what was done."""
    report = session.report
    parts = (
        (_("Created: %(what)s"), report.get("created", {})),
        (_("Updated: %(what)s"), report.get("changed", {})),
        (_("Links removed: %(what)s"), report.get("deleted", {})),
        (_("Left as they were: %(what)s"), report.get("unchanged", {})),
    )
    act = session.change_set
    return DonePage(
        lines=tuple(
            words % {"what": ", ".join(counted(kind, n) for kind, n in counts.items())}
            for words, counts in parts
            if counts
        ),
        refused=len(report.get("refused", [])),
        undo_until=_undo_until(act, person) if act else "",
        undone=act is not None and hasattr(act, "undone_by"),
        load_url=address("load:map"),
        portfolio_url=address("portfolio:list"),
    )


def _undo_until(act: ChangeSet, person: Person) -> str:
    until = act.created_at + UNDO_DAYS
    if not act.undoable or hasattr(act, "undone_by") or until < timezone.now():
        return ""
    return formats.day(timezone.localdate(until)) if journal.may_undo(person, act) else ""


def in_the_way(act: ChangeSet) -> tuple[str, ...]:
    """Name what was changed since the act, so that undoing it would lose it."""
    return tuple(
        dict.fromkeys(
            change.object_label for change in act.changes.order_by("pk") if _touched(change)
        )
    )


def _touched(change: Change) -> bool:
    rows = apps.get_model(change.model)._default_manager  # noqa: SLF001 - Django's documented API
    row = rows.filter(pk=change.object_id).first()
    if change.operation == Change.Operation.DELETED:
        return row is not None
    return row is None or bool(changed_since(row, change))


def address(name: str, *args: object) -> str:
    """Return the address of a page, empty when its feature is not there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def stepper(session: ImportSession | None, current: str) -> Stepper:
    """Say where one is; what is done can be gone back to while the import is open."""
    names = (
        ("new", _("File")),
        ("columns", _("Columns")),
        ("check", _("Check")),
        ("done", _("Done")),
    )
    order = [name for name, _label in names]
    at = order.index(current)
    steps = []
    for place, (name, label) in enumerate(names):
        back = session is not None and name in {"columns", "check"} and is_open(session)
        url = reverse(f"exchange:{name}", args=[session.pk]) if session and back else ""
        state = "done" if place < at else "current" if place == at else "todo"
        steps.append(Step(label, state, url))  # type: ignore[arg-type]  # one of the three above
    return Stepper(_("Import"), tuple(steps))


def former(sessions: list[ImportSession]) -> DataTable | None:
    """List the imports that this person may open."""
    if not sessions:
        return None
    return DataTable(
        caption=_("Your imports"),
        caption_hidden=True,
        columns=(
            Column(_("File"), wide=True),
            Column(_("State")),
            Column(_("Received")),
            Column(_("Result")),
        ),
        rows=tuple(_former(one) for one in sessions),
    )


def _former(one: ImportSession) -> Row:
    url = reverse("exchange:resume", args=[one.pk])
    return Row(
        (one.file_name, _state(one), formats.instant(one.created_at), _result(one)),
        key=str(one.pk),
        name=one.file_name,
        url="" if one.state == ImportSession.State.ABANDONED else url,
    )


def _state(one: ImportSession) -> Content:
    if one.change_set is not None and hasattr(one.change_set, "undone_by"):
        return Badge(_("undone"), "neutral")
    if one.state == ImportSession.State.APPLIED:
        return Badge(_("imported"), "success")
    if run_of(one) is not None:
        return Badge(_("being imported"), "info")
    if one.state == ImportSession.State.ABANDONED:
        return Badge(_("abandoned"), "neutral")
    return Badge(_("to finish"), "warn")


def _result(one: ImportSession) -> str:
    created = one.report.get("created", {})
    changed = one.report.get("changed", {})
    parts = []
    if created:
        parts.append(_("%(n)s created") % {"n": formats.number(sum(created.values()))})
    if changed:
        parts.append(_("%(n)s updated") % {"n": formats.number(sum(changed.values()))})
    return ", ".join(parts)
