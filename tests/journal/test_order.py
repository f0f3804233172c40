"""What was written last: the chain tells, not the numbers of the acts."""

from __future__ import annotations

import pytest

from orchestre.journal import queries
from orchestre.journal.models import ChangeSet, Entry
from orchestre.journal.services import append
from orchestre.load.services import compute

FIRST, SECOND = 1_000, 2_000


def ended(number: int, verb: str) -> Entry:
    """Link an act to the chain, as its transaction ends."""
    made = ChangeSet.objects.create(pk=number, verb=verb, label="x", salt="0" * 32)
    return append(None, verb, {}, made)


@pytest.mark.django_db
def test_an_act_numbered_first_may_end_last() -> None:
    assert queries.written() is None
    assert queries.last_act() == 0
    before = ended(SECOND, "portfolio.change")
    late = ended(FIRST, "portfolio.change")
    last = queries.written()
    assert last is not None
    assert (last.link, last.act, last.at) == (late.seq, FIRST, late.at)
    assert queries.last_act() == FIRST
    assert queries.first_since(before.seq) == late.at
    assert queries.first_since(late.seq) is None
    assert queries.link_of(FIRST) > queries.link_of(SECOND) > queries.link_of(3_000) == 0


@pytest.mark.django_db
def test_what_is_no_act_is_not_written() -> None:
    ended(FIRST, "portfolio.change")
    append(None, "access.signed-in", {})
    assert queries.last_act() == FIRST
    ended(SECOND, "weather.report")
    assert queries.last_act() == SECOND
    left = queries.written(but=("weather.",))
    assert left is not None
    assert left.act == FIRST


@pytest.mark.django_db
def test_the_load_is_computed_again_after_an_act_that_ends_late() -> None:
    ended(SECOND, "portfolio.change")
    seen = compute.data_version()
    ended(3_000, "weather.report")
    assert compute.data_version() == seen
    ended(FIRST, "portfolio.change")
    assert compute.data_version() != seen
