"""A computation as people follow it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orchestre.access.reach import Person
from orchestre.runs import policy
from orchestre.runs.models import Run
from orchestre.ui import formats
from orchestre.ui.components import ProgressBar

NAMES: dict[str, str | Promise] = {
    "load": gettext_lazy("Load of each population"),
    "interactions": gettext_lazy("Overloads, conflicts and synergies"),
    "similarity": gettext_lazy("Initiatives that resemble each other"),
    "sequencing": gettext_lazy("A better order"),
    "selection": gettext_lazy("What to keep"),
    "outlook": gettext_lazy("Dates and money"),
    "outlook-one": gettext_lazy("Dates and money"),
    "import": gettext_lazy("Import of a file"),
    "pack": gettext_lazy("Pack for a committee"),
}


@dataclass(frozen=True)
class RunPage:
    """What the page of a run shows."""

    pk: int
    name: str
    sentence: str
    open: bool
    bar: ProgressBar | None
    result_url: str = ""
    followed: bool = True


def run_page(run: Run, person: Person | None = None) -> RunPage:
    """Write where a run stands; with a person, whether its own page is open to this person."""
    name = str(NAMES.get(run.kind, run.kind))
    is_open = run.status in {Run.Status.WAITING, Run.Status.RUNNING}
    return RunPage(
        pk=run.pk,
        name=name,
        sentence=_sentence(run),
        open=is_open,
        bar=_bar(run, name) if is_open else None,
        result_url=_local(run.summary.get("url")) if run.status == Run.Status.DONE else "",
        followed=person is None or policy.visible_to(person).filter(pk=run.pk).exists(),
    )


def _bar(run: Run, name: str) -> ProgressBar:
    if run.status == Run.Status.WAITING or not run.progress:
        return ProgressBar(name, None)
    return ProgressBar(name, round(run.progress * 100), text=formats.percent(run.progress))


def _sentence(run: Run) -> str:
    if run.status == Run.Status.WAITING:
        return _("Waiting for its turn.")
    if run.status == Run.Status.RUNNING:
        return run.message or _("Computing.")
    if run.status == Run.Status.CANCELLED:
        return _("Stopped. Nothing was changed.")
    if run.status == Run.Status.FAILED:
        return run.message or _("Not computed. Nothing was changed.")
    seconds = formats.number((run.duration_ms or 0) / 1000, 1)
    return _("Computed in %(seconds)s s.") % {"seconds": seconds}


def _local(address: object) -> str:
    """Only an address of this site is followed."""
    text = str(address or "")
    return text if text.startswith("/") and not text.startswith(("//", "/\\")) else ""
