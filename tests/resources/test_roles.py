"""Two people who say the same capacity at once: one of them is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

import cast
from orchestre.journal.services import Act, act
from orchestre.kernel.errors import DomainError
from orchestre.resources.models import RoleCapacity
from orchestre.resources.services import roles
from resources.conftest import YEAR, Small


def test_a_capacity_said_at_the_same_instant_is_not_added_twice(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def late(*args: Any, **values: Any) -> Iterator[Act]:
        RoleCapacity.objects.create(role=small.trainers, fte=1.0, **YEAR)  # the other person
        with act(*args, **values) as doing:
            yield doing

    monkeypatch.setattr(roles, "act", late)
    with pytest.raises(DomainError, match="already said"):
        roles.say_capacity(cast.person("claire"), small.trainers, {"fte": 1.0, **YEAR})
    assert small.trainers.capacities.count() == 1
