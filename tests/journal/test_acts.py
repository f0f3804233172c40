"""An act is whole or nothing, and undoing it brings back exactly what was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cast
from factories import population, unit
from orchestre.access.models import User
from orchestre.journal import checking, services
from orchestre.journal.models import Change, ChangeSet, Entry
from orchestre.journal.rows import values_of
from orchestre.journal.services import act, undo
from orchestre.kernel.errors import DomainError, StaleVersion
from orchestre.org.models import CalendarPeriod, Population, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def claire() -> User:
    return cast.person("claire")


def state() -> dict[str, dict[int, dict[str, Any]]]:
    """Every business value, without the version and instants that an undo moves on."""
    return {
        model.__name__: {
            row.pk: {k: v for k, v in values_of(row).items() if k not in services.NOT_COMPARED}
            for row in model._default_manager.all()
        }
        for model in (Unit, Population, CalendarPeriod)
    }


def test_an_act_writes_its_rows_its_changes_and_one_link(claire: User) -> None:
    with act(claire, "org.create", "Made", reason="needed") as doing:
        made = doing.create(Unit(code="A", name="Alpha"))
        doing.update(made, {"name": "Beta"})
    change_set = ChangeSet.objects.get()
    assert (change_set.actor, change_set.reason, change_set.undoable) == (claire, "needed", True)
    assert [c.operation for c in change_set.changes.all()] == ["created", "updated"]
    assert change_set.changes.last().after == {"name": "Beta"}
    assert Entry.objects.get().change_set == change_set
    assert Unit.objects.get().version == 2


def test_an_act_that_changes_nothing_leaves_no_trace(claire: User) -> None:
    made = unit("Alpha")
    with act(claire, "org.rename", "Nothing") as doing:
        assert doing.update(made, {"name": "Alpha"}) is False
    assert not Entry.objects.exists()


@pytest.mark.parametrize("step", range(4))
def test_an_error_at_any_step_leaves_everything_as_it_was(claire: User, step: int) -> None:
    kept, going = unit("Kept"), unit("Going")
    before = state()
    with pytest.raises(RuntimeError):
        _fail_at(step, claire, kept, going)
    assert state() == before
    assert not Entry.objects.exists()
    assert not Change.objects.exists()


def _fail_at(step: int, claire: User, kept: Unit, going: Unit) -> None:
    with act(claire, "org.mix", "Mixed") as doing:
        doing.create(Unit(code="N", name="New"))
        if step == 0:
            raise RuntimeError
        doing.update(kept, {"name": "Other"})
        if step == 1:
            raise RuntimeError
        doing.delete(going)
        if step == 2:
            raise RuntimeError
        doing.note(said="all")
        raise RuntimeError


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["create", "update", "delete", "period"]),
        st.integers(0, 5),
        st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=8),
        st.one_of(st.none(), st.integers(0, 10_000)),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=ACTS)
def test_undoing_an_act_brings_back_what_was(claire: User, steps: list[Any]) -> None:
    for number in range(3):
        if not Population.objects.filter(code=f"S{number}").exists():
            population(f"Start {number}", code=f"S{number}")
    before = state()
    with act(claire, "org.random", "Random") as doing:
        for position, step in enumerate(steps):
            _apply(doing, position, *step)
    done = doing.change_set
    if done is None:
        assert state() == before
        return
    after = state()
    undone = undo(claire, done)
    assert state() == before
    undo(claire, undone)
    assert state() == after
    undo(claire, ChangeSet.objects.first())
    assert state() == before
    assert checking.verify()[1] is None


def _apply(
    doing: Any, position: int, what: str, target: int, text: str, number: int | None
) -> None:
    rows = list(Population.objects.order_by("pk"))
    row = rows[target % len(rows)] if rows else None
    if what == "create" or row is None:
        code = f"N{position}-{ChangeSet.objects.count()}"
        doing.create(Population(code=code, name=text, headcount=number))
    elif what == "update":
        values = {"name": text, "headcount": number, "headcount_on": date(2026, 3, 1 + target)}
        doing.update(row, {**values, "custom": {"note": text, "n": number}})
    elif what == "delete":
        doing.delete(row)
    else:
        doing.create(
            CalendarPeriod(
                name=text, starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1 + target), factor=0.3
            )
        )


def test_a_deleted_row_comes_back_with_its_instants(claire: User) -> None:
    made = population("Alpha")
    stamp = timezone.now().replace(microsecond=123456)
    Population.objects.filter(pk=made.pk).update(created_at=stamp)
    made.refresh_from_db()
    with act(claire, "org.delete", "Deleted") as doing:
        doing.delete(Population.objects.get(pk=made.pk))
    undo(claire, ChangeSet.objects.get())
    assert Population.objects.get(pk=made.pk).created_at == stamp


def test_what_was_changed_since_is_named_then_overwritten_on_demand(claire: User) -> None:
    made = unit("Alpha")
    with act(claire, "org.rename", "First") as doing:
        doing.update(made, {"name": "Beta"})
    first = doing.change_set
    assert first is not None
    with act(cast.person("ada"), "org.rename", "Second") as doing:
        doing.update(made, {"name": "Gamma"})
    with pytest.raises(DomainError, match=r"Gamma|Beta") as refused:
        undo(claire, first)
    assert refused.value.code == "changed-since"
    assert Unit.objects.get(pk=made.pk).name == "Gamma"
    undo(claire, first, overwrite=True)
    assert Unit.objects.get(pk=made.pk).name == "Alpha"
    with pytest.raises(DomainError, match="already undone"):
        undo(claire, ChangeSet.objects.get(pk=first.pk))


def test_a_row_others_depend_on_is_not_taken_away(claire: User) -> None:
    with act(claire, "org.create", "Made") as doing:
        top = doing.create(Unit(code="T", name="Top"))
    unit("Below", parent=top)
    with pytest.raises(DomainError, match="Top"):
        undo(claire, doing.change_set)  # type: ignore[arg-type]  # made above
    assert Unit.objects.filter(pk=top.pk).exists()


def test_secrets_never_reach_the_journal(claire: User) -> None:
    with act(claire, "access.create", "Made", undoable=False) as doing:
        someone = User(email="x@example.org", name="X")
        someone.set_password(cast.PASSPHRASE)
        doing.create(someone)
    kept = Change.objects.get().after
    assert "password" not in kept
    assert kept["email"] == "x@example.org"


def test_two_people_on_two_fields_are_merged_on_one_field_refused(claire: User) -> None:
    made = population("Alpha", headcount=10)
    seen = made.version
    with act(cast.person("ada"), "org.edit", "Theirs") as doing:
        doing.update(Population.objects.get(pk=made.pk), {"headcount": 20}, expected_version=seen)
    with act(claire, "org.edit", "Mine") as doing:
        doing.update(made, {"name": "Beta"}, expected_version=seen)
    made = Population.objects.get(pk=made.pk)
    assert (made.name, made.headcount) == ("Beta", 20)
    with pytest.raises(StaleVersion) as refused, act(claire, "org.edit", "Mine") as doing:
        doing.update(made, {"headcount": 30, "site": "Lyon"}, expected_version=seen)
    conflict = refused.value.conflict
    assert [(c.field, c.mine, c.theirs) for c in conflict.clashes] == [("headcount", 30, 20)]
    assert conflict.who == "Claire Office"
    assert conflict.mergeable == {"site": "Lyon"}
    assert Population.objects.get(pk=made.pk).site == ""
    # the same value as theirs is no conflict
    with act(claire, "org.edit", "Same") as doing:
        doing.update(made, {"headcount": 20, "site": "Lyon"}, expected_version=seen)
    assert Population.objects.get(pk=made.pk).site == "Lyon"
