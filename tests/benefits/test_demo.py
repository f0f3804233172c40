"""The demo holds a gain that could be audited, a double claim, a harm, a silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from orchestre.benefits import queries
from orchestre.benefits.models import Benefit
from orchestre.benefits.presenters.page import sentence
from orchestre.demo.services import load, wipe

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> Iterator[None]:
    with time_machine.travel("2026-11-23T09:00:00+01:00", tick=True):
        yield


def test_the_demo_shows_every_situation(today: None) -> None:
    load(None, "en", date(2026, 8, 31))
    held = queries.with_parts(Benefit.objects.all())
    told = queries.summary(held, date(2026, 11, 23))
    assert told.planned is not None
    assert 0.5 < (told.rates.validated_ratio or 0) < (told.rates.declared_ratio or 0) < 1
    assert told.validators == ("Management control",)
    assert 0 < (told.auditable_ratio or 0) < 1
    assert [one.keys for one in told.doubles] == [("B-03", "B-04")]
    assert told.harm_declared
    assert told.other_measures == 1
    silent = next(one for one in held if one.benefit.code == "B-04")
    assert silent.benefit.baseline_on is None
    assert silent.total("declared") is None
    assert "by Management control." in sentence(told)
    wipe(None)
    assert not Benefit.objects.exists()
