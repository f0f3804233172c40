"""The doubtful dates of the demo show what was planted."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from orchestre.demo import services
from orchestre.outlook.queries import forecasts
from orchestre.outlook.services import compute
from orchestre.outlook.services.quality import check
from orchestre.outlook.snapshot.chain import live_id
from orchestre.outlook.snapshot.problem import build
from orchestre.outlook.snapshot.rows import take

pytestmark = pytest.mark.django_db


def test_planted_dates_are_found() -> None:
    with time_machine.travel("2026-11-23T09:00:00+01:00", tick=True):
        services.load(None, "fr", date(2026, 8, 31))
        view = compute.portfolio()
        assert view.result is not None
        kept = {one.task: one.probability_kept or 0.0 for one in view.result.seen}
        # three paths meet before IN-018: its own steps alone would hold one time in five
        assert kept[live_id("IN-018")] < 0.1
        assert kept[live_id("IN-001")] == pytest.approx(0.04, abs=0.02)
        inputs = take(compute.today())
        assert check(inputs, build(inputs, target="IN-041"), "IN-041").loop
        known = inputs.known["IN-007"]
        go = known.go_live
        assert go is not None
        assert len(forecasts(known.steps)[go.pk]) == 4
