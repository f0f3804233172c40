"""Better orders looked for in the background."""

from __future__ import annotations

from time import perf_counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.runs.kinds import Outcome, Progress, kind
from orchestre.runs.models import Run
from orchestre.sequencing.rules import proposal
from orchestre.sequencing.rules.asked import Asked
from orchestre.sequencing.services import proposing, telling
from orchestre.ui import formats
from orchestre_engine import sequencing as engine

LOOK_EVERY_SECONDS = 0.5


@kind(proposing.KIND)
def propose(run: Run, progress: Progress) -> Outcome:
    """Look for better orders; told to stop, keep the best one found."""
    asked = Asked.from_json(bytes(run.problem or b""))
    watch = Watch(run, progress, asked.seconds)
    progress(0.01, _("Reading the plan in force."))
    found = proposing.search(asked, on_better=watch.better, should_stop=watch.over)
    answer = telling.answer_of(found, asked, stopped=watch.stopped)
    return Outcome(proposal.freeze(answer), {"url": f"/scenarios/proposals/{run.pk}/"})


class Watch:
    """Says where the search stands, and learns when it must end."""

    def __init__(self, run: Run, progress: Progress, seconds: int) -> None:
        self.run, self.progress, self.seconds = run, progress, seconds
        self.began = self.looked = perf_counter()
        self.stopped = False
        self.message = ""

    def better(self, result: engine.SequencingResult) -> None:
        """Tell the best order so far; the current plan is never worsened."""
        moved = result.after.moved_changes
        self.message = ngettext(
            "Best order so far: %(n)d go-live moves, %(before)s → %(after)s person-hours too many.",
            "Best order so far: %(n)d go-lives move, %(before)s → %(after)s person-hours too many.",
            moved,
        ) % {
            "n": moved,
            "before": formats.number(result.before.excess_person_hours, 0),
            "after": formats.number(result.after.excess_person_hours, 0),
        }
        self._tell()

    def over(self) -> bool:
        """Ask, twice a second at most, whether somebody wants the search to end."""
        if not self.stopped and perf_counter() - self.looked >= LOOK_EVERY_SECONDS:
            self.looked = perf_counter()
            self._tell()
            self.stopped = proposing.is_stopped(self.run.pk)
        return self.stopped

    def _tell(self) -> None:
        part = (perf_counter() - self.began) / self.seconds
        self.progress(min(part, 0.97), self.message or _("Looking for a better order."))
