"""Packs computed in the background."""

from __future__ import annotations

from django.utils.translation import gettext as _

from orchestre.kernel.errors import DomainError
from orchestre.reports.presenters.pack.building import build
from orchestre.reports.rules.asked import PackAsked
from orchestre.reports.services import publishing
from orchestre.runs.kinds import Outcome, Progress, kind
from orchestre.runs.models import Run


@kind(publishing.KIND)
def publish(run: Run, progress: Progress) -> Outcome:
    """Write the pack that was asked for, and freeze it."""
    if run.requested_by is None or run.problem is None:
        raise DomainError(_("Who asked for this pack has left: ask for it again."))
    asked = PackAsked.from_json(bytes(run.problem))
    pack = build(run.requested_by, asked, progress)
    made = publishing.store(run, asked, pack)
    return Outcome(b"", {"publication": made.pk, "url": f"/packs/{made.pk}/"})
