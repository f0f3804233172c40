"""The load of a population is laid around the go-live of its wave."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

import cast
import factories as make
from orchestre.load import snapshot
from orchestre.load.presenters.origin import sources
from orchestre.load.queries import entered
from orchestre.load.services import compute
from orchestre.load.services.whatif import shift
from orchestre.portfolio import services as portfolio
from orchestre_engine.codec import fingerprint

pytestmark = pytest.mark.django_db
GO_LIVE, TODAY, JUNE = date(2026, 4, 6), date(2026, 3, 2), date(2026, 6, 1)


def taken() -> snapshot.Snapshot:
    return snapshot.take(TODAY, 40, today=TODAY)


def in_a_wave(small: SimpleNamespace, day: date = JUNE, people: object = None) -> object:
    cast.organisation()
    return portfolio.add_wave(
        cast.person("claire"), small.first, name="Ouest", go_live_on=day,
        populations=[people or small.people],
    )  # fmt: skip


def test_without_waves_the_problem_is_the_same_to_the_byte(small: SimpleNamespace) -> None:
    before = fingerprint(taken().problem)
    made = in_a_wave(small, people=small.others)  # nobody asks them anything
    assert fingerprint(taken().problem) == before
    portfolio.remove_wave(cast.person("claire"), made)
    assert fingerprint(taken().problem) == before


def test_the_hours_move_with_the_wave_of_one_initiative_only(small: SimpleNamespace) -> None:
    before = compute.current(TODAY).result
    in_a_wave(small)
    after = compute.current(TODAY).result
    weeks = (JUNE - GO_LIVE).days // 7
    at = before.population_ids.index("WEST")
    own = before.load_hours[at] / 2  # two initiatives that ask the same
    moved = np.concatenate([np.zeros(weeks), own[:-weeks]])
    assert np.allclose(after.load_hours[at], own + moved)
    assert not np.allclose(after.load_hours[at], before.load_hours[at])


def test_a_date_of_its_own_is_nearer_than_a_wave(small: SimpleNamespace) -> None:
    in_a_wave(small)
    small.first.impacts.update(go_live_on=date(2026, 5, 4))
    days = {one.change: one.go_live_on for one in taken().problem.impacts}
    assert days == {"IN-A": date(2026, 5, 4), "IN-B": GO_LIVE}


def test_what_is_assumed_follows_the_wave_too(small: SimpleNamespace) -> None:
    guessed = make.initiative("ERP", code="IN-C", unit=small.unit, go_live_on=GO_LIVE)
    cast.organisation()
    portfolio.add_wave(
        cast.person("claire"), guessed, name="Est", go_live_on=JUNE, populations=[small.others]
    )
    days = {one.population: one.go_live_on for one in taken().problem.impacts if
            one.change == "IN-C"}  # fmt: skip
    assert days == {"WEST": GO_LIVE, "EAST": JUNE}


def test_a_wave_dates_what_nothing_else_dates(small: SimpleNamespace) -> None:
    small.first.go_live_on = small.first.starts_on = small.first.ends_on = None
    small.first.save()
    assert taken().undated == ("IN-A",)
    in_a_wave(small)
    assert taken().undated == ()
    assert [one.change for one in taken().problem.uncertainty.changes] == ["IN-A", "IN-B"]


def test_the_doubt_stands_while_a_wave_is_to_come(small: SimpleNamespace) -> None:
    small.first.go_live_on = date(2026, 2, 2)
    small.first.save()
    assert [one.change for one in taken().problem.uncertainty.changes] == ["IN-B"]
    in_a_wave(small)
    assert [one.change for one in taken().problem.uncertainty.changes] == ["IN-A", "IN-B"]


def test_why_this_figure_names_the_wave(small: SimpleNamespace) -> None:
    in_a_wave(small)
    claire, view = cast.person("claire"), compute.current(TODAY)
    told = entered(claire, [small.first.pk], [small.people.pk])
    asking, group = view.snapshot.askings["IN-A"], view.snapshot.groups["WEST"]
    (source,) = sources(view, asking, group, told)
    assert "around the go-live of 1 June 2026 (wave “Ouest”)" in source.formula


def test_a_what_if_leaves_the_wave_that_went_live(small: SimpleNamespace) -> None:
    in_a_wave(small, date(2026, 2, 16))
    effect = shift(compute.current(TODAY), "IN-A", 28)
    assert effect.saved_person_hours == 0
    assert effect.touched == () or all(
        one.before_hours == one.after_hours for one in effect.touched
    )
