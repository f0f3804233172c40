"""The load of a scratch base from any day on: the same snapshot and engine as the pages."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.kernel.errors import DomainError
from orchestre.load import snapshot
from orchestre.load.services.answer import LoadView
from orchestre.load.services.compute import DRAWS, SEED
from orchestre.portfolio.models import Initiative
from orchestre.reports import rules
from orchestre.runs.models import Run
from orchestre_engine import load as engine
from orchestre_engine.codec import fingerprint
from orchestre_engine.errors import ProblemError


def as_of(asked: date | None, weeks: int, today: date) -> rules.AsOf:
    """Choose the first Monday to read the portfolio from."""
    taken = snapshot.take(today, 1, today=today)
    live = Initiative.objects.filter(archived_at=None).exclude(stage=Initiative.Stage.STOPPED)
    go_lives = [one.go_live.on for one in taken.askings.values() if one.go_live is not None]
    spans = list(live.values_list("starts_on", "ends_on"))
    return rules.choose_as_of(asked, weeks, today, spans, go_lives)


def load_of(when: rules.AsOf) -> LoadView:
    """Compute the load and its uncertainty over the weeks read; what is past then is a fact."""
    try:
        taken = snapshot.take(when.on, when.weeks, today=when.on)
        result = engine.solve(taken.problem)
        drawn = engine.simulate(taken.problem, draws=DRAWS, seed=SEED)
    except ProblemError as error:
        raise DomainError(
            _("The load cannot be computed: %(why)s") % {"why": error}, code="cannot-compute"
        ) from error
    return LoadView(
        snapshot=taken,
        result=result,
        uncertainty=drawn,
        first_monday=taken.problem.horizon.first_monday,
        fingerprint=fingerprint(taken.problem),
        run_id=None,
        run_status=Run.Status.DONE,
        progress=1.0,
        computed_at=timezone.now(),
        confirmed_only=False,
    )
