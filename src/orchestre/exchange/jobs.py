"""Large imports, applied in the background and followed on the page of the run."""

from __future__ import annotations

import json

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.exchange.models import ImportSession
from orchestre.exchange.services import apply_session
from orchestre.exchange.sessions import dataset_for
from orchestre.runs.kinds import Outcome, Progress, kind
from orchestre.runs.models import Run


@kind("import")
def apply_in_background(run: Run, progress: Progress) -> Outcome:
    """Apply one import; all of it or nothing, even when the process dies on the way."""
    told = json.loads(bytes(run.problem or b"{}"))
    session = ImportSession.objects.get(pk=told["session"])
    person = User.objects.get(pk=told["person"])
    with translation.override(told["language"]):
        progress(0.1, _("Reading the file."))
        dataset = dataset_for(session)
        progress(0.3, _("Comparing with what is there."))

        def written(ratio: float) -> None:
            """Tell the start of the writing only: inside one transaction nobody sees further."""
            if ratio == 0.5:
                progress(0.6, _("Writing everything in one go."))

        apply_session(
            person, session, dataset, progress=written, only_if_clean=bool(told["only_if_clean"])
        )
    return Outcome(b"", {"url": reverse("exchange:done", args=[session.pk])})
