"""Two people wrote the same fact of the strategy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import gettext as _

from orchestre.kernel.errors import Conflict
from orchestre.ui import formats
from orchestre.ui.components import ConflictPanel, ConflictRow


class Posted(Protocol):
    """The values of a form, each name with all of its values."""

    def lists(self) -> Iterable[tuple[str, list[str]]]:
        """Return every name with its values."""


def conflict_panel(
    conflict: Conflict, labels: dict[str, str], posted: Posted, action_url: str
) -> ConflictPanel:
    """Return the panel that keeps what was typed until the person has chosen."""
    when = formats.instant(conflict.at)
    rows = tuple(
        ConflictRow(
            clash.field,
            labels.get(clash.field, clash.field),
            str(clash.mine if clash.mine not in (None, "") else _("empty")),
            str(clash.theirs if clash.theirs not in (None, "") else _("empty")),
            conflict.who or _("Somebody"),
            when,
        )
        for clash in conflict.clashes
    )
    skipped = {"version", "csrfmiddlewaretoken", *(f"keep-{row.field}" for row in rows)}
    hidden = [
        (name, one) for name, values in posted.lists() if name not in skipped for one in values
    ]
    return ConflictPanel(
        title=_("Two people changed the same fact. Nothing was saved yet."),
        rows=rows,
        action_url=action_url,
        cancel_url=action_url,
        hidden=(*hidden, ("version", str(conflict.current_version))),
    )
